"""`kg_quantities`: numbers that may count people, `doc.spans["quantities"]`.

`attrs["bounds"]` of the span group holds (low, high) a number, either None where the words leave it open:
"more than 3,000" is (3000, None), "up to 500" (None, 500), "hundreds" (200, None), "15,000 to 20,000" both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from kg.annotate.cardinals import cardinal
from kg.lexicon import lexicon

KEY = "quantities"
RANGE = re.compile(r"(\d[\d,.]*)[–-](\d[\d,.]*)")
GROUP = 3  # digits between thousands separators
LONGEST_NUMBER = 8  # tokens
LONGEST_PHRASE = 4  # tokens before a number that may say how exact it is


@dataclass(frozen=True, slots=True)
class NumberWords:
    """See the lexicon `numbers`. Phrases are tuples of lower-case words."""

    vague: dict[tuple[str, ...], int]
    low: frozenset[tuple[str, ...]]
    high: frozenset[tuple[str, ...]]
    exact: frozenset[tuple[str, ...]]
    multipliers: dict[str, int]
    ranges: frozenset[str]
    one: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at tokens `start` to `end`."""

    start: int
    end: int
    low: int | None
    high: int | None


class Quantities:
    """Doc → Doc. `people` are the nouns (lemmas) of which "a" counts one."""

    def __init__(self, words: NumberWords, people: frozenset[str]) -> None:
        self.words, self.people = words, people

    def __call__(self, doc: Doc) -> Doc:
        found: list[Quantity] = []
        i = 0
        while i < len(doc):
            quantity = self._at(doc, i)
            if quantity is None:
                i += 1
            else:
                found.append(quantity)
                i = quantity.end
        group = SpanGroup(doc, name=KEY, spans=[Span(doc, q.start, q.end, label="QUANTITY") for q in found])
        group.attrs["bounds"] = [(q.low, q.high) for q in found]
        doc.spans[KEY] = group
        return doc

    def _at(self, doc: Doc, i: int) -> Quantity | None:
        written = RANGE.fullmatch(doc[i].text)
        low, high = (cardinal(part, doc.lang_) for part in written.groups()) if written else (None, None)
        if low is not None and high is not None and low < high:
            return Quantity(i, i + 1, low, high)
        vague = self._vague(doc, i)
        if vague is not None:
            return self._bounded(doc, i, i + vague[0], vague[1], None)
        first = self._number(doc, i)
        if first is None:
            return self._single(doc, i)
        value, end = first
        second = (
            self._number(doc, end + 1)
            if end + 1 < len(doc) and doc[end].lower_ in self.words.ranges
            else None
        )
        if second is not None and second[0] > value:
            high, end = second
            return Quantity(i, end, value, high)
        return self._bounded(doc, i, end, value, value)

    def _vague(self, doc: Doc, i: int) -> tuple[int, int] | None:
        for n in range(LONGEST_PHRASE, 0, -1):
            words = tuple(t.lower_ for t in doc[i : i + n])
            if len(words) == n and words in self.words.vague:
                return n, self.words.vague[words]
        return None

    def _number(self, doc: Doc, i: int) -> tuple[int, int] | None:
        """The number that starts at token `i`, and where it ends; "2.5 million" is one number."""
        if i >= len(doc) or not _like_number(doc[i]) or (i and doc[i - 1].is_currency):
            return None
        end = i + 1
        while (
            end < len(doc)
            and (_continues(doc, end) or doc[end].lower_ in self.words.multipliers)
            and end - i < LONGEST_NUMBER
        ):
            end += 1
        for stop in range(end, i, -1):
            value = self._value(doc[i:stop])
            if value is not None:
                behind = doc[stop].lower_ if stop < len(doc) else ""
                return None if behind in self.words.units or behind.startswith("%") else (value, stop)
        return None

    def _value(self, span: Span) -> int | None:
        last = span[-1].lower_
        if len(span) > 1 and span[0].text[0].isdigit() and last in self.words.multipliers:
            try:
                return round(float(span[0].text.replace(",", ".")) * self.words.multipliers[last])
            except (ValueError, OverflowError):
                return None
        return cardinal(span.text.lower(), span.doc.lang_)

    def _single(self, doc: Doc, i: int) -> Quantity | None:
        """ "a man" counts one, when the noun is one of people."""
        if doc[i].lower_ in self.words.one and doc[i].head.i > i and doc[i].head.i - i <= LONGEST_PHRASE:
            head = doc[i].head
            if head.lemma_.lower() in self.people and "Number=Plur" not in head.morph:
                return Quantity(i, i + 1, 1, 1)
        return None

    def _bounded(self, doc: Doc, start: int, end: int, low: int, high: int | None) -> Quantity:
        for n in range(LONGEST_PHRASE, 0, -1):
            before = tuple(t.lower_ for t in doc[max(0, start - n) : start])
            if len(before) < n:
                continue
            if before in self.words.low:
                return Quantity(start - n, end, low, None)
            if before in self.words.high:
                return Quantity(start - n, end, None, high if high is not None else low)
            if before in self.words.exact:
                return Quantity(start - n, end, low, high)
        return Quantity(start, end, low, high)


def _continues(doc: Doc, i: int) -> bool:
    """Whether a token goes on with the number before it: "twenty-five", "three hundred", "10 000"."""
    here, before = doc[i].text, doc[i - 1].text
    if here == "-":
        return (
            i + 1 < len(doc) and doc[i + 1].pos_ == "NUM" and before.isalpha() and doc[i + 1].text.isalpha()
        )
    if here[0].isdigit():
        return len(here) == GROUP and here.isdecimal() and before.isdecimal() and len(before) <= GROUP
    return doc[i].pos_ == "NUM"


def _like_number(token: Token) -> bool:
    return token.like_num or token.pos_ == "NUM"


@Language.factory("kg_quantities", assigns=["doc.spans"], requires=["token.dep"])
def _create(nlp: Language, name: str) -> Quantities:
    words, groups = lexicon(nlp.lang, "numbers"), lexicon(nlp.lang, "groups")

    def phrases(key: str) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(p.split()) for p in words.word_list("bounds", key))

    people = frozenset(w for family in groups.sections() for w in groups.word_list(family, "nouns"))
    return Quantities(
        NumberWords(
            {tuple(w.split()): n for w, n in words.numbers("words").items()},
            phrases("low"),
            phrases("high"),
            phrases("exact"),
            words.numbers("multipliers"),
            words.words("ranges"),
            words.words("one"),
            words.words("units"),
        ),
        people | words.words("people"),
    )
