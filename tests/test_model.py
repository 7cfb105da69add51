"""A model gives probabilities, says why, and is the same bytes whenever it is saved."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from kg import model
from kg.errors import ResourceError
from kg.model import BIAS, Model, load
from kg.resources import languages

WEIGHTS = {"dog": [-1.0, 2.0], "cat": [1.5, 0.25], BIAS: [0.5, -0.5]}


def animals(temperature: float = 1.0) -> Model:
    table = np.array(list(WEIGHTS.values()), dtype=np.float32)
    return Model(("meows", "barks"), {f: i for i, f in enumerate(WEIGHTS)}, table, temperature)


def saved(folder: Path, content: bytes) -> None:
    (folder / "xx").mkdir(parents=True)
    (folder / "xx" / "animals.json.gz").write_bytes(content)


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models in place of the package's."""
    monkeypatch.setattr(model, "model_file", lambda lang, name: tmp_path / lang / f"{name}.json.gz")
    load.cache_clear()
    return tmp_path


def test_probabilities_are_the_softmax_of_the_summed_weights() -> None:
    rows = animals().probabilities([["dog"], ["dog", "cat"], []])
    scores = np.array([[-0.5, 1.5], [1.0, 1.75], [0.5, -0.5]])
    expected = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert rows == pytest.approx(expected, abs=1e-6)


def test_unknown_features_weigh_nothing() -> None:
    rows = animals().probabilities([["dog"], ["dog", "horse"], ["horse"], []])
    assert rows[0] == pytest.approx(rows[1])
    assert rows[2] == pytest.approx(rows[3])


def test_temperature_draws_probabilities_together() -> None:
    sharp, flat = (animals(t).probabilities([["dog"]])[0, 1] for t in (1.0, 4.0))
    assert 0.5 < flat < sharp


def test_a_vector_weighs_dimension_by_dimension() -> None:
    names = {"x": 0, "vector:1": 1, BIAS: 2, "vector:0": 3}
    table = np.array([[1.0, 0.0], [0.0, 3.0], [0.0, 0.5], [2.0, -1.0]], dtype=np.float32)
    vectors = np.array([[1.0, 0.5], [0.0, 0.0]], dtype=np.float32)
    rows = Model(("a", "b"), names, table).probabilities([["x"], []], vectors)
    scores = np.array([[1 + 2.0, 0.5 - 1 + 1.5], [0.0, 0.5]])
    assert rows == pytest.approx(np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True), abs=1e-6)


def test_vectors_of_very_many_candidates_stay_with_them() -> None:
    table = np.array([[0.0, 0.0], [4.0, -4.0]], dtype=np.float32)
    vectors = np.linspace(-1, 1, 2500, dtype=np.float32)[:, None]
    rows = Model(("a", "b"), {BIAS: 0, "vector:0": 1}, table).probabilities([[]] * 2500, vectors)
    assert rows[:, 0] == pytest.approx(1 / (1 + np.exp(-8 * vectors[:, 0])), abs=1e-6)


def test_no_candidates_no_rows() -> None:
    assert animals().probabilities([]).shape == (0, 2)


def test_huge_weights_stay_probabilities() -> None:
    table = np.array([[1e30, -1e30], [0, 0]], dtype=np.float32)
    rows = Model(("a", "b"), {"x": 0, BIAS: 1}, table).probabilities([["x"]])
    assert rows.tolist() == [[1.0, 0.0]]


def test_reasons_name_the_heaviest_features_first() -> None:
    assert animals().reasons(["cat", "dog", "horse"], "barks") == [("dog", 2.0), ("cat", 0.25)]
    assert animals().reasons(["cat", "dog"], "meows", limit=1) == [("cat", 1.5)]


def test_what_is_saved_is_loaded(models: Path) -> None:
    (models / "xx").mkdir()
    animals(1.25).save(models / "xx" / "animals.json.gz")
    found = load("xx", "animals")
    assert (found.labels, found.temperature) == (("meows", "barks"), 1.25)
    assert set(found.index) == set(WEIGHTS)
    assert {f: found.weights[i].tolist() for f, i in found.index.items()} == WEIGHTS


def test_the_same_weights_give_the_same_bytes_in_whatever_order(tmp_path: Path) -> None:
    one, other = animals(), animals()
    turned = Model(other.labels, {f: 2 - i for f, i in reversed(other.index.items())}, other.weights[::-1])
    paths = [tmp_path / name for name in ("one", "two", "turned")]
    for found, path in zip((one, other, turned), paths, strict=True):
        found.save(path)
    assert len({path.read_bytes() for path in paths}) == 1
    assert paths[0].read_bytes()[4:8] == bytes(4)  # the time that gzip notes


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"no archive", id="no-gzip"),
        pytest.param(gzip.compress(b"{"), id="no-json"),
        pytest.param(gzip.compress(b'{"labels": ["a"], "temperature": 1}'), id="no-features"),
        pytest.param(gzip.compress(b'{"labels": ["a"], "features": {"bias": [1]}}'), id="no-temperature"),
    ],
)
def test_a_file_that_is_no_model_is_named(models: Path, content: bytes) -> None:
    saved(models, content)
    with pytest.raises(ResourceError, match=r"animals\.json\.gz: no model"):
        load("xx", "animals")


def test_a_missing_model_is_named(models: Path) -> None:
    with pytest.raises(ResourceError, match=r"none\.json\.gz.*training/train\.py"):
        load("xx", "none")


def test_every_shipped_model_is_whole() -> None:
    folder = Path(model.__file__).parent / "models"
    files = sorted(folder.glob("*/*.json.gz"))
    assert {path.parent.name for path in files} <= set(languages()) and files
    for path in files:
        found = load(path.parent.name, path.name.removesuffix(".json.gz"))
        assert found.weights.shape == (len(found.index), len(found.labels)), path
        assert np.isfinite(found.weights).all() and BIAS in found.index and found.temperature > 0, path
        assert len(set(found.labels)) == len(found.labels) > 1, path
