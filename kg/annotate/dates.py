"""`kg_dates`: the dates a text names, `doc.spans["dates"]`.

`attrs["values"]` of the span group holds a pair a date: its value (`2021-05-19`, `2021-05`, `2021` or, where
no year can be known, `--05-19`) and its basis: `stated` when the words give it whole, else `relative`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from kg.annotate.calendar import SATURDAY, Names, names, nearest_weekday, nearest_year, shifted, whole
from kg.annotate.cardinals import cardinal
from kg.annotate.mentions import PERSON_LABELS
from kg.annotate.syntax import clause_verb
from kg.lexicon import lexicon

KEY = "dates"
FIRST_YEAR, LAST_YEAR = 1800, 2100
ABBREVIATED = 4  # letters; a shorter name of a day must be a proper noun to be one
DATELINE = 40  # tokens in which an article without a date of publication may give it

if not Doc.has_extension("published"):
    Doc.set_extension("published", default=None)


@dataclass(frozen=True, slots=True)
class DateWords:
    """See the lexicon `dates`."""

    weekend: frozenset[str]
    past: frozenset[str]
    future: frozenset[str]
    year_markers: frozenset[str]
    future_verbs: frozenset[str]
    planned: frozenset[str]
    month_markers: frozenset[str]
    year_linkers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression: tokens `start` to `end`, its value and basis."""

    start: int
    end: int
    value: str
    basis: str


