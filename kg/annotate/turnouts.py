"""Where a text names the event that a counted crowd took part in.

Most crowds come with a word for it ("10,000 marched"). A figure in a row leaves that word out, or shares it
with the one before, yet tells of an event of its own where it has a place or day of its own: "50,000 gathered
in Haifa and 10,000 in Beersheba", "38,600 demonstrators on 22 December, compared to 282,000 on 17 November"
(gapping; Ross 1970). There the figure itself stands for the word.

Two figures that cannot both be right of one crowd, "50,000" and "800", tell of two events, unless the second
is told soon after as someone's count: of 2,522 such pairs of the invented articles, 2,496 do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate import dates, mentions
from kg.annotate.columns import Columns, columns
from kg.annotate.counted import CROWD
from kg.annotate.counting import ESTIMATE, CountWords, count_words, hosts, people
from kg.annotate.quantities import KEY
from kg.annotate.syntax import verb_above

PLACE = "Place"
PROTESTERS = "protesters"  # the family of nouns
SOON = 3  # sentences
BOUNDARIES = {"CCONJ", "SCONJ"}
TOLD = 3  # words, from the verb of a crowd up to the one that says who counted it
CLOSE = 0.01  # share by which two figures of one crowd may differ
OPEN = 50  # times the least that "more than 200" and "hundreds" may mean

T = TypeVar("T")
Part = tuple[int, int]  # of a sentence: its first token and the one behind it


@dataclass(frozen=True, slots=True)
class _Figure:
    """A crowd: its number in the group, its span and bounds, the noun it counts, the verb above that, the
    part of the sentence that is its own, and the places and days (words and value) named there."""

    number: int
    span: Span
    low: int | None
    high: int | None
    noun: int
    verb: int
    start: int
    end: int
    where: frozenset[str]
    when: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Turnout:
    """A crowd: its place in the group of quantities, its bounds and sentence, and whether it is told as
    someone's count. `rivals` are those beside it that took part in other events."""

    number: int
    low: float
    high: float
    sentence: int
    told: bool
    rivals: set[int] = field(default_factory=set)

    def is_apart(self, other: Turnout) -> bool:
        """Whether two crowds cannot have taken part in one event."""
        if other.number in self.rivals:
            return True
        second = max(self, other, key=lambda t: t.number)
        if second.told and abs(self.sentence - other.sentence) <= SOON:
            return False
        return max(self.low, other.low) > min(self.high, other.high) * (1 + CLOSE)


@dataclass(frozen=True, slots=True)
class Turnouts:
    """Crowds, by their places in the group of quantities, and where the text names their events.

    `hosts`: token → the crowds that take part by it. `gaps`: figure (root token) → the word that it stands
    for. `parts`: crowd → the part of the sentence that is its own.
    """

    crowds: dict[int, Turnout]
    hosts: dict[int, list[int]]
    gaps: dict[int, int]
    parts: dict[int, Part]


def turnouts(doc: Doc) -> Turnouts:
    """The turnouts of a doc that has counted numbers; made once for the components that ask in turn."""
    return _turnouts(doc, doc.spans[KEY])


@lru_cache(maxsize=2)
def _turnouts(doc: Doc, _: SpanGroup) -> Turnouts:
    return _Reading(doc, count_words(doc.lang_)).turnouts()


