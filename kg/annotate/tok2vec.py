"""`kg_tok2vec`: the vectors of words, as spaCy's `tok2vec` computes them, in less time.

Most of what a small model does is multiply matrices. thinc does it with BLIS, whose wheels are built for any
processor; numpy's own library uses what the processor at hand can do and takes a third of the time. But the
last bits of what it gives hang on how many rows are multiplied at once. So each document is computed alone,
which makes its facts the same whatever it is read with; the weights are those of spaCy's component, which
itself stays switched off.
"""

from __future__ import annotations

from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

NAME = "kg_tok2vec"
REPLACED = "tok2vec"


class Tok2Vec:
    """Doc → Doc. Sets `doc.tensor` (words × width), from which the components behind it start."""

    def __init__(self, model: Model[Any, Any]) -> None:
        self.model = by_numpy(model)

    def __call__(self, doc: Doc) -> Doc:
        if len(doc):
            (doc.tensor,) = self.model.predict([doc])
        return doc


def by_numpy(model: Model[Any, Any]) -> Model[Any, Any]:
    """The same model, changed to multiply with numpy if it is one for the CPU."""
    for layer in model.walk():
        if isinstance(layer.ops, NumpyOps):
            layer.ops = NumpyOps(use_blis=False)
    return model


def replaces(nlp: Language) -> bool:
    """Whether a model has a component that other components take their vectors from."""
    return REPLACED in nlp.pipe_names


@Language.factory(NAME, assigns=["doc.tensor"])
def _create(nlp: Language, name: str) -> Tok2Vec:
    return Tok2Vec(cast(Any, nlp.get_pipe(REPLACED)).model)
