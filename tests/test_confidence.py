"""What is left of an article's facts when only sure ones are kept is sure, whole and no more than asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.confidence import at_least
from kg.facts import ArticleFacts, Evidence
from tests.builders import post, three_articles

CONFIDENCE = st.floats(0, 1)


def evidences(fact: object) -> Iterator[Evidence]:
    """Every piece of evidence in a fact, however deep."""
    if isinstance(fact, Evidence):
        yield fact
    elif isinstance(fact, tuple):
        for item in fact:
            yield from evidences(item)
    elif is_dataclass(fact):
        for field in fields(fact):
            yield from evidences(getattr(fact, field.name))


def doubted(fact: Any, confidences: Iterator[float]) -> Any:
    """The same facts with other confidences."""
    if isinstance(fact, Evidence):
        return replace(fact, confidence=next(confidences))
    if isinstance(fact, tuple):
        return tuple(doubted(item, confidences) for item in fact)
    if is_dataclass(fact) and not isinstance(fact, type):
        return replace(fact, **{f.name: doubted(getattr(fact, f.name), confidences) for f in fields(fact)})
    return fact


def dangling(facts: ArticleFacts) -> list[str]:
    """Ids that are referred to and stand for nothing."""
    entities, events = {e.id for e in facts.entities}, {v.id for v in facts.events}
    said = {a.entity for v in facts.events for a in v.arguments}
    said |= {c.source for v in facts.events for c in v.crowds if c.source and c.source.startswith("e")}
    said |= {p.person for p in facts.positions} | {p.organization for p in facts.positions if p.organization}
    said |= {s.speaker for s in facts.statements} | {z.holder for z in facts.stances}
    ends = {i for k in facts.links for i in (k.source, k.target)}
    ends |= {z.target for z in facts.stances if z.target.startswith("v")}
    said |= {z.target for z in facts.stances if z.target.startswith("e")}
    return sorted((said - entities) | (ends - events))


@st.composite
def doubtful_facts(draw: st.DrawFn) -> ArticleFacts:
    facts = draw(st.sampled_from(three_articles()))
    number = sum(1 for _ in evidences(facts))
    drawn: list[float] = draw(st.lists(CONFIDENCE, min_size=number, max_size=number))
    return doubted(facts, iter(drawn))  # type: ignore[no-any-return]


@given(doubtful_facts(), CONFIDENCE)
def test_what_is_kept_is_sure_and_refers_to_nothing_that_went(facts: ArticleFacts, least: float) -> None:
    kept = at_least(facts, least)
    assert all(e.confidence >= least for e in evidences(kept))
    assert dangling(kept) == []
    assert kept.article == facts.article


@given(doubtful_facts(), CONFIDENCE, CONFIDENCE)
def test_two_thresholds_are_the_higher_one(facts: ArticleFacts, one: float, other: float) -> None:
    assert at_least(at_least(facts, one), other) == at_least(facts, max(one, other))


@given(doubtful_facts())
def test_at_nought_everything_stays(facts: ArticleFacts) -> None:
    assert at_least(facts, 0) == facts


@pytest.mark.parametrize("facts", three_articles(), ids=lambda f: f.article.id)
def test_above_every_confidence_nothing_stays(facts: ArticleFacts) -> None:
    kept = at_least(facts, 1.01)
    assert kept == ArticleFacts(facts.article)


def test_a_doubtful_entity_takes_what_hangs_on_it() -> None:
    facts = post()
    union = next(e for e in facts.entities if e.type == "Union")
    doubted = replace(union, evidence=replace(union.evidence, confidence=0.1))
    kept = at_least(replace(facts, entities=tuple(doubted if e is union else e for e in facts.entities)), 0.2)
    march = next(v for v in kept.events if v.type == "March")
    assert march.entities("organizers") == () and march.entities("places") == ("e2", "e3")
    assert [p.organization for p in kept.positions] == [None, None]


def test_a_group_goes_with_its_last_part() -> None:
    facts = post()
    weak = tuple(
        replace(v, evidence=replace(v.evidence, confidence=0.1)) if v.type == "PoliceIntervention" else v
        for v in facts.events
    )
    kept = at_least(replace(facts, events=weak), 0.2)
    assert {e.name for e in facts.entities} - {e.name for e in kept.entities} == {"Riot police"}
    assert "Lena Marsh" in {e.name for e in kept.entities}
