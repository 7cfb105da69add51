"""`kg_roles`: who and what takes part in each event and how, `doc._.roles`.

For every pair of an event and an entity (`kg.extract.role_pairs`) one model per role of the codebook says how
probable it is; an entity may have two roles, as a union that calls a strike and takes part in it.
A row is `{"event", "role", "entity", "sentence": (start, end) in tokens, "confidence"}`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import mentions, triggers
from kg.annotate.syntax import PASSIVES
from kg.extract.role_pairs import BETWEEN, PLACE, Entity, Event, Pair, Scene, beside, candidates, vectors
from kg.extract.role_syntax import Clauses, addresses
from kg.extract.role_words import ORGANIZE, RoleWords, negated, role_words
from kg.facts import PROTEST, PROTEST_EVENTS
from kg.model import BIAS, Model, load, vector_rows

NAME = "roles"
NONE = "-"
ABSENT = "absent"
ORGANIZERS, PARTICIPANTS, TARGETS, PLACES = "organizers", "participants", "targets", "places"
LEAST = {PLACES: 0.27, ORGANIZERS: 0.16, PARTICIPANTS: 0.25, TARGETS: 0.27}  # probability of a row
MOBILIZING = {"Union", "Party", "Association"}
MEETING = "Meeting"
VIOLENT = {"Arrest", "Attack"}  # their targets are those that they are done to (codebook)
UNDERGOING = PASSIVES | {"dobj", "obj"}
RULE = 0.75  # confidence of the roles that syntax alone decides; the models have seen too few of them
EVEN = 0.5  # whom syntax names as the organiser takes part if that is likelier than not

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


class Roles:
    """Doc → Doc. `models` holds a model per role, `least` the least probability of a row of it."""

    def __init__(
        self, words: RoleWords, models: dict[str, Model], least: dict[str, float] | None = None
    ) -> None:
        self.words, self.least = words, least or LEAST
        self.roles = tuple(self.least)
        self.index, self.weights, self.bias = _together([(models[r], r) for r in self.roles])
        self.bounds = np.array([self.least[r] for r in self.roles], dtype=np.float32)
        self.crossed: dict[str, dict[str, int]] = defaultdict(dict)  # kind → fact → row
        self.of_vectors = self.weights[vector_rows(self.index)]
        for feature, row in self.index.items():
            kind, _, fact = feature.partition("&")
            if BETWEEN in kind:
                self.crossed[kind][fact] = row

    def __call__(self, doc: Doc) -> Doc:
        scene = Scene(doc, self.words)
        pairs = list(candidates(scene))
        rows: list[dict[str, Any]] = []
        for pair, found in zip(pairs, self._roles(doc, pairs), strict=True):
            if pair.apart <= 1 and pair.event.family == PROTEST and pair.entity.actor != PLACE:
                _decide(found, pair, scene.clauses)
            elif pair.event.type == MEETING and _stays_away(pair.event, pair.entity, scene.clauses):
                found = {ABSENT: RULE}
            elif pair.event.type in VIOLENT and _undergoes(pair.event, pair.entity, scene.clauses):
                found[TARGETS] = max(RULE, found.get(TARGETS, 0.0))
                found.pop(PARTICIPANTS, None)
            rows += [
                {
                    "event": pair.event.id,
                    "role": role,
                    "entity": pair.entity.id,
                    "sentence": pair.sentence,
                    "confidence": round(confidence, 4),
                }
                for role, confidence in found.items()
            ]
        doc._.roles = rows
        doc._.roles += list(_attendees(doc, scene))
        doc._.roles += list(_affiliations(doc))
        return doc

    def _roles(self, doc: Doc, pairs: list[Pair]) -> list[dict[str, float]]:
        """For each pair the roles that are probable enough, with their probabilities."""
        found: list[dict[str, float]] = [{} for _ in pairs]
        scores = np.zeros((len(pairs), len(self.roles)), dtype=np.float32)
        for pair, score in zip(pairs, scores, strict=True):
            self.weights.take(self._rows(pair), axis=0).sum(axis=0, out=score)
        if pairs and len(self.of_vectors):
            scores += vectors(doc, pairs) @ self.of_vectors
        probabilities = 1 / (1 + np.exp(-(scores + self.bias)))
        for n, column in np.argwhere(probabilities >= self.bounds).tolist():
            if fits(self.roles[column], pairs[n].entity.type):
                found[n][self.roles[column]] = float(probabilities[n, column])
        return found

    def _rows(self, pair: Pair) -> list[int]:
        """The rows of the weights of a pair's features."""
        known, facts = self.index, pair.facts
        rows = [row for row in map(known.get, facts) if row is not None]
        for kind in pair.kinds:
            if kind in self.crossed:
                rows += [row for row in map(self.crossed[kind].get, facts) if row is not None]
        return rows + [known[kind] for kind in pair.kinds if kind in known]


def _together(
    models: Sequence[tuple[Model, str]],
) -> tuple[dict[str, int], NDArray[np.float32], NDArray[np.float32]]:
    """One table of the weights of several models, a column each, and the label for yes."""
    names = sorted({f for model, _ in models for f in model.index if f != BIAS})
    index = {f: i for i, f in enumerate(names)}
    table = np.zeros((len(names) + 1, len(models)), dtype=np.float32)
    for column, (model, label) in enumerate(models):
        yes = model.labels.index(label)
        weights = (model.weights[:, yes] - model.weights[:, 1 - yes]) / model.temperature
        for feature, row in model.index.items():
            table[index.get(feature, len(names)), column] = weights[row]
    return index, table[:-1], table[-1]


