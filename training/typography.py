"""Prints how much is found of articles that are set in other ways, against gold files.

    python training/typography.py GOLD.jsonl...

Every article is read as it is and again with its headline in Title Case or capitals, its text in a column,
with spaces that do not break, and between what agencies and sites put around a report. The facts asked for
stay the same. The models may have seen the articles: only the differences tell.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from gold import article, read
from rich.console import Console
from rich.table import Table
from score import HEADLINE, score

from kg.article import Article
from kg.jsonlines import to_json
from kg.pipeline import extract

SMALL = {
    "a",
    "an",
    "the",
    "and",
    "or",
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "by",
    "as",
    "with",
    "from",
    "but",
}
SHOWN = ("entity", "names", "event", "date", "places", "crowd", "statement")


def _title_case(title: str) -> str:
    words = title.split(" ")
    return " ".join(w if w in SMALL else w[:1].upper() + w[1:] for w in words)


def _column(text: str) -> str:
    return "\n".join(textwrap.fill(line, 72) if line.strip() else line for line in text.split("\n"))


def _site(text: str) -> str:
    """The text of a page that was copied whole."""
    above = "By Jane Whitcombe and Tom Haldane\n\nShare on Facebook\n\n(Reuters) - "
    below = "(Reporting by Ana Silva; Editing by John Smith)\n\nPhoto: Sean Gallup/Getty Images"
    return f"{above}{text}\n\n{below}"


SETTINGS: dict[str, Callable[[Article], Article]] = {
    "as it is": lambda a: a,
    "headline in Title Case": lambda a: replace(a, title=_title_case(a.title)),
    "headline in capitals": lambda a: replace(a, title=a.title.upper()),
    "no headline": lambda a: replace(a, title=""),
    "lines of 72 characters": lambda a: replace(a, text=_column(a.text)),
    "one line": lambda a: replace(a, text=re.sub(r"\s*\n\s*", " ", a.text)),
    "no-break spaces before figures": lambda a: replace(a, text=re.sub(r" (?=\d)", "\u00a0", a.text)),
    "byline, agency, credits": lambda a: replace(a, text=_site(a.text)),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    gold = read(parser.parse_args().gold)
    table = Table("set as", "KG-F1", *SHOWN)
    for name, setting in SETTINGS.items():
        found = extract([setting(article(g)) for g in gold])
        counts: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]] = {}
        for g, facts in zip(gold, found, strict=True):
            for row, three in score(g, to_json(facts)).items():
                counts[row] = counts.get(row, np.zeros(3, dtype=np.int64)) + np.array(three)
        f1 = {row: 2 * right / max(wanted + said, 1) for row, (right, wanted, said) in counts.items()}
        mean = np.mean([f1[row] for row in HEADLINE if row in f1])
        table.add_row(name, f"{mean:.3f}", *(f"{f1[row]:.3f}" for row in SHOWN))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
