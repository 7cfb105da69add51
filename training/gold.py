"""Where the gold facts of an article stand in its text.

Gold files name words without offsets; here every occurrence of a mention, trigger or other text becomes a
character span. What an annotator wrote once may stand in several places: all of them count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.article import Article

Json = dict[str, Any]


def read(paths: Iterable[Path]) -> list[Json]:
    """The gold objects of some files, sorted by article id."""
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return sorted(map(json.loads, lines), key=lambda o: str(o["article"]["id"]))


def invented(lang: str) -> list[Json]:
    """The annotated articles of our own in `training/articles/<lang>/`, in the shape of gold."""
    return read(sorted((Path(__file__).parent / "articles" / lang).glob("*.jsonl")))


def article(gold: Json) -> Article:
    """The article of a gold object."""
    a = gold["article"]
    return Article(
        a["id"], a["title"], a["text"], a.get("lang"), a.get("source"), a.get("url"), a.get("published")
    )


def fold(gold: Json, folds: int) -> int:
    """The fold of an article; articles of one story share theirs."""
    key = gold["article"].get("story") or gold["article"]["id"]
    return sum(ord(c) * 31**i for i, c in enumerate(reversed(key))) % 1_000_003 % folds


def occurrences(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in the text as whole words, any white space between them."""
    pattern = r"\s+".join(map(re.escape, wanted.split()))
    if pattern:
        for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text):
            yield found.span()


def mentions(gold: Json) -> dict[tuple[int, int], tuple[str, str]]:
    """Character span → (entity type, entity id) of every mention; where two overlap the longer one stays."""
    text = article(gold).content
    found: list[tuple[int, int, str, str]] = []
    for entity in gold["entities"]:
        for mention in entity["mentions"]:
            found += [(s, e, entity["type"], entity["id"]) for s, e in occurrences(text, mention)]
    kept: dict[tuple[int, int], tuple[str, str]] = {}
    taken: set[int] = set()
    for start, end, kind, key in sorted(found, key=lambda f: (f[0] - f[1], f[0], f[3])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept[start, end] = (kind, key)
    return kept


def triggers(gold: Json) -> dict[tuple[int, int], list[Json]]:
    """Character span of every trigger → the events it may name (several share a word such as "protest")."""
    text = article(gold).content
    found: dict[tuple[int, int], list[Json]] = {}
    for event in gold["events"]:
        for trigger in event["triggers"]:
            for span in occurrences(text, trigger):
                found.setdefault(span, []).append(event)
    return found
