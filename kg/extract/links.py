"""`kg_links`: which event set off, is part of, or answers which, `doc._.links`.

The model `links` gives each ordered pair of events a probability per kind of link. It looks at the two
types, at how near their triggers stand, at the path and the words between them, and at what they share: date,
places, actors.
A row is `{"source", "type", "target", "sentence", "confidence"}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate import triggers
from kg.annotate.columns import columns
from kg.annotate.syntax import acts, edges, path, undergoes, verb_above
from kg.extract.attachment import Events, events_of
from kg.extract.statuses import starting
from kg.facts import family_of
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "links"
NONE = "-"
TRIGGERED = "triggered"
CAUSED = 0.8  # confidence of "the killing sparked protests", whatever the model says
FARTHEST = 60  # events between two that are compared
BETWEEN = 14  # tokens between two triggers that are looked at one by one

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


class Links:
    """Doc → Doc; after `kg_roles` and `kg_event_dates`.

    `causes` are the lemmas of verbs whose subject sets off their object; `threshold` is the least probability
    of a link.
    """

    def __init__(self, causes: frozenset[str], model: Model, threshold: float = 0.35) -> None:
        self.causes, self.model, self.threshold = causes, model, threshold

    def __call__(self, doc: Doc) -> Doc:
        pairs = list(candidates(doc))
        doc._.links = []
        if not pairs:
            return doc
        rows = self.model.probabilities([p.features for p in pairs])
        labels = self.model.labels
        none = labels.index(NONE)
        found: dict[frozenset[str], dict[str, Any]] = {}
        said = set(_causes(doc, self.causes))
        kinds = [i for i in range(len(labels)) if i != none]
        for pair, row, sure in zip(pairs, rows.tolist(), (1 - rows[:, none]).tolist(), strict=True):
            best = max(kinds, key=lambda i: (row[i], -i))
            kind, score = labels[best], round(row[best], 4)
            if (pair.source, pair.target) in said:
                kind, score, sure = TRIGGERED, max(score, CAUSED), 1.0
            both = frozenset((pair.source, pair.target))
            if sure >= self.threshold and (both not in found or score > found[both]["confidence"]):
                found[both] = {
                    "source": pair.source,
                    "type": kind,
                    "target": pair.target,
                    "sentence": pair.sentence,
                    "confidence": score,
                }
        doc._.links = list(found.values())
        return doc


def _causes(doc: Doc, verbs: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Pairs of events of which the text says that the first set off the second."""
    named = list(doc.spans[triggers.KEY])
    for cause in named:
        for verb in acts(cause.root):
            if verb.lemma_.lower() in verbs:
                yield from (
                    (cause.id_, t.id_) for t in named if t.id_ != cause.id_ and undergoes(t.root, verb)
                )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two events, the sentence where they come nearest, and what speaks for a link from one to the other."""

    source: str
    target: str
    sentence: tuple[int, int]
    features: list[str]


def candidates(doc: Doc) -> Iterator[Pair]:
    """Every ordered pair of events of a doc; in a very long one, of those that come near each other."""
    events = events_of(doc)
    dates = starting(doc)
    places: dict[str, set[str]] = {}
    actors: dict[str, set[str]] = {}
    for row in doc._.roles or []:
        (places if row["role"] == "places" else actors).setdefault(row["event"], set()).add(row["entity"])
    named = list(events.triggers.items())
    n = len(named)
    near = ((i, j) for i in range(n) for j in range(max(0, i - FARTHEST), min(n, i + FARTHEST + 1)) if i != j)
    for (source, a), (target, b) in ((named[i], named[j]) for i, j in near):
        shared = {
            "dates": _relation(
                {dates[source]} if source in dates else set(), {dates[target]} if target in dates else set()
            ),
            "places": _relation(places.get(source, set()), places.get(target, set())),
            "actors": _relation(actors.get(source, set()), actors.get(target, set())),
        }
        yield _pair(doc, events, source, a, target, b, shared)


def _relation(a: set[str], b: set[str]) -> str:
    return "same" if a & b else "differ" if a and b else "one" if a or b else "none"


def _pair(
    doc: Doc, events: Events, source: str, a: list[Span], target: str, b: list[Span], shared: dict[str, str]
) -> Pair:
    (first, at, x), (second, other, y) = min(
        ((s, t) for s in events.named[source] for t in events.named[target]),
        key=lambda st: (abs(st[0][0] - st[1][0]), abs(st[0][1] - st[1][1]), st[0][1], st[1][1]),
    )
    distance = abs(first - second)
    near = str(distance) if distance < 3 else "far"
    types = f"{x.label_}>{y.label_}"
    families = f"{family_of(x.label_)}>{family_of(y.label_)}"
    order = "before" if at < other else "after"
    out = [*_of_types(types, families, x.label_, near, order)]
    out += _named(min(len(a), 3), min(len(b), 4), events.rank[target] == 0, types, families, near)
    for name, relation in shared.items():
        out += _shared(name, relation, families, types)
    if distance == 0:
        out += _in_sentence(doc, x, y, types, families, order)
    elif distance == 1:
        c, later = columns(doc), x if at > other else y
        out += [
            f"opens={c.lower[c.sentence_of(later.start)[0]]}&{order}",
            f"verb-above={c.lemma[verb_above(c, later.root.i)]}&{order}&{families}",
        ]
    bounds = events.sentences.bounds
    low, high = sorted((first, second))
    return Pair(
        source, target, (bounds[low][0], bounds[high if high - low <= 1 else low][1]), sorted(set(out))
    )


@cache
def _of_types(types: str, families: str, source: str, near: str, order: str) -> tuple[str, ...]:
    return (
        f"types={types}",
        f"types={types}&near={near}",
        f"families={families}&near={near}",
        f"types={types}&order={order}",
        f"near={near}&order={order}",
        f"source-type={source}&near={near}",
    )


@cache
def _named(a: int, b: int, leads: bool, types: str, families: str, near: str) -> tuple[str, ...]:
    """How often the source and the target are named, and whether the target is the first event."""
    return (
        f"target-first={leads}&types={types}",
        f"target-named={b}&types={types}",
        f"target-named={b}&near={near}&{families}",
        f"source-named={a}&{families}",
    )


@cache
def _shared(name: str, relation: str, families: str, types: str) -> tuple[str, ...]:
    return f"{name}={relation}&{families}", f"{name}={relation}&types={types}"


def _in_sentence(doc: Doc, x: Span, y: Span, types: str, families: str, order: str) -> list[str]:
    out = []
    c, a, b = columns(doc), x.root, y.root
    found = path(a, b)
    if found:
        way, words = edges(found), [c.lemma[t.i] for t in found[1:-1]]
        out += [f"path={way}&{families}", f"path={way}", f"words={'.'.join(words)}&{order}"]
        out += [f"on-path={word}&{order}&{families}" for word in words]
        out += [f"on-path={word}&{types}" for word in words]
    low, high = sorted((a.i, b.i))
    if high - low <= BETWEEN:
        telling = (i for i in range(low + 1, high) if c.pos[i] in {"VERB", "ADP", "SCONJ", "ADV"})
        out += [f"between={c.lemma[i]}&{order}" for i in telling]
    out += [f"gap={min((high - low) // 4, 4)}&{order}&{families}"]
    return out


@Language.factory("kg_links", assigns=["doc._.links"], requires=["doc.spans", "doc._.roles", "doc._.dates"])
def _create(nlp: Language, name: str) -> Links:
    return Links(lexicon(nlp.lang, NAME).words(TRIGGERED), load(nlp.lang, NAME))
