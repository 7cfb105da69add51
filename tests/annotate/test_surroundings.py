"""What stands around a trigger tells a wave from its day, and namings of one event from those of others."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.tokens import Doc

from kg.annotate.surroundings import Surroundings, alike, surroundings
from tests.annotate.marks import annotated

TEXT = (
    "Thousands of teachers joined the protest in Leeds on Tuesday.\n\n"
    "Since the protests began in May, schools in Leeds have closed. Teachers marched through Leeds in May."
)


def described(doc: Doc) -> dict[str, Surroundings]:
    """The description of each of some words, by its text."""
    spans = [doc[t.i : t.i + 1] for t in doc if t.text in {"protest", "protests", "marched"}]
    return {span.text: found for span, found in zip(spans, surroundings(doc, spans), strict=True)}


@pytest.mark.parametrize(
    ("word", "marks"),
    [
        pytest.param("protest", {"governor=dobj-join", "dep=dobj", "verb=join", "stage=0"}, id="object"),
        pytest.param("protests", {"governor=nsubj-begin", "verb=begin", "often=2", "stage=1"}, id="subject"),
        pytest.param("marched", {"verb=-", "often=1"}, id="a-verb-itself"),
    ],
)
def test_what_governs_a_trigger(word: str, marks: set[str]) -> None:
    assert marks <= described(annotated(TEXT))[word].marks


def test_words_are_those_of_the_sentence_beside_the_trigger() -> None:
    found = described(annotated(TEXT))
    assert {"leeds", "may", "school"} <= found["protests"].words
    assert "protest" not in found["protests"].words and "tuesday" not in found["protests"].words


def test_directions_have_length_one() -> None:
    for found in described(annotated(TEXT)).values():
        assert np.linalg.norm(found.direction) == pytest.approx(1, abs=1e-4)


def test_a_pair_has_the_marks_of_each_and_what_both_have() -> None:
    found = described(annotated(TEXT))
    first, second = found["protests"], found["marched"]
    names = alike(first, second, "next", "no")
    assert {"first:verb=begin", "first:verb=begin&word=no", "second:verb=-", "both:stage=1"} <= set(names)
    assert [n for n in names if n.startswith("overlap=")] != ["overlap=0", "overlap=0&distance=next"]
    assert len(names) == len(set(names))
