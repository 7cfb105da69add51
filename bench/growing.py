"""Prints how long it takes to add an article to a build, and to remove one, beside building all from scratch.

    python bench/growing.py [--articles 300]

The articles are invented: each tells of a march of its own, of a union and in a town of its own, in the
words of a short agency report.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice, product
from pathlib import Path

from kg.build import build, remove
from kg.pipeline import pipeline

SYLLABLES = ("bel", "cor", "dun", "fal", "gar", "hol", "mar", "nor", "ros", "tal", "ver", "win")
REPORT = (
    "The {name} Workers Union led a march through {name}ville on Wednesday for higher pay. According to the "
    "organisers, {crowd} people took part, while police counted {fewer}. “We will not give up,” said Ana "
    "{name}, general secretary of the union, who called on the government to open talks.\n\n"
    "Clashes broke out near the town hall in the evening. Police fired tear gas and arrested {arrested} "
    "people. The {name} Chamber of Commerce criticised the protest, which blocked the main road for two "
    "hours. The union has called a strike for 2 April against the reform of the bus service."
)


def article(number: int, name: str) -> str:
    """One article as a line of JSON."""
    text = REPORT.format(name=name, crowd=900 + number, fewer=300 + number, arrested=2 + number % 40)
    return json.dumps(
        {
            "id": f"a{number}",
            "title": f"Workers march in {name}ville",
            "text": text,
            "published": "2024-03-14",
        }
    )


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    number = parser.parse_args().articles
    names = ("".join(syllables).capitalize() for syllables in product(SYLLABLES, repeat=3))
    lines = [article(n, name) for n, name in enumerate(islice(names, number + 1))]
    pipeline("en")  # to load it is no part of what is measured
    with tempfile.TemporaryDirectory() as work:
        first, last, folder = (Path(work) / name for name in ("first.jsonl", "last.jsonl", "out"))
        first.write_text("\n".join(lines[:-1]), encoding="utf-8")
        last.write_text(lines[-1], encoding="utf-8")
        scratch = seconds(lambda: build([first], folder, on_error=sys.exit))
        added = seconds(lambda: build([last], folder, on_error=sys.exit))
        removed = seconds(lambda: remove([f"a{number}"], folder))
    print(f"articles                {number}")
    print(f"from scratch            {scratch:.1f} s")
    print(f"add one / from scratch  {added / scratch:.3f}")
    print(f"remove one / scratch    {removed / scratch:.3f}")


if __name__ == "__main__":
    main()
