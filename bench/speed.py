"""Prints how long extraction takes beside plain spaCy, on the same articles in the same run.

    python bench/speed.py [PATH...] [--articles 120] [--rounds 5]

PATH is what `kg extract` reads, articles of one language; without it the articles of `seeds/` and
`tests/articles/`. They are repeated to the number of `--articles`. Plain spaCy is `nlp.pipe` with tok2vec,
tagger, parser and ner of the same model. Ours, plain spaCy and `kg.relevance` take turns, a batch of articles
each, so that what else the machine does hits all of them; of each batch the best of the rounds counts.
Memory is the peak of the process that extracts, model included (Unix).
"""

from __future__ import annotations

import argparse
import math
import resource
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import spacy

from kg.article import Article, read_articles
from kg.pipeline import BATCH, extract, pipeline
from kg.relevance import judge

ROOT = Path(__file__).parent.parent
DEFAULT = (ROOT / "seeds", ROOT / "tests" / "articles")
PLAIN = ("tok2vec", "tagger", "parser", "ner")
MEGABYTE = 2**20


def read(paths: list[Path], number: int) -> list[Article]:
    """That many articles, in the language of the first."""

    def fail(error: Exception) -> None:
        sys.exit(f"speed.py: {error}")

    found = list(read_articles(paths, on_error=fail))
    found = [a for a in found if a.lang == found[0].lang]
    if not found:
        sys.exit("speed.py: no article to read")
    return list(islice(cycle(found), max(number, len(found))))


def seconds(work: Callable[[list[Article]], object], batch: list[Article]) -> float:
    """How long some work on a batch of articles takes."""
    start = time.perf_counter()
    work(batch)
    return time.perf_counter() - start


def peak() -> float:
    """The most memory that this process has held, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (MEGABYTE if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", default=DEFAULT)
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    articles = read(list(args.paths), args.articles)
    full = pipeline(articles[0].lang or "en")
    list(extract(articles))  # warms up
    memory = peak()  # before plain spaCy is loaded
    nlp = spacy.load(f"{full.meta['lang']}_{full.meta['name']}", exclude=_others(full.component_names))
    works: list[Callable[[list[Article]], object]] = [
        lambda batch: list(extract(batch)),
        lambda batch: list(nlp.pipe([a.content for a in batch], batch_size=BATCH)),
        lambda batch: [judge(a) for a in batch],
    ]
    works[1](articles[:BATCH])
    batches = [articles[i : i + BATCH] for i in range(0, len(articles), BATCH)]
    best = [[math.inf] * len(batches) for _ in works]
    for _ in range(args.rounds):
        for n, batch in enumerate(batches):
            for times, work in zip(best, works, strict=True):
                times[n] = min(times[n], seconds(work, batch))
    whole, plain, judged = map(sum, best)
    report(len(articles), sum(len(a.content) for a in articles), whole, plain, judged, memory)


def _others(names: list[str]) -> list[str]:
    return [name for name in names if name not in PLAIN and not name.startswith("kg_")]


def report(articles: int, characters: int, whole: float, plain: float, judged: float, memory: float) -> None:
    """Print the figures."""
    print(f"articles                {articles}, {characters / articles:,.0f} characters each")
    print(f"plain spaCy             {articles / plain:.1f} articles a second")
    print(f"kg extract              {articles / whole:.1f} articles a second")
    print(f"kg extract / spaCy      {whole / plain:.2f}")
    print(f"kg relevance            {articles / judged:.0f} articles a second")
    print(f"kg extract / relevance  {whole / judged:.0f}")
    print(f"peak memory             {memory:.0f} MB")


if __name__ == "__main__":
    main()
