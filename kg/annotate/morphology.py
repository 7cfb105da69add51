"""`kg_morphology`: part of speech, morphology and lemma, as spaCy's attribute ruler and lemmatizer give them.

Both decide by word, tag and dependency label, a few rules by two tokens in a row ("let's"). So each
combination is put to them once and its answer kept; spaCy's components themselves stay switched off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

NAME = "kg_morphology"
REPLACED = ("attribute_ruler", "lemmatizer")
ASKED: list[int | str] = ["ORTH", "TAG", "DEP"]
TOLD: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP"]
FOLLOWS = {"ORTH", "TEXT", "LOWER", "IS_SPACE", "TAG", "DEP"}  # what rules may look at: ASKED says it
MOST = 300_000  # answers kept

Rule = dict[str, Any]
Known = tuple[int, ...]  # the values of ASKED of a token
Answer = tuple[int, ...]  # the values of TOLD of a token


class Morphology:
    """Doc → Doc. Gives what `ruler` and then `lemmatizer` would."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self.vocab, self.ruler, self.lemmatizer = ruler.vocab, ruler, lemmatizer
        self.single, self.joint = AttributeRuler(self.vocab), AttributeRuler(self.vocab)
        for rule in cast(list[Rule], ruler.patterns):
            alone = all(len(pattern) == 1 for pattern in rule["patterns"])
            (self.single if alone else self.joint).add_patterns([rule])
        self.opening = Matcher(self.vocab)
        for n, rule in enumerate(cast(list[Rule], self.joint.patterns)):
            self.opening.add(str(n), [pattern[:1] for pattern in rule["patterns"]])
        forms = lemmatizer.lookups.get_table("lemma_index", {})
        for pos in list(forms):
            forms[pos] = frozenset(forms[pos])  # spaCy looks for each word in a list of all
        self.answers: dict[Known, Answer] = {}
        self.openers: set[Known] = set()  # the tokens that a joint rule may start from
        self.joint_answers: dict[tuple[Known, ...], list[Answer]] = {}

    def __call__(self, doc: Doc) -> Doc:
        if len(self.answers) > MOST:
            self.answers.clear()
            self.openers.clear()
            self.joint_answers.clear()
        known: list[Known] = list(zip(*doc.to_array(ASKED).T.tolist(), strict=True))
        new = list(dict.fromkeys(k for k in known if k not in self.answers))
        if new:
            self.openers.update(new[start] for _, start, _ in self.opening(self._doc(new)))
            self.answers.update(zip(new, self._ask(self.single, new), strict=True))
        told = [self.answers[k] for k in known]
        for start, end in () if self.openers.isdisjoint(known) else self._joint(doc):
            window = tuple(known[start:end])
            if window not in self.joint_answers:
                self.joint_answers[window] = self._ask(self.ruler, window)
            told[start:end] = self.joint_answers[window]
        if told:
            doc.from_array(TOLD, np.array(told, dtype=np.uint64))  # type: ignore[arg-type]
        return doc

    def _joint(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """The stretches of tokens that rules about several tokens apply to; none overlaps another."""
        first = last = 0
        for start, end in sorted((start, end) for _, _, start, end in self.joint.match(doc)):
            if start >= last:
                if last:
                    yield first, last
                first = start
            last = max(last, end)
        if last:
            yield first, last

    def _ask(self, ruler: AttributeRuler, tokens: Iterable[Known]) -> list[Answer]:
        """What a ruler and the lemmatizer say of some tokens in a row."""
        doc = self.lemmatizer(ruler(self._doc(tokens)))
        return cast(list[Answer], [tuple(row) for row in doc.to_array(TOLD).tolist()])

    def _doc(self, tokens: Iterable[Known]) -> Doc:
        asked = [[self.vocab.strings[value] for value in token] for token in tokens]
        words, tags, labels = zip(*asked, strict=True)
        return Doc(self.vocab, list(words), tags=list(tags), deps=list(labels))


def replaces(nlp: Language) -> bool:
    """Whether a model has a ruler and a lemmatizer that go by word, tag and dependency label."""
    if not {"tagger", *REPLACED} <= set(nlp.pipe_names) or "morphologizer" in nlp.pipe_names:
        return False
    rules = cast(list[Rule], cast(AttributeRuler, nlp.get_pipe(REPLACED[0])).patterns)
    return all(FOLLOWS.issuperset(token) for r in rules for pattern in r["patterns"] for token in pattern)


@Language.factory(NAME, assigns=["token.pos", "token.morph", "token.lemma"], requires=["token.dep"])
def _create(nlp: Language, name: str) -> Morphology:
    ruler, lemmatizer = (nlp.get_pipe(n) for n in REPLACED)
    return Morphology(cast(AttributeRuler, ruler), cast(Lemmatizer, lemmatizer))
