"""The entities that `kg_ner` finds are those that spaCy's `ner` finds."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import ner
from kg.article import read_articles
from kg.pipeline import base
from kg.resources import folder

TEXTS = [
    pytest.param("Apple and the New York Police Department met Angela Merkel in Paris.", id="names"),
    pytest.param("New York\n\nPolice in Hong\n\nKong. Mr. \n Smith", id="ends-of-paragraphs"),
    pytest.param("The United", id="at-the-end"),
    pytest.param("CGT", id="one-word"),
    pytest.param(" \n\t ", id="spaces"),
    pytest.param("", id="empty"),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return base("en")


@pytest.fixture(scope="module")
def spacys(nlp: Language) -> Language:
    """The same model as spaCy loads it."""
    return spacy.load(f"{nlp.meta['lang']}_{nlp.meta['name']}")


def parsed(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    for name in ("kg_tok2vec", "tagger", "kg_paragraphs", "parser"):
        doc = nlp.get_pipe(name)(doc)
    return doc


def found(doc: Doc) -> list[tuple[str, str]]:
    return [(token.ent_iob_, token.ent_type_) for token in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_same_as_spacy(nlp: Language, spacys: Language, text: str) -> None:
    expected = spacys.get_pipe("ner")(parsed(nlp, text))
    assert found(nlp.get_pipe("kg_ner")(parsed(nlp, text))) == found(expected)


def test_same_as_spacy_on_articles(nlp: Language, spacys: Language) -> None:
    paths = [folder("seeds"), Path(__file__).parent.parent / "articles"]
    texts = [article.content for article in read_articles(paths, on_error=pytest.fail)]
    expected = list(spacys.get_pipe("ner").pipe(parsed(nlp, text) for text in texts))
    docs = [nlp.get_pipe("kg_ner")(parsed(nlp, text)) for text in texts]
    assert list(map(found, docs)) == list(map(found, expected))
    assert sum(len(doc.ents) for doc in docs) > 100


def test_it_stands_in_for_spacys(nlp: Language) -> None:
    assert ner.replaces(nlp) is False  # it is switched off
    assert "kg_ner" in nlp.pipe_names
