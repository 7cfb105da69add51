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

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import gazetteer, mentions, triggers
from kg.annotate.syntax import Sentences, clause_verb, edges, path
from kg.facts import PROTEST_EVENTS
from kg.model import Model, load

NAME = "roles"
NONE = "-"
FAR = 3  # sentences

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


class Roles:
    """Doc → Doc. `threshold` is the least probability of having a role."""

    def __init__(self, model: Model, threshold: float = 0.4) -> None:
        self.model, self.threshold = model, threshold

    def __call__(self, doc: Doc) -> Doc:
        pairs = list(candidates(doc))
        doc._.roles = []
        if pairs:
            rows = self.model.probabilities([p.features for p in pairs])
            none = self.model.labels.index(NONE)
            for pair, row in zip(pairs, rows, strict=True):
                label = max((i for i in range(len(row)) if i != none), key=lambda i: (row[i], -i))
                role = self.model.labels[label]
                if 1 - row[none] >= self.threshold and fits(role, pair.entity_type):
                    doc._.roles.append(
                        {"event": pair.event, "role": role, "entity": pair.entity, "sentence": pair.sentence,
                         "confidence": round(float(row[label]), 4)}
                    )  # fmt: skip
        return doc


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
    features: list[str]


def candidates(doc: Doc) -> Iterator[Pair]:
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
    for n, (event, named) in enumerate(events.items()):
        for entity, spans in entities.items():
            yield _pair(doc, sentences, n, event, named, entity, spans, ranks[entity])


def _pair(
    doc: Doc,
    sentences: Sentences,
    order: int,
    event: str,
    named: list[Span],
    entity: str,
    spans: list[Span],
    rank: int,
) -> Pair:
    event_type, entity_type = named[0].label_, spans[0].label_
    family = "protest" if event_type in PROTEST_EVENTS else "context"
    both = f"{event_type}~{entity_type}"
    at = [sentences.number[t.start] for t in named]
    where = [sentences.number[m.start] for m in spans]
    distance = min(abs(a - b) for a in at for b in where)
    near = str(distance) if distance < FAR else "far"
    out = [f"types={both}", f"types={both}&near={near}", f"family={family}~{entity_type}&near={near}", f"rank={min(rank, 3)}~{entity_type}",
           f"rank={min(rank, 3)}&types={both}", f"first-event={order == 0}&types={both}", f"named={min(len(spans), 3)}&near={near}&{family}~{entity_type}",
           f"in-title={where[0] == 0}&near={near}&{family}~{entity_type}"]  # fmt: skip
    if entity_type == "Group":
        out += [
            f"group={spans[0].root.lemma_.lower()}&{event_type}",
            f"group={spans[0].root.lemma_.lower()}&{event_type}&near={near}",
        ]
    if entity_type == "Place":
        out.append(f"gazetteer={gazetteer.kind(spans[0].text)}&near={near}&{family}")
    together = [
        (t, m) for t in named for m in spans if sentences.number[t.start] == sentences.number[m.start]
    ]
    sentence = sentences.bounds[at[0]]
    if together:
        trigger, mention = min(
            together, key=lambda tm: (abs(tm[0].root.i - tm[1].root.i), tm[0].start, tm[1].start)
        )
        sentence = sentences.bounds[sentences.number[trigger.start]]
        out += _in_sentence(doc, trigger, mention, family, event_type, entity_type)
        for t, m in together[:6]:
            found = path(t.root, m.root)
            if found:
                out.append(f"a-path={edges(found)}&{family}~{entity_type}")
    else:
        closest = min((abs(a - b), b, a) for a in at for b in where)
        sentence = sentences.bounds[closest[1]]
        out.append(f"before={closest[1] < closest[2]}&near={near}&types={both}")
    return Pair(event, entity, entity_type, sentence, sorted(set(out)))


def _in_sentence(
    doc: Doc, trigger: Span, mention: Span, family: str, event_type: str, entity_type: str
) -> list[str]:
    a, b = trigger.root, mention.root
    side = "left" if b.i < a.i else "right"
    gap = abs(a.i - b.i)
    reach = "1" if gap <= 2 else "2" if gap <= 5 else "3" if gap <= 12 else "4"
    kinds = f"{family}~{entity_type}"
    pos = "verb" if a.pos_ in {"VERB", "AUX"} else "noun"
    out = [
        f"side={side}&reach={reach}&{kinds}",
        f"side={side}&{event_type}~{entity_type}",
        f"side={side}&{pos}&{kinds}&{b.dep_}",
    ]
    prep = _preposition(b)
    if prep:
        out += [
            f"prep={prep}&{kinds}",
            f"prep={prep}&{event_type}~{entity_type}",
            f"prep={prep}&side={side}&{pos}&{kinds}",
        ]
    found = path(a, b)
    if found:
        labels = edges(found)
        words = ".".join(t.lemma_.lower() for t in found[1:-1])
        out += [
            f"path={labels}&{kinds}",
            f"path={labels}&{event_type}",
            f"path={labels}&{pos}&{entity_type}",
            f"words={words}&{kinds}",
            f"words={words}&{labels}",
        ]
        out += [f"on-path={t.lemma_.lower()}&{side}&{kinds}" for t in found[1:-1]]
        out += [f"passive={any(c.dep_ == 'auxpass' for c in a.children)}&path={labels}&{pos}&{family}"]
    else:
        out.append(f"no-path&{side}&{kinds}")
    verb, other = clause_verb(a), clause_verb(b)
    out += [
        f"verb={other.lemma_.lower()}&{b.dep_}&{kinds}",
        f"same-clause={verb.i == other.i}&{b.dep_}&{kinds}",
    ]
    out.append(f"trigger={a.lemma_.lower()}&{b.dep_}&{side}&{entity_type}")
    between = sorted((a.i, b.i))
    out += [
        f"between={t.lemma_.lower()}&{side}&{kinds}"
        for t in doc[between[0] + 1 : between[1]]
        if t.pos_ in {"VERB", "ADP"}
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


@Language.factory("kg_roles", assigns=["doc._.roles"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Roles:
    return Roles(load(nlp.lang, NAME))
