"""What stands around a trigger, for `kg_same_event`: what it hangs on, its clause, the words beside it.

"Since the protests began" speaks of a wave, "at the protest" of one of its days: what governs a trigger says
which of several events it names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from kg.annotate.columns import Columns, columns
from kg.annotate.syntax import verb_above

CLIMB = 3  # edges up to the verb of the clause
STAGES = (0, 3, 8, 15)  # sentences: the title, the lead, …
OFTEN = 5
CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}
OVERLAPS = (0, 0.08, 0.16, 0.25, 0.4)  # shares of the words
LIKENESS = (-0.1, 0.1, 0.3, 0.5, 0.7, 0.85)  # cosines
SAME_WORDS = ("lemma", "stem", "no")  # whether two triggers have one word


@dataclass(frozen=True)
class Surroundings:
    """Of one trigger: `marks` are named features, `words` the lemmas of the other content words of its
    sentence, `direction` what tok2vec makes of it beside the rest of the doc, a vector of length 1."""

    marks: frozenset[str]
    words: frozenset[str]
    direction: NDArray[np.float32]

    @cached_property
    def first(self) -> dict[str, list[str]]:
        """The features of the first of a pair, by whether both have one word."""
        return self._named("first")

    @cached_property
    def second(self) -> dict[str, list[str]]:
        """The features of the second of a pair, by whether both have one word."""
        return self._named("second")

    def _named(self, which: str) -> dict[str, list[str]]:
        alone = [f"{which}:{m}" for m in sorted(self.marks)]
        return {word: alone + [f"{name}&word={word}" for name in alone] for word in SAME_WORDS}


def surroundings(doc: Doc, spans: Sequence[Span]) -> list[Surroundings]:
    """One description a trigger; `doc` is parsed and has the vectors of tok2vec."""
    c = columns(doc)
    roots = [span.root.i for span in spans]
    often = Counter(c.lemma[i] for i in roots)
    vectors = doc.tensor[roots] - doc.tensor.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return [
        Surroundings(
            frozenset((*_marks(c, i), f"often={min(often[c.lemma[i]], OFTEN)}")), _words(c, i), vectors[n]
        )
        for n, i in enumerate(roots)
    ]


def _marks(c: Columns, i: int) -> Iterator[str]:
    head, dep = c.head[i], c.dep[i]
    if dep == "pobj":
        yield f"governor={c.lemma[head]}-{c.lemma[c.head[head]]}"
        yield f"preposition={c.lemma[head]}"
    else:
        yield f"governor={dep}-{c.lemma[head]}"
        yield f"dep={dep}"
    verb = verb_above(c, i, CLIMB)
    yield f"verb={c.lemma[verb] if verb != i else '-'}"
    yield f"stage={bisect_left(STAGES, c.sentence[i])}"


def _words(c: Columns, i: int) -> frozenset[str]:
    start, end = c.sentence_of(i)
    return frozenset(c.lemma[k] for k in range(start, end) if k != i and c.pos[k] in CONTENT)


def alike(a: Surroundings, b: Surroundings, near: str, word: str) -> list[str]:
    """The named features of what stands around a pair of triggers, `a` before `b`."""
    share = len(a.words & b.words) / (1 + min(len(a.words), len(b.words)))
    overlap = bisect_left(OVERLAPS, share)
    return [
        *a.first[word],
        *b.second[word],
        *(f"both:{m}" for m in sorted(a.marks & b.marks)),
        f"overlap={overlap}",
        f"overlap={overlap}&distance={near}",
        f"likeness={bisect_left(LIKENESS, float(a.direction @ b.direction))}&word={word}",
    ]
