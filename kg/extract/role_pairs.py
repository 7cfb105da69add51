"""Every event with every entity named near it, and what speaks for a role between them.

What is looked at: how often and how near each other both are named, what else stands between and beside them,
the types of both, and what the clause says where one sentence names both (`kg.extract.role_syntax`). Beside
these stand `vectors`, what tok2vec makes of the words that name them; only the model of organisers uses them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.annotate import gazetteer, mentions, triggers
from kg.annotate.dateline import dateline
from kg.annotate.syntax import VERBS, Sentences, verb_above
from kg.extract.role_syntax import Clauses, Named, relation
from kg.extract.role_words import RoleWords
from kg.facts import PROTEST_EVENTS, family_of

NEAR = 2  # sentences; what is named farther from an event seldom has a part in it
MOST = 10  # pairs of trigger and mention in one sentence that are looked at
RIVALS = 30  # other triggers or mentions of a sentence that are looked at
PLACE = "place"
SCALE = 0.25  # of vectors; the smaller, the less a model makes of them
BETWEEN = "~"  # stands between the kinds of event and entity in the names of features
ORGANIZATION = "organization"
ACTORS = {
    "Person": "person",
    "Group": "group",
    "Place": PLACE,
    "Ministry": "body",
    "GovernmentBody": "body",
    "Union": "union",
    "Party": "movement",
    "Association": "movement",
    "Company": "company",
}
BesideIn = dict[int, dict[str, list[int]]]  # sentence → kind → roots


@dataclass(frozen=True, slots=True)
class Event:
    """An event, its triggers by sentence, and what can be said of it alone.

    `main` says that it is the protest that the article names most; `company` counts the entities of each kind
    that stand in its sentences.
    """

    id: str
    type: str
    family: str
    named: dict[int, list[Named]]
    main: bool
    traits: list[list[str]]  # by nearness
    company: dict[str, int]


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity, its mentions by sentence, what can be said of it alone, and the events beside it."""

    id: str
    type: str
    actor: str
    named: dict[int, list[Named]]
    traits: list[list[str]]  # by nearness
    beside: frozenset[str]  # types and families


@dataclass(frozen=True, slots=True)
class Pair:
    """An event and an entity, how many sentences lie between them, and what speaks for a role.

    `sentence` are the bounds of the one that tells most of them, `roots` the tokens that name both nearest to
    each other.
    """

    event: Event
    entity: Entity
    apart: int
    sentence: tuple[int, int]
    roots: tuple[int, int]
    facts: list[str]
    kinds: tuple[str, str]

    @property
    def features(self) -> list[str]:
        """The facts, also of the kinds of event and entity each."""
        crossed = [f"{kind}&{fact}" for kind in self.kinds for fact in self.facts]
        return [*self.facts, *crossed, *self.kinds]


