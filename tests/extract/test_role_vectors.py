"""Pairs of event and entity have the vectors of the nearest words that name them, and models may use them."""

import numpy as np
import pytest

from kg.extract.role_pairs import SCALE, Scene, candidates, vectors
from kg.extract.role_words import role_words
from kg.extract.roles import NONE, ORGANIZERS, Roles, fits
from kg.model import BIAS, VECTOR, Model
from tests.annotate.marks import annotated

TEXT = "The CGT called a march in Lyon on Tuesday. It was a warm day. “We are tired,” said Philippe Martinez."


def test_one_row_a_pair_of_its_words_and_once_more_in_one_sentence() -> None:
    doc = annotated(TEXT)
    scene = Scene(doc, role_words("en"))
    pairs = list(candidates(scene))
    found = vectors(doc, pairs)
    width = doc.tensor.shape[1]
    assert found.shape == (len(pairs), 4 * width)
    words = doc.tensor - doc.tensor.mean(axis=0)
    for pair, row in zip(pairs, found, strict=True):
        trigger, mention = pair.roots
        assert trigger in {t.root.i for t in doc.spans["triggers"] if t.id_ == pair.event.id}
        assert mention in {m.root.i for m in doc.spans["mentions"] if m.id_ == pair.entity.id}
        expected = np.concatenate([words[trigger], words[mention]]) * SCALE
        np.testing.assert_allclose(row[: 2 * width], expected, rtol=1e-5)
        assert (row[2 * width :].any()) == (pair.apart == 0)
    assert {pair.apart == 0 for pair in pairs} == {True, False}


def test_a_model_with_weights_for_vectors_judges_by_them() -> None:
    doc = annotated(TEXT)
    pairs = list(candidates(Scene(doc, role_words("en"))))
    rows = vectors(doc, pairs)
    weights = np.zeros((rows.shape[1] + 1, 2), dtype=np.float32)
    way = rows[0] - rows[-1]
    weights[:-1, 1] = 8 * way / (way @ way)  # for pairs like the first, against pairs like the last
    weights[-1, 1] = -(rows[0] + rows[-1]) @ weights[:-1, 1] / 2
    names = [*(f"{VECTOR}{n}" for n in range(rows.shape[1])), BIAS]
    model = Model((NONE, ORGANIZERS), {name: n for n, name in enumerate(names)}, weights)
    roles = Roles(role_words("en"), {ORGANIZERS: model}, {ORGANIZERS: 0.0})
    expected = model.probabilities([()] * len(pairs), rows)[:, 1]
    found = [given.get(ORGANIZERS) for given in roles._roles(doc, pairs)]
    assert expected[0] > 0.9 > 0.1 > expected[-1]
    for pair, value, probability in zip(pairs, found, expected, strict=True):
        assert value == (pytest.approx(probability, abs=1e-5) if fits(ORGANIZERS, pair.entity.type) else None)
