"""Curves follow how often facts were right; the calibration error says how far confidences are off."""

from __future__ import annotations

from copy import deepcopy
from itertools import chain

import pytest
from calibrate import FEW, calibration_error, curves, verdicts

from kg.calibration import probability
from kg.jsonlines import to_json
from tests.builders import post

POST = to_json(post())


def said(confidence: float, right: int, wrong: int) -> list[tuple[str, float, bool]]:
    return [("link", confidence, True)] * right + [("link", confidence, False)] * wrong


def test_a_curve_gives_the_share_that_was_right() -> None:
    slope, intercept = curves(said(0.9, 50, 50) + said(0.2, 5, 95))["link"]
    assert probability(0.9, slope, intercept) == pytest.approx(0.5, abs=0.06)
    assert probability(0.2, slope, intercept) == pytest.approx(0.05, abs=0.06)


def test_a_curve_never_falls() -> None:
    slope, _ = curves(said(0.9, 5, 95) + said(0.2, 95, 5))["link"]
    assert slope == 0


def test_too_few_facts_give_no_curve() -> None:
    assert curves(said(0.9, FEW - 1, 0)) == {}


@pytest.mark.parametrize(
    ("verdicts", "error"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param(said(0.75, 75, 25), 0, id="calibrated"),
        pytest.param(said(0.95, 50, 50), 0.45, id="too-sure"),
        pytest.param(said(0.95, 100, 0) + said(0.35, 0, 100), 0.2, id="both-sides"),
    ],
)
def test_calibration_error(verdicts: list[tuple[str, float, bool]], error: float) -> None:
    assert calibration_error(verdicts) == pytest.approx(error)


def test_facts_that_gold_has_are_right() -> None:
    assert all(correct for _, _, correct in verdicts(POST, POST))


@pytest.mark.parametrize(
    ("key", "kind"), [("statements", "statement"), ("stances", "stance"), ("links", "link")]
)
def test_facts_that_gold_lacks_are_wrong(key: str, kind: str) -> None:
    gold = deepcopy(POST)
    gold[key] = []
    wrong = [k for k, _, correct in verdicts(gold, POST) if not correct]
    assert wrong == [kind] * len(POST[key]) != []


def test_each_part_of_an_event_is_judged() -> None:
    gold = deepcopy(POST)
    for event in gold["events"]:
        event.update(start=None, places=[], crowds=[], demands=[], slogans=[], counts=[])
    wrong = {kind for kind, _, correct in verdicts(gold, POST) if not correct}
    judged = {kind for kind, _, _ in chain(verdicts(POST, POST))}
    assert wrong == judged & {"date", "places", "crowd", "demand", "slogan", "count"} != set()
