"""The sentences behind a thing: every fact of the graph about it, each with where it was read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches

from kg import parameter
from kg.errors import UnknownName
from kg.link.names import key
from kg.query import load, select
from kg.store import Store

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact, read as subject – relation – object, and the sentence of an article that it rests on.

    `begin` and `end` are offsets in Unicode code points into title, two line feeds and text.
    """

    fact: str
    kind: str
    subject: str
    relation: str
    object: str
    article: str
    published: str | None
    begin: int
    end: int
    sentence: str
    component: str
    confidence: Decimal


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Something that a name may mean: its label, its class and its IRI."""

    label: str
    type: str
    iri: str

    def __str__(self) -> str:
        return f"{self.label} ({self.type}) {self.iri}"


def why(store: Store, term: str) -> list[Reason]:
    """The reasons for what the graph says about a thing, ordered by article and place in it.

    `term` is the IRI of an actor, place, event or fact, or a name: a label, another name, words that
    name it in an article, or a part of them that means only one thing. Case and accents do not matter.
    Words of a statement, demand or slogan find that.

    Raises:
        UnknownName: nothing has this name, or more than one thing; the message lists the nearest.
    """
    wanted = key(term)
    if "://" in term:
        if found := _reasons(store, term):
            return found
        raise UnknownName(f"{term}: the graph says nothing about this IRI")
    if not wanted.strip():
        raise UnknownName("name an actor, place, event or fact, or give its IRI")
    names = _names(store)
    means = names.get(wanted) or {t for name, things in names.items() if wanted in name for t in things}
    if len(means) == 1:
        return _reasons(store, means.pop().iri)
    if means:
        raise UnknownName(f"{term!r} may mean {len(means)} things; ask by IRI:\n{_list(means)}")
    words = select(store, load("words", "lookup"))
    if said := [str(row["fact"]) for row in words if wanted in key(str(row["words"]))]:
        return _reasons(store, *said)
    near = get_close_matches(wanted, sorted(names), n=5, cutoff=0.7)
    meant = {t for name in near for t in names[name]}
    hint = f"; did you mean:\n{_list(meant)}" if meant else "; kg query DIR evidence lists what is"
    raise UnknownName(f"{term!r}: nothing in the graph has this name{hint}")


def _reasons(store: Store, *iris: str) -> list[Reason]:
    asked = load("evidence")
    things = " ".join(parameter.term("iri", iri) for iri in iris)
    asked = replace(asked, text=parameter.fill(asked.text, {"thing": things}))
    return [
        Reason(
            fact=str(row["fact_id"]),
            kind=str(row["kind"]),
            subject=str(row["subject"]),
            relation=str(row["relation"]),
            object=str(row["object"] or ""),
            article=str(row["article"]),
            published=None if row["published"] is None else str(row["published"]),
            begin=int(str(row["begin"])),
            end=int(str(row["end"])),
            sentence=str(row["sentence"]),
            component=str(row["component"]),
            confidence=Decimal(str(row["confidence"])),
        )
        for row in select(store, asked)
    ]


def _names(store: Store) -> dict[str, set[Thing]]:
    """What each name may mean; a name without case and accents is the key."""
    names: dict[str, set[Thing]] = defaultdict(set)
    for row in select(store, load("names", "lookup")):
        names[key(str(row["name"]))].add(Thing(str(row["label"]), str(row["type"]), str(row["thing"])))
    return dict(names)


def _list(things: set[Thing]) -> str:
    shown = [f"  {thing}" for thing in sorted(things)]
    more = [f"  and {len(shown) - _SHOWN} more"] if len(shown) > _SHOWN else []
    return "\n".join(shown[:_SHOWN] + more)
