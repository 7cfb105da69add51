"""Facts as JSON Lines, one article a line: the interchange that `kg extract` prints.

The shape is the codebook's; spans, evidence, component and confidence are added to it:

    {"article": {...}, "entities": [{"id", "type", "name", "mentions": [SPAN, ...], *WHY}],
     "positions": [{"person", "title", "start", "end", "organization", *WHY}],
     "events": [{"id", "type", "status", "triggers": [SPAN, ...], "start", "end",
                 "places", "organizers", "participants", "targets", "absent": [ids],
                 "arguments": [{"role", "entity", *WHY}],
                 "dates": {"start": {"value", "basis", *SPAN, *WHY} or null, "end": ...},
                 "crowds": [{"low", "high", "source", *SPAN, *WHY}], "counts": [...],
                 "demands": [{"polarity", *SPAN, *WHY}], "slogans": [{*SPAN, *WHY}], *WHY}],
     "links", "statements", "stances": [...]}

SPAN is `{"text", "start", "end"}`, WHY is `{"evidence": SPAN, "component", "confidence"}`.
`arguments` says for each id in the role lists why it is there; `dates` does so for `start` and `end`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from kg.errors import InputError
from kg.facts import (
    ROLES,
    Argument,
    ArticleFacts,
    Count,
    Crowd,
    Demand,
    Entity,
    Event,
    Evidence,
    Link,
    Position,
    Slogan,
    Source,
    Span,
    Stance,
    Statement,
    When,
)

Json = dict[str, Any]


def dumps(facts: ArticleFacts) -> str:
    """One line of JSON without its line end; keys in a fixed order, text unescaped."""
    return json.dumps(to_json(facts), ensure_ascii=False)


def loads(line: str) -> ArticleFacts:
    """The facts of one line.

    Raises:
        InputError: the line is no JSON object of this shape.
    """
    try:
        return from_json(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"not a line of facts: {type(error).__name__}: {error}") from error


def write(facts: Iterable[ArticleFacts], file: TextIO) -> None:
    """Write one line an article."""
    for f in facts:
        file.write(dumps(f) + "\n")


def read(file: TextIO) -> Iterator[ArticleFacts]:
    """The articles of a facts file.

    Raises:
        InputError: names the line that is broken.
    """
    for number, line in enumerate(file, 1):
        if line.strip():
            try:
                yield loads(line)
            except InputError as error:
                raise InputError(f"{file.name}:{number}: {error}") from error


def to_json(facts: ArticleFacts) -> Json:
    """The facts as plain JSON values."""
    a = facts.article
    return {
        "article": {"id": a.id, "lang": a.lang, "title": a.title, "source": a.source, "url": a.url,
                    "published": a.published},
        "entities": [{"id": e.id, "type": e.type, "name": e.name, "mentions": [_span(m) for m in e.mentions],
                      **_why(e.evidence)} for e in facts.entities],
        "positions": [{"person": p.person, "title": p.title.text, "start": p.title.start, "end": p.title.end,
                       "organization": p.organization, **_why(p.evidence)} for p in facts.positions],
        "events": [_event(v) for v in facts.events],
        "links": [{"source": k.source, "type": k.type, "target": k.target, **_why(k.evidence)}
                  for k in facts.links],
        "statements": [{"speaker": s.speaker, "kind": s.kind, **_span(s.text), **_why(s.evidence)}
                       for s in facts.statements],
        "stances": [{"holder": z.holder, "target": z.target, "polarity": z.polarity, **_why(z.evidence)}
                    for z in facts.stances],
    }  # fmt: skip


def _span(s: Span) -> Json:
    return {"text": s.text, "start": s.start, "end": s.end}


def _why(e: Evidence) -> Json:
    return {"evidence": _span(e.sentence), "component": e.component, "confidence": round(e.confidence, 4)}


def _when(w: When | None) -> Json | None:
    return None if w is None else {"value": w.value, "basis": w.basis, **_span(w.text), **_why(w.evidence)}


def _event(v: Event) -> Json:
    return {
        "id": v.id, "type": v.type, "status": v.status, "triggers": [_span(t) for t in v.triggers],
        "start": v.start and v.start.value, "end": v.end and v.end.value,
        **{role: list(v.entities(role)) for role in ROLES},
        "crowds": [{"low": c.low, "high": c.high, "source": c.source, **_span(c.text), **_why(c.evidence)}
                   for c in v.crowds],
        "counts": [{"kind": c.kind, "low": c.low, "high": c.high, "who": c.who, **_span(c.text),
                    **_why(c.evidence)} for c in v.counts],
        "demands": [{**_span(d.text), "polarity": d.polarity, **_why(d.evidence)} for d in v.demands],
        "slogans": [{**_span(s.text), **_why(s.evidence)} for s in v.slogans],
        "arguments": [{"role": a.role, "entity": a.entity, **_why(a.evidence)} for a in v.arguments],
        "dates": {"start": _when(v.start), "end": _when(v.end)},
        **_why(v.evidence),
    }  # fmt: skip


def from_json(o: Json) -> ArticleFacts:
    """The facts that `to_json` made plain."""
    return ArticleFacts(
        article=Source(**o["article"]),
        entities=tuple(
            Entity(e["id"], e["type"], e["name"], tuple(map(_to_span, e["mentions"])), _to_evidence(e))
            for e in o["entities"]
        ),
        positions=tuple(
            Position(p["person"], Span(p["start"], p["end"], p["title"]), p["organization"], _to_evidence(p))
            for p in o["positions"]
        ),
        events=tuple(map(_to_event, o["events"])),
        links=tuple(Link(k["source"], k["type"], k["target"], _to_evidence(k)) for k in o["links"]),
        statements=tuple(
            Statement(s["speaker"], s["kind"], _to_span(s), _to_evidence(s)) for s in o["statements"]
        ),
        stances=tuple(Stance(z["holder"], z["target"], z["polarity"], _to_evidence(z)) for z in o["stances"]),
    )


def _to_span(o: Json) -> Span:
    return Span(o["start"], o["end"], o["text"])


def _to_evidence(o: Json) -> Evidence:
    return Evidence(_to_span(o["evidence"]), o["component"], o["confidence"])


def _to_when(o: Json | None) -> When | None:
    return None if o is None else When(o["value"], _to_span(o), o["basis"], _to_evidence(o))


def _to_event(o: Json) -> Event:
    return Event(
        id=o["id"],
        type=o["type"],
        status=o["status"],
        triggers=tuple(map(_to_span, o["triggers"])),
        evidence=_to_evidence(o),
        start=_to_when(o["dates"]["start"]),
        end=_to_when(o["dates"]["end"]),
        arguments=tuple(Argument(a["role"], a["entity"], _to_evidence(a)) for a in o["arguments"]),
        crowds=tuple(
            Crowd(c["low"], c["high"], c["source"], _to_span(c), _to_evidence(c)) for c in o["crowds"]
        ),
        counts=tuple(
            Count(c["kind"], c["low"], c["high"], c["who"], _to_span(c), _to_evidence(c)) for c in o["counts"]
        ),
        demands=tuple(Demand(_to_span(d), d["polarity"], _to_evidence(d)) for d in o["demands"]),
        slogans=tuple(Slogan(_to_span(s), _to_evidence(s)) for s in o["slogans"]),
    )