class Dates:
    """Doc → Doc; reads `doc._.published`, an ISO date or None."""

    def __init__(self, known: Names, words: DateWords) -> None:
        self.known, self.words = known, words

    def __call__(self, doc: Doc) -> Doc:
        published = _published(doc) or self._dateline(doc)
        found: list[Found] = []
        i = 0
        while i < len(doc):
            expression = self._at(doc, i, published)
            if expression is not None and (not found or expression.start >= found[-1].end):
                found.append(expression)
                i = max(expression.end, i + 1)
            else:
                i += 1
        group = SpanGroup(doc, name=KEY, spans=[Span(doc, f.start, f.end, label="DATE") for f in found])
        group.attrs["values"] = [(f.value, f.basis) for f in found]
        doc.spans[KEY] = group
        return doc

    def _dateline(self, doc: Doc) -> date | None:
        """The whole date that opens or closes an article, as wires and archives print it."""
        for i in (*range(min(DATELINE, len(doc))), *range(max(0, len(doc) - DATELINE), len(doc))):
            if doc[i].lower_.rstrip(".") in self.known.months:
                found = self._month(doc, i, None)
                if found is not None and len(found.value) == len("2021-05-19"):
                    return date.fromisoformat(found.value)
        return None

    def _at(self, doc: Doc, i: int, published: date | None) -> Found | None:
        """The expression whose first telling word is token `i`."""
        token = doc[i]
        word = token.lower_.rstrip(".")
        if word in self.known.weekdays and (len(word) > ABBREVIATED or token.pos_ == "PROPN"):
            return self._weekday(doc, i, self.known.weekdays[word], published)
        if word in self.known.months:
            return self._month(doc, i, published)
        if word in self.words.weekend and published:
            return self._weekend(doc, i, published)
        if token.like_num and token.text.isdigit() and len(token.text) == 4:
            return self._year(doc, i)
        return self._phrase(doc, i, published) if published else None

    def _weekday(self, doc: Doc, i: int, day: int, published: date | None) -> Found | None:
        j = i + 1
        while j < len(doc) and (doc[j].is_punct or doc[j].pos_ == "DET") and j < i + 3:
            j += 1
        for k in (j, j + 1):
            if k < len(doc) and doc[k].lower_.rstrip(".") in self.known.months:
                within = self._month(doc, k, published)
                if within is not None and within.start <= j:
                    return Found(i, within.end, within.value, within.basis)
        if published is None:
            return None
        direction, strict = self._direction(doc, i)
        return Found(i, i + 1, nearest_weekday(day, published, direction, strict).isoformat(), "relative")

    def _month(self, doc: Doc, i: int, published: date | None) -> Found | None:
        """A month with the day before or after it and the year behind it."""
        beside = _is_day(doc, i - 1) or _is_year(doc, i + 1)
        marked = i > 0 and doc[i - 1].lower_ in self.words.month_markers
        if not (doc[i].text[0].isupper() or beside or marked):
            return None
        if doc[i].pos_ in {"VERB", "AUX"} or doc[i].ent_type_ in PERSON_LABELS:
            return None
        month = self.known.months[doc[i].lower_.rstrip(".")]
        start, end, day = i, i + 1, None
        if _is_day(doc, i - 1) and not _is_year(doc, i - 1):
            start, day = i - 1, _number(doc[i - 1])
        elif _is_day(doc, i + 1):
            end, day = i + 2, _number(doc[i + 1])
        j = (
            end + 1
            if end < len(doc) and (doc[end].text == "," or doc[end].lower_ in self.words.year_linkers)
            else end
        )
        if _is_year(doc, j):
            value = whole(int(doc[j].text), month, day)
            return Found(start, j + 1, value, "stated") if value else None
        if published is None:
            value = whole(None, month, day)
            return Found(start, end, value, "stated") if value else None
        direction, _ = self._direction(doc, i)
        value = whole(nearest_year(month, day, published, direction), month, day)
        return Found(start, end, value, "relative") if value else None

    def _weekend(self, doc: Doc, i: int, published: date) -> Found:
        direction, strict = self._direction(doc, i)
        this_weekend = published.weekday() >= SATURDAY
        saturday = nearest_weekday(SATURDAY, published, direction, False)
        if strict and direction < 0 and this_weekend:
            saturday -= timedelta(weeks=1)
        return Found(i, i + 1, saturday.isoformat(), "relative")

    def _year(self, doc: Doc, i: int) -> Found | None:
        if not _is_year(doc, i):
            return None
        before = doc[i - 1].lower_ if i else ""
        if before in self.words.year_markers:
            return Found(i, i + 1, doc[i].text, "stated")
        return None

    def _phrase(self, doc: Doc, i: int, published: date) -> Found | None:
        for n in (3, 2, 1):
            words = tuple(t.lower_ for t in doc[i : i + n])
            if words in self.known.phrases:
                value = shifted(*self.known.phrases[words], published)
                return Found(i, i + n, value, "relative") if value else None
        if i + 2 < len(doc) and doc[i + 1].lower_ in self.known.units and doc[i + 2].lower_ in self.known.ago:
            count = cardinal(doc[i].lower_, doc.lang_)
            if count:
                value = shifted(-count, self.known.units[doc[i + 1].lower_], published)
                return Found(i, i + 3, value, "relative") if value else None
        return None

    def _direction(self, doc: Doc, i: int) -> tuple[int, bool]:
        """Whether the day lies before (-1) or after (+1) publication, and whether strictly."""
        around = {t.lower_ for t in doc[max(0, i - 2) : i]}
        if around & self.words.past:
            return -1, True
        if around & self.words.future:
            return 1, True
        verb = clause_verb(doc[i])
        helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
        future = bool(helpers & self.words.future_verbs) or "Tense=Fut" in verb.morph
        planned = verb.lemma_.lower() in self.words.planned and verb.tag_ in {"VBN", "VBZ", "VBP", "VBG"}
        return (1, False) if future or planned else (-1, False)


def _published(doc: Doc) -> date | None:
    day = date.fromisoformat(doc._.published[:10]) if doc._.published else None
    return day if day and FIRST_YEAR <= day.year < LAST_YEAR else None


def _number(token: Token) -> int | None:
    text = token.lower_
    digits = text.rstrip("stndrhe") if text[:1].isdigit() else text
    return int(digits) if digits.isdecimal() and len(digits) <= 4 else None


def _is_day(doc: Doc, i: int) -> bool:
    number = _number(doc[i]) if 0 <= i < len(doc) else None
    return number is not None and 1 <= number <= 31


def _is_year(doc: Doc, i: int) -> bool:
    text = doc[i].text if 0 <= i < len(doc) else ""
    return len(text) == 4 and text.isdecimal() and FIRST_YEAR <= int(text) < LAST_YEAR


@Language.factory("kg_dates", assigns=["doc.spans"], requires=["token.dep"])
def _create(nlp: Language, name: str) -> Dates:
    words = lexicon(nlp.lang, KEY)
    keys: Sequence[str] = (
        "weekend",
        "past",
        "future",
        "year_markers",
        "future_verbs",
        "planned",
        "month_markers",
        "year_linkers",
    )
    return Dates(names(nlp.lang), DateWords(*(words.words(k) for k in keys)))
