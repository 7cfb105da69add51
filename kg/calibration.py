"""Confidences that mean what they say: of the facts with 0.8, about 80 in 100 are right.

What components give as confidence ranks facts of one kind; how often facts so ranked are right was counted on
annotated articles by models that had not seen them. A curve per kind of fact turns one into the other, the
logistic of a line through the log-odds (Platt 1999). The curves are `kg/models/<lang>/calibration.json`,
`{kind: [slope, intercept]}`, written by `training/train.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from math import exp, log
from pathlib import Path
from typing import TypeVar

from kg.errors import ResourceError
from kg.facts import (
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
    Stance,
    Statement,
    When,
)
from kg.resources import curves_file

LEAST = 0.001  # and 1 less this: log-odds stay finite

Curves = Mapping[str, tuple[float, float]]
F = TypeVar("F", Entity, Position, Event, Link, Statement, Stance, Crowd, Count, Demand, Slogan, When)


def calibrated(facts: ArticleFacts, curves: Curves) -> ArticleFacts:
    """The same facts with the confidences that the curves give; a kind without a curve keeps its own."""
    return replace(
        facts,
        entities=_all(facts.entities, "entity", curves),
        positions=_all(facts.positions, "position", curves),
        events=tuple(_event(v, curves) for v in facts.events),
        links=_all(facts.links, "link", curves),
        statements=_all(facts.statements, "statement", curves),
        stances=_all(facts.stances, "stance", curves),
    )


def probability(confidence: float, slope: float, intercept: float) -> float:
    """How often facts of a confidence are right: 1 / (1 + e^-(slope · log-odds + intercept)).

    >>> probability(0.5, 1.0, 0.0)
    0.5
    """
    return round(1 / (1 + exp(-(slope * log_odds(confidence) + intercept))), 4)


def log_odds(confidence: float) -> float:
    """The logarithm of p / (1 - p), with p kept `LEAST` away from 0 and 1."""
    p = min(max(confidence, LEAST), 1 - LEAST)
    return log(p / (1 - p))


def _event(event: Event, curves: Curves) -> Event:
    return replace(
        event,
        evidence=_why(event.evidence, "event", curves),
        start=_one(event.start, "date", curves) if event.start else None,
        end=_one(event.end, "date", curves) if event.end else None,
        arguments=tuple(replace(a, evidence=_why(a.evidence, a.role, curves)) for a in event.arguments),
        crowds=_all(event.crowds, "crowd", curves),
        counts=_all(event.counts, "count", curves),
        demands=_all(event.demands, "demand", curves),
        slogans=_all(event.slogans, "slogan", curves),
    )


def _all(facts: Iterable[F], kind: str, curves: Curves) -> tuple[F, ...]:
    return tuple(_one(f, kind, curves) for f in facts)


def _one(fact: F, kind: str, curves: Curves) -> F:
    return replace(fact, evidence=_why(fact.evidence, kind, curves))


def _why(evidence: Evidence, kind: str, curves: Curves) -> Evidence:
    if kind not in curves:
        return evidence
    return replace(evidence, confidence=probability(evidence.confidence, *curves[kind]))


def save(curves: Curves, path: Path) -> None:
    """Write the curves; the same curves give the same bytes."""
    lines = (
        f"{json.dumps(kind)}: {json.dumps([round(x, 3) for x in curves[kind]])}" for kind in sorted(curves)
    )
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


@cache
def load(lang: str) -> Curves:
    """The curves of a language.

    Raises:
        ResourceError: the file is missing or holds no curves.
    """
    path = curves_file(lang)
    try:
        curves = json.loads(path.read_text(encoding="utf-8"))
        return {kind: (float(slope), float(intercept)) for kind, (slope, intercept) in curves.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ResourceError(f"{path}: no curves: {error}; run training/train.py") from error
