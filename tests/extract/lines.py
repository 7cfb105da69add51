"""Facts as short lines, so that a case can say what must and what must not be found.

    event March
    status March occurred
    date March 2024-03-13
    trigger March: marched
    entity Person: Ana Duvall
    mention Person Ana Duvall: Duvall
    organizers March: Blue Watch Union
    crowd March 3000-3000 police: 3,000
    count Riot injured 3-3 police: three officers
    demand March for: higher pay
    slogan March: Sixty is enough
    link Attack triggered March
    position Ana Duvall: general secretary @ Blue Watch Union
    statement Ana Duvall direct: We will not yield
    stance Paul Okoro support March

An event is called by its type, an entity by its fullest name; an unknown bound is `?`, an unknown source `-`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.article import Article
from kg.facts import ROLES, ArticleFacts, Event
from kg.pipeline import extract

PUBLISHED = "2024-03-14"  # a Thursday


def read(text: str, title: str = "News of the day", published: str | None = PUBLISHED) -> ArticleFacts:
    """The facts of one English article."""
    (found,) = extract([Article("case", title, text, lang="en", published=published)])
    return found


def lines(facts: ArticleFacts) -> list[str]:
    """Every fact as a line, sorted."""
    names = {e.id: e.name for e in facts.entities} | {v.id: v.type for v in facts.events}
    return sorted(
        {*_entities(facts), *_sayings(facts, names), *(x for v in facts.events for x in _event(v, names))}
    )


def _entities(facts: ArticleFacts) -> Iterator[str]:
    for e in facts.entities:
        yield f"entity {e.type}: {e.name}"
        yield from (f"mention {e.type} {e.name}: {m.text}" for m in e.mentions)


def _event(v: Event, names: dict[str, str]) -> Iterator[str]:
    yield f"event {v.type}"
    yield f"status {v.type} {v.status}"
    until = f" – {v.end.value}" if v.end else ""
    yield f"date {v.type} {v.start.value if v.start else '-'}{until}"
    yield from (f"trigger {v.type}: {t.text}" for t in v.triggers)
    yield from (f"{role} {v.type}: {names[entity]}" for role in ROLES for entity in v.entities(role))
    for c in v.crowds:
        source = names.get(c.source, c.source) if c.source else "-"
        yield f"crowd {v.type} {_bounds(c.low, c.high)} {source}: {c.text.text}"
    for n in v.counts:
        yield f"count {v.type} {n.kind} {_bounds(n.low, n.high)} {n.who or '-'}: {n.text.text}"
    yield from (f"demand {v.type} {d.polarity}: {d.text.text}" for d in v.demands)
    yield from (f"slogan {v.type}: {s.text.text}" for s in v.slogans)


def _bounds(low: int | None, high: int | None) -> str:
    return f"{'?' if low is None else low}-{'?' if high is None else high}"


def _sayings(facts: ArticleFacts, names: dict[str, str]) -> Iterator[str]:
    for p in facts.positions:
        body = f" @ {names[p.organization]}" if p.organization else ""
        yield f"position {names[p.person]}: {p.title.text}{body}"
    for k in facts.links:
        yield f"link {names[k.source]} {k.type} {names[k.target]}"
    for s in facts.statements:
        yield f"statement {names[s.speaker]} {s.kind}: {s.text.text}"
    for z in facts.stances:
        yield f"stance {names[z.holder]} {z.polarity} {names[z.target]}"
