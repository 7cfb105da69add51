"""The vectors that `kg_tok2vec` gives are those of spaCy's `tok2vec`, whatever a document is read with."""

import numpy as np
import pytest
import spacy
from spacy.language import Language
from thinc.api import NumpyOps

from kg.article import read_articles
from kg.pipeline import base
from kg.resources import folder


@pytest.fixture(scope="module")
def nlp() -> Language:
    return base("en")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return ["", " ", *(article.content for article in read_articles([folder("seeds")], on_error=pytest.fail))]


def test_same_as_spacy(nlp: Language, texts: list[str]) -> None:
    spacys = spacy.load(f"{nlp.meta['lang']}_{nlp.meta['name']}")
    for text in texts:
        expected = spacys.get_pipe("tok2vec")(spacys.make_doc(text)).tensor
        found = nlp.get_pipe("kg_tok2vec")(nlp.make_doc(text)).tensor
        assert found.shape == expected.shape if text else found.size == 0
        np.testing.assert_allclose(found, expected.reshape(found.shape), atol=1e-4)


def test_same_bytes_among_others(nlp: Language, texts: list[str]) -> None:
    with nlp.select_pipes(enable="kg_tok2vec"):
        alone = [nlp(text).tensor.tobytes() for text in texts]
        assert [doc.tensor.tobytes() for doc in nlp.pipe(texts, batch_size=len(texts))] == alone
        assert len(alone[-1]) > 0


def test_only_this_pipeline_multiplies_by_numpy(nlp: Language) -> None:
    assert "tok2vec" not in nlp.pipe_names
    assert not any(layer.ops.use_blis for layer in nlp.get_pipe("kg_tok2vec").model.walk())
    spacys = spacy.load(f"{nlp.meta['lang']}_{nlp.meta['name']}")
    assert NumpyOps().use_blis
    assert all(layer.ops.use_blis for layer in spacys.get_pipe("tok2vec").model.walk())
