"""The phrases that may say a demand are as short as says it whole, each conjunct by itself."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span

from kg.annotate import mentions, triggers
from kg.extract.demand_phrases import DemandWords, demand_candidates
from kg.pipeline import base

NLP = base("en")

CASES = {
    "object": ("They marched to demand higher pay.", "for", "higher pay"),
    "conjunct": ("They marched to demand higher pay and smaller classes.", "for", "smaller classes"),
    "infinitive": ("They called on the president to resign.", "for", "resign"),
    "clause": ("They demanded that the rector step down.", "for", "the rector step down"),
    "relative-clause": ("They oppose a bill that would raise the age.", "against", "a bill"),
    "subject": ("Their main demand is a pay rise.", "for", "a pay rise"),
    "noun": ("Opposition to the dam is growing.", "against", "the dam"),
    "people": ("Protesters against the dam chanted.", "against", "the dam"),
    "including": (
        "They oppose the cuts, including the closure of schools.",
        "against",
        "the closure of schools",
    ),
    "event": ("They began a strike on Monday over unpaid wages.", "against", "unpaid wages"),
    "modifier": ("They joined the fuel tax strike.", "against", "fuel tax"),
}


@pytest.mark.parametrize(("text", "polarity", "phrase"), CASES.values(), ids=CASES)
def test_phrase(text: str, polarity: str, phrase: str) -> None:
    found = demand_candidates(annotated(text), DemandWords.of("en"))
    assert (polarity, phrase) in {(c.polarity, c.span.text) for c in found}


def test_none_without_a_cue() -> None:
    assert not list(demand_candidates(annotated("Nurses walked through Leeds."), DemandWords.of("en")))


def annotated(text: str) -> Doc:
    """A parsed doc in which "strike" names an event."""
    doc = NLP(text)
    doc.spans[mentions.KEY] = []
    doc.spans[triggers.KEY] = [Span(doc, t.i, t.i + 1, "Strike") for t in doc if t.lemma_ == "strike"]
    return doc