@dataclass(slots=True)
class _Reading:
    doc: Doc
    words: CountWords
    columns: Columns = field(init=False)

    def __post_init__(self) -> None:
        self.columns = columns(self.doc)

    def turnouts(self) -> Turnouts:
        found = Turnouts({}, defaultdict(list), {}, {})
        row: list[_Figure] = []
        named: int | None = None  # the word for the event of the crowd before
        for figure in self._figures():
            host = next(hosts(figure.span, self.words), None)
            noun = figure.noun if self._is_of_protesters(figure) else None
            row = [other for other in row if self._beside(other, figure)]
            word = noun if noun is not None else named if row else None
            rivals = {other.number for other in row if self._apart(other, figure)}
            found.crowds[figure.number] = self._turnout(figure, rivals)
            for other in rivals:
                found.crowds[other].rivals.add(figure.number)
            if row and row[-1].number in rivals and word is not None and host in (None, named):
                host = figure.span.root.i
                found.gaps[host] = word
            else:
                named = word if host is None else host
            if host is not None:
                found.hosts[host].append(figure.number)
            found.parts[figure.number] = figure.start, figure.end
            row.append(figure)
        return found

    def _turnout(self, figure: _Figure, rivals: set[int]) -> Turnout:
        c = self.columns
        above = [figure.verb]
        for _ in range(TOLD - 1):
            above.append(c.head[above[-1]])
        told = any(self.words.verbs.get(c.lemma[i]) == ESTIMATE for i in above)
        low = figure.low or 0
        high = low * OPEN if figure.high is None else figure.high
        return Turnout(figure.number, low, high, c.sentence[figure.span.start], told, rivals)

    def _is_of_protesters(self, figure: _Figure) -> bool:
        """Whether the noun that is counted tells of a protest: "2,000 demonstrators"."""
        return self.words.families.get(self.columns.lemma[figure.noun]) == PROTESTERS

    def _beside(self, before: _Figure, figure: _Figure) -> bool:
        """Whether a crowd is told of soon after another: in the paragraph, or right below it in the text."""
        c, a, b = self.columns, before.span.start, figure.span.start
        sentences, paragraphs = c.sentence[b] - c.sentence[a], c.paragraph[b] - c.paragraph[a]
        return sentences <= SOON if paragraphs == 0 else sentences <= 1 and c.paragraph[a] > 0

    def _apart(self, before: _Figure, figure: _Figure) -> bool:
        """Whether a crowd beside another has a place or day of its own, and is no other count of that."""
        c, verb = self.columns, figure.verb
        counting = verb != before.verb and self.words.verbs.get(c.lemma[verb]) == ESTIMATE
        if counting and c.head[figure.noun] == verb < figure.noun:
            days = _days(before), _days(figure)  # "police counted 3,000", unless of another day
            return all(days) and days[0].isdisjoint(days[1])
        if c.paragraph[figure.noun] != c.paragraph[before.noun] and _tells_more(figure, before):
            return False
        return not figure.where <= before.where or not figure.when <= before.when

    def _figures(self) -> Iterator[_Figure]:
        c, doc = self.columns, self.doc
        where: dict[int, list[tuple[int, str]]] = defaultdict(list)  # by sentence
        for m in doc.spans[mentions.KEY]:
            if m.label_ == PLACE:
                where[c.sentence[m.start]].append((m.start, m.id_))
        when: dict[int, list[tuple[int, tuple[str, str], int]]] = defaultdict(list)
        dated = doc.spans[dates.KEY]
        for s, (value, _) in zip(dated, dated.attrs["values"], strict=True):
            said = s.start, (s.text.lower(), value), verb_above(c, s.root.i)
            when[c.sentence[s.start]].append(said)
        crowds = [(n, s) for n, s in enumerate(doc.spans[KEY]) if s.label_ == CROWD]
        bounds, verb_before = doc.spans[KEY].attrs["bounds"], -1
        for k, (n, span) in enumerate(crowds):
            start, end = c.sentence_of(span.start)
            if k and crowds[k - 1][1].end > start:
                start = self._boundary(crowds[k - 1][1].end, span.start)
            if k + 1 < len(crowds) and crowds[k + 1][1].start < end:
                end = self._boundary(span.end, crowds[k + 1][1].start)
            low, high = bounds[n]
            counted = people(span, self.words.of)
            verb = verb_above(c, counted[0])
            if verb == verb_before and span.end <= verb:
                end = min(end, verb)  # what stands behind a verb that both share is said of both
            own, classes, here = range(start, end), self.words.verbs, c.sentence[span.start]
            # not the day of "he said on Saturday"
            days = [(i, d) for i, d, v in when[here] if v == verb or classes.get(c.lemma[v]) != ESTIMATE]
            named = _among(own, where[here]), _among(own, days)
            yield _Figure(n, span, low, high, counted[-1], verb, start, end, *named)
            verb_before = verb

    def _boundary(self, start: int, end: int) -> int:
        """Where what belongs to the first of two figures ends: at the last comma or conjunction, if any."""
        c = self.columns
        return next(
            (i for i in range(end - 1, start - 1, -1) if c.is_punct[i] or c.pos[i] in BOUNDARIES), end
        )


def _tells_more(figure: _Figure, before: _Figure) -> bool:
    """Whether a figure may be what an open one means: "thousands … some 12,000"."""
    return before.low is not None and before.high is None and (figure.low or 0) >= before.low


def _days(figure: _Figure) -> set[str]:
    """The whole dates that a figure has of its own."""
    return {value for _, value in figure.when if len(value) == dates.DAY}


def _among(tokens: range, named: list[tuple[int, T]]) -> frozenset[T]:
    return frozenset(value for i, value in named if i in tokens)
