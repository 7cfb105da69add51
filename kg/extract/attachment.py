"""Which event a number, demand or slogan belongs to: the model `attachments` over pairs of span and event.

What is looked at: the distance in sentences, the path in the dependency tree, what stands between, the
event's type and rank, and whether a nearer event would do as well; of slogans and demands also whether their
sentence names a place or an actor of the event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate import mentions, triggers
from kg.annotate.columns import columns
from kg.annotate.counting import CountWords, count_words, people
from kg.annotate.syntax import VERBS, Sentences, clause_verb, edges, path
from kg.facts import family_of
from kg.model import Model

NAME = "attachments"
YES, NO = "yes", "no"
REACH = 4  # sentences
USUAL = 150  # sentences of an article in which a span may belong to any event
AROUND = 40  # sentences from a span to its event in a longer one
SAID = {"demand", "slogan"}  # kinds that a text often tells of where it does not name the event
# How likely a span must be a fact of its event: half the F1 of the kind, since one that is right less often
# lowers that (Lipton et al. 2014).
LEAST = {"crowd": 0.3, "killed": 0.25, "injured": 0.25, "arrested": 0.25, "demand": 0.2, "slogan": 0.2}
PLACE, ACTOR = "place", "actor"
NOBODY: frozenset[str] = frozenset()


def events_of(doc: Doc) -> Events:
    """The events of a doc; made once for the components that ask in turn."""
    return _events_of(doc, doc.spans[triggers.KEY])


@lru_cache(maxsize=2)
def _events_of(doc: Doc, _: SpanGroup) -> Events:
    return Events(doc)


@dataclass(slots=True)
class Events:
    """The events of a doc with their triggers, and what comparing them with a span needs.

    `rank` numbers the events; `starts` are those of the triggers of a sentence, each with its event;
    `taking_part` are the places and actors (ids) of an event, `said` those that a sentence names.
    """

    doc: Doc
    sentences: Sentences = field(init=False)
    triggers: dict[str, list[Span]] = field(init=False)
    rank: dict[str, int] = field(init=False)
    starts: dict[int, list[tuple[int, str]]] = field(init=False)
    named: dict[str, list[tuple[int, int, Span]]] = field(init=False)
    taking_part: dict[str, dict[str, set[str]]] = field(init=False)
    said: dict[int, dict[str, set[str]]] = field(init=False)
    counting: CountWords = field(init=False)
    most_named: str = field(init=False)
    _of_types: dict[frozenset[str], list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.sentences = Sentences.of(self.doc)
        self.triggers, self.starts, self.named = defaultdict(list), defaultdict(list), defaultdict(list)
        for trigger in self.doc.spans[triggers.KEY]:
            event, start = trigger.id_, trigger.start
            sentence = self.sentences.number[start]
            self.triggers[event].append(trigger)
            self.starts[sentence].append((start, event))
            self.named[event].append((sentence, start, trigger))
        self.counting = count_words(self.doc.lang_)
        self.most_named = max(self.triggers, key=lambda e: len(self.triggers[e]), default="")
        self.rank = {event: n for n, event in enumerate(self.triggers)}
        self.taking_part = defaultdict(lambda: defaultdict(set))
        for row in self.doc._.roles or ():
            what = PLACE if row["role"] == "places" else ACTOR
            self.taking_part[row["event"]][what].add(row["entity"])
        self.said = defaultdict(lambda: defaultdict(set))
        for mention in self.doc.spans[mentions.KEY]:
            what = PLACE if mention.label_ == "Place" else ACTOR
            self.said[self.sentences.number[mention.start]][what].add(mention.id_)

    def features(self, span: Span, kind: str, event: str) -> list[str]:
        """What speaks for or against `span`, of a kind such as "crowd" or "demand", belonging to an event."""
        named, at = self.named[event], span.start
        here = self.sentences.number[at]
        sentence, start, nearest = min(named, key=lambda t: (abs(t[0] - here), abs(t[1] - at), t[1]))
        distance = sentence - here
        label = nearest.label_
        family = family_of(label)
        near = str(distance) if abs(distance) < REACH else "far"
        rank = self.rank[event]
        others = [other for other, owner in self.starts.get(here, ()) if owner != event]
        closer = sum(abs(other - at) < abs(start - at) for other in others)
        out = [
            f"{kind}&near={near}",
            f"{kind}&{label}&near={near}",
            f"{kind}&{family}&near={near}&closer={min(closer, 3)}",
            f"{kind}&{label}&closer={min(closer, 3)}",
            f"{kind}&rank={min(rank, 3)}&near={near}",
            f"{kind}&named={min(len(named), 4)}&near={near}",
            f"{kind}&others={min(len(others), 3)}&near={near}",
            f"{kind}&first={here <= 1}&rank={min(rank, 2)}&near={near}",
        ]
        if kind in SAID:
            out += self._around_it(kind, event, family, at, start, near)
        else:
            out += self._counted(span, kind, event, near)
        if distance == 0:
            out += self._in_sentence(span, kind, nearest, family)
        return out

    def _counted(self, span: Span, kind: str, event: str, near: str) -> Iterator[str]:
        """Who is counted, and whether it is the event that the text names most."""
        noun = columns(self.doc).lemma[people(span, self.counting.of)[-1]]
        family = self.counting.families.get(noun, "-")
        label, main = self.triggers[event][0].label_, event == self.most_named
        yield f"{kind}&of={family}&{label}"
        yield f"{kind}&of={family}&{label}&near={near}"
        yield f"{kind}&main={main}&near={near}"
        yield f"{kind}&main={main}&of={family}"

    def _around_it(self, kind: str, event: str, family: str, at: int, start: int, near: str) -> Iterator[str]:
        """Whether the sentence of what is said names a place or an actor of the event, and which event was
        named last."""
        said = self.said[self.sentences.number[at]]
        for what in (PLACE, ACTOR):
            relation = _relation(said.get(what, NOBODY), self.taking_part[event].get(what, NOBODY))
            yield f"{kind}&{what}={relation}"
            yield f"{kind}&{what}={relation}&near={near}"
        gaps = (min(abs(t[1] - at) for t in named) for e, named in self.named.items() if e != event)
        nearer = min(sum(gap < abs(start - at) for gap in gaps), REACH)
        last = max(
            ((t[1], e) for e, named in self.named.items() for t in named if t[1] < at), default=(0, "")
        )
        yield f"{kind}&nearer={nearer}"
        yield f"{kind}&{family}&nearer={nearer}&near={near}"
        yield f"{kind}&last={last[1] == event}&near={near}"
        yield f"{kind}&last={last[1] == event}&{self.triggers[event][0].label_}"

    def _in_sentence(self, span: Span, kind: str, trigger: Span, family: str) -> list[str]:
        a, b, c = span.root, trigger.root, columns(self.doc)
        side = "left" if a.i < b.i else "right"
        gap = abs(a.i - b.i)
        reach = "1" if gap <= 2 else "2" if gap <= 5 else "3" if gap <= 10 else "4"
        out = [
            f"{kind}&side={side}&reach={reach}",
            f"{kind}&{trigger.label_}&side={side}&reach={reach}",
            f"{kind}&inside={trigger.start <= a.i < trigger.end or span.start <= b.i < span.end}",
        ]
        found = path(a, b)
        if found:
            pos = "verb" if b.pos_ in VERBS else "noun"
            out += [
                f"{kind}&path={edges(found)}&{pos}",
                f"{kind}&path={edges(found)}&{family}",
                f"{kind}&length={len(found)}",
            ]
            out += [f"{kind}&on-path={c.lemma[t.i]}" for t in found[1:-1]]
        out.append(f"{kind}&same-clause={clause_verb(a).i == clause_verb(b).i}&{family}")
        low, high = sorted((a.i, b.i))
        commas = sum(c.is_punct[low:high])
        out.append(f"{kind}&commas={min(commas, 3)}&{side}")
        return out

    def best(
        self, span: Span, kind: str, sure: float, model: Model, types: frozenset[str]
    ) -> tuple[str, float] | None:
        """The likeliest event of some types, and its probability; the earlier where two are equal.

        None where a span that is of its kind with probability `sure` is too seldom a fact of that event and
        there are others.
        """
        among = self._around(span, types)
        if not among:
            return None
        rows = model.probabilities([self.features(span, kind, event) for event in among])
        scores = rows[:, model.labels.index(YES)].tolist()
        n = max(range(len(among)), key=lambda n: (round(scores[n], 4), -self.rank[among[n]]))
        seldom = len(among) > 1 and scores[n] * sure < LEAST[kind]
        return None if seldom else (among[n], scores[n])

    def _around(self, span: Span, types: frozenset[str]) -> list[str]:
        """The events that a span may belong to: all in an article of usual length, else those named near."""
        if len(self.sentences.bounds) <= USUAL:
            return self.of_types(types)
        here = self.sentences.number[span.start]
        near = {e for n in range(here - AROUND, here + AROUND + 1) for _, e in self.starts.get(n, ())}
        return [e for e in sorted(near, key=self.rank.__getitem__) if self.triggers[e][0].label_ in types]

    def of_types(self, types: frozenset[str]) -> list[str]:
        """The ids of the events of some types."""
        if types not in self._of_types:
            self._of_types[types] = [e for e, ts in self.triggers.items() if ts[0].label_ in types]
        return self._of_types[types]


def _relation(said: Set[str], taking_part: Set[str]) -> str:
    if said and taking_part:
        return "differ" if said.isdisjoint(taking_part) else "share"
    return "said" if said else "known" if taking_part else "none"
