"""The sentences behind what the graph says of a thing, article by article, each with what was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from kg.parameter import fill, term
from kg.query import Query, Value, plain, select
from kg.serve.opened import Build
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
    published: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The articles, and how many facts more than those shown there are."""

    articles: tuple[Told, ...]
    more: int


def articles(build: Build, iri: str, evidence: Query, links: Query) -> Evidence:
    """What the articles tell of a thing, the first `SHOWN` facts of it."""
    rows = select(build.store, evidence, {"thing": iri})
    shown = rows[:SHOWN]
    iris = _iris(build, links, [str(row["fact_id"]) for row in shown])
    told = []
    for article, facts in groupby(shown, key=lambda r: (r["article_id"], r["article"], r["published"])):
        sentences = []
        for (begin, end, text), read in groupby(facts, key=lambda r: (r["begin"], r["end"], r["sentence"])):
            found = tuple(_fact(build, row, iris) for row in read)
            sentences.append(Sentence(str(text), int(str(begin)), int(str(end)), found))
        cell = Cell(str(article[1]), href(build.base, str(article[0])))
        told.append(Told(cell, str(article[2] or ""), tuple(sentences)))
    return Evidence(tuple(told), len(rows) - len(shown))


def _fact(build: Build, row: dict[str, Value], iris: dict[tuple[str, str], str]) -> Fact:
    fact = str(row["fact_id"])

    def cell(value: Value) -> Cell:
        text = "" if value is None else str(value)
        return Cell(text, href(build.base, iris.get((fact, text), "")))

    return Fact(
        subject=cell(row["subject"]),
        relation=Cell(str(row["relation"]), href(build.base, fact)),
        object=cell(row["object"]),
        component=str(row["component"]),
        confidence=Decimal(str(row["confidence"])),
    )


def _iris(build: Build, links: Query, facts: list[str]) -> dict[tuple[str, str], str]:
    """Fact and label → the IRI of what the fact means by it."""
    if not facts:
        return {}
    text = fill(links.text, {"fact": " ".join(sorted({term("iri", fact) for fact in facts}))})
    found = build.store.query(text)
    rows = [tuple(str(plain(value)) for value in row) for row in found]  # type: ignore[union-attr]
    return {(fact, label): thing for fact, label, thing in rows}
