"""Which events are parts of others, beyond what articles say: a city's march of a nationwide day.

An event of one city is part of one that is told of the whole country, if both are protests of one type, or
one bears the general name, of the same day, with a named actor or the same words for unnamed ones in common,
or reported by one article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.link.event_features import GENERAL, KINDS_OF_GENERAL, EventReport
from kg.link.events import Happening


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """An event (its path) is part of another, and why."""

    part: str
    whole: str
    reason: str


def parts(happenings: Iterable[Happening], reports: Iterable[EventReport]) -> list[Part]:
    """The parts of nationwide events; sorted."""
    by_name = {r.name: r for r in reports}
    days: dict[str, list[tuple[Happening, list[EventReport]]]] = defaultdict(list)
    for happening in happenings:
        told = [by_name[name] for name in happening.reports]
        if happening.start and len(happening.start) == 10 and told[0].is_protest:
            days[happening.start].append((happening, told))
    found = []
    for day in days.values():
        wholes = [one for one in day if _is_whole(one[1])]
        for part, told in day:
            if not _is_local(told):
                continue
            for whole, others in wholes:
                if reason := _reason(part, told, whole, others):
                    found.append(Part(part.path, whole.path, reason))
    return sorted(found)


def _is_whole(reports: Sequence[EventReport]) -> bool:
    return any(r.is_nationwide for r in reports)


def _is_local(reports: Sequence[EventReport]) -> bool:
    """Whether the reports place it, and none of them all over a country."""
    return any(r.places for r in reports) and not any(r.is_nationwide for r in reports)


def _reason(
    part: Happening, told: Sequence[EventReport], whole: Happening, others: Sequence[EventReport]
) -> str | None:
    if part.type != whole.type and not (
        GENERAL in (part.type, whole.type) and {part.type, whole.type} <= KINDS_OF_GENERAL
    ):
        return None
    if not _in_country(told, others):
        return None
    one, other = _actors(told), _actors(others)
    shared = sorted(one.keys() & other)
    where = f"on {part.start} in {part.places[0]}"
    if shared:
        return f"{where}, of a nationwide day of {one[shared[0]]}"
    described = sorted(_groups(told) & _groups(others))
    if described:
        return f"{where}, of a nationwide day of {described[0]}"
    if {r.article for r in told} & {r.article for r in others}:
        return f"{where}, told beside a nationwide day"
    return None


def _in_country(told: Sequence[EventReport], others: Sequence[EventReport]) -> bool:
    """Whether the place of the one lies in the country of the other, or may."""
    countries = [
        {p.country for r in reports for p in r.where.values() if p.country} for reports in (told, others)
    ]
    return not countries[0] or not countries[1] or bool(countries[0] & countries[1])


def _actors(reports: Sequence[EventReport]) -> Mapping[str, str]:
    return {path: label for r in reports for path, label in r.actors.items()}


def _groups(reports: Sequence[EventReport]) -> frozenset[str]:
    return frozenset[str]().union(*(r.groups for r in reports))
