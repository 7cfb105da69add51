"""The trained stages of the pipeline: what each learns from, and the component it makes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import gold
import numpy as np
from fit import Example
from gold import Json
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from kg.annotate import candidates as mention_candidates
from kg.annotate import counted, dates, described, mentions, quantities, same_event, triggers
from kg.annotate.counting import count_words
from kg.annotate.turnouts import turnouts
from kg.annotate.words import mention_words
from kg.extract import demands, event_dates, links, numbers, role_pairs, roles, slogans, stances, statuses
from kg.extract.attachment import NO, YES, Events
from kg.extract.demand_phrases import DemandWords, demand_candidates
from kg.extract.judgements import StanceWords
from kg.extract.role_words import role_words
from kg.facts import PROTEST_EVENTS
from kg.lexicon import lexicon
from kg.model import Model

SAME_TEXT = 0.5  # token F1, as in score.py


@dataclass(frozen=True, slots=True)
class Stage:
    """A model to train, and the component that it completes, made of all models trained so far.

    `c` is the inverse penalty, `least` how often a feature must occur; `vectors` are those of the examples.
    """

    name: str
    examples: Callable[[Doc, Json, str], Iterator[Example]]
    component: Callable[[dict[str, Model], str], Callable[[Doc], Doc]] | None
    c: float = 0.3
    least: int = 2
    vectors: Callable[[Doc], NDArray[np.float32]] | None = None


def _mentions(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    words = mention_words(lang)
    named = gold.mentions(facts)
    spans = mention_candidates.candidates(doc, words)
    context = mentions.Context.of(doc, spans, words)
    for span in spans:
        label = named.get((span.start_char, span.end_char), (mentions.NONE,))[0]
        yield mentions.features(span, words, context), label


def _triggers(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    counting = count_words(lang)
    context = triggers.Context.of(doc)
    spans = triggers.candidates(doc, counting.events, context.hosts)
    for span, events in zip(spans, gold_events(doc, facts, spans), strict=True):
        types = Counter(v["type"] for v in events)
        yield (
            triggers.features(span, counting.events, context),
            (types.most_common(1)[0][0] if types else triggers.NONE),
        )


def _same_event(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    spans = list(doc.spans[triggers.KEY])
    found = described.describe(doc, spans)
    events = [{v["id"] for v in vs} for vs in gold_events(doc, facts, spans)]
    for i, j in combinations(range(len(spans)), 2):
        a, b = events[i], events[j]
        if a and b and min(len(a), len(b)) == 1 and same_event.comparable(spans[i], spans[j]):
            label = same_event.SAME if a & b else "different"
            yield described.features(found[i], found[j]), label


def _role_pairs(doc: Doc, role: str, lang: str) -> list[role_pairs.Pair]:
    """The events of a doc with the entities that may have a role in them."""
    scene = role_pairs.Scene(doc, role_words(lang))
    return [pair for pair in role_pairs.candidates(scene) if roles.fits(role, pair.entity.type)]


def _role(role: str) -> Callable[[Doc, Json, str], Iterator[Example]]:
    """The examples of one role: all events, invented ones too, with the entities that may have it."""

    def examples(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
        entities, events = entity_map(doc, facts), event_map(doc, facts)
        by_id = {v["id"]: v for v in facts["events"]}
        for pair in _role_pairs(doc, role, lang):
            event = by_id.get(events.get(pair.event.id, ""))
            held = event is not None and entities.get(pair.entity.id) in event[role]
            yield pair.features, role if held else roles.NONE

    return examples


def _attachments(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    """Numbers, demands and slogans with each event they might belong to.

    Where several of our events are one in gold, the right one is the one that is named most; the others are
    neither right nor wrong.
    """
    ours = event_map(doc, facts)
    standing = set(_most_named(ours, doc).values())
    by_id = {v["id"]: v for v in facts["events"]}
    events = Events(doc)

    def pairs(span: Span, kind: str, among: list[str], holds: Callable[[Json], bool]) -> Iterator[Example]:
        labels = {e: holds(by_id[ours[e]]) for e in among if e in ours}
        if any(label and e in standing for e, label in labels.items()):
            for event, label in labels.items():
                if event in standing or not label:
                    yield events.features(span, kind, event), YES if label else NO

    for span, label, (low, high) in _counted(doc, facts):
        if label != counted.NONE:
            among = events.of_types(numbers.HOLDERS[label])
            yield from pairs(span, label, among, lambda v, k=label, b=(low, high): b in _bounds(v, k))
    among = events.of_types(PROTEST_EVENTS)
    for candidate in demand_candidates(doc, DemandWords.of(lang)):
        text = candidate.span.text
        yield from pairs(candidate.span, "demand", among, lambda v, text=text: bool(_demand(text, [v])))
    among = events.of_types(slogans.HOLDERS)
    for span in slogans.candidates(doc):
        yield from pairs(span, slogans.SLOGAN, among, lambda v, span=span: _is_slogan(span, [v]))


def _most_named(ours: dict[str, str], doc: Doc) -> dict[str, str]:
    """Gold event → of our events that are it the one with the most triggers, which it is found as."""
    named = Counter(span.id_ for span in doc.spans[triggers.KEY])
    found: dict[str, str] = {}
    for event in sorted(ours, key=lambda e: -named[e]):
        found.setdefault(ours[event], event)
    return found


def _bounds(event: Json, label: str) -> list[tuple[int | None, int | None]]:
    if label == counted.CROWD:
        return [(c["low"], c["high"]) for c in event["crowds"]]
    return [(c["low"], c["high"]) for c in event["counts"] if c["kind"] == label]


def _counted(doc: Doc, facts: Json) -> Iterator[tuple[Span, str, tuple[int | None, int | None]]]:
    """Every quantity with what gold says it counts."""
    group = doc.spans[quantities.KEY]
    text = doc.text
    for span, (low, high) in zip(group, group.attrs["bounds"], strict=True):
        label = counted.NONE
        for event in facts["events"]:
            for kind in (counted.CROWD, "killed", "injured", "arrested"):
                said = (
                    event["crowds"]
                    if kind == counted.CROWD
                    else [c for c in event["counts"] if c["kind"] == kind]
                )
                for c in said:
                    at = gold.occurrences(text, c["text"])
                    near = any(s < span.end_char and span.start_char < e for s, e in at)
                    if (c["low"], c["high"]) == (low, high) and near:
                        label = kind
        yield span, label, (low, high)


def _numbers(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    labelled = list(_counted(doc, facts))
    found = counted.described([span for span, _, _ in labelled], count_words(lang))
    yield from zip(found, [label for _, label, _ in labelled], strict=True)


def _is_slogan(quote: Span, events: list[Json]) -> bool:
    return any(token_f1(quote.text, said) >= SAME_TEXT for v in events for said in v["slogans"])


def _slogans(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    spans = slogans.candidates(doc)
    for span, found in zip(spans, slogans.described(spans, slogans.slogan_words(lang)), strict=True):
        yield found, slogans.SLOGAN if _is_slogan(span, facts["events"]) else slogans.NONE


def _demand(text: str, events: list[Json]) -> list[str]:
    """The polarity of the gold demand that a text says, as a list of none or one."""
    best = max(
        ((token_f1(text, d["text"]), d["polarity"]) for v in events for d in v["demands"]), default=(0.0, "")
    )
    return [best[1]] if best[0] >= SAME_TEXT else []


def _demands(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    words = DemandWords.of(lang)
    context = demands.Context.of(doc, words)
    for candidate in demand_candidates(doc, words):
        found = _demand(candidate.span.text, facts["events"])
        yield demands.features(candidate, context), (found[0] if found else demands.NONE)


def _event_dates(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    """Events with the dates near them; one that gold does not have has none."""
    ours = event_map(doc, facts)
    starts = {v["id"]: v["start"] for v in facts["events"]}
    values = [value for value, _ in doc.spans[dates.KEY].attrs["values"]]
    for candidate in event_dates.Scene(doc, event_dates.saying(lang)).candidates():
        right = starts.get(ours.get(candidate.event, "")) == values[candidate.date]
        yield candidate.features, YES if right else NO


def _statuses(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    ours, words, starts = event_map(doc, facts), statuses.assertion_words(lang), statuses.starting(doc)
    said = {v["id"]: v["status"] for v in facts["events"]}
    for event, named in Events(doc).triggers.items():
        if event in ours:
            yield statuses.features(doc, starts.get(event), named, words), said[ours[event]]


def _links(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    ours = event_map(doc, facts)
    said = {(k["source"], k["target"]): k["type"] for k in facts["links"]}
    for pair in links.candidates(doc):
        if pair.source in ours and pair.target in ours:
            yield pair.features, said.get((ours[pair.source], ours[pair.target]), links.NONE)


def _stances(doc: Doc, facts: Json, lang: str) -> Iterator[Example]:
    ours = entity_map(doc, facts) | event_map(doc, facts)
    said = {(z["holder"], z["target"], z["polarity"]) for z in facts["stances"]}
    for candidate in stances.candidates(doc, StanceWords.of(lang)):
        key = ours.get(candidate.holder, ""), ours.get(candidate.target, ""), candidate.polarity
        yield candidate.features, stances.YES if key in said else stances.NO


def token_f1(a: str, b: str) -> float:
    """F1 of the words that two texts share."""
    x, y = Counter(a.lower().split()), Counter(b.lower().split())
    common = sum((x & y).values())
    return 2 * common / (sum(x.values()) + sum(y.values())) if common else 0.0


def gold_events(doc: Doc, facts: Json, spans: list[Span]) -> list[list[Json]]:
    """For each candidate trigger the gold events it may name."""
    out: list[list[Json]] = [[] for _ in spans]
    for (start, end), events in gold.triggers(facts).items():
        inside = [i for i, s in enumerate(spans) if s.start_char < end and s.end_char > start]
        words = doc.char_span(start, end, alignment_mode="expand")
        heads = [i for i in inside if words is not None and spans[i].start <= words.root.i < spans[i].end]
        for i in heads or inside[:1]:
            out[i] += [v for v in events if v not in out[i]]
    hosted = _of_crowds(doc, facts)
    for i, span in enumerate(spans):
        by_crowd = [v for t in span for v in hosted.get(t.i, [])]
        out[i] = [v for v in out[i] if v in by_crowd] or by_crowd or out[i]
    names = {e["id"]: e["mentions"] for e in facts["entities"]}
    return [
        _likeliest(s.sent.text, vs, names) if len(vs) > 1 else vs for s, vs in zip(spans, out, strict=True)
    ]


def _of_crowds(doc: Doc, facts: Json) -> dict[int, list[Json]]:
    """Token → the gold events whose crowd takes part by it."""
    group = doc.spans[quantities.KEY]
    bounds = [tuple(b) for b in group.attrs["bounds"]]
    hosts = turnouts(doc).hosts
    return {
        token: [v for v in facts["events"] if {bounds[n] for n in numbers} & set(_bounds(v, counted.CROWD))]
        for token, numbers in hosts.items()
    }


def _likeliest(sentence: str, events: list[Json], names: dict[str, list[str]]) -> list[Json]:
    """The events of a shared trigger that most of what stands beside it in the sentence speaks for."""

    def support(event: Json) -> int:
        said = [(3, c["text"]) for c in (*event["crowds"], *event["counts"])]
        said += [(2, text) for text in (*(d["text"] for d in event["demands"]), *event["slogans"])]
        said += [(1, t) for t in event["triggers"]]
        roles = ("places", "organizers", "participants", "targets")
        said += [(1, name) for role in roles for entity in event[role] for name in names[entity][:3]]
        return sum(weight for weight, text in said if text in sentence)

    scores = [support(v) for v in events]
    return [v for v, score in zip(events, scores, strict=True) if score == max(scores)]


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
    Stage("mentions", _mentions, lambda m, lang: mentions.Mentions(mention_words(lang), m["mentions"])),
    "kg_coreference",
    "kg_dates",
    "kg_quantities",
    Stage(
        "counted",
        _numbers,
        lambda m, lang: counted.Counted(count_words(lang), m["counted"]),
        c=0.5,
        least=3,
        vectors=lambda doc: counted.vectors(doc, count_words(doc.lang_)),
    ),
    Stage("triggers", _triggers, lambda m, lang: triggers.Triggers(count_words(lang), m["triggers"])),
    Stage("same_event", _same_event, lambda m, lang: same_event.SameEvent(m["same_event"]), c=0.006, least=3),
    "kg_positions",
    Stage(roles.PLACES, _role(roles.PLACES), None, c=0.05, least=3),
    Stage(
        roles.ORGANIZERS,
        _role(roles.ORGANIZERS),
        None,
        c=0.05,
        least=3,
        vectors=lambda doc: role_pairs.vectors(doc, _role_pairs(doc, roles.ORGANIZERS, doc.lang_)),
    ),
    Stage(roles.PARTICIPANTS, _role(roles.PARTICIPANTS), None, c=0.05, least=3),
    Stage(
        roles.TARGETS, _role(roles.TARGETS), lambda m, lang: roles.Roles(role_words(lang), m), c=0.05, least=3
    ),
    Stage(
        "attachments",
        _attachments,
        lambda m, lang: numbers.Numbers(numbers.number_words(lang), m["attachments"]),
        c=0.2,
        least=3,
    ),
    Stage(
        "demands",
        _demands,
        lambda m, lang: demands.Demands(DemandWords.of(lang), m["demands"], m["attachments"]),
        c=0.2,
    ),
    Stage(
        "event_dates",
        _event_dates,
        lambda m, lang: event_dates.EventDates(event_dates.saying(lang), m["event_dates"]),
        c=0.1,
        least=3,
    ),
    Stage(
        "statuses",
        _statuses,
        lambda m, lang: statuses.Statuses(statuses.assertion_words(lang), m["statuses"]),
        c=0.6,
    ),
    Stage(
        "links",
        _links,
        lambda m, lang: links.Links(lexicon(lang, "links").words(links.TRIGGERED), m["links"]),
        c=0.1,
        least=3,
    ),
    Stage(
        "slogans",
        _slogans,
        lambda m, lang: slogans.Slogans(slogans.slogan_words(lang), m["slogans"], m["attachments"]),
        c=0.5,
        least=3,
    ),
    "kg_statements",
    Stage(
        "stances",
        _stances,
        lambda m, lang: stances.Stances(StanceWords.of(lang), m["stances"]),
        c=0.1,
        least=3,
    ),
)
