"""Which event a number or a demand belongs to: the model `attachments` over pairs of span and event.

What is looked at: the distance in sentences, the path in the dependency tree, what stands between, the
event's type and rank, and whether a nearer event would do as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from kg.annotate import triggers
from kg.annotate.syntax import Sentences, clause_verb, edges, path
from kg.facts import PROTEST_EVENTS
from kg.model import Model

NAME = "attachments"
YES, NO = "yes", "no"
REACH = 4  # sentences


@dataclass(slots=True)
class Events:
    """The events of a doc with their triggers, and what comparing them with a span needs."""

    doc: Doc
    sentences: Sentences = field(init=False)
    triggers: dict[str, list[Span]] = field(init=False)

    def __post_init__(self) -> None:
        self.sentences = Sentences.of(self.doc)
        self.triggers = defaultdict(list)
        for trigger in self.doc.spans[triggers.KEY]:
            self.triggers[trigger.id_].append(trigger)

    def features(self, span: Span, kind: str, event: str) -> list[str]:
        """What speaks for or against `span`, of a kind such as "crowd" or "demand", belonging to an event."""
        named = self.triggers[event]
        here = self.sentences.number[span.start]
        nearest = min(
            named,
            key=lambda t: (abs(self.sentences.number[t.start] - here), abs(t.start - span.start), t.start),
        )
        distance = self.sentences.number[nearest.start] - here
        label = nearest.label_
        family = "protest" if label in PROTEST_EVENTS else "context"
        near = str(distance) if abs(distance) < REACH else "far"
        rank = list(self.triggers).index(event)
        others = [
            t
            for e, ts in self.triggers.items()
            if e != event
            for t in ts
            if self.sentences.number[t.start] == here
        ]
        closer = sum(abs(t.start - span.start) < abs(nearest.start - span.start) for t in others)
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
        if distance == 0:
            out += self._in_sentence(span, kind, nearest, family)
        return out

    def _in_sentence(self, span: Span, kind: str, trigger: Span, family: str) -> list[str]:
        a, b = span.root, trigger.root
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
            pos = "verb" if b.pos_ in {"VERB", "AUX"} else "noun"
            out += [
                f"{kind}&path={edges(found)}&{pos}",
                f"{kind}&path={edges(found)}&{family}",
                f"{kind}&length={len(found)}",
            ]
            out += [f"{kind}&on-path={t.lemma_.lower()}" for t in found[1:-1]]
        out.append(f"{kind}&same-clause={clause_verb(a).i == clause_verb(b).i}&{family}")
        low, high = sorted((a.i, b.i))
        commas = sum(t.is_punct for t in span.doc[low:high])
        out.append(f"{kind}&commas={min(commas, 3)}&{side}")
        return out

    def scores(self, span: Span, kind: str, model: Model, among: Sequence[str]) -> dict[str, float]:
        """The probability for each of some events that the span belongs to it."""
        if not among:
            return {}
        rows = model.probabilities([self.features(span, kind, event) for event in among])
        column = model.labels.index(YES)
        return {event: float(row[column]) for event, row in zip(among, rows, strict=True)}

    def best(self, span: Span, kind: str, model: Model, among: Sequence[str]) -> tuple[str, float] | None:
        """The likeliest of some events, and its probability; the earlier where two are equal."""
        scores = self.scores(span, kind, model, among)
        return (
            max(scores.items(), key=lambda item: (round(item[1], 4), -int(item[0][1:]))) if scores else None
        )

    def of_types(self, types: Sequence[str] | frozenset[str]) -> list[str]:
        """The ids of the events of some types."""
        return [e for e, ts in self.triggers.items() if ts[0].label_ in types]
