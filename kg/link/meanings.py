"""The known thing that an article's entity means, if it means one, with score and reason.

These ways are tried in this order, the first that leads somewhere decides:

1. the entity's name, or another that the article gives it, is a label of a known thing of its family, or what
   it calls a group is one of a movement ("yellow vests");
2. it is a hidden label of one, and the article is mostly about that thing's country ("Interior Ministry");
3. a person goes by the title of an office of the article's country: whoever held it then ("Home Secretary");
4. a person goes by a surname alone, and of the known persons with it one held the office that the article
   gives, when it was published; or only one is of the article's country;
5. the atlas knows the name of a place (`kg.link.reports.likeliest`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.link.knowledge import KnowledgeBase, Known
from kg.link.names import key
from kg.link.reports import EntityReport, likeliest

KNOWN_NAME, KNOWN_MENTION, HIDDEN_NAME, HELD_OFFICE, ONLY_ONE, AT_HOME, ABROAD = (
    1.0,
    0.95,
    0.85,
    0.85,
    0.7,
    0.9,
    0.7,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A known thing that a report is taken to be of: how surely (0 to 1), and why."""

    known: Known
    score: float
    reason: str


def meaning(report: EntityReport, knowledge: KnowledgeBase) -> Meaning | None:
    """The known thing that the report means, or None."""
    return next((found for way in _WAYS if (found := way(report, knowledge))), None)


def _by_name(report: EntityReport, knowledge: KnowledgeBase) -> Meaning | None:
    for name, score in _names(report):
        known = knowledge.find(report.family, name)
        if report.family == "group":
            known = known or knowledge.find("organization", name)
        if known and _fits(known, report, knowledge):
            return Meaning(known, score, f"“{name}” is a known name")
    return None


def _by_hidden_name(report: EntityReport, knowledge: KnowledgeBase) -> Meaning | None:
    named = knowledge.find("place", report.entity.name)
    if named and named.country != report.country:  # "Egypt", whose government an article on France names too
        return None
    for name, _ in _names(report):
        known = knowledge.find(report.family, name, report.country)
        if known and _fits(known, report, knowledge):
            reason = f"“{name}” in an article that is mostly about {report.country}"
            return Meaning(known, HIDDEN_NAME, reason)
    return None


def _by_title(report: EntityReport, knowledge: KnowledgeBase) -> Meaning | None:
    office = report.family == "person" and knowledge.office(report.entity.name, report.country)
    if not office or report.date is None:
        return None
    holders = knowledge.holders(office.iri, report.date)
    if len(holders) != 1:
        return None
    return Meaning(holders[0], HELD_OFFICE, f"held the office “{office.label}” on {report.date}")


def _by_surname(report: EntityReport, knowledge: KnowledgeBase) -> Meaning | None:
    if report.family != "person" or " " in report.key:
        return None
    known = knowledge.of_surname(report.entity.name)
    offices = [o for title in sorted(report.offices) if (o := knowledge.office(title, report.country))]
    for office in offices:
        held = [k for k in known if k in knowledge.holders(office.iri, report.date)]
        if len(held) == 1:
            when = f" on {report.date}" if report.date else ""
            reason = f"the surname and the office “{office.label}”, held{when}"
            return Meaning(held[0], HELD_OFFICE, reason)
    at_home = [k for k in known if k.country and k.country == report.country]
    if len(at_home) != 1:
        return None
    reason = f"the only known person of this surname in {report.country}, which the article is mostly about"
    return Meaning(at_home[0], ONLY_ONE, reason)


def _by_atlas(report: EntityReport, _: KnowledgeBase) -> Meaning | None:
    place = likeliest(report.places, report.entity.name, report.country)
    if not place:
        return None
    if place.country == report.country or (place.location and place.location.precision != "city"):
        return Meaning(place, AT_HOME, f"“{report.entity.name}” is a place in {place.country} (GeoNames)")
    reason = f"the biggest place called “{report.entity.name}”, in {place.country} (GeoNames)"
    return Meaning(place, ABROAD, reason)


_WAYS: tuple[Callable[[EntityReport, KnowledgeBase], Meaning | None], ...] = (
    _by_name,
    _by_hidden_name,
    _by_title,
    _by_surname,
    _by_atlas,
)


def _names(report: EntityReport) -> Iterator[tuple[str, float]]:
    """The entity's name, then its other names but those that are a part of it ("CGT" of "CGT Cheminots")."""
    yield report.entity.name, KNOWN_NAME
    words = set(report.key.split())
    for mention in report.entity.mentions:
        if not set(key(mention.text).split()) < words:
            yield mention.text, KNOWN_MENTION


def _fits(known: Known, report: EntityReport, knowledge: KnowledgeBase) -> bool:
    """Whether what the article says agrees with the known thing."""
    return _is_there(known, report, knowledge) and not _is_namesake(known, report, knowledge)


def _is_namesake(known: Known, report: EntityReport, knowledge: KnowledgeBase) -> bool:
    """Whether an article that names nothing of the known person's country gives offices that that never held.

    Without an office the known person is meant: the world's newspapers write about presidents.
    """
    if report.family != "person" or not (known.country and report.countries and report.offices):
        return False
    if known.country in report.countries:
        return False
    held = {tenure.office for tenure in known.tenures}
    told = [knowledge.office(title, known.country) for title in report.offices]
    return not any(office and office.iri in held for office in told)


def _is_there(known: Known, report: EntityReport, knowledge: KnowledgeBase) -> bool:
    """Whether the article names the city too, if the thing is a venue of one: cities share street names."""
    if not known.location or not known.location.within:
        return True
    city = knowledge.get(known.location.within)
    return city is None or any(key(n.text) in report.companions for n in city.names)