@dataclass(slots=True)
class Scene:
    """The events and entities of a doc with mentions, triggers and positions, and where they are named."""

    doc: Doc
    words: RoleWords
    sentences: Sentences = field(init=False)
    clauses: Clauses = field(init=False)
    actors_in: BesideIn = field(init=False)
    events_in: BesideIn = field(init=False)
    events: list[Event] = field(init=False)
    entities: list[Entity] = field(init=False)

    def __post_init__(self) -> None:
        self.sentences = Sentences.of(self.doc)
        told = [Named.of(span) for span in self.doc.spans[triggers.KEY]]
        named = [Named.of(span) for span in self.doc.spans[mentions.KEY]]
        self.clauses = Clauses.of(self.doc, self.words, told, named)
        self.actors_in = defaultdict(lambda: defaultdict(list))
        self.events_in = defaultdict(lambda: defaultdict(list))
        number = self.sentences.number
        for mention in named:
            self.actors_in[number[mention.start]][actor_of(mention.label)].append(mention.root)
        for trigger in told:
            self.events_in[number[trigger.start]][trigger.label].append(trigger.root)
        self.events = self._events(told)
        self.entities = self._entities(named)

    def _by_sentence(self, spans: list[Named]) -> dict[str, dict[int, list[Named]]]:
        """Id → sentence → what names it there."""
        found: dict[str, dict[int, list[Named]]] = {}
        for span in spans:
            at = found.setdefault(span.id, {})
            at.setdefault(self.sentences.number[span.start], []).append(span)
        return {key: dict(sorted(at.items())) for key, at in found.items()}

    def _events(self, spans: list[Named]) -> list[Event]:
        confidences = self.doc.spans[triggers.KEY].attrs["confidence"]
        sure: dict[str, float] = {}
        types: dict[str, str] = {}
        sizes: dict[str, int] = defaultdict(int)
        for span, confidence in zip(spans, confidences, strict=True):
            sure[span.id] = max(sure.get(span.id, 0.0), confidence)
            types.setdefault(span.id, span.label)
            sizes[span.id] += 1
        main = max((e for e in types if types[e] in PROTEST_EVENTS), key=lambda e: sizes[e], default=None)
        out = []
        for n, (key, named) in enumerate(self._by_sentence(spans).items()):
            traits = [f"first-event={n == 0}", f"main={key == main}"]
            traits += [f"size={min(sizes[key], 4)}", f"sure={int(sure[key] * 5)}"]
            company: dict[str, int] = defaultdict(int)
            for sentence in named:
                for actor, roots in self.actors_in.get(sentence, {}).items():
                    company[actor] += len(roots)
            family = family_of(types[key])
            out.append(Event(key, types[key], family, named, key == main, _by_nearness(traits), company))
        return out

    def _entities(self, spans: list[Named]) -> list[Entity]:
        every = self._by_sentence(spans)
        types = {e: next(iter(named.values()))[0].label for e, named in every.items()}
        sizes = {e: sum(map(len, named.values())) for e, named in every.items()}
        ordered: dict[str, list[int]] = defaultdict(list)
        for key, size in sizes.items():
            ordered[types[key]].append(size)
        for counts in ordered.values():
            counts.sort()
        offices = {
            r["person"]: actor_of(types.get(r["organization"], "")) for r in self.doc._.positions or []
        }
        filed = dateline(self.clauses.columns).place
        out = []
        for key, named in every.items():
            counts = ordered[types[key]]
            rank = len(counts) - bisect_left(counts, sizes[key] + 1)
            traits = [f"rank={min(rank, 3)}", f"named={min(sizes[key], 3)}", f"type={types[key]}"]
            traits += [f"in-title={0 in named}", *self._traits(next(iter(named.values()))[0])]
            if any(mention.start in filed for found in named.values() for mention in found):
                traits.append("dateline")
            if key in offices:
                traits.append(f"office={offices[key]}")
            labels = {label for n in named for label in self.events_in.get(n, ())}
            beside = frozenset(labels | {family_of(label) for label in labels})
            actor = actor_of(types[key])
            out.append(Entity(key, types[key], actor, named, _by_nearness(traits), beside))
        return out

    def _traits(self, first: Named) -> list[str]:
        if first.label == "Group":
            lemma = self.clauses.columns.lemma[first.root]
            return [f"group={lemma}", f"members={self.words.families.get(lemma)}"]
        return (
            [f"gazetteer={gazetteer.kind(self.clauses.columns.words(first.start, first.end))}"]
            if first.label == "Place"
            else []
        )


def _by_nearness(traits: list[str]) -> list[list[str]]:
    """Traits of an event or entity as features of a pair, by the number of sentences between both."""
    return [[f"{trait}&near={apart}" for trait in traits] for apart in range(NEAR + 1)]


def actor_of(entity_type: str) -> str:
    """The kind of actor (or the place) that an entity of a type is."""
    return ACTORS.get(entity_type, ORGANIZATION)


def candidates(scene: Scene) -> Iterator[Pair]:
    """Every event of the doc with the entities named in or near its sentences, in the order of the doc."""
    here: dict[int, list[int]] = defaultdict(list)
    for n, entity in enumerate(scene.entities):
        for sentence in entity.named:
            here[sentence].append(n)
    for event in scene.events:
        around = {s + shift for s in event.named for shift in range(-NEAR, NEAR + 1)}
        for n in sorted({n for sentence in around for n in here.get(sentence, ())}):
            yield _pair(scene, event, scene.entities[n])


def beside(event: Event, entity: Entity) -> list[tuple[Named, Named]]:
    """The triggers and mentions that stand in one sentence; of many the first."""
    common = (s for s in event.named if s in entity.named)
    return list(islice(((t, m) for s in common for t in event.named[s] for m in entity.named[s]), MOST))


def _nearest(event: Event, entity: Entity) -> tuple[int, int, int]:
    """How many sentences lie between event and entity, and the two nearest that name them."""
    if len(event.named) > len(entity.named):
        apart, there, here = _nearest_of(list(event.named), entity.named)
        return apart, here, there
    return _nearest_of(list(entity.named), event.named)


