"""`kg_quantities`: numbers that may count people, `doc.spans["quantities"]`.

`attrs["bounds"]` of the span group holds (low, high) a number, either None where the words leave it open:
"more than 3,000" is (3000, None), "up to 500" (None, 500), "hundreds" (200, None), "15,000 to 20,000" both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate.cardinals import cardinal
from kg.annotate.columns import Columns, columns
from kg.lexicon import lexicon

KEY = "quantities"
RANGE = re.compile(r"(\d[\d,.]*)[–-](\d[\d,.]*)")
SHORT = re.compile(r"(\d{1,9}(?:[.,]\d{1,2})?)([^\W\d]+)")
GROUP = 3  # digits between thousands separators
YEAR = 4  # digits
LONGEST_NUMBER = 8  # tokens
LONGEST_PHRASE = 4  # tokens before a number that may say how exact it is


@dataclass(frozen=True)
class NumberWords:
    """See the lexicon `numbers`. Phrases are tuples of lower-case words.

    `vague` are lower bounds, `round` exact; `more` says behind a number that it is a lower bound.
    """

    vague: dict[tuple[str, ...], int]
    round: dict[tuple[str, ...], int]
    low: frozenset[tuple[str, ...]]
    high: frozenset[tuple[str, ...]]
    exact: frozenset[tuple[str, ...]]
    more: frozenset[tuple[str, ...]]
    multipliers: dict[str, int]
    ranges: frozenset[str]
    one: frozenset[str]
    units: frozenset[str]
    wholes: frozenset[str]

    @cached_property
    def opening(self) -> frozenset[str]:
        """The words that numbers in words open with."""
        return frozenset(phrase[0] for phrase in (*self.vague, *self.round))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at tokens `start` to `end`."""

    start: int
    end: int
    low: int | None
    high: int | None


