"""Prints how long (CPU time) generated articles take to link, and how that grows with their number.

    python bench/linking.py [--mentions 100000] [--steps 4]

Each article names twelve persons, organisations and places out of a population that grows with the corpus,
some of them by surname or acronym, and reports a protest. The largest corpus has `--mentions` mentions, each
step before it half as many. "pairs" are the pairs that blocking left to compare.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from itertools import pairwise

from kg.facts import Argument, ArticleFacts, Entity, Event, Evidence, Source, Span, When
from kg.link import KnowledgeBase, link
from kg.link.entities import profiles_of
from kg.link.profiles import pairs_to_compare

PER_ARTICLE = 12
SEED = 4
_SYLLABLES = ("ba", "cor", "del", "fen", "gar", "hol", "lim", "mar", "nor", "pel", "rus", "sol", "tan", "vel")
_KINDS = ("Union", "League", "Council", "Alliance", "Front", "Committee")


def articles(mentions: int) -> Iterator[ArticleFacts]:
    """Articles with so many mentions in all, the same each time."""
    draw = random.Random(SEED)
    number = mentions // PER_ARTICLE
    persons = [f"{_word(draw)} {_word(draw)}" for _ in range(number)]
    bodies = [f"{_word(draw)} {_word(draw)} {draw.choice(_KINDS)}" for _ in range(number // 2)]
    places = [_word(draw) for _ in range(number // 10 + 1)]
    for n in range(number):
        yield _article(n, draw, persons, bodies, places)


def _article(
    n: int, draw: random.Random, persons: list[str], bodies: list[str], places: list[str]
) -> ArticleFacts:
    span = Span(0, 1, "x")
    why = Evidence(span, "bench", 1.0)
    entities = []
    for i in range(PER_ARTICLE):
        kind, names = (("Person", persons), ("Union", bodies), ("Place", places))[i % 3]
        name = draw.choice(names)
        mentions = [name]
        if kind == "Person" and draw.random() < 0.2:
            mentions = [name.split()[-1]]
        elif kind == "Union" and draw.random() < 0.3:
            mentions.append("".join(word[0] for word in name.split()))
        spans = tuple(Span(j, j + len(m), m) for j, m in enumerate(mentions))
        entities.append(Entity(f"e{i}", kind, mentions[0], spans, why))  # type: ignore[arg-type]
    day = f"2024-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    event = Event(
        "v1", "March", "occurred", (Span(0, 5, "march"),), why, When(day, span, "stated", why), None,
        (Argument("places", "e2", why), Argument("organizers", "e1", why)),
    )  # fmt: skip
    source = Source(f"a{n}", "en", f"article {n}", "bench", None, day)
    return ArticleFacts(source, tuple(entities), events=(event,))


def _word(draw: random.Random) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(3)).capitalize()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mentions", type=int, default=100_000)
    parser.add_argument("--steps", type=int, default=4)
    args = parser.parse_args()
    sizes = [args.mentions // 2**step for step in reversed(range(args.steps))]
    measured = []
    for size in sizes:
        corpus = list(articles(size))
        start = time.process_time()
        linked = link(corpus, KnowledgeBase())
        taken = time.process_time() - start
        profiles = profiles_of(corpus, KnowledgeBase())
        pairs = sum(1 for _ in pairs_to_compare(profiles))
        measured.append(taken)
        every = len(profiles) * (len(profiles) - 1) // 2
        print(
            f"{size:9,} mentions  {taken:6.1f} s  {len(linked.things):7,} things  "
            f"{pairs:9,} pairs, 1 in {every // max(pairs, 1):,} of all"
        )
    growth = [f"{b / a:.2f}" for a, b in pairwise(measured)]
    print(f"twice the mentions take {', '.join(growth)} times as long")


if __name__ == "__main__":
    main()
