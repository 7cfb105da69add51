"""The same examples give the same model, and it has learned them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fit import Example, fit

from kg.model import BIAS, VECTOR

TWO: list[Example] = [
    (["wet", "cold"], "rain"),
    (["wet"], "rain"),
    (["dry", "warm"], "sun"),
    (["dry"], "sun"),
] * 5
THREE: list[Example] = [*TWO, *[(["cold", "white"], "snow")] * 8]


@pytest.mark.parametrize("examples", [TWO, THREE], ids=["two-labels", "three-labels"])
def test_the_model_knows_its_examples(examples: list[Example]) -> None:
    found = fit(examples, c=10.0)
    rows = found.probabilities([features for features, _ in examples])
    assert [found.labels[i] for i in rows.argmax(axis=1)] == [label for _, label in examples]
    assert list(found.labels) == sorted({label for _, label in examples})


def test_the_same_examples_give_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one", "two")]
    for path in paths:
        fit(THREE).save(path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_rare_features_are_left_out() -> None:
    found = fit([*TWO, (["wet", "thunder"], "rain")], least=2)
    assert "thunder" not in found.index and {"wet", "dry", BIAS} <= set(found.index)
    assert "thunder" in fit([*TWO, (["wet", "thunder"], "rain")], least=1).index


def test_a_feature_counts_once_an_example() -> None:
    once = fit([*TWO, (["thunder"], "rain")] * 2, least=2)
    twice = fit([*TWO, (["thunder", "thunder"], "rain")] * 2, least=2)
    assert once.reasons(["thunder"], "rain") == twice.reasons(["thunder"], "rain")
    assert "thunder" not in fit([*TWO, (["thunder", "thunder"], "rain")], least=2).index


def test_a_smaller_c_holds_weights_back() -> None:
    strict, free = (dict(fit(TWO, c=c).reasons(["wet"], "rain"))["wet"] for c in (0.01, 10.0))
    assert 0 < strict < free


def test_dimensions_of_a_vector_are_learned_beside_features() -> None:
    examples: list[Example] = [(["any"], label) for label in ("rain", "sun") * 10]
    vectors = np.array([[1.0, 0.0], [-1.0, 0.0]] * 10, dtype=np.float32)
    found = fit(examples, None, vectors, c=10.0)
    rows = found.probabilities([["any"], ["any"], ["any"]], np.array([[1, 9], [-1, 9], [0, 0]], np.float32))
    assert rows[:, found.labels.index("rain")] == pytest.approx([0.9, 0.1, 0.5], abs=0.1)
    assert {f"{VECTOR}0", f"{VECTOR}1"} <= set(found.index)


def test_where_two_kinds_of_text_differ_the_published_one_counts() -> None:
    examples: list[Example] = [(["wet"], "rain")] * 5 + [(["wet"], "sun")] * 20 + [(["dry"], "sun")] * 5
    published = [True] * 5 + [False] * 20 + [True] * 5
    alike, apart = fit(examples, c=10.0), fit(examples, published, c=10.0)
    rain = alike.labels.index("rain")
    assert alike.probabilities([["wet"]])[0, rain] < 0.5 < apart.probabilities([["wet"]])[0, rain]
    assert set(apart.index) == set(alike.index)


def test_what_only_the_other_kind_knows_is_learned_from_it() -> None:
    found = fit([*TWO, *[(["fog"], "rain")] * 10], [True] * len(TWO) + [False] * 10)
    assert dict(found.reasons(["fog"], "rain"))["fog"] > 0
