"""`kg_roles`: who and what takes part in each event and how, `doc._.roles`.

Every pair of an event and an entity of the article gets from the model `roles` a probability per role of the
codebook and for having none. What is looked at: the path between trigger and mention in the dependency tree,
the words on it, types of both, and how often and how near each other they are named.
A row is `{"event", "role", "entity", "sentence": (start, end) in tokens, "confidence"}`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import gazetteer, mentions, triggers
from kg.annotate.syntax import Sentences, acts, clause_verb, edges, path, undergoes
from kg.facts import PROTEST_EVENTS
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "roles"
NONE = "-"
FAR = 3  # sentences
USUAL = 150  # sentences of an article in which any event may have any entity
MOST = 10  # pairs of trigger and mention in one sentence that are looked at
FAR_APART = 10_000  # tokens: the nearest pair is in one sentence where there is one
ABSENT = "absent"
ORGANIZERS, PARTICIPANTS, TARGETS, PLACES = "organizers", "participants", "targets", "places"
ORGANIZE, JOIN = "organize", "join"
MOBILIZING = {"Union", "Party", "Association"}
RULE = 0.75  # confidence of the roles that syntax alone decides; the model has seen too few of them
ACTORS = {
    "Person": "person",
    "Group": "group",
    "Place": "place",
    "Ministry": "body",
    "GovernmentBody": "body",
}

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Lemma → what it says of an actor's part (`organize`, `join`, …), and group noun → family."""

    classes: dict[str, tuple[str, ...]]
    attend: frozenset[str]
    present: frozenset[str]
    families: dict[str, str]

    def presence(self, verb: Token) -> bool:
        """Whether a verb says that its subject was there: "appeared", "was among the participants"."""
        if any(c.dep_ == "neg" for c in verb.children):
            return False
        behind = [c for c in verb.children if c.i > verb.i]
        nouns = [*behind, *(g for c in behind if c.pos_ == "ADP" for g in c.children)]
        return verb.lemma_.lower() in self.present or any(
            n.lemma_.lower() in self.present and n.pos_ == "NOUN" for n in nouns
        )

    def of(self, verb: Token) -> tuple[str, ...]:
        """The classes of a verb, by its lemma or the form it has."""
        return self.classes.get(verb.lemma_.lower()) or self.classes.get(verb.lower_, ())

    def absence(self, verb: Token) -> bool:
        """Whether a verb says that its subject stays away."""
        lemma = verb.lemma_.lower()
        negated = any(c.dep_ == "neg" for c in verb.children)
        return (negated and lemma in self.attend) or (not negated and "avoid" in self.of(verb))


class Roles:
    """Doc → Doc. `threshold` is the least probability of having a role."""

    def __init__(self, words: RoleWords, model: Model, threshold: float = 0.4) -> None:
        self.words, self.model, self.threshold = words, model, threshold

    def __call__(self, doc: Doc) -> Doc:
        pairs = list(candidates(doc, self.words))
        doc._.roles = []
        if not pairs:
            return doc
        rows = self.model.probabilities([p.features for p in pairs])
        none = self.model.labels.index(NONE)
        for pair, row in zip(pairs, rows, strict=True):
            label = max((i for i in range(len(row)) if i != none), key=lambda i: (row[i], -i))
            role, confidence = self.model.labels[label], float(row[label])
            if pair.rule:
                role, confidence = pair.rule, RULE
            elif 1 - row[none] < self.threshold or not fits(role, pair.entity_type):
                continue
            doc._.roles.append(
                {
                    "event": pair.event,
                    "role": role,
                    "entity": pair.entity,
                    "sentence": pair.sentence,
                    "confidence": round(confidence, 4),
                }
            )
        doc._.roles += list(_affiliations(doc))
        return doc


