"""`kg_dates`: the dates a text names, `doc.spans["dates"]`.

`attrs["values"]` of the span group holds a pair a date: its value (`2021-05-19`, `2021-05`, `2021` or, where
no year can be known, `--05-19`) and its basis: `stated` when the words give it whole, else `relative`.
`attrs["ends"]` holds the last day of a range such as "6 to 9 May", or None; `attrs["day"]` the day from which
relative dates count, or None.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import zip_longest

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from kg.annotate import mentions
from kg.annotate.calendar import (
    SATURDAY,
    Names,
    names,
    nearest_weekday,
    nearest_year,
    shifted,
    whole,
)
from kg.annotate.cardinals import cardinal
from kg.annotate.columns import Columns, columns
from kg.annotate.syntax import VERBS, ancestors
from kg.lexicon import Lexicon, lexicon

KEY = "dates"
FIRST_YEAR, LAST_YEAR = 1800, 2100
ABBREVIATED = 4  # letters; a shorter name of a day must be a proper noun to be one
DATELINE = 40  # tokens in which an article without a date of publication may give it
LONGEST_LIST = 12  # tokens before a month that may list its days
LONGEST_PHRASE = 4  # tokens
DAY = len("2021-05-19")
PAST, FUTURE, EITHER = -1, 1, 0
PERSON = "Person"
NOMINAL = 4  # edges from a date to the verb it may belong to

if not Doc.has_extension("published"):
    Doc.set_extension("published", default=None)


@dataclass(frozen=True, slots=True)
class DateWords:
    """See the lexicon `dates`, whose lists these are."""

    weekend: frozenset[str]
    past: frozenset[str]
    preceding: frozenset[str]
    future: frozenset[str]
    since: frozenset[str]
    year_markers: frozenset[str]
    modals: frozenset[str]
    pluperfect: frozenset[str]
    past_auxiliaries: frozenset[str]
    planned: frozenset[str]
    month_markers: frozenset[str]
    year_linkers: frozenset[str]
    ranges: frozenset[str]
    lists: frozenset[str]
    later: frozenset[str]
    earlier: frozenset[str]

    @classmethod
    def of(cls, source: Lexicon) -> DateWords:
        """The lists of a lexicon."""
        return cls(*(source.words(field.name) for field in fields(cls)))


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression: tokens `start` to `end`, its value and basis, and the end of a range."""

    start: int
    end: int
    value: str
    basis: str = "relative"
    last: str | None = None


