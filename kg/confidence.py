"""The part of an article's facts that is sure enough: recall traded for precision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from kg.facts import ArticleFacts, Crowd, Event, Evidence, Position


class _Reported(Protocol):
    @property
    def evidence(self) -> Evidence: ...


F = TypeVar("F", bound=_Reported)


def at_least(facts: ArticleFacts, least: float) -> ArticleFacts:
    """The facts whose confidence is `least` (0 to 1) or more; none refers to one that is left out.

    A relation goes with the entity or event that it needs: a role with its entity, a statement with its
    speaker, an office with its person, a link or stance with either end. The source of a crowd size and
    the organisation of an office are only emptied. A Group whose last part in a fact goes, goes too.
    """
    doubtful = frozenset(e.id for e in facts.entities if e.evidence.confidence < least)
    doubtful |= frozenset(v.id for v in facts.events if v.evidence.confidence < least)
    kept = _Sure(least, doubtful).facts(facts)
    idle = set(_mentioned(facts)) - set(_mentioned(kept))
    return replace(kept, entities=tuple(e for e in kept.entities if e.type != "Group" or e.id not in idle))


@dataclass(frozen=True, slots=True)
class _Sure:
    """Keeps what has at least this confidence and refers to no doubtful entity or event."""

    least: float
    doubtful: frozenset[str]

    def facts(self, facts: ArticleFacts) -> ArticleFacts:
        return replace(
            facts,
            entities=self._kept(facts.entities),
            positions=tuple(map(self._position, self._kept(facts.positions, "person"))),
            events=tuple(map(self._event, self._kept(facts.events))),
            links=self._kept(facts.links, "source", "target"),
            statements=self._kept(facts.statements, "speaker"),
            stances=self._kept(facts.stances, "holder", "target"),
        )

    def _kept(self, facts: Iterable[F], *needs: str) -> tuple[F, ...]:
        """Those that are sure, `needs` being the fields that name what they cannot do without."""
        return tuple(
            f
            for f in facts
            if f.evidence.confidence >= self.least and not any(getattr(f, n) in self.doubtful for n in needs)
        )

    def _event(self, event: Event) -> Event:
        start, end = (
            w if w and w.evidence.confidence >= self.least else None for w in (event.start, event.end)
        )
        return replace(
            event,
            start=start,
            end=end,
            arguments=self._kept(event.arguments, "entity"),
            crowds=tuple(map(self._crowd, self._kept(event.crowds))),
            counts=self._kept(event.counts),
            demands=self._kept(event.demands),
            slogans=self._kept(event.slogans),
        )

    def _crowd(self, crowd: Crowd) -> Crowd:
        return replace(crowd, source=None) if crowd.source in self.doubtful else crowd

    def _position(self, position: Position) -> Position:
        return replace(position, organization=None) if position.organization in self.doubtful else position


def _mentioned(facts: ArticleFacts) -> Iterable[str | None]:
    """The ids of entities that some fact refers to."""
    for event in facts.events:
        yield from (a.entity for a in event.arguments)
        yield from (c.source for c in event.crowds)
    for position in facts.positions:
        yield from (position.person, position.organization)
    yield from (s.speaker for s in facts.statements)
    for stance in facts.stances:
        yield from (stance.holder, stance.target)
