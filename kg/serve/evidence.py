"""The sentences behind what the graph says of a thing, by article, each with what was read from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from kg.query import Query, Value
from kg.serve.opened import Build, Row, rows
from kg.serve.site import href
from kg.serve.tables import Cell

SHOWN = 300


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as subject – relation – object, with what read it and how surely."""

    subject: Cell
    relation: Cell
    object: Cell
    component: str
    confidence: Decimal


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, where it begins and ends in its article, and the facts read from it."""

    text: str
    begin: int
    end: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one article tells."""

    article: Cell
    source: str
    published: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The articles, and how many facts more than those shown there are."""

    articles: tuple[Told, ...]
    more: int


def articles(build: Build, iri: str, facts: Query, said: Query) -> Evidence:
    """What the articles tell of a thing, the first `SHOWN` facts of it."""
    found = rows(build.store, facts, "thing", [iri])
    shown = found[:SHOWN]
    read = _read(build, said, [str(row["fact"]) for row in shown])
    told = []
    for article, group in groupby(
        shown, key=lambda r: (r["article_id"], r["article"], r["source"], r["published"])
    ):
        sentences = []
        for (begin, end, text), there in groupby(group, key=lambda r: (r["begin"], r["end"], r["sentence"])):
            said_there = tuple(fact for row in there for fact in _facts(build, row, read))
            if said_there:
                sentences.append(Sentence(str(text), int(str(begin)), int(str(end)), said_there))
        if sentences:
            cell = Cell(str(article[1]), href(build.base, str(article[0])))
            told.append(Told(cell, str(article[2] or ""), str(article[3] or ""), tuple(sentences)))
    return Evidence(tuple(told), len(found) - len(shown))


def _facts(build: Build, row: Row, read: Mapping[str, Sequence[Row]]) -> Iterator[Fact]:
    """What was read from a sentence, one fact of it as one row, or none where nothing can be said of it."""
    fact = str(row["fact"])
    for said in read.get(fact, ()):
        yield Fact(
            subject=_cell(build, said["subject"], said["subject_id"]),
            relation=_cell(build, said["relation"], fact),
            object=_cell(build, said["object"], said["object_id"]),
            component=str(row["component"]),
            confidence=Decimal(str(row["confidence"])),
        )


def _cell(build: Build, value: Value, iri: Value) -> Cell:
    return Cell("" if value is None else str(value), href(build.base, str(iri)) if iri else "")


def _read(build: Build, said: Query, facts: Sequence[str]) -> dict[str, list[Row]]:
    """Fact → what it says."""
    read: dict[str, list[Row]] = {}
    for row in rows(build.store, said, "fact", facts):
        read.setdefault(str(row["fact"]), []).append(row)
    return read