def _nearest_of(many: list[int], few: dict[int, list[Named]]) -> tuple[int, int, int]:
    best = None
    for sentence in few:
        n = bisect_left(many, sentence)
        for other in many[max(n - 1, 0) : n + 1]:
            found = (abs(other - sentence), sentence, other)
            best = found if best is None or found < best else best
    assert best is not None
    return best


def _pair(scene: Scene, event: Event, entity: Entity) -> Pair:
    apart, here, there = _nearest(event, entity)
    company = event.company.get(entity.actor, 0)
    facts = [f"near={apart}", f"company={min(company, 3)}&near={apart}"]
    facts += [*event.traits[apart], *entity.traits[apart]]
    trigger, mention = event.named[here][0], entity.named[there][0]
    if apart == 0:
        pairs = beside(event, entity)
        facts.append(f"together={min(len(pairs), 3)}")
        trigger, mention = min(pairs, key=lambda p: scene.clauses.distance(p[1].root, p[0].root))
        facts += _beside(scene, trigger, mention)
        facts += {f for t, m in pairs for f in relation(scene.clauses, t.root, m.root)}
    else:
        other = f"other={event.family in entity.beside}"
        facts.append(f"{other}{event.type in entity.beside}&near={apart}")
        facts.append(f"{other}&company={min(company, 1)}&near={apart}")
        facts += [f"after={there > here}&near={apart}", f"lead={there <= 1}&near={apart}"]
        if entity.actor == PLACE:
            facts += scene.clauses.standing_there(mention.root)
    bounds = scene.sentences.bounds[scene.sentences.number[mention.start]]
    kinds = (f"{event.family}{BETWEEN}{entity.actor}", f"{event.type}{BETWEEN}{entity.actor}")
    return Pair(event, entity, apart, bounds, (trigger.root, mention.root), sorted(set(facts)), kinds)


def vectors(doc: Doc, pairs: Sequence[Pair]) -> NDArray[np.float32]:
    """An array (pairs × dimensions): what tok2vec makes of the words that name event and entity, beside the
    rest of the doc, and once more if they stand in one sentence.
    """
    words = (doc.tensor - doc.tensor.mean(axis=0)) * SCALE
    both = words[np.array([pair.roots for pair in pairs], dtype=int)].reshape(len(pairs), 2 * words.shape[1])
    together = np.array([pair.apart == 0 for pair in pairs])
    found: NDArray[np.float32] = np.hstack([both, both * together[:, None]])
    return found


def _beside(scene: Scene, trigger: Named, mention: Named) -> Iterator[str]:
    """What the sentence that names both says of them, and whether others stand nearer."""
    a, b = trigger.root, mention.root
    clauses, number = scene.clauses, scene.sentences.number[b]
    c = clauses.columns
    mine = clauses.distance(b, a)
    beside = [t for roots in scene.events_in[number].values() for t in roots][:RIVALS]
    events = {clauses.event_of.get(t) for t in beside if clauses.distance(b, t) < mine} - {trigger.id}
    rivals = scene.actors_in[number][actor_of(mention.label)][:RIVALS]
    yield f"nearer-events={min(len(events), 2)}"
    yield f"nearer-actors={min(sum(clauses.distance(r, a) < mine for r in rivals), 2)}"
    side = "left" if b < a else "right"
    gap = mine[1]
    yield f"side={side}&reach={'1' if gap <= 2 else '2' if gap <= 5 else '3' if gap <= 12 else '4'}"
    yield f"side={side}&{'verb' if c.pos[a] in VERBS else 'noun'}"
    yield f"same-clause={verb_above(c, a) == verb_above(c, b)}&{side}"
    yield from clauses.standing(b)
    if mention.label == "Place":
        yield from _joined(clauses, mention)


def _joined(clauses: Clauses, place: Named) -> Iterator[str]:
    """Whether a place stands just behind or before another: "the town hall in Leeds", "Leeds, England"."""
    kind = gazetteer.kind(clauses.columns.words(place.start, place.end))
    for name, tokens in (
        ("behind", range(place.start - 3, place.start)),
        ("before", range(place.end, place.end + 3)),
    ):
        joined = any(clauses.entity_of.get(i) == place.label for i in tokens)
        yield f"{name}-place={joined}"
        yield f"{name}-place={joined}&{kind}"