def _affiliations(doc: Doc) -> Iterator[dict[str, Any]]:
    """The union, party or association whose officer takes part in a protest takes part in it too."""
    types = {m.id_: m.label_ for m in doc.spans[mentions.KEY]}
    protests = {t.id_ for t in doc.spans[triggers.KEY] if t.label_ in PROTEST_EVENTS}
    taken = {(r["event"], r["entity"]) for r in doc._.roles}
    for row in list(doc._.roles):
        if row["role"] == PARTICIPANTS and row["event"] in protests:
            for position in doc._.positions or []:
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
    return (role == "places") == (entity_type == "Place")


@dataclass(frozen=True, slots=True)
class Pair:
    """An event and an entity, and what speaks for a role between them."""

    event: str
    entity: str
    entity_type: str
    sentence: tuple[int, int]
    rule: str | None
    features: list[str]


def candidates(doc: Doc, words: RoleWords) -> Iterator[Pair]:
    """Every event with every entity of the doc, in the order of their ids."""
    sentences = Sentences.of(doc)
    events: dict[str, list[Span]] = defaultdict(list)
    for trigger in doc.spans[triggers.KEY]:
        events[trigger.id_].append(trigger)
    entities: dict[str, list[Span]] = defaultdict(list)
    for mention in doc.spans[mentions.KEY]:
        entities[mention.id_].append(mention)
    ranks = {
        e: sum(len(s) > len(spans) for s in entities.values() if s[0].label_ == spans[0].label_)
        for e, spans in entities.items()
    }
    protests = {e: ts for e, ts in events.items() if ts[0].label_ in PROTEST_EVENTS}
    main = max(protests, key=lambda e: len(protests[e]), default=None)
    naming = frozenset(sentences.number[t.start] for ts in protests.values() for t in ts)
    for n, (event, named) in enumerate(events.items()):
        described = _Event(event, named, n, event == main, naming)
        for entity, spans in _near(described, entities, sentences):
            yield _pair(sentences, words, described, entity, spans, ranks[entity])


@dataclass(frozen=True, slots=True)
class _Event:
    """An event with its triggers; `order` counts the events of the article.

    `main` says that it is the protest that the article names most; `sentences` name any protest.
    """

    id: str
    triggers: list[Span]
    order: int
    main: bool
    sentences: frozenset[int]


def _near(
    event: _Event, entities: dict[str, list[Span]], sentences: Sentences
) -> Iterator[tuple[str, list[Span]]]:
    """The entities that an event may have: all in an article of usual length, else those named around it."""
    everything = len(sentences.bounds) <= USUAL
    here = {sentences.number[t.start] for t in event.triggers}
    around = {n + shift for n in here for shift in range(-FAR, FAR + 1)}
    for entity, spans in entities.items():
        if everything or any(sentences.number[m.start] in around for m in spans):
            yield entity, spans


def _pair(
    sentences: Sentences, words: RoleWords, event: _Event, entity: str, spans: list[Span], rank: int
) -> Pair:
    named = event.triggers
    event_type, entity_type = named[0].label_, spans[0].label_
    family = "protest" if event_type in PROTEST_EVENTS else "context"
    actor = ACTORS.get(entity_type, "organization")
    number = sentences.number
    trigger, mention = min(
        ((t, m) for t in named for m in spans),
        key=lambda tm: (
            abs(number[tm[0].start] - number[tm[1].start]) * FAR_APART + abs(tm[0].root.i - tm[1].root.i),
            tm[0].start,
            tm[1].start,
        ),
    )
    apart = abs(number[trigger.start] - number[mention.start])
    near = str(apart) if apart < FAR else "far"
    kinds = (f"{event_type}~{entity_type}", f"{family}~{actor}", f"{event_type}~{actor}")
    facts = [
        f"near={near}",
        f"rank={min(rank, 3)}",
        f"rank={min(rank, 3)}&near={near}",
        f"first-event={event.order == 0}",
        f"named={min(len(spans), 3)}&near={near}",
        f"in-title={number[spans[0].start] == 0}&near={near}",
        f"before={mention.start < trigger.start}&near={near}",
    ]
    if entity_type == "Group":
        lemma = spans[0].root.lemma_.lower()
        facts += [f"group={lemma}", f"group={lemma}&near={near}"]
        facts += [f"members={words.families.get(lemma)}", f"members={words.families.get(lemma)}&near={near}"]
    if entity_type == "Place":
        facts.append(f"gazetteer={gazetteer.kind(spans[0].text)}&near={near}")
    rule = None
    if apart == 0:
        facts += _in_sentence(trigger, mention, words)
        together = [(t, m) for t in named for m in spans if number[t.start] == number[m.start]]
        facts += [f"a-path={edges(p)}" for t, m in together[:MOST] if (p := path(t.root, m.root))]
        facts += {hint for t, m in together[:MOST] for hint in _hints(t, m, words)}
    if family == "protest" and actor == "place":
        rule = PLACES if _is_where(event, spans, number) else None
    elif family == "protest":
        rule = _rule(event, spans, number, words)
    bounds = sentences.bounds[number[mention.start]]
    out = [f"{kind}&{fact}" for fact in facts for kind in kinds] + list(kinds)
    return Pair(event.id, entity, entity_type, bounds, rule, sorted(set(out)))


