"""What `kg_morphology` says of a token is what spaCy's attribute ruler and lemmatizer say of it."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.pipeline import base

TOLD = ["TAG", "POS", "MORPH", "LEMMA", "DEP"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return base("en")


def parsed(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "kg_paragraphs", "parser"):
        doc = nlp.get_pipe(name)(doc)
    return doc


TEXTS = [
    pytest.param("Let's go! There's no one there, so they're gonna strike.", id="rules-by-two-tokens"),
    pytest.param("Let's.\n\nLet's. Y'all ain't there's 's let's", id="side-by-side"),
    pytest.param("Thousands of striking workers hadn't been paid \n\t for it; she does it.", id="spaces"),
    pytest.param(" ", id="one-space"),
    pytest.param("", id="empty"),
]


@pytest.mark.parametrize("text", TEXTS)
def test_same_as_spacy(nlp: Language, text: str) -> None:
    expected, found = parsed(nlp, text), parsed(nlp, text)
    for name in ("attribute_ruler", "lemmatizer"):
        expected = nlp.get_pipe(name)(expected)
    for _ in range(2):  # the second time from what it remembers
        told = nlp.get_pipe("kg_morphology")(found)
        assert told.to_array(TOLD).tolist() == expected.to_array(TOLD).tolist()
        found = parsed(nlp, text)
