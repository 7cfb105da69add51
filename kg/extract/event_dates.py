"""`kg_event_dates`: when each event starts and ends, `doc._.dates`.

Of the dates that stand near what names an event, the model `event_dates` gives it the likeliest, if one is
likely enough. It looks at how the two hang together in the sentence or how far apart they are, at what other
dates the event and what other events the date might belong to, and at tense and type.
A row is `{"event", "bound", "value", "basis", "text": (start, end), "sentence", "confidence"}`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import dates, triggers
from kg.annotate.syntax import ancestors, clause_verb, edges, path
from kg.extract.attachment import YES, Events, events_of
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "event_dates"
ROWS = "dates"
UNDER, CLAUSE, SENTENCE, BEFORE, AFTER, EARLIER, LATER, FAR = range(8)  # how near a date stands to a trigger
REACH = 3  # sentences
CLIMB = 4  # edges from a date up to a trigger that it is said of
LEAD = 3  # sentences, in which an article says when what it is about happened
CROSSING = {"advcl", "ccomp", "xcomp", "conj", "relcl", "acl", "parataxis", "pcomp", "appos", "dep"}

if not Doc.has_extension(ROWS):
    Doc.set_extension(ROWS, default=None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date, by its number among the doc's, that an event may have; `features` are those of the pair."""

    event: str
    date: int
    features: list[str]


@dataclass(frozen=True, order=True, slots=True)
class Pair:
    """How near date number `date` stands to trigger number `trigger` of an event, nearest first."""

    tier: int
    gap: int
    date: int
    trigger: int


@dataclass(slots=True)
class Scene:
    """The events and dates of a doc, and how near each event stands to each date.

    `said` are verbs (lemmas) of speech: a date beside them is that of the words, seldom of what they tell of.
    """

    doc: Doc
    said: frozenset[str]
    events: Events = field(init=False)
    spans: list[Span] = field(init=False)
    values: list[str] = field(init=False)
    named: Counter[str] = field(init=False)
    day: str | None = field(init=False)
    main: str | None = field(init=False)
    only_day: str | None = field(init=False)
    pairs: dict[str, list[Pair]] = field(init=False)
    rivals: dict[int, dict[str, Pair]] = field(init=False)
    places: dict[str, set[str]] = field(init=False)
    sure: dict[int, float] = field(init=False)

    def __post_init__(self) -> None:
        group, named = self.doc.spans[dates.KEY], self.doc.spans[triggers.KEY]
        self.events, self.spans, self.day = events_of(self.doc), list(group), group.attrs["day"]
        self.values = [value for value, _ in group.attrs["values"]]
        self.named = Counter(self.values)
        number = self.events.sentences.number
        lead = next((n for n, d in enumerate(self.spans) if number[d.start] <= LEAD), None)
        self.main = None if lead is None else self.values[lead]
        days = [value for value in self.named if len(value) == dates.DAY]
        self.only_day = days[0] if len(days) == 1 else None
        self.sure = {t.start: c for t, c in zip(named, named.attrs["confidence"], strict=True)}
        self.places = defaultdict(set)
        for row in self.doc._.roles or []:
            if row["role"] == "places":
                self.places[row["event"]].add(row["entity"])
        self._pair(number, lead)

    def _pair(self, number: list[int], lead: int | None) -> None:
        in_sentence: dict[int, list[int]] = defaultdict(list)
        for n, span in enumerate(self.spans):
            in_sentence[number[span.start]].append(n)
        self.pairs, self.rivals = defaultdict(list), defaultdict(dict)
        for event, named in self.events.triggers.items():
            for i, trigger in enumerate(named):
                here = number[trigger.start]
                near = {n: s for s in range(-REACH, REACH + 1) for n in in_sentence.get(here + s, ())}
                if lead is not None:
                    near.setdefault(lead, -REACH - 1)
                for n, distance in near.items():
                    when = self.spans[n]
                    tier = _tier(trigger.root, when.root, distance)
                    self.pairs[event].append(Pair(tier, abs(when.start - trigger.start), n, i))
            self.pairs[event].sort()
            for pair in self.pairs[event]:
                if pair.tier <= SENTENCE:
                    self.rivals[pair.date].setdefault(event, pair)

    def candidates(self) -> Iterator[Candidate]:
        """Each event with each value that stands near one of its triggers, at the nearest place."""
        for rank, (event, pairs) in enumerate(self.pairs.items()):
            by_value: dict[str, list[Pair]] = defaultdict(list)
            for pair in pairs:
                by_value[self.values[pair.date]].append(pair)
            tiers = Counter(found[0].tier for found in by_value.values())
            for found in by_value.values():
                features = self._features(event, min(rank, 2), found, tiers)
                yield Candidate(event, found[0].date, features)

    def _features(self, event: str, rank: int, found: list[Pair], tiers: Counter[int]) -> list[str]:
        best, named = found[0], self.events.triggers[event]
        trigger, when, value = named[best.trigger], self.spans[best.date], self.values[best.date]
        tier, label, root = best.tier, trigger.label_, trigger.root
        better, equal = sum(n for t, n in tiers.items() if t < tier), tiers[tier] - 1
        verb = clause_verb(root)
        side = "?" if not self.day else "after" if value > self.day else "by"
        main, lone = value == self.main, value == self.only_day
        rivals = {e: p for e, p in self.rivals[best.date].items() if e != event}
        nearer = sum((p.tier, p.gap) < (tier, best.gap) for p in rivals.values())
        sure = int(5 * max(self.sure[t.start] for t in named))
        out = [
            f"tier={tier}&better={min(better, 2)}&equal={min(equal, 2)}",
            f"tier={tier}&least={min(tiers)}",
            f"tier={tier}&only={tiers.total() == 1}",
            f"tier={tier}&lone={lone}",
            f"tier={tier}&nearer={min(nearer, 3)}",
            f"tier={tier}&pairs={min(len(found), 4)}",
            f"tier={tier}&places={self._places(event, rivals)}",
            f"tier={tier}&share={3 * self.named[value] // len(self.values)}",
            f"tier={tier}&main={main}&rank={rank}",
            f"main={main}&type={label}",
            f"tier={tier}&length={len(value)}",
            f"length={len(value)}&type={label}",
            f"length={len(value)}&type={label}&close={tier <= CLAUSE}",
            f"tier={tier}&side={side}&tag={verb.tag_}",
            f"sure={sure}",
            f"tier={tier}&sure={sure}",
        ]
        if tier <= SENTENCE:
            out += self._path(root, when.root)
        return out

    def _places(self, event: str, rivals: dict[str, Pair]) -> str:
        """Whether an event shares a place with those in whose clause a date stands."""
        mine = self.places.get(event, set())
        theirs = {p for e, pair in rivals.items() if pair.tier <= CLAUSE for p in self.places.get(e, ())}
        return "unknown" if not mine or not theirs else "shared" if mine & theirs else "other"

    def _path(self, trigger: Token, when: Token) -> list[str]:
        """The clauses between a trigger and a date of its sentence, and whether something is said there."""
        found = path(trigger, when)
        if not found:
            return ["path=long"]
        steps = [t for t in edges(found).split() if t.strip("<>") in CROSSING]
        said = any(t.lemma_.lower() in self.said for t in found[1:-1])
        return [f"path={' '.join(steps)}", f"said={said}"]


