"""The actors and places known before anything is read: names in several languages, kind, offices, ids.

    KnowledgeBase
    ├── Known       · Name, Tenure, Location     persons, organisations, groups, places
    ├── Office      · Name                       what persons hold, in which country
    └── atlas                                    places beyond it, by name (`kg.link.atlas`)

`kg.link.known_files` reads one from `seeds/` and from files of a user.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeVar

from kg.link.names import key, surname
from kg.terms import protest, supertypes

Family = Literal["person", "organization", "group", "place"]
Precision = Literal["venue", "city", "region", "country"]
Kind = Literal["preferred", "other", "hidden"]
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A label in a language (None: of none). A hidden one counts only in articles on the thing's country."""

    text: str
    lang: str | None
    kind: Kind = "preferred"

    @property
    def preferred(self) -> bool:
        """Whether it is the one to show in its language."""
        return self.kind == "preferred"


@dataclass(frozen=True, slots=True, order=True)
class Tenure:
    """A person held an office (its IRI) from one day to another; None where a day is not known or to come."""

    iri: str
    office: str
    start: str | None = None
    end: str | None = None

    def covers(self, day: str | None) -> bool:
        """Whether it was held on a day; on one that is not known, it may have been.

        >>> Tenure("t", "minister", "2020-07-06", "2024-09-21").covers("2021-05-19")
        True
        """
        if day is None:
            return True
        return (not self.start or self.start <= day) and (not self.end or day[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a place is: how precise that is, country (ISO 3166-1, two letters) and degrees (WGS84).

    `within` is the IRI of the place that it lies in, `people` how many live there.
    """

    precision: Precision
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    within: str | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A known actor or place. `label` is what people see, `names` are all labels, `matches` ids of others.

    `country` is the one it belongs to, if one; `member_of` and `replaced_by` are IRIs of other known things.
    """

    iri: str
    type: str
    label: str
    names: tuple[Name, ...]
    matches: tuple[str, ...] = ()
    country: str | None = None
    location: Location | None = None
    tenures: tuple[Tenure, ...] = ()
    member_of: tuple[str, ...] = ()
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """An office that one person at a time holds: its titles, its country, the organisation it is in."""

    iri: str
    label: str
    names: tuple[Name, ...]
    country: str | None = None
    organization: str | None = None


Atlas = Callable[[frozenset[str]], Mapping[str, tuple[Known, ...]]]


def nowhere(_: frozenset[str]) -> Mapping[str, tuple[Known, ...]]:
    """The atlas that knows no place."""
    return {}


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Known things and the names they go by. A name that two of them share finds neither.

    `atlas` gives the places that names may mean, for places that are not known here. `files` are the names of
    the files that a user added to what ships.
    """

    known: tuple[Known, ...] = ()
    offices: tuple[Office, ...] = ()
    atlas: Atlas = nowhere
    _index: Mapping[tuple[Family, str], Known | None] = field(default_factory=dict, repr=False)
    _hidden: Mapping[tuple[Family, str, str], Known | None] = field(default_factory=dict, repr=False)
    _surnames: Mapping[str, tuple[Known, ...]] = field(default_factory=dict, repr=False)
    _titles: Mapping[tuple[str, str], Office] = field(default_factory=dict, repr=False)
    _tenures: Mapping[str, Sequence[tuple[str, Tenure]]] = field(default_factory=dict, repr=False)
    _by_iri: Mapping[str, Known] = field(default_factory=dict, repr=False)
    files: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, known: Iterable[Known], offices: Iterable[Office] = (), *, atlas: Atlas = nowhere
    ) -> KnowledgeBase:
        """The base of these things, in the order of their IRIs."""
        ordered = tuple(sorted(known, key=lambda k: k.iri))
        found: dict[tuple[Family, str], set[Known]] = defaultdict(set)
        hidden: dict[tuple[Family, str, str], set[Known]] = defaultdict(set)
        surnames: dict[str, list[Known]] = defaultdict(list)
        for thing in ordered:
            of = family(thing.type)
            for name in thing.names:
                if name.kind != "hidden":
                    found[of, key(name.text)].add(thing)
                elif thing.country:
                    hidden[of, key(name.text), thing.country].add(thing)
            if of == "person":
                surnames[surname(thing.label)].append(thing)
        tenures: dict[str, list[tuple[str, Tenure]]] = defaultdict(list)
        for thing in ordered:
            for tenure in thing.tenures:
                tenures[tenure.office].append((thing.iri, tenure))
        held = tuple(sorted(offices, key=lambda o: o.iri))
        titles = {(key(n.text), o.country): o for o in held for n in o.names if o.country}
        return cls(
            ordered,
            held,
            atlas,
            _unambiguous(found),
            _unambiguous(hidden),
            {name: tuple(things) for name, things in surnames.items()},
            titles,
            tenures,
            {k.iri: k for k in ordered},
        )

    def find(self, family: Family, name: str, country: str | None = None) -> Known | None:
        """The one thing of this family that goes by this name, whatever its case and accents.

        A hidden name is looked up only when the article speaks of a country, and only in that.
        """
        wanted = key(name)
        known = self._index.get((family, wanted))
        if known or country is None:
            return known
        return self._hidden.get((family, wanted, country))

    def of_surname(self, name: str) -> tuple[Known, ...]:
        """The persons with this surname."""
        return self._surnames.get(key(name), ())

    def office(self, title: str, country: str | None) -> Office | None:
        """The office of a country that has this title."""
        return self._titles.get((key(title), country)) if country else None

    def holders(self, office: str, day: str | None) -> tuple[Known, ...]:
        """Who held the office (an IRI) on a day; on one that is not known, everybody who ever did."""
        held = (iri for iri, tenure in self._tenures.get(office, ()) if tenure.covers(day))
        return tuple(self._by_iri[iri] for iri in sorted(set(held)))

    def around(self, things: Iterable[Known]) -> tuple[tuple[Known, ...], tuple[Office, ...]]:
        """What these things belong to, gave way to or lie within, and so on, and the offices they held."""
        found = {thing.iri: thing for thing in things}
        given = set(found)
        held = {tenure.office for thing in found.values() for tenure in thing.tenures}
        offices = tuple(office for office in self.offices if office.iri in held)
        waiting = [*found.values()]
        named = [office.organization for office in offices]
        while waiting or named:
            for thing in waiting:
                within = thing.location.within if thing.location else None
                named += [*thing.member_of, thing.replaced_by, within]
            waiting = [k for iri in named if iri and iri not in found and (k := self._by_iri.get(iri))]
            found |= {thing.iri: thing for thing in waiting}
            named = []
        return tuple(found[iri] for iri in sorted(found.keys() - given)), offices

    def get(self, iri: str) -> Known | None:
        """The known thing of this IRI."""
        return self._by_iri.get(iri)

    def has(self, iri: str) -> bool:
        """Whether one of the known things has this IRI."""
        return iri in self._by_iri


def _unambiguous(found: Mapping[_Key, set[Known]]) -> dict[_Key, Known | None]:
    return {name: next(iter(things)) if len(things) == 1 else None for name, things in found.items()}


@cache
def family(type: str) -> Family:
    """The kind of thing that a type of the codebook belongs to; things of two families are never one."""
    above = supertypes(protest[type])
    if protest.Place in above:
        return "place"
    if protest.Organization in above:
        return "organization"
    return "person" if protest.Person in above else "group"
