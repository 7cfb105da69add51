"""Prints how long extraction takes beside plain spaCy, on the same articles in the same run.

    python bench/speed.py [PATH...] [--articles 120] [--rounds 3]

PATH is what `kg extract` reads, articles of one language; without it the articles of `seeds/` and
`tests/articles/`. They are repeated to the number of `--articles`. Plain spaCy is `nlp.pipe` with tok2vec,
tagger, parser and ner of the same model; the best of the rounds counts, taken in turns so that what else the
machine does hits both. Memory is the peak of the process that extracts, model included (Unix).
"""

from __future__ import annotations

import argparse
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


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    start = time.perf_counter()
    work()
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
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    articles = read(list(args.paths), args.articles)
    full = pipeline(articles[0].lang or "en")
    texts = [a.content for a in articles]
    whole = [seconds(lambda: list(extract(articles)))]  # the first round also warms up
    memory = peak()  # before plain spaCy is loaded
    nlp = spacy.load(f"{full.meta['lang']}_{full.meta['name']}", exclude=_others(full.component_names))
    plain = [seconds(lambda: list(nlp.pipe(texts, batch_size=BATCH)))]
    judged = [seconds(lambda: [judge(a) for a in articles])]
    for _ in range(args.rounds):
        whole.append(seconds(lambda: list(extract(articles))))
        plain.append(seconds(lambda: list(nlp.pipe(texts, batch_size=BATCH))))
        judged.append(seconds(lambda: [judge(a) for a in articles]))
    report(len(articles), sum(map(len, texts)), min(whole[1:]), min(plain[1:]), min(judged[1:]), memory)


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
