"""All things of one kind that a graph holds, read at once: `Inventory(store).actors`, `.events`, …

Each kind is read when it is first asked for, and kept: a store does not change while it is open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from kg.query import Value, load, select
from kg.store import Store
from kg.things import (
    Actor,
    Article,
    Casualties,
    Crowd,
    Day,
    Demand,
    Event,
    Place,
    Position,
    Slogan,
    Stance,
    Statement,
)

Row = Mapping[str, Value]


class Inventory:
    """The things of a store by their IRIs, in the order of their names, dates or places in the articles."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        """By id."""
        return {
            str(row["iri"]): Article(
                iri=str(row["iri"]),
                store=self._store,
                id=str(row["id"]),
                title=str(row["title"]),
                publisher=_text(row["publisher"]),
                published=date.fromisoformat(str(row["published"])) if row["published"] else None,
                url=_text(row["url"]),
                language=_text(row["language"]),
            )
            for row in self._rows("articles")
        }

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """By name."""
        of = {
            iri: Actor(iri=iri, store=self._store, name=label, type=type_, names=names)
            for iri, (label, type_, names) in self._named.items()
            if type_ != "Place" and iri not in self._happened
        }
        return dict(sorted(of.items(), key=lambda item: (item[1].name, item[0])))

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """By name."""
        of = {}
        for row in self._rows("places"):
            iri = str(row["iri"])
            label, _, names = self._named.get(iri, (iri, "", ()))
            of[iri] = Place(
                iri=iri,
                store=self._store,
                name=label,
                names=names,
                precision=_text(row["precision"]),
                country=_text(row["country"]),
                latitude=_number(row["latitude"]),
                longitude=_number(row["longitude"]),
            )
        return dict(sorted(of.items(), key=lambda item: (item[1].name, item[0])))

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """By first day."""
        return {iri: self._event(iri, row) for iri, row in self._happened.items()}

    def demands(self) -> list[Demand]:
        """What protests are for and against."""
        return [
            Demand(words=str(row["words"]), polarity=str(row["polarity"]), event=self._about(row), **told)
            for row, told in self._said("Demand")
        ]

    def slogans(self) -> list[Slogan]:
        """What was chanted or written."""
        return [
            Slogan(words=str(row["words"]), event=self._about(row), **told)
            for row, told in self._said("Slogan")
        ]

    def crowds(self) -> list[Crowd]:
        """Every figure of how many took part."""
        return [
            Crowd(
                words=str(row["words"]),
                low=_whole(row["low"]),
                high=_whole(row["high"]),
                estimator=self._someone(str(row["actor"])) if row["actor"] else _text(row["side"]),
                event=self._about(row),
                **told,
            )
            for row, told in self._said("CrowdEstimate")
        ]

    def casualties(self) -> list[Casualties]:
        """Every figure of people killed, injured or arrested."""
        return [
            Casualties(
                words=str(row["words"]),
                kind=str(row["nature"]),
                low=_whole(row["low"]),
                high=_whole(row["high"]),
                affected=_text(row["affected"]),
                event=self._about(row),
                **told,
            )
            for row, told in self._said("CasualtyCount")
        ]

    def statements(self) -> list[Statement]:
        """Who said what."""
        return [
            Statement(
                words=str(row["words"]),
                kind=str(row["nature"]),
                speaker=self._someone(str(row["actor"])),
                **told,
            )
            for row, told in self._said("Statement")
        ]

    def stances(self) -> list[Stance]:
        """Who supports or opposes whom or what."""
        return [
            Stance(
                holder=self._someone(str(row["actor"])),
                polarity=str(row["polarity"]),
                target=self.events.get(about := str(row["about"])) or self._someone(about),
                **told,
            )
            for row, told in self._said("Stance")
        ]

    def positions(self) -> list[Position]:
        """Who holds which office."""
        return [
            Position(
                words=str(row["words"]),
                holder=self._someone(str(row["actor"])),
                organization=self._someone(str(row["organization"])) if row["organization"] else None,
                **told,
            )
            for row, told in self._said("Position")
        ]

    @cached_property
    def _happened(self) -> Mapping[str, Row]:
        return {str(row["iri"]): row for row in self._rows("events")}

    @cached_property
    def _named(self) -> Mapping[str, tuple[str, str, tuple[str, ...]]]:
        """IRI → label, class and all names."""
        names: dict[str, set[str]] = defaultdict(set)
        what: dict[str, tuple[str, str]] = {}
        for row in self._rows("names"):
            iri = str(row["thing"])
            what[iri] = (str(row["label"]), str(row["type"]))
            names[iri].add(str(row["name"]))
        return {iri: (*what[iri], tuple(sorted(names[iri]))) for iri in what}

    @cached_property
    def _roles(self) -> Mapping[tuple[str, str], list[str]]:
        """Event and role → the IRIs of those who have it."""
        roles: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self._rows("roles"):
            roles[str(row["event"]), str(row["role"])].append(str(row["thing"]))
        return roles

    def _event(self, iri: str, row: Row) -> Event:
        def those(role: str) -> tuple[Actor | Place, ...]:
            return tuple(self._someone(i) for i in self._roles.get((iri, role), ()))

        return Event(
            iri=iri,
            store=self._store,
            label=str(row["label"]),
            type=str(row["type"]),
            status=str(row["status"]),
            start=Day(str(row["start"])) if row["start"] else None,
            end=Day(str(row["end"])) if row["end"] else None,
            places=tuple(p for p in those("place") if isinstance(p, Place)),
            organizers=those("organizer"),
            participants=those("participant"),
            targets=those("target"),
            absent=those("absent"),
        )

    def _someone(self, iri: str) -> Actor | Place:
        return self.actors.get(iri) or self.places[iri]

    def _about(self, row: Row) -> Event:
        return self.events[str(row["about"])]

    def _said(self, kind: str) -> list[tuple[Row, dict[str, Any]]]:
        """The rows of one kind of fact, each with what all kinds have."""
        return [
            (
                row,
                {
                    "iri": str(row["iri"]),
                    "store": self._store,
                    "article": self.articles[str(row["article"])],
                    "sentence": str(row["sentence"]),
                    "confidence": Decimal(str(row["confidence"])),
                },
            )
            for row in select(self._store, load("said", "lookup"), {"kind": kind})
        ]

    def _rows(self, name: str) -> list[dict[str, Value]]:
        return select(self._store, load(name, "lookup"))


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _whole(value: Value) -> int | None:
    return None if value is None else int(str(value))


def _number(value: Value) -> float | None:
    return None if value is None else float(str(value))