class Quantities:
    """Doc → Doc. `people` are the nouns (lemmas) of which "a" counts one."""

    def __init__(self, words: NumberWords, people: frozenset[str], lang: str) -> None:
        self.words, self.people, self.lang = words, people, lang

    def __call__(self, doc: Doc) -> Doc:
        c = columns(doc)
        found: list[Quantity] = []
        end = 0
        for i in self._openers(c):
            quantity = self._at(c, i) if i >= end else None
            if quantity is not None:
                found.append(quantity)
                end = quantity.end
        group = SpanGroup(doc, name=KEY, spans=[Span(doc, q.start, q.end, label="QUANTITY") for q in found])
        group.attrs["bounds"] = [(q.low, q.high) for q in found]
        doc.spans[KEY] = group
        return doc

    def _openers(self, c: Columns) -> Iterator[int]:
        """The tokens that a quantity may start from."""
        telling = self.words.opening | self.words.one
        for i, (word, pos, like) in enumerate(zip(c.lower, c.pos, c.like_num, strict=True)):
            if like or pos == "NUM" or word in telling or word[0].isdigit():
                yield i

    def _at(self, c: Columns, i: int) -> Quantity | None:
        written = RANGE.fullmatch(c.text[i]) if c.text[i][0].isdigit() else None
        low, high = (cardinal(part, self.lang) for part in written.groups()) if written else (None, None)
        if low is not None and high is not None and low < high:
            return Quantity(i, i + 1, low, high)
        for table in (self.words.vague, self.words.round):
            said = self._said(c, i, table)
            if said is not None:
                length, value = said
                high = value if table is self.words.round else None
                return self._bounded(c, i, i + length, value, high)
        first = self._number(c, i)
        if first is None:
            return self._single(c, i)
        value, end = first
        second = self._number(c, end + 1) if end + 1 < len(c) and c.lower[end] in self.words.ranges else None
        if second is not None and second[0] > value:
            high, end = second
            return Quantity(i, end, value, high)
        return self._bounded(c, i, end, value, value)

    def _said(self, c: Columns, i: int, table: dict[tuple[str, ...], int]) -> tuple[int, int] | None:
        """How many tokens from `i` say a number of the table, and the number."""
        if c.lower[i] in self.words.opening:
            for n in range(min(LONGEST_PHRASE, len(c) - i), 0, -1):
                words = tuple(c.lower[i : i + n])
                if words in table:
                    times = self.words.multipliers.get(c.lower[i + n], 1) if i + n < len(c) else 1
                    return n + (times > 1), table[words] * times  # "several hundred thousand"
        return None

    def _number(self, c: Columns, i: int) -> tuple[int, int] | None:
        """The number that starts at token `i`, and where it ends; "2.5 million" is one number."""
        if (
            not (c.like_num[i] or c.pos[i] == "NUM" or SHORT.fullmatch(c.lower[i]))
            or (i and c.is_currency[i - 1])
            or _is_year(c, i)
        ):
            return None
        end = i + 1
        while (
            end < len(c)
            and end - i < LONGEST_NUMBER
            and (_continues(c, end) or c.lower[end] in self.words.multipliers)
        ):
            end += 1
        for stop in range(end, i, -1):
            value = self._value(c, i, stop)
            if value is not None:
                joined = stop + 1 < len(c) and c.text[stop] == "-"  # "a 36-year-old man"
                behind = c.lower[stop + joined] if stop < len(c) else ""
                return None if behind in self.words.units or behind.startswith("%") else (value, stop)
        return None

    def _value(self, c: Columns, start: int, end: int) -> int | None:
        short = SHORT.fullmatch(c.lower[start]) if end - start == 1 else None
        if short is not None and short[2] in self.words.multipliers:  # "300k"
            return round(float(short[1].replace(",", ".")) * self.words.multipliers[short[2]])
        times = self.words.multipliers.get(c.lower[end - 1]) if end - start > 1 else None
        if times is None or not c.text[start][0].isdigit():
            whole = cardinal(c.words(start, end).lower(), self.lang)
            if whole is not None or times is None:
                return whole
            before = cardinal(c.words(start, end - 1).lower(), self.lang)  # "two lakh"
            return None if before is None else before * times
        try:
            return round(float(c.text[start].replace(",", ".")) * times)
        except (ValueError, OverflowError):
            return None

    def _single(self, c: Columns, i: int) -> Quantity | None:
        """ "a man" counts one, when the noun is one of people."""
        head = c.head[i]
        counted = c.lower[i] in self.words.one and 0 < head - i <= LONGEST_NUMBER
        person = c.lemma[head] in self.people and c.lemma[head] not in self.words.wholes
        one = counted and person and "Number=Plur" not in c.morph[head]
        return Quantity(i, i + 1, 1, 1) if one else None

    def _bounded(self, c: Columns, start: int, end: int, low: int, high: int | None) -> Quantity:
        for n in range(min(LONGEST_PHRASE, start), 0, -1):
            before = tuple(c.lower[start - n : start])
            if before in self.words.low:
                return Quantity(start - n, end, low, None)
            if before in self.words.high:
                return Quantity(start - n, end, None, high if high is not None else low)
            if before in self.words.exact:
                return Quantity(start - n, end, low, high)
        more = any(tuple(c.lower[k : k + 2]) in self.words.more for k in (end, end + 1))
        return Quantity(start, end, low, None if more else high)


def _is_year(c: Columns, i: int) -> bool:
    """Whether a number is written like a year and stands in a date: "from 1995 to 2012"."""
    return len(c.text[i]) == YEAR and c.text[i].isdecimal() and c.ent_type[i] == "DATE"


def _continues(c: Columns, i: int) -> bool:
    """Whether a token goes on with the number before it: "twenty-five", "three hundred", "10 000"."""
    here, before = c.text[i], c.text[i - 1]
    if here == "-":
        return i + 1 < len(c) and c.pos[i + 1] == "NUM" and before.isalpha() and c.text[i + 1].isalpha()
    if here[0].isdigit():
        return len(here) == GROUP and here.isdecimal() and before.isdecimal() and len(before) <= GROUP
    return c.pos[i] == "NUM"


@Language.factory("kg_quantities", assigns=["doc.spans"], requires=["token.dep"])
def _create(nlp: Language, name: str) -> Quantities:
    words, groups = lexicon(nlp.lang, "numbers"), lexicon(nlp.lang, "groups")

    def phrases(key: str) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(p.split()) for p in words.word_list("bounds", key))

    def said(table: str) -> dict[tuple[str, ...], int]:
        return {tuple(w.split()): n for w, n in words.numbers(table).items()}

    people = frozenset(w for family in groups.sections() for w in groups.word_list(family, "nouns"))
    return Quantities(
        NumberWords(
            said("words"),
            said("round"),
            phrases("low"),
            phrases("high"),
            phrases("exact"),
            phrases("more"),
            words.numbers("multipliers"),
            words.words("ranges"),
            words.words("one"),
            words.words("units"),
            words.words("wholes"),
        ),
        people | words.words("people"),
        nlp.meta["lang"],
    )
