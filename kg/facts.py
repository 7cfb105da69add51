"""The facts of one article, in the shape of the codebook: what extraction hands to linking.

    ArticleFacts
    ├── Source                   the article's metadata
    ├── Entity      · Mention    who and what is named
    ├── Position                 who holds which office
    ├── Event       · Argument, Crowd, Count, Demand, Trigger, When
    ├── Link                     event → event
    ├── Statement                who said what
    └── Stance                   who supports or opposes whom or what

A `Span` holds offsets into `Article.content` (Unicode code points, end exclusive) and
the exact words there. Every relation carries an `Evidence`: the sentence it was read
from, the component that read it, and how likely it is right.

`kg.jsonlines` writes and reads them, one article a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

EntityType = Literal[
    "Person", "Union", "Party", "Ministry", "GovernmentBody", "Media", "Association", "Company",
    "Organization", "Place", "Group",
]  # fmt: skip
EventType = Literal[
    "Demonstration", "March", "Strike", "Blockade", "Occupation", "Riot", "Vigil", "OtherProtest",
    "Attack", "Arrest", "PoliceIntervention", "LegalAction", "PolicyMeasure", "Meeting", "Election",
]  # fmt: skip
PROTEST_EVENTS: frozenset[EventType] = frozenset(
    ("Demonstration", "March", "Strike", "Blockade", "Occupation", "Riot", "Vigil", "OtherProtest")
)
ANY_FORM: EventType = "Demonstration"  # the protest of which no form is said
PROTEST, CONTEXT = "protest", "context"  # the families of event types
Status = Literal["occurred", "planned", "cancelled"]
Role = Literal["places", "organizers", "participants", "targets", "absent"]
Basis = Literal["stated", "relative", "inferred"]
LinkType = Literal["triggered", "part_of", "response_to"]
ROLES: tuple[Role, ...] = ("places", "organizers", "participants", "targets", "absent")


def family_of(event_type: str) -> str:
    """Whether an event type is a protest or a context event.

    >>> family_of("March"), family_of("Arrest")
    ('protest', 'context')
    """
    return PROTEST if event_type in PROTEST_EVENTS else CONTEXT


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Exact words at a place of the article: `content[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence a fact was read from, what read it, and how likely it is right (0 to 1)."""

    sentence: Span
    component: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Source:
    """An article's metadata; `published` is an ISO date or None."""

    id: str
    lang: str
    title: str
    source: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing in the world as one article names it; `name` is the fullest mention."""

    id: str
    type: EntityType
    name: str
    mentions: tuple[Span, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Position:
    """A person's office; `organization` is an entity id or None."""

    person: str
    title: Span
    organization: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Argument:
    """An entity's role in an event."""

    role: Role
    entity: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class When:
    """A date: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `--MM-DD`, the words that gave it, and on what basis."""

    value: str
    text: Span
    basis: Basis
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Crowd:
    """A number of participants. `source` is an entity id, organisers, police, authorities, media or None."""

    low: int | None
    high: int | None
    source: str | None
    text: Span
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people `killed`, `injured` or `arrested`; `who` is protesters, police, others or None."""

    kind: Literal["killed", "injured", "arrested"]
    low: int | None
    high: int | None
    who: Literal["protesters", "police", "others"] | None
    text: Span
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Demand:
    """What the protesters ask for (`for`) or protest against (`against`)."""

    text: Span
    polarity: Literal["for", "against"]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Slogan:
    """Chanted or written words."""

    text: Span
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Event:
    """One event as one article reports it."""

    id: str
    type: EventType
    status: Status
    triggers: tuple[Span, ...]
    evidence: Evidence
    start: When | None = None
    end: When | None = None
    arguments: tuple[Argument, ...] = ()
    crowds: tuple[Crowd, ...] = ()
    counts: tuple[Count, ...] = ()
    demands: tuple[Demand, ...] = ()
    slogans: tuple[Slogan, ...] = ()

    def entities(self, role: Role) -> tuple[str, ...]:
        """The ids of the entities in a role, in the order of `arguments`."""
        return tuple(a.entity for a in self.arguments if a.role == role)


@dataclass(frozen=True, slots=True)
class Link:
    """`source` event set off, is part of, or answers `target` event."""

    source: str
    type: LinkType
    target: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that `speaker` said (`direct`) or is reported to have said (`indirect`)."""

    speaker: str
    kind: Literal["direct", "indirect"]
    text: Span
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Stance:
    """`holder` supports or opposes `target`, an entity or an event."""

    holder: str
    target: str
    polarity: Literal["support", "oppose"]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """Everything one article reports."""

    article: Source
    entities: tuple[Entity, ...] = ()
    positions: tuple[Position, ...] = ()
    events: tuple[Event, ...] = ()
    links: tuple[Link, ...] = ()
    statements: tuple[Statement, ...] = ()
    stances: tuple[Stance, ...] = ()

    def spans(self) -> Iterator[Span]:
        """Every span of every fact: each must equal the article's text at its offsets."""
        for e in self.entities:
            yield from e.mentions
            yield e.evidence.sentence
        for v in self.events:
            yield from v.triggers
            yield v.evidence.sentence
            for when in (v.start, v.end):
                if when:
                    yield from (when.text, when.evidence.sentence)
            for a in v.arguments:
                yield a.evidence.sentence
            said: tuple[Crowd | Count | Demand | Slogan, ...] = (*v.crowds, *v.counts, *v.demands, *v.slogans)
            for c in said:
                yield from (c.text, c.evidence.sentence)
        for p in self.positions:
            yield from (p.title, p.evidence.sentence)
        for s in self.statements:
            yield from (s.text, s.evidence.sentence)
        for k in self.links:
            yield k.evidence.sentence
        for z in self.stances:
            yield z.evidence.sentence


