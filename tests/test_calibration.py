"""Curves turn confidences into how often facts are right, kind by kind, and leave all else as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import calibration
from kg.calibration import calibrated, load, probability, save
from kg.errors import ResourceError
from kg.facts import ROLES
from kg.jsonlines import to_json
from tests.builders import post

KINDS = (
    "entity",
    "position",
    "event",
    "date",
    "crowd",
    "count",
    "demand",
    "slogan",
    "link",
    "statement",
    "stance",
)
PROBABILITY = st.floats(0, 1)


@given(PROBABILITY, PROBABILITY, st.floats(0, 5), st.floats(-5, 5))
def test_a_surer_fact_stays_at_least_as_sure(a: float, b: float, slope: float, intercept: float) -> None:
    low, high = sorted((a, b))
    assert 0 <= probability(low, slope, intercept) <= probability(high, slope, intercept) <= 1


def test_a_curve_changes_the_confidences_of_its_kind_alone() -> None:
    facts = post()
    changed = calibrated(facts, {"entity": (0.0, 0.0)})
    assert {e.evidence.confidence for e in changed.entities} == {0.5}
    assert replace(changed, entities=facts.entities) == facts


def test_every_fact_of_a_kind_with_a_curve_changes() -> None:
    sure = dict.fromkeys((*KINDS, *ROLES), (0.0, 20.0))
    assert _confidences(to_json(calibrated(post(), sure))) == {1.0}


def test_the_curves_that_ship_are_of_kinds_that_exist() -> None:
    assert {*load("en")} <= {*KINDS, *ROLES}


def _confidences(value: object) -> set[float]:
    if isinstance(value, dict):
        own = {value["confidence"]} if "confidence" in value else set()
        return own.union(*map(_confidences, value.values()))
    return set().union(*map(_confidences, value)) if isinstance(value, list) else set()


def test_curves_are_read_as_they_were_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "curves.json"
    save({"entity": (1.0, 0.5)}, path)
    monkeypatch.setattr(calibration, "curves_file", lambda lang: path)
    assert load.__wrapped__("xx") == {"entity": (1.0, 0.5)}
    path.write_bytes(b"no curves")
    with pytest.raises(ResourceError, match="no curves"):
        load.__wrapped__("xx")
