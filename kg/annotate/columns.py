"""The tokens of a doc as plain lists, one a property: what components read token by token.

spaCy makes a Python object whenever a token is looked at. `columns(doc)` reads all of them once; the
components that work on a doc in turn share the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc

STRINGS: list[int | str] = ["ORTH", "LOWER", "LEMMA", "POS", "TAG", "MORPH", "DEP", "ENT_TYPE"]
FLAGS: list[int | str] = ["IS_SPACE", "IS_PUNCT", "IS_STOP", "LIKE_NUM", "IS_CURRENCY", "SPACY"]
NUMBERS: list[int | str] = ["HEAD", "SENT_START", "IDX"]
SENTENCE_STARTS = 1  # the value of SENT_START


@dataclass(frozen=True, slots=True)
class Columns:
    """`lemma[i]` is the lemma of token `i`, in lower case, `head[i]` the number of its head, and so on.

    `children[i]` are in text order, `sentence[i]` and `paragraph[i]` count from 0; `spaced[i]` says whether
    a space follows.
    """

    content: str
    start: list[int]
    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    morph: list[str]
    dep: list[str]
    ent_type: list[str]
    is_space: list[bool]
    is_punct: list[bool]
    is_stop: list[bool]
    like_num: list[bool]
    is_currency: list[bool]
    spaced: list[bool]
    head: list[int]
    children: list[list[int]]
    opens_sentence: list[bool]
    sentence: list[int]
    sentences: list[tuple[int, int]]
    paragraph: list[int]

    def __len__(self) -> int:
        return len(self.text)

    def end(self, i: int) -> int:
        """The character behind a token."""
        return self.start[i] + len(self.text[i])

    def sentence_of(self, i: int) -> tuple[int, int]:
        """The first token of the sentence that a token stands in, and the one behind it, as `doc[i].sent`."""
        return self.sentences[self.sentence[i]]

    def words(self, start: int, end: int) -> str:
        """The text of tokens `start` to `end`, as `doc[start:end].text`."""
        return self.content[self.start[start] : self.end(end - 1)] if start < end else ""


class Names(dict[int, str]):
    """The strings of spaCy's numbers, each looked up once."""

    def __init__(self, strings: StringStore, lower: bool) -> None:
        super().__init__()
        self.strings, self.lower = strings, lower

    def __missing__(self, number: int) -> str:
        found = self.strings[number]
        self[number] = name = found.lower() if self.lower else found
        return name


_names = lru_cache(maxsize=8)(Names)


@lru_cache(maxsize=2)
def columns(doc: Doc) -> Columns:
    """The columns of a doc that is tagged, parsed and has its entities; made once."""
    names, lower_case = _names(doc.vocab.strings, lower=False), _names(doc.vocab.strings, lower=True)

    def named(values: list[int], names: Names = names) -> list[str]:
        return list(map(names.__getitem__, values))

    texts, lowers, lemmas, pos, tags, morph, labels, types = doc.to_array(STRINGS).T.tolist()
    is_space, is_punct, is_stop, like_num, is_currency, spaced = doc.to_array(FLAGS).T.astype(bool).tolist()
    heads, starts, offsets = doc.to_array(NUMBERS).astype(np.int64).T.tolist()
    head = [i + distance for i, distance in enumerate(heads)]
    opens = [value == SENTENCE_STARTS for value in starts]
    children: list[list[int]] = [[] for _ in head]
    for i, above in enumerate(head):
        if above != i:
            children[above].append(i)
    bounds = [0, *(i for i, first in enumerate(opens) if first and i), len(head)]
    sentences = [(a, b) for a, b in pairwise(bounds) if a < b]
    text = named(texts)
    return Columns(
        content="".join([f"{word} " if space else word for word, space in zip(text, spaced, strict=True)]),
        start=offsets,
        text=text,
        lower=named(lowers),
        lemma=named(lemmas, lower_case),
        pos=named(pos),
        tag=named(tags),
        morph=named(morph),
        dep=named(labels),
        ent_type=named(types),
        is_space=is_space,
        is_punct=is_punct,
        is_stop=is_stop,
        like_num=like_num,
        is_currency=is_currency,
        spaced=spaced,
        head=head,
        children=children,
        opens_sentence=opens,
        sentence=[n for n, (a, b) in enumerate(sentences) for _ in range(a, b)],
        sentences=sentences,
        paragraph=_paragraphs(text, is_space),
    )


def _paragraphs(text: list[str], is_space: list[bool]) -> list[int]:
    """The number of the paragraph of every token; line breaks divide paragraphs."""
    numbers, n = [], 0
    for word, space in zip(text, is_space, strict=True):
        numbers.append(n)
        n += space and "\n" in word
    return numbers