def in_order(facts: ArticleFacts) -> ArticleFacts:
    """The same facts, each once, in one order: things by their ids, what is said of them by its place.

    The arguments of an event alone keep the order they came in, which tells of two places the narrower one.

    >>> article = Source("a", "en", "Title")
    >>> why = Evidence(Span(0, 5, "Title"), "kg_slogans", 1.0)
    >>> march = Event("v10", "March", "occurred", (), why)
    >>> [v.id for v in in_order(ArticleFacts(article, events=(march, replace(march, id="v9"), march))).events]
    ['v9', 'v10']
    """
    return ArticleFacts(
        article=facts.article,
        entities=_by_id(replace(e, mentions=tuple(sorted(set(e.mentions)))) for e in facts.entities),
        positions=_by_place(facts.positions),
        events=_by_id(map(_event_in_order, facts.events)),
        links=_by_place(facts.links),
        statements=_by_place(facts.statements),
        stances=_by_place(facts.stances),
    )


Thing = TypeVar("Thing", Entity, Event)
Said = TypeVar("Said", Position, Crowd, Count, Demand, Slogan, Link, Statement, Stance)


def _event_in_order(event: Event) -> Event:
    return replace(
        event,
        triggers=tuple(sorted(set(event.triggers))),
        arguments=tuple(dict.fromkeys(event.arguments)),
        crowds=_by_place(event.crowds),
        counts=_by_place(event.counts),
        demands=_by_place(event.demands),
        slogans=_by_place(event.slogans),
    )


def _by_id(things: Iterable[Thing]) -> tuple[Thing, ...]:
    """e9 before e10."""
    return tuple(sorted(set(things), key=lambda thing: (len(thing.id), thing.id)))


def _by_place(said: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(sorted(set(said), key=lambda fact: (_words(fact), repr(fact))))


def _words(fact: Position | Crowd | Count | Demand | Slogan | Link | Statement | Stance) -> Span:
    """The words that are the fact, or else its sentence."""
    if isinstance(fact, Position):
        return fact.title
    return fact.evidence.sentence if isinstance(fact, Link | Stance) else fact.text