class Dates:
    """Doc → Doc; reads `doc._.published`, an ISO date or None."""

    def __init__(self, known: Names, words: DateWords, source: Lexicon) -> None:
        self.known, self.words = known, words
        self.days = {tuple(k.split()): n for k, n in source.numbers("days").items()}
        self.feasts = {tuple(k.split()): divmod(n, 100) for k, n in source.numbers("feasts").items()}
        self.anchored = {
            tuple(phrase.split()): (n, unit)
            for table, unit in (("anchored", "day"), ("anchored_weeks", "week"))
            for phrase, n in source.numbers(table).items()
        }
        phrases = (*known.phrases, *self.days, *self.feasts, *self.anchored)
        self.openers = {p[0] for p in phrases}
        self.telling = {*self.openers, *known.weekdays, *known.months, *words.weekend}

    def __call__(self, doc: Doc) -> Doc:
        published = _published(doc) or self._dateline(doc)
        named = doc.spans.get(mentions.KEY, ())
        persons = {i for m in named if m.label_ == PERSON for i in range(m.start, m.end)}
        found: list[Found] = []
        anchor: date | None = None  # the day that "the next day" counts from: the last one named
        end = 0
        for i in self._openers(columns(doc)):
            expression = self._at(doc, i, published, anchor) if i >= end else None
            free = expression is not None and (not found or expression.start >= found[-1].end)
            if expression is not None and free and i not in persons:
                found.append(expression)
                if published and len(expression.value) == DAY:
                    anchor = date.fromisoformat(expression.value)
                end = expression.end
        group = SpanGroup(doc, name=KEY, spans=[Span(doc, f.start, f.end, label="DATE") for f in found])
        group.attrs["values"] = [(f.value, f.basis) for f in found]
        group.attrs["ends"] = [f.last for f in found]
        group.attrs["day"] = published.isoformat() if published else None
        doc.spans[KEY] = group
        return doc

    def _openers(self, c: Columns) -> Iterator[int]:
        """The tokens that may be the first telling word of an expression."""
        known, units = self.telling, self.known.units
        for i, (word, after) in enumerate(zip_longest(c.lower, c.lower[1:])):
            if after in units or word in known or word[0].isdigit() or word[-1] == ".":
                yield i

    def _dateline(self, doc: Doc) -> date | None:
        """The whole date that opens or closes an article, as wires and archives print it."""
        c = columns(doc)
        for i in (*range(min(DATELINE, len(c))), *range(max(0, len(c) - DATELINE), len(c))):
            if c.lower[i].rstrip(".") in self.known.months:
                found = self._month(doc, i, None)
                if found is not None and len(found.value) == DAY:
                    return date.fromisoformat(found.value)
        return None

    def _at(self, doc: Doc, i: int, published: date | None, anchor: date | None) -> Found | None:
        """The expression whose first telling word is token `i`."""
        token = doc[i]
        word = token.lower_.rstrip(".")
        if word in self.openers:
            found = self._phrase(doc, i, published, anchor)
            if found is not None:
                return found
        if word in self.known.weekdays and (len(word) > ABBREVIATED or token.pos_ == "PROPN"):
            return self._weekday(doc, i, self.known.weekdays[word], published, anchor)
        if word in self.known.months:
            return self._month(doc, i, published)
        if word in self.words.weekend and published:
            return Found(i, i + 1, self._day(doc, i, SATURDAY, published))
        if word[:1].isdigit():
            return _numeric(doc, i) or self._year(doc, i) or self._away(doc, i, published, anchor)
        return self._away(doc, i, published, anchor)

    def _weekday(
        self, doc: Doc, i: int, day: int, published: date | None, anchor: date | None
    ) -> Found | None:
        j = i + 1
        while j < len(doc) and (doc[j].is_punct or doc[j].pos_ == "DET") and j < i + 3:
            j += 1
        for k in (j, j + 1):
            if k < len(doc) and doc[k].lower_.rstrip(".") in self.known.months:
                within = self._month(doc, k, published)
                if within is not None and within.start <= j:
                    return Found(i, within.end, within.value, within.basis, within.last)
        if anchor and i and doc[i - 1].lower_ in self.words.preceding:
            return Found(i, i + 1, nearest_weekday(day, anchor, PAST, strict=True).isoformat())
        return Found(i, i + 1, self._day(doc, i, day, published)) if published else None

    def _day(self, doc: Doc, i: int, day: int, published: date) -> str:
        """The day of the week that token `i` means."""
        direction, strict = self._direction(doc, i)
        if direction == EITHER:
            back, ahead = (nearest_weekday(day, published, side, False) for side in (PAST, FUTURE))
            return (ahead if ahead - published < published - back else back).isoformat()
        week = strict and direction == PAST and day == SATURDAY and published.weekday() > SATURDAY
        found = nearest_weekday(day, published, direction, strict)
        is_weekend = doc[i].lower_ in self.words.weekend
        return (found - timedelta(weeks=1) if week and is_weekend else found).isoformat()

    def _month(self, doc: Doc, i: int, published: date | None) -> Found | None:
        """A month with the day before or after it and the year behind it."""
        beside = _is_day(doc, i - 1) or _is_year(doc, i + 1)
        marked = i > 0 and doc[i - 1].lower_ in self.words.month_markers
        if not (doc[i].text[0].isupper() or beside or marked):
            return None
        if (
            doc[i].pos_ in VERBS
            or doc[i].ent_type_ in mentions.PERSON_LABELS
            or (not beside and _is_name(doc, i))
        ):
            return None
        month = self.known.months[doc[i].lower_.rstrip(".")]
        start, end, days = self._days(doc, i)
        j = end + (end < len(doc) and (doc[end].text == "," or doc[end].lower_ in self.words.year_linkers))
        basis, year = "stated", None
        if _is_year(doc, j):
            year, end = int(doc[j].text), j + 1
        elif published is not None:
            year, end = self._year_of(doc, i, end, month, days[0], published)
            basis = "relative"
        value, last = (whole(year, month, day) for day in days)
        return Found(start, end, value, basis, last if last != value else None) if value else None

    def _year_of(
        self, doc: Doc, i: int, end: int, month: int, day: int | None, published: date
    ) -> tuple[int, int]:
        """The year of a month that has none beside it, and where the expression ends."""
        linked = end + (end < len(doc) and doc[end].lower_ in self.words.year_linkers)
        words = tuple(t.lower_ for t in doc[linked : linked + 2])
        number, unit = self.known.phrases.get(words, (0, ""))
        if unit == "year":  # "May last year"
            return published.year + number, linked + 2
        direction, _ = self._direction(doc, i)
        if direction == EITHER:
            ahead = (month - published.month) % 12
            direction = FUTURE if 0 < ahead < 12 - ahead else PAST
        return nearest_year(month, day, published, direction), end

    def _days(self, doc: Doc, i: int) -> tuple[int, int, tuple[int | None, int | None]]:
        """Where a month with its days starts and ends, its first day, and its last if it has several."""
        if _is_day(doc, i - 1) and not _is_year(doc, i - 1):
            first, links = i - 1, self.words.ranges | self.words.lists
            while first >= max(2, i - LONGEST_LIST) and doc[first - 1].lower_ in links:
                before = first - 2 if _is_day(doc, first - 2) else first - 3
                if before < 0 or not _is_day(doc, before) or _number(doc[before]) >= _number(doc[first]):  # type: ignore[operator]
                    break
                if before == first - 3 and doc[first - 2].lower_ not in links:
                    break
                first = before
            return first, i + 1, (_number(doc[first]), _number(doc[i - 1]))
        if i > 1 and doc[i - 1].lower_ in self.words.year_linkers and _is_day(doc, i - 2):
            return i - 2, i + 1, (_number(doc[i - 2]), _number(doc[i - 2]))
        if _is_day(doc, i + 1):
            last = i + 1
            if i + 3 < len(doc) and doc[i + 2].lower_ in self.words.ranges and _is_day(doc, i + 3):
                last = i + 3
            return i, last + 1, (_number(doc[i + 1]), _number(doc[last]))
        return i, i + 1, (None, None)

    def _year(self, doc: Doc, i: int) -> Found | None:
        before = doc[i - 1].lower_ if i else ""
        counted = doc[i].dep_ == "nummod"
        dated = before in self.words.year_markers or (doc[i].ent_type_ == "DATE" and not counted)
        return Found(i, i + 1, doc[i].text, "stated") if dated and _is_year(doc, i) else None

    def _phrase(self, doc: Doc, i: int, published: date | None, anchor: date | None) -> Found | None:
        """A phrase that counts from publication or another date ("last month"), or names a feast."""
        c = columns(doc)
        for n in range(min(LONGEST_PHRASE, len(c) - i), 0, -1):
            words = tuple(c.lower[i : i + n])
            value = None
            if words in self.feasts:
                month, day = self.feasts[words]
                direction = self._direction(doc, i)[0] or PAST
                year = nearest_year(month, day, published, direction) if published else None
                value = whole(year, month, day)
            elif words in self.anchored and anchor:
                value = shifted(*self.anchored[words], anchor)
            elif words in self.days and published:
                value = shifted(self.days[words], "day", published)
            elif words in self.known.phrases and published:
                value = shifted(*self.known.phrases[words], published)
            if value:
                return Found(i, i + n, value)
        return None

    def _away(self, doc: Doc, i: int, published: date | None, anchor: date | None) -> Found | None:
        """A number of days, weeks, months or years ago, or before or after another date."""
        if not published or i + 2 >= len(doc) or doc[i + 1].lower_ not in self.known.units:
            return None
        unit, side = self.known.units[doc[i + 1].lower_], doc[i + 2].lower_
        later, earlier = side in self.words.later, side in self.words.earlier
        ago = side in self.known.ago and not earlier
        follows = any(True for _ in doc[i + 2].rights)  # "two days before the vote" counts from the vote
        if not (ago or (anchor and (later or earlier) and not follows)):
            return None
        count = 1 if doc[i].pos_ == "DET" else cardinal(doc[i].lower_, doc.lang_)
        start = published if ago or anchor is None else anchor
        value = shifted(count if later else -count, unit, start) if count else None
        return Found(i, i + 3, value) if value else None

    def _direction(self, doc: Doc, i: int) -> tuple[int, bool]:
        """Whether a day lies before or after publication or either, and whether strictly."""
        around = {t.lower_ for t in doc[max(0, i - 2) : i]}
        if around & self.words.past:
            return PAST, True
        if around & self.words.future:
            return FUTURE, True
        if around & self.words.since:
            return PAST, False
        verb = next((t for n, t in enumerate(ancestors(doc[i])) if n <= NOMINAL and t.pos_ in VERBS), None)
        return (self._tense(verb) if verb is not None else EITHER), False

    def _tense(self, verb: Token) -> int:
        """The side of publication that the tense of a verb speaks of."""
        helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
        if helpers & self.words.pluperfect:
            return PAST
        if "Tense=Fut" in verb.morph or helpers & self.words.modals:
            return FUTURE
        if verb.tag_ == "VBD" and verb.lemma_.lower() not in self.words.planned:
            return PAST
        plans = [t for t in (verb, verb.head) if t.lemma_.lower() in self.words.planned]
        if any(not any(c.dep_ == "prt" for c in t.children) and t.tag_ != "VBD" for t in plans):
            return FUTURE
        past = verb.tag_ == "VBD" or bool(helpers & self.words.past_auxiliaries)
        return PAST if past else EITHER