def _rule(event: _Event, spans: list[Span], number: list[int], words: RoleWords) -> str | None:
    """The role that syntax alone decides.

    Who organises an event ("staged …", "… called by"), stays away from it, is asked for something by it,
    or is said to be present where only the article's main protest can be meant.
    """
    for mention in spans:
        verbs = acts(mention.root)
        here = number[mention.start]
        beside = [t for t in event.triggers if number[t.start] == here]
        for trigger in beside:
            done = [v for v in verbs if undergoes(trigger.root, v) and ORGANIZE in words.of(v)]
            if done:
                crowd = mention.label_ == "Group" and any(JOIN in words.of(v) for v in done)
                return PARTICIPANTS if crowd else ORGANIZERS
            if any(JOIN in words.of(v) and undergoes(mention.root, v) for v in acts(trigger.root)):
                return PARTICIPANTS  # "the march drew activists"
            if _is_asked(mention.root, trigger.root, words):
                return TARGETS
        near = beside or [t for t in event.triggers if abs(number[t.start] - here) == 1]
        meant = not beside or any(undergoes(t.root, verbs[0]) for t in beside) if verbs else False
        if near and meant and words.absence(verbs[0]):
            return ABSENT
        if event.main and here not in event.sentences and any(words.presence(v) for v in verbs):
            return PARTICIPANTS
    return None


def _is_where(event: _Event, spans: list[Span], number: list[int]) -> bool:
    """Whether a place stands behind a preposition of the event or of the event's verb."""
    for mention in spans:
        place = mention.root
        beside = [t.root for t in event.triggers if number[t.start] == number[mention.start]]
        if place.dep_ == "pobj" and any(undergoes(place, v) for t in beside for v in (t, *acts(t))):
            return True
    return False


def _is_asked(actor: Token, event: Token, words: RoleWords) -> bool:
    """Whether a protest demands something of an actor: "protested to demand that the government …"."""
    clause = actor.head
    if actor.dep_ == "nsubj" and clause.dep_ in {"ccomp", "xcomp"}:
        verb = clause.head
    elif undergoes(actor, clause):
        verb = clause
    else:
        return False
    if "ask" not in words.of(verb):
        return False
    return (
        event.i == verb.i
        or any(v.i == event.i for v in (verb.head, verb.head.head))
        or undergoes(event, verb.head)
    )


def _hints(trigger: Span, mention: Span, words: RoleWords) -> Iterator[str]:
    """What the clause says of the pair, by class of verb rather than by word."""
    event, actor = trigger.root, mention.root
    actor_verbs, event_verbs = acts(actor), acts(event)
    if any(v.i == event.i for v in actor_verbs):
        yield "hint=does"
    for verb in actor_verbs:
        if undergoes(event, verb):
            yield "hint=subject"
            yield from (f"hint=subject&{c}" for c in words.of(verb))
    for verb in event_verbs:
        if undergoes(actor, verb):
            yield "hint=object"
            yield from (f"hint=object&{c}" for c in words.of(verb))
            if mention.label_ == "Place":
                yield f"hint=where&{actor.head.lower_}"
    asked = actor.head
    if actor.dep_ == "nsubj" and asked.dep_ in {"ccomp", "xcomp"} and "ask" in words.of(asked.head):
        yield "hint=asked"
    if undergoes(actor, actor.head) and "ask" in words.of(actor.head):
        yield "hint=asked"
    if undergoes(actor, event):
        yield "hint=undergoes"


