"""Which triggers are one event: by how alike a model finds them, and by the crowds that took part."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from spacy.tokens import Doc

from kg.annotate.same_event import SAME, SameEvent
from kg.annotate.triggers import KEY
from kg.model import BIAS, Model
from tests.annotate.marks import annotated


def joined(text: str, probability: float) -> list[list[str]]:
    """The triggers of each protest where all pairs of triggers are alike with one probability."""
    return joined_in(annotated(text), probability)


def joined_in(doc: Doc, probability: float) -> list[list[str]]:
    odds = log(probability / (1 - probability))
    model = Model(("different", SAME), {BIAS: 0}, np.array([[0, odds]], dtype=np.float32))
    doc = SameEvent(model)(doc)
    events: dict[str, list[str]] = {}
    for span in doc.spans[KEY]:
        events.setdefault(span.id_, []).append(span.text)
    return list(events.values())


MARCH = "Nurses marched in Leeds on Saturday. "


@pytest.mark.parametrize(
    ("text", "probability", "expected"),
    [
        pytest.param("Drivers rallied in Leeds.", 0.6, [["marched", "rallied"]], id="alike"),
        pytest.param("Drivers rallied in Leeds.", 0.35, [["marched"], ["rallied"]], id="not-so-alike"),
        pytest.param("Some 500 drivers rallied in Leeds.", 0.35, [["marched", "rallied"]], id="a-crowd"),
        pytest.param("Some 500 drivers rallied in Leeds.", 0.2, [["marched"], ["rallied"]], id="unlike"),
    ],
)
def test_a_crowd_joins_what_it_is_likeliest_part_of(
    text: str, probability: float, expected: list[list[str]]
) -> None:
    assert joined(MARCH + text, probability) == expected


def test_crowds_of_two_places_are_two_events_however_alike() -> None:
    text = "Some 5,000 nurses marched in Leeds and 2,000 drivers rallied in York."
    assert joined(text, 0.9) == [["marched"], ["rallied"]]


def test_no_third_trigger_joins_what_is_apart() -> None:
    text = "Some 5,000 nurses marched in Leeds and 2,000 drivers rallied in York."
    assert len(joined(MARCH + text, 0.9)) == 2


@pytest.mark.parametrize(
    ("relevance", "confidence", "events"),
    [
        pytest.param(None, 0.9, 1, id="unknown"),
        pytest.param(0.5, 0.9, 1, id="relevant"),
        pytest.param(0.03, 0.9, 0, id="not-relevant"),
        pytest.param(0.03, 0.995, 1, id="not-relevant-but-sure"),
    ],
)
def test_where_an_article_seems_to_report_no_protest_many_triggers_make_none(
    relevance: float | None, confidence: float, events: int
) -> None:
    doc = annotated(MARCH + "The rally was loud. Their march ended at the station.")
    doc._.relevance = relevance
    doc.spans[KEY].attrs["confidence"] = [confidence] * len(doc.spans[KEY])
    assert len(doc.spans[KEY]) == 3 and len(joined_in(doc, 0.9)) == events
