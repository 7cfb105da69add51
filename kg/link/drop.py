"""Facts without the entities and events that people dropped."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from kg.facts import ArticleFacts, Crowd, Event
from kg.link.names import local_names
from kg.link.reports import report_name


def without(facts: ArticleFacts, dropped: Set[str]) -> ArticleFacts:
    """The facts without the reports of these names, and without what is said of them alone.

    A position in a dropped organisation, and a crowd size of a dropped source, stay without it.
    """
    if not dropped:
        return facts
    local = local_names(facts)
    gone = {id for id in local if report_name(facts, id, local) in dropped}
    if not gone:
        return facts
    return replace(
        facts,
        entities=tuple(e for e in facts.entities if e.id not in gone),
        positions=tuple(
            replace(p, organization=None) if p.organization in gone else p
            for p in facts.positions
            if p.person not in gone
        ),
        events=tuple(_event(v, gone) for v in facts.events if v.id not in gone),
        links=tuple(k for k in facts.links if gone.isdisjoint((k.source, k.target))),
        statements=tuple(s for s in facts.statements if s.speaker not in gone),
        stances=tuple(z for z in facts.stances if gone.isdisjoint((z.holder, z.target))),
    )


def _event(event: Event, gone: Set[str]) -> Event:
    return replace(
        event,
        arguments=tuple(a for a in event.arguments if a.entity not in gone),
        crowds=tuple(_crowd(c, gone) for c in event.crowds),
    )


def _crowd(crowd: Crowd, gone: Set[str]) -> Crowd:
    return replace(crowd, source=None) if crowd.source in gone else crowd
