"""Outright support and opposition is read off the grammar of the words that say so, in every voice."""

from __future__ import annotations

import pytest

from kg.extract.judgements import StanceWords, judgements
from kg.pipeline import base

NLP = base("en")

CASES = {
    "active": ("The mayor condemned the raid.", "mayor", "oppose", "raid"),
    "passive": ("The raid was condemned by the mayor.", "mayor", "oppose", "raid"),
    "participle": ("The bill, backed by the mayor, was passed.", "mayor", "support", "bill"),
    "relative-clause": ("The bill that the mayor opposes was passed.", "mayor", "oppose", "bill"),
    "infinitive": ("The mayor used Twitter to slam the raid.", "mayor", "oppose", "raid"),
    "particle": ("The mayor hit out at the strike.", "mayor", "oppose", "strike"),
    "verb-and-object": ("The party threw its weight behind the strike.", "party", "support", "strike"),
    "noun": ("The mayor voiced support for the strike.", "mayor", "support", "strike"),
    "possessor": ("The mayor's condemnation of the raid was brief.", "mayor", "oppose", "raid"),
    "received": ("The strike has the backing of the party.", "party", "support", "strike"),
    "drawn": ("The raid drew criticism from the mayor.", "mayor", "oppose", "raid"),
    "attitude": ("The mayor is opposed to the bill.", "mayor", "oppose", "bill"),
    "preposition": ("The mayor is against the bill.", "mayor", "oppose", "bill"),
    "favour": ("The mayor is in favour of the bill.", "mayor", "support", "bill"),
    "called": ("The mayor called the strike a disgrace.", "mayor", "oppose", "strike"),
    "described": ("The mayor described the strike as unacceptable.", "mayor", "oppose", "strike"),
    "verdict": ("The mayor said the strike was a disgrace.", "mayor", "oppose", "strike"),
    "lacking": ("The mayor said there was no excuse for the raid.", "mayor", "oppose", "raid"),
}


@pytest.mark.parametrize(("text", "holder", "polarity", "target"), CASES.values(), ids=CASES)
def test_holder_and_object(text: str, holder: str, polarity: str, target: str) -> None:
    found = judgements(NLP(text), StanceWords.of("en"))
    said = {
        (h.text, j.polarity, o.text) for j in found if not j.negated for h in j.holders for o in j.objects
    }
    assert (holder, polarity, target) in said


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The mayor did not condemn the raid.", id="not"),
        pytest.param("The mayor refused to condemn the raid.", id="refused"),
        pytest.param("Nobody condemned the raid.", id="nobody"),
    ],
)
def test_a_denied_judgement_is_negated(text: str) -> None:
    assert [j.negated for j in judgements(NLP(text), StanceWords.of("en"))] == [True]


def test_no_judgement_without_a_word_of_stance() -> None:
    assert not list(judgements(NLP("Nurses marched in Leeds."), StanceWords.of("en")))
