"""What speaks for or against two reports being of one event: the table of features, each with a reason.

The weights were set by hand and tried on annotated articles (docs/accuracy.md); add one where it is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.facts import Event
from kg.link.knowledge import Location
from kg.link.names import key
from kg.link.signals import Score, Signal, total
from kg.terms import protest, supertypes

# Pairs that reach ENOUGH are one event; those between DOUBT and ENOUGH are for people to look at.
ENOUGH, DOUBT = 0.8, 0.6
# Protests that a report may call by the general name: a demonstration is a protest of unspecified form.
GENERAL = "Demonstration"
KINDS_OF_GENERAL = frozenset({GENERAL, "March", "Vigil", "Occupation", "Blockade", "OtherProtest"})
# Articles of one event appear within days of one another.
_SOON, _LATE = 4, 31
MANY_CITIES = 3


@dataclass(frozen=True, slots=True)
class EventReport:
    """An article's event with what linking compares.

    `name` is the report's local name among all articles, `places` and `actors` map paths to labels, `groups`
    are the keys of unnamed actors, `where` locates the known places, `story` maps paths of what this
    article and few others name to labels, `common` are the paths of the actors that many articles name.
    """

    name: str
    article: str
    published: str | None
    event: Event
    places: Mapping[str, str]
    actors: Mapping[str, str]
    groups: frozenset[str] = frozenset()
    where: Mapping[str, Location] = field(default_factory=dict)
    story: Mapping[str, str] = field(default_factory=dict)
    common: frozenset[str] = frozenset()

    @property
    def start(self) -> str:
        """The first day as the article gives it, or nothing."""
        return self.event.start.value if self.event.start else ""

    @property
    def day(self) -> str | None:
        """The start as `--MM-DD`, if the day is known."""
        return f"--{self.start[-5:]}" if self.start.startswith("--") or len(self.start) == 10 else None

    @property
    def is_protest(self) -> bool:
        """Whether the event is a protest, not a context event."""
        return protest.ProtestEvent in supertypes(protest[self.event.type])

    @property
    def is_nationwide(self) -> bool:
        """Whether it happens all over a country: that alone is named, or several cities."""
        cities = sum(place.precision == "city" for place in self.where.values())
        whole = any(place.precision == "country" for place in self.where.values())
        return cities >= MANY_CITIES or (whole and len(self.places) == 1)


def compare(a: EventReport, b: EventReport) -> Score:
    """How much speaks for the two reports being of one event, from 0 to 1, and the reasons."""
    return total(feature(a, b) for feature in FEATURES)


def same_type(a: EventReport, b: EventReport) -> Signal | None:
    """The same type of event, or one report uses the general name for a protest of the other's form.

    A day sees many arrests and meetings in one city: of context events the type says little.
    """
    one, other = sorted((a.event.type, b.event.type))
    if one == other:
        return Signal(0.3 if a.is_protest else 0.05, f"both {one}")
    if GENERAL in (one, other) and {one, other} <= KINDS_OF_GENERAL:
        return Signal(0.2, f"{one} and {other} agree")
    return Signal(0, f"{one} and {other} are different types", veto=True)


def same_day(a: EventReport, b: EventReport) -> Signal | None:
    """The same day; a year that only one report gives is taken for both, two years are not."""
    one, other = sorted((a.start, b.start))
    if not one or not other:
        return Signal(-0.1, "one has no date" if other else "neither has a date")
    if one == other:
        return Signal(0.4 if len(one) == 10 else 0.2, f"same date {one}")
    if a.day and a.day == b.day and one.startswith("--"):
        return Signal(0.3, f"same day {other}, its year told by one")
    if other.startswith(one) and len(one) >= len("2024-03"):
        return Signal(-0.1, f"{other} is in {one}")
    return Signal(0, f"different dates {one} and {other}", veto=True)


def same_place(a: EventReport, b: EventReport) -> Signal | None:
    """Places in common, the more of all the better; or none."""
    shared = sorted(a.places.keys() & b.places)
    if shared:
        share = len(shared) / len(a.places.keys() | b.places)
        return Signal(round(0.2 + 0.1 * share, 2), f"shared place {a.places[shared[0]]}")
    if not (a.places and b.places):
        return None
    cities = [{p for p, place in r.where.items() if place.precision == "city"} for r in (a, b)]
    if all(cities):
        return Signal(0, "different places", veto=True)
    return Signal(-0.2 if set(a.where) | set(b.where) else -0.4, "different places")


def same_reach(a: EventReport, b: EventReport) -> Signal | None:
    """One is told of a whole country, the other of one city: more likely the whole and its part."""
    if a.is_nationwide != b.is_nationwide and a.places and b.places:
        return Signal(-0.1, "one nationwide, one local")
    return None


def same_actors(a: EventReport, b: EventReport) -> Signal | None:
    """A named actor in common, less if many articles name it; or unnamed ones in the same words."""
    shared = sorted(a.actors.keys() & b.actors, key=lambda path: (path in a.common, path))
    if shared:
        weight = 0.1 if shared[0] in a.common else 0.2
        return Signal(weight, f"shared actor {a.actors[shared[0]]}")
    described = sorted(a.groups & b.groups)
    return Signal(0.05, f"both of {described[0]}") if described else None


def same_story(a: EventReport, b: EventReport) -> Signal | None:
    """The articles name things that few others name, other than where the events were and whose they are."""
    own = {*a.places, *a.actors, *b.places, *b.actors}
    shared = sorted((a.story.keys() & b.story) - own)
    if len(shared) < 2:
        return None
    named = ", ".join(a.story[path] for path in shared[:3])
    return Signal(min(0.1 * len(shared), 0.3), f"the articles share {named}")


def same_words(a: EventReport, b: EventReport) -> Signal | None:
    """Both use a word for a protest, more if it has a number ("Act 13"); the state has few words."""
    if not (a.is_protest and b.is_protest):
        return None
    shared = sorted({key(t.text) for t in a.event.triggers} & {key(t.text) for t in b.event.triggers})
    if not shared:
        return None
    telling = next((words for words in shared if any(c.isdigit() for c in words)), None)
    return Signal(0.15, f"both say “{telling}”") if telling else Signal(0.05, f"both say “{shared[0]}”")


def same_time(a: EventReport, b: EventReport) -> Signal | None:
    """Where a date is missing: the articles appeared within days, or a month and more apart."""
    if (a.start and b.start) or not (a.published and b.published):
        return None
    apart = _days(a.published, b.published)
    if apart <= _SOON:
        return Signal(0.1, f"articles {apart} days apart")
    return (
        Signal(0, f"articles {apart} days apart", veto=True) if apart > _LATE else Signal(-0.2, "weeks apart")
    )


def possible_status(a: EventReport, b: EventReport) -> Signal | None:
    """What occurred was not cancelled; what was planned may have done either."""
    if {a.event.status, b.event.status} == {"occurred", "cancelled"}:
        return Signal(0, "one occurred, one was cancelled", veto=True)
    return None


FEATURES: tuple[Callable[[EventReport, EventReport], Signal | None], ...] = (
    same_type,
    same_day,
    same_place,
    same_reach,
    same_actors,
    same_story,
    same_words,
    same_time,
    possible_status,
)


def _days(one: str, other: str) -> int:
    """How many days lie between two dates of publication."""
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
