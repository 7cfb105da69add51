"""`kg_ner`: named entities, as spaCy's `ner` finds them, for all words of a document at once.

spaCy's transition-based recogniser (Lample et al. 2016) goes from word to word and asks of each of its some
seventy actions whether it may be taken, which is most of the time that a small model spends. But its
features are the word, the first word of the entity that is open, and the word before. So what it does while
no entity is open hangs on the word alone: that is computed for all words in one go, and only the words of
entities one by one. The weights are those of spaCy's component, which itself stays switched off.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from kg.annotate.tok2vec import by_numpy

NAME = "kg_ner"
REPLACED = "ner"
FEATURES = 3  # the word, the first of the open entity, the one before

Floats = NDArray[np.float32]


class Ner:
    """Doc → Doc. Gives what `recognizer` would."""

    def __init__(self, recognizer: EntityRecognizer) -> None:
        model: Any = recognizer.model
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        self.tok2vec, self.lower = by_numpy(model.get_ref("tok2vec")), by_numpy(lower)
        self.bias: Floats = lower.get_param("b")
        self.weights: Floats = upper.get_param("W")
        self.offsets: Floats = upper.get_param("b")
        moves: Any = recognizer.moves
        names = [moves.get_class_name(number) for number in range(moves.n_moves)]
        actions = [name.partition("-")[::2] for name in names]
        self.labels = [label for _, label in actions]
        self.may_open = np.array([move == "B" and label != "" for move, label in actions])
        self.may_stand = np.array([move == "U" and label != "" for move, label in actions])
        self.never = ~(self.may_open | self.may_stand | np.array([name == "O" for name in names]))
        self.going_on = {
            label: [names.index(f"I-{label}"), names.index(f"L-{label}")]
            for label, opens in zip(self.labels, self.may_open, strict=True)
            if opens
        }

    def __call__(self, doc: Doc) -> Doc:
        if len(doc):
            states: Floats = self.lower.predict(self.tok2vec.predict([doc]))
            nothing, words = states[0], states[1:]  # words × features × hidden × pieces, behind padding
            doc.set_ents(list(self._entities(doc, words, nothing)), default="outside")
        return doc

    def _entities(self, doc: Doc, words: Floats, nothing: Floats) -> Iterator[Span]:
        closed = words[:, 0] + (nothing[1] + nothing[2] + self.bias)
        scores = self._hidden(closed) @ self.weights.T + self.offsets
        space, starts = doc.to_array(["IS_SPACE", "SENT_START"]).T == 1
        ends = np.append(starts[1:], True)  # no entity goes on behind the end of a sentence
        scores[:, self.never] = -np.inf
        scores[np.ix_(space, self.may_open | self.may_stand)] = -np.inf
        scores[np.ix_(ends, self.may_open)] = -np.inf
        best = scores.argmax(axis=1)
        behind = 0
        for start in np.flatnonzero(self.may_open[best] | self.may_stand[best]).tolist():
            if start < behind:
                continue
            label, behind = self.labels[best[start]], start + 1
            if self.may_open[best[start]]:
                behind = self._end(words, start, ends, self.going_on[label])
            yield Span(doc, start, behind, label=label)

    def _end(self, words: Floats, start: int, ends: NDArray[np.bool_], going_on: list[int]) -> int:
        """Where the entity ends that is opened by a word; `going_on` are the actions inside and last."""
        weights, offsets = self.weights[going_on], self.offsets[going_on]
        for word in range(start + 1, len(words)):
            hidden = self._hidden(words[word, 0] + words[start, 1] + words[word - 1, 2] + self.bias)
            inside, last = weights @ hidden + offsets
            if ends[word] or last > inside:
                return word + 1
        return len(words)

    @staticmethod
    def _hidden(pieces: Floats) -> Floats:
        """The maxout of a layer: the greatest of its pieces, which are the last axis."""
        return reduce(np.maximum, np.moveaxis(pieces, -1, 0))


def replaces(nlp: Language) -> bool:
    """Whether a model has a recogniser of the kind that goes by three words, with a hidden layer."""
    if REPLACED not in nlp.pipe_names:
        return False
    recognizer = cast(EntityRecognizer, nlp.get_pipe(REPLACED))
    model: Any = recognizer.model
    return (
        model.attrs.get("has_upper", False)
        and not model.attrs["unseen_classes"]
        and recognizer.cfg["beam_width"] == 1
        and model.get_ref("lower").get_dim("nF") == FEATURES
    )


@Language.factory(NAME, assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def _create(nlp: Language, name: str) -> Ner:
    return Ner(cast(EntityRecognizer, nlp.get_pipe(REPLACED)))
