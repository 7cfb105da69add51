"""What a graph holds as plain objects: actors, places, events, articles, and what was said of them.

Everything has an `iri`; `evidence` are the sentences behind it (`kg.why.Reason`), asked of the graph when
they are wanted. Objects are frozen, and equal if they are the same thing.

A `Day` keeps the precision in which articles give a date:

>>> Day("2024-05").first, Day("2024-05").last, Day("--05-19").first
(datetime.date(2024, 5, 1), datetime.date(2024, 5, 31), None)
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from kg.store import Store
from kg.why import Reason, why

Precision = Literal["day", "month", "year", "day of any year"]
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Day:
    """A date as precise as articles give it: `2024-05-19`, `2024-05`, `2024`, or `--05-19` of no known year.

    >>> str(Day("2024-05-19")), Day("2024").precision, Day("--05-19").precision
    ('2024-05-19', 'year', 'day of any year')
    """

    text: str

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        return "day of any year" if self.text.startswith("--") else _PRECISIONS[len(self.text)]

    @property
    def first(self) -> date | None:
        """The first day that it can mean; None if the year is not known."""
        return None if self.text.startswith("--") else date.fromisoformat(f"{self.text}-01-01"[:10])

    @property
    def last(self) -> date | None:
        """The last day that it can mean; None if the year is not known."""
        first = self.first
        if first is None or len(self.text) == 10:
            return first
        month = first.month if len(self.text) == 7 else 12
        return date(first.year, month, monthrange(first.year, month)[1])

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """Whatever has an IRI in the graph."""

    iri: str
    store: Store = field(repr=False)

    def __eq__(self, other: object) -> bool:
        return self.iri == other.iri if isinstance(other, Known) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.iri)

    @property
    def evidence(self) -> list[Reason]:
        """What the articles say about it, each with the sentence where it stands."""
        return why(self.store, self.iri)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Article(Known):
    """An article; `id` is that of facts.jsonl."""

    id: str
    title: str
    publisher: str | None
    published: date | None
    url: str | None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Actor(Known):
    """A person, organisation or group; `type` is its class in the ontology, `names` all its names."""

    name: str
    type: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place(Known):
    """A place; `precision` (venue, city, region or country) and what follows are of those that are known."""

    name: str
    names: tuple[str, ...]
    precision: str | None
    country: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Event(Known):
    """An event behind all its reports; `type` is its class in the ontology.

    Those who have a role in it are actors, save where an article gives it to a place ("the town protested").
    """

    label: str
    type: str
    status: str
    start: Day | None
    end: Day | None
    places: tuple[Place, ...]
    organizers: tuple[Actor | Place, ...]
    participants: tuple[Actor | Place, ...]
    targets: tuple[Actor | Place, ...]
    absent: tuple[Actor | Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said(Known):
    """A fact that one article reports: its words there, the sentence, and how sure the component is."""

    article: Article
    sentence: str
    confidence: Decimal


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Demand(Said):
    """What a protest demands (`for`) or is against (`against`)."""

    words: str
    polarity: str
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slogan(Said):
    """What was chanted or written at a protest."""

    words: str
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crowd(Said):
    """A size of a crowd. `estimator` is the actor who gave it, or a kind of source, such as organisers."""

    words: str
    low: int | None
    high: int | None
    estimator: Actor | Place | str | None
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Casualties(Said):
    """A number of people killed, injured or arrested (`kind`); `affected` is protesters, police or others."""

    words: str
    kind: str
    low: int | None
    high: int | None
    affected: str | None
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statement(Said):
    """What somebody said: `kind` is direct for quoted words, indirect for the article's."""

    words: str
    kind: str
    speaker: Actor | Place


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stance(Said):
    """Who supports or opposes (`polarity`) an actor or event."""

    holder: Actor | Place
    polarity: str
    target: Actor | Place | Event


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Position(Said):
    """Who holds which office, in which organisation if the article says so."""

    words: str
    holder: Actor | Place
    organization: Actor | Place | None
