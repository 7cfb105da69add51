"""Facts of all shapes, for properties that must hold of any (Hypothesis).

Words are cut out of a made-up article, so that every span is right by construction; some of it is hostile.
"""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from kg.facts import (
    ROLES,
    Argument,
    ArticleFacts,
    Basis,
    Count,
    Crowd,
    Demand,
    Entity,
    EntityType,
    Event,
    EventType,
    Evidence,
    Link,
    LinkType,
    Position,
    Slogan,
    Source,
    Span,
    Stance,
    Statement,
    Status,
    When,
)

TEXT = (
    'Thousands march: "No!" \\ <script>alert(1)</script>\n\n=cmd() said the \u202eunion\u202c of Żagań; '
    "«\u00a0Ça suffit\u00a0», \x07 tab\there 🚒, https://x.example/?a=1&b=2 # and { } | ^ ` %20."
)
IDS = ["post-12", "a b/c#d", "Ünïcode", "=cmd()", "x" * 70, "seed-1"]
DATES = ["2024", "2024-03", "2024-03-13", "--03-13", "--02-29", "0999-01-01", "no date"]

words = st.builds(
    lambda start, length: Span(start, start + length, TEXT[start : start + length]),
    st.integers(0, len(TEXT) - 40),
    st.integers(1, 40),
)
numbers = st.none() | st.integers(0, 10**7)
evidence = st.builds(
    Evidence, words, st.sampled_from(["kg_roles", "kg_dates"]), st.integers(0, 10**4).map(lambda n: n / 10**4)
)
dates = st.builds(When, st.sampled_from(DATES), words, st.sampled_from(get_args(Basis)), evidence)


def several(one: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(one, max_size=3).map(tuple)


@st.composite
def article_facts(draw: st.DrawFn, ids: st.SearchStrategy[str] | None = None) -> ArticleFacts:
    """The facts of one article, with every kind of fact in them."""
    either = ["e1", "e2", "e10", "v1", "v2"]
    entities, events = either[: draw(st.integers(1, 3))], either[3 : draw(st.integers(3, 5))]
    entity, anything = st.sampled_from(entities), st.sampled_from([*entities, *events])
    optional = st.none() | st.sampled_from(["", "The “Echo”", "https://echo.example/1?a&b"])
    relations = st.builds(Link, st.sampled_from(events or ["v1"]), st.sampled_from(get_args(LinkType)),
                          st.sampled_from(events or ["v1"]), evidence)  # fmt: skip
    return ArticleFacts(
        Source(
            draw(ids if ids is not None else st.sampled_from(IDS)), draw(st.sampled_from(["en", "fr"])),
            TEXT[:21], draw(optional), draw(optional), draw(st.none() | st.sampled_from(DATES)),
        ),
        tuple(draw(_entity(id)) for id in entities),
        draw(several(st.builds(Position, entity, words, st.none() | entity, evidence))),
        tuple(draw(_event(id, entity)) for id in events),
        draw(several(relations)) if events else (),
        draw(several(st.builds(Statement, entity, st.sampled_from(["direct", "indirect"]), words, evidence))),
        draw(several(st.builds(Stance, entity, anything, st.sampled_from(["support", "oppose"]), evidence))),
    )  # fmt: skip


def _entity(id: str) -> st.SearchStrategy[Entity]:
    name = words.map(lambda span: span.text)
    return st.builds(
        Entity, st.just(id), st.sampled_from(get_args(EntityType)), name, several(words), evidence
    )


def _event(id: str, entity: st.SearchStrategy[str]) -> st.SearchStrategy[Event]:
    source = st.none() | entity | st.sampled_from(["organisers", "police", "authorities", "media"])
    kind = st.sampled_from(["killed", "injured", "arrested"])
    who = st.none() | st.sampled_from(["protesters", "police", "others"])
    return st.builds(
        Event,
        id=st.just(id),
        type=st.sampled_from(get_args(EventType)),
        status=st.sampled_from(get_args(Status)),
        triggers=several(words),
        evidence=evidence,
        start=st.none() | dates,
        end=st.none() | dates,
        arguments=several(st.builds(Argument, st.sampled_from(ROLES), entity, evidence)),
        crowds=several(st.builds(Crowd, numbers, numbers, source, words, evidence)),
        counts=several(st.builds(Count, kind, numbers, numbers, who, words, evidence)),
        demands=several(st.builds(Demand, words, st.sampled_from(["for", "against"]), evidence)),
        slogans=several(st.builds(Slogan, words, evidence)),
    )
