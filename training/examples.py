"""The trained stages of the pipeline: what each learns from, and the component it makes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import gold
from fit import Example
from gold import Json
from spacy.tokens import Doc, Span

from kg.annotate import candidates as mention_candidates
from kg.annotate import mentions, same_event, triggers
from kg.annotate.eventwords import event_words
from kg.annotate.words import mention_words
from kg.extract import roles
from kg.model import Model


@dataclass(frozen=True, slots=True)
class Stage:
    """A trained component. `c` is the inverse penalty, `least` how often a feature must occur."""

    name: str
    examples: Callable[[Doc, Json, str], Iterator[Example]]
    component: Callable[[Model, str], Callable[[Doc], Doc]]
    c: float = 0.3
    least: int = 2


def _mentions(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    words = mention_words(lang)
    named = gold.mentions(facts)
    for span in mention_candidates.candidates(doc, words):
        label = named.get((span.start_char, span.end_char), (mentions.NONE,))[0]
        yield mentions.features(span, words), label


def _triggers(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    words = event_words(lang)
    spans = triggers.candidates(doc, words)
    context = triggers.Context.of(doc)
    for span, events in zip(spans, gold_events(doc, facts, spans), strict=True):
        types = Counter(v["type"] for v in events)
        yield (
            triggers.features(span, words, context),
            (types.most_common(1)[0][0] if types else triggers.NONE),
        )


def _same_event(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    spans = list(doc.spans[triggers.KEY])
    described = same_event.describe(doc, spans)
    events = [{v["id"] for v in vs} for vs in gold_events(doc, facts, spans)]
    for i, j in combinations(range(len(spans)), 2):
        a, b = events[i], events[j]
        if a and b and min(len(a), len(b)) == 1 and same_event.comparable(spans[i], spans[j]):
            label = same_event.SAME if a & b else "different"
            yield same_event.features(described[i], described[j]), label


def _roles(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    entities, events = entity_map(doc, facts), event_map(doc, facts)
    by_id = {v["id"]: v for v in facts["events"]}
    for pair in roles.candidates(doc):
        if pair.event in events:
            event, entity = by_id[events[pair.event]], entities.get(pair.entity)
            label = next(
                (
                    r
                    for r in ("organizers", "absent", "targets", "participants", "places")
                    if entity in event[r]
                ),
                roles.NONE,
            )
            yield pair.features, label


def gold_events(doc: Doc, facts: Json, spans: list[Span]) -> list[list[Json]]:
    """For each candidate trigger the gold events it may name."""
    out: list[list[Json]] = [[] for _ in spans]
    for (start, end), events in gold.triggers(facts).items():
        inside = [i for i, s in enumerate(spans) if s.start_char < end and s.end_char > start]
        words = doc.char_span(start, end, alignment_mode="expand")
        heads = [i for i in inside if words is not None and spans[i].start <= words.root.i < spans[i].end]
        for i in heads or inside[:1]:
            out[i] += [v for v in events if v not in out[i]]
    return out


def entity_map(doc: Doc, facts: Json) -> dict[str, str]:
    """Our entity id → the gold entity that most of its mentions name."""
    at = gold.mentions(facts)
    named: dict[str, str] = {}
    for entity in facts["entities"]:
        for mention in entity["mentions"]:
            named.setdefault(mention.lower(), entity["id"])
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span in doc.spans[mentions.KEY]:
        found = at.get((span.start_char, span.end_char))
        key = found[1] if found else named.get(span.text.lower())
        if key:
            votes[span.id_][key] += 1
    return {k: c.most_common(1)[0][0] for k, c in votes.items()}


def event_map(doc: Doc, facts: Json) -> dict[str, str]:
    """Our event id → the gold event that its triggers speak for."""
    spans = list(doc.spans[triggers.KEY])
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span, events in zip(spans, gold_events(doc, facts, spans), strict=True):
        for event in events:
            votes[span.id_][event["id"]] += 1 / len(events)  # type: ignore[assignment]
    return {k: max(sorted(c), key=lambda v: c[v]) for k, c in votes.items()}


STAGES: tuple[Stage | str, ...] = (
    "kg_quotes",
    Stage("mentions", _mentions, lambda m, lang: mentions.Mentions(mention_words(lang), m)),
    "kg_coreference",
    Stage("triggers", _triggers, lambda m, lang: triggers.Triggers(event_words(lang), m)),
    Stage("same_event", _same_event, lambda m, lang: same_event.SameEvent(m), c=0.1, least=3),
    Stage("roles", _roles, lambda m, lang: roles.Roles(m), c=0.1, least=3),
)