def _in_sentence(trigger: Span, mention: Span, words: RoleWords) -> list[str]:
    """What the sentence that names both says of them."""
    a, b = trigger.root, mention.root
    side = "left" if b.i < a.i else "right"
    gap = abs(a.i - b.i)
    reach = "1" if gap <= 2 else "2" if gap <= 5 else "3" if gap <= 12 else "4"
    pos = "verb" if a.pos_ in {"VERB", "AUX"} else "noun"
    verb, other = clause_verb(a), clause_verb(b)
    out = [
        f"side={side}",
        f"side={side}&reach={reach}",
        f"side={side}&{pos}&{b.dep_}",
        f"trigger={a.lemma_.lower()}&{b.dep_}&{side}",
        f"verb={other.lemma_.lower()}&{b.dep_}",
        f"same-clause={verb.i == other.i}&{b.dep_}",
    ]
    prep = _preposition(b)
    if prep:
        out += [f"prep={prep}", f"prep={prep}&side={side}&{pos}"]
    found = path(a, b)
    between = found[1:-1] if found else []
    if found:
        passive = any(c.dep_ == "auxpass" for c in a.children)
        out += [
            f"path={edges(found)}&{pos}",
            f"path={edges(found)}&passive={passive}",
            f"length={len(found)}",
        ]
        out.append(f"words={'.'.join(t.lemma_.lower() for t in between)}")
        out += [f"on-path={t.lemma_.lower()}&{side}" for t in between]
    else:
        out.append(f"no-path&{side}")
    said = {c: t for t in (*between, other, verb) for c in words.classes.get(t.lemma_.lower(), ())}
    for name, token in said.items():
        voice = "passive" if token.tag_ == "VBN" else "active"
        out += [f"says={name}&{side}&{voice}", f"says={name}&{b.dep_}&{voice}", f"says={name}&{side}&{reach}"]
    low, high = sorted((a.i, b.i))
    out += [
        f"between={t.lemma_.lower()}&{side}" for t in trigger.doc[low + 1 : high] if t.pos_ in {"VERB", "ADP"}
    ][:6]
    return out


def _preposition(token: Token) -> str | None:
    """The preposition that governs a token, through what it is joined to."""
    for _ in range(3):
        head = token.head
        if token.dep_ in {"pobj", "obl", "nmod"} or head.pos_ == "ADP":
            return (
                head.lemma_.lower()
                if head.pos_ == "ADP"
                else next((c.lower_ for c in token.children if c.dep_ == "case"), None)
            )
        if token.dep_ not in {"conj", "appos", "compound", "poss"}:
            return None
        token = head
    return None


def role_words(lang: str) -> RoleWords:
    """The words of a language's lexicons `roles` and `groups`."""
    source, groups = lexicon(lang, NAME), lexicon(lang, "groups")
    classes: dict[str, list[str]] = {}
    for name in ("organize", "join", "avoid", "oppose", "ask"):
        for word in source.word_list(name):
            classes.setdefault(word, []).append(name)
    families = {w: f for f in groups.sections() for w in groups.word_list(f, "nouns")}
    return RoleWords(
        {w: tuple(c) for w, c in classes.items()}, source.words("attend"), source.words("present"), families
    )


@Language.factory("kg_roles", assigns=["doc._.roles"], requires=["doc.spans", "token.dep", "doc._.positions"])
def _create(nlp: Language, name: str) -> Roles:
    return Roles(role_words(nlp.meta["lang"]), load(nlp.lang, NAME))