def _attendees(doc: Doc, scene: Scene) -> Iterator[dict[str, Any]]:
    """Who is said to have been there by a sentence that names no protest: at the main one, that is."""
    main = next((event.id for event in scene.events if event.main), None)
    taken = {r["entity"] for r in doc._.roles if r["event"] == main}
    for entity in scene.entities:
        if main is None or entity.actor == PLACE or entity.id in taken:
            continue
        for sentence, spans in entity.named.items():
            if PROTEST_EVENTS & scene.events_in.get(sentence, {}).keys():
                continue
            doing = (v for m in spans for v in scene.clauses.acts(m.root)[:2])
            if any(scene.words.presence(scene.clauses.columns, v) for v in doing):
                yield {
                    "event": main,
                    "role": PARTICIPANTS,
                    "entity": entity.id,
                    "sentence": scene.sentences.bounds[sentence],
                    "confidence": RULE,
                }
                break


def _affiliations(doc: Doc) -> Iterator[dict[str, Any]]:
    """The union, party or association whose officer takes part in a protest takes part in it too."""
    positions = doc._.positions or []
    if not positions:
        return
    types = {m.id_: m.label_ for m in doc.spans[mentions.KEY]}
    protests = {t.id_ for t in doc.spans[triggers.KEY] if t.label_ in PROTEST_EVENTS}
    taken = {(r["event"], r["entity"]) for r in doc._.roles}
    for row in list(doc._.roles):
        if row["role"] == PARTICIPANTS and row["event"] in protests:
            for position in positions:
                organization = position["organization"]
                member = position["person"] == row["entity"] and types.get(organization) in MOBILIZING
                if member and (row["event"], organization) not in taken:
                    taken.add((row["event"], organization))
                    yield {
                        **row,
                        "entity": organization,
                        "sentence": position["sentence"],
                        "confidence": round(row["confidence"] * 0.8, 4),
                    }


def fits(role: str, entity_type: str) -> bool:
    """Whether an entity of a type can have a role: places are Places, and Places have no other."""
    return (role == PLACES) == (entity_type == "Place")


def _decide(found: dict[str, float], pair: Pair, clauses: Clauses) -> None:
    """Put into the roles found what syntax alone says of an actor's part in a protest."""
    if _stays_away(pair.event, pair.entity, clauses):
        found.clear()
        found[ABSENT] = RULE
        return
    pairs = beside(pair.event, pair.entity)
    if _organizes(pair.event, pair.entity, clauses):
        found[ORGANIZERS] = max(RULE, found.get(ORGANIZERS, 0.0))
        if found.get(PARTICIPANTS, 0.0) < EVEN:
            found.pop(PARTICIPANTS, None)
    elif _only_comments(pair.event, pair.entity, clauses):
        found.pop(ORGANIZERS, None)
        found.pop(PARTICIPANTS, None)
    if any(_attends(t.root, v, clauses) for t, m in pairs for v in clauses.acts(m.root)):
        found[PARTICIPANTS] = max(RULE, found.get(PARTICIPANTS, 0.0))
    if any(addresses(clauses, t.root, m.root) for t, m in pairs):
        found[TARGETS] = max(RULE, found.get(TARGETS, 0.0))


def _undergoes(event: Event, entity: Entity, clauses: Clauses) -> bool:
    """Whether the verb that names an arrest or attack is done to somebody: "was arrested", "beat him"."""
    c = clauses.columns
    return any(
        c.dep[m.root] in UNDERGOING and c.head[m.root] == t.root and c.pos[t.root] == "VERB"
        for t, m in beside(event, entity)
    )


def _attends(event: int, verb: int, clauses: Clauses) -> bool:
    """Whether a verb takes its subject to an event: "joined the march", "spoke at", "took part in"."""
    c, words = clauses.columns, clauses.words
    if c.lemma[verb] not in words.attend or negated(c, verb) or not clauses.suffers(event, verb):
        return False
    dep = c.dep[event]
    return dep in {"dobj", "obj"} or (dep == "pobj" and c.lower[c.head[event]] in words.at)


def _only_comments(event: Event, entity: Entity, clauses: Clauses) -> bool:
    """Whether all that a person or body does to the event is to speak of it."""
    if entity.type == "Group":
        return False
    done = [
        v
        for t, m in beside(event, entity)
        for v in clauses.acts(m.root)
        if v == t.root or clauses.suffers(t.root, v)
    ]
    return bool(done) and all(clauses.words.comments(clauses.columns, v) for v in done)


def _organizes(event: Event, entity: Entity, clauses: Clauses) -> bool:
    """Whether a named actor, or a body rather than a crowd, stages or calls the event."""
    c, words = clauses.columns, clauses.words
    for sentence in event.named:
        for mention in entity.named.get(sentence, ()):
            if mention.label == "Group" and words.families.get(c.lemma[mention.root]) not in words.bodies:
                continue
            done = [v for v in clauses.acts(mention.root) if ORGANIZE in words.of(c, v)]
            if any(clauses.suffers(t.root, verb) for verb in done for t in event.named[sentence]):
                return True
    return False


def _stays_away(event: Event, entity: Entity, clauses: Clauses) -> bool:
    """Whether an actor stays away from the event, or from what stands beside it for the event."""
    for sentence, spans in entity.named.items():
        beside = event.named.get(sentence, [])
        if beside or sentence - 1 in event.named or sentence + 1 in event.named:
            avoiding = [verb for m in spans for verb in clauses.avoiding(m.root)]
            if not beside and avoiding:
                return True
            if any(clauses.suffers(t.root, verb) for t in beside for verb in avoiding):
                return True
    return False


@Language.factory("kg_roles", assigns=["doc._.roles"], requires=["doc.spans", "token.dep", "doc._.positions"])
def _create(nlp: Language, name: str) -> Roles:
    return Roles(role_words(nlp.meta["lang"]), {role: load(nlp.lang, role) for role in LEAST})
