"""Fits the curves of `kg.calibration`: how often facts of a kind and a confidence are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from gold import Json
from score import NAMED, right
from sklearn.linear_model import LogisticRegression

from kg.calibration import Curves, log_odds

Verdict = tuple[str, float, bool]  # kind of fact, confidence, whether it is right
BINS = 10
FEW = 20  # facts of a kind; fewer give no curve
LISTS = {
    "entities": "entity",
    "positions": "position",
    "events": "event",
    "links": "link",
    "statements": "statement",
    "stances": "stance",
}


def verdicts(gold: Json, found: Json) -> list[Verdict]:
    """Every fact found in an article, with its confidence and whether gold has it."""
    correct = right(gold, found)
    return [(kind, float(fact["confidence"]), id(fact) in correct) for kind, fact in _facts(found)]


def _facts(found: Json) -> Iterator[tuple[str, Json]]:
    for key, kind in LISTS.items():
        yield from ((kind, fact) for fact in found[key])
    for event in found["events"]:
        yield from (("date", when) for when in event["dates"].values() if when)
        yield from ((argument["role"], argument) for argument in event["arguments"])
        for key, kind in NAMED.items():
            yield from ((kind, fact) for fact in event[key])


def curves(said: Iterable[Verdict]) -> Curves:
    """The slope and intercept of each kind of fact; a slope is never below zero."""
    by_kind: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for kind, confidence, correct in said:
        by_kind[kind].append((log_odds(confidence), correct))
    return {kind: _curve(pairs) for kind, pairs in sorted(by_kind.items()) if len(pairs) >= FEW}


def _curve(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    x, y = np.array([p for p, _ in pairs]), np.array([c for _, c in pairs])
    share = (y.sum() + 1) / (len(y) + 2)
    flat = (0.0, float(np.log(share / (1 - share))))
    if y.all() or not y.any() or np.ptp(x) == 0:
        return flat
    line = LogisticRegression(C=1.0).fit(x[:, None], y)
    slope = float(line.coef_[0, 0])
    return (slope, float(line.intercept_[0])) if slope > 0 else flat


def calibration_error(said: Sequence[Verdict]) -> float:
    """The expected calibration error: the mean distance of confidence and share of right facts over ten
    equal bins of confidence, each weighed by its facts (Naeini, Cooper & Hauskrecht 2015)."""
    if not said:
        return 0.0
    confidence, correct = np.array([c for _, c, _ in said]), np.array([r for _, _, r in said])
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(float((confidence - correct)[bins == b].sum())) for b in range(BINS)]
    return sum(gaps) / len(said)