def _numeric(doc: Doc, i: int) -> Found | None:
    """`2021-05-19`, in one token or several."""
    for n in (1, 5):
        text = doc[i : i + n].text
        if len(text) == DAY and text[4] == text[7] == "-":
            try:
                return Found(i, i + n, date.fromisoformat(text).isoformat(), "stated")
            except ValueError:
                return None
    return None


def _published(doc: Doc) -> date | None:
    day = date.fromisoformat(doc._.published[:10]) if doc._.published else None
    return day if day and FIRST_YEAR <= day.year < LAST_YEAR else None


def _number(token: Token) -> int | None:
    text = token.lower_
    digits = text.rstrip("stndrhe") if text[:1].isdigit() else text
    return int(digits) if digits.isdecimal() and len(digits) <= 4 else None


def _is_name(doc: Doc, i: int) -> bool:
    """Whether the name of a month ends another name."""
    before = doc[i - 1] if i else doc[i]
    return before.pos_ == "PROPN" and before.head.i == i and before.dep_ == "compound" and i > 0


def _is_day(doc: Doc, i: int) -> bool:
    number = _number(doc[i]) if 0 <= i < len(doc) else None
    return number is not None and 1 <= number <= 31


def _is_year(doc: Doc, i: int) -> bool:
    text = doc[i].text if 0 <= i < len(doc) else ""
    return len(text) == 4 and text.isdecimal() and FIRST_YEAR <= int(text) < LAST_YEAR


@Language.factory("kg_dates", assigns=["doc.spans"], requires=["token.dep"])
def _create(nlp: Language, name: str) -> Dates:
    source = lexicon(nlp.lang, KEY)
    return Dates(names(nlp.lang), DateWords.of(source), source)