def _tier(trigger: Token, when: Token, distance: int) -> int:
    """How near a date stands to a trigger, so many sentences before (negative) or behind it."""
    if abs(distance) > REACH:
        return FAR
    if distance:
        one = abs(distance) == 1
        return (BEFORE if one else EARLIER) if distance < 0 else (AFTER if one else LATER)
    for n, token in enumerate(ancestors(when)):
        if token.i == trigger.i:
            return UNDER
        if n == CLIMB:
            break
    return CLAUSE if clause_verb(trigger).i == clause_verb(when).i else SENTENCE


class EventDates:
    """Doc → Doc. `threshold` is the least probability of a date being an event's."""

    def __init__(self, said: frozenset[str], model: Model, threshold: float = 0.3) -> None:
        self.said, self.model, self.threshold = said, model, threshold

    def __call__(self, doc: Doc) -> Doc:
        found = list(Scene(doc, self.said).candidates())
        best: dict[str, tuple[float, int]] = {}
        if found:
            yes = self.model.probabilities([c.features for c in found])[:, self.model.labels.index(YES)]
            for candidate, score in zip(found, yes.tolist(), strict=True):
                if score >= max(self.threshold, best.get(candidate.event, (0.0, 0))[0]):
                    best[candidate.event] = (score, candidate.date)
        doc._.dates = [row for event, (score, n) in best.items() for row in _rows(doc, event, n, score)]
        return doc


def _rows(doc: Doc, event: str, n: int, score: float) -> Iterator[dict[str, object]]:
    """The start of an event, and its end if date number `n` is a range."""
    group = doc.spans[dates.KEY]
    span, (value, basis), last = group[n], group.attrs["values"][n], group.attrs["ends"][n]
    for bound, said in (("start", value), ("end", last)):
        if said:
            yield {
                "event": event,
                "bound": bound,
                "value": said,
                "basis": basis,
                "text": (span.start, span.end),
                "sentence": (span.sent.start, span.sent.end),
                "confidence": round(score, 4),
            }


def saying(lang: str) -> frozenset[str]:
    """The verbs (lemmas) of speech."""
    source = lexicon(lang, "speech")
    return source.words("direct") | source.words("indirect")


@Language.factory("kg_event_dates", assigns=["doc._.dates"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> EventDates:
    return EventDates(saying(nlp.meta["lang"]), load(nlp.lang, NAME))
