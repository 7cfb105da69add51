"""`kg_stances`: who supports or opposes whom or what, outright, `doc._.stances`.

Candidates are a subject of a verb of the lexicon `stances` with an entity or event in its object; the model
`stances` says of each whether it is a stance and of which polarity.
A row is `{"holder", "target", "polarity", "sentence", "confidence"}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import triggers
from kg.annotate.reference import References
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "stances"
NONE = "-"
SUBJECTS = {"nsubj", "nsubjpass", "agent", "nsubj:pass"}

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


@dataclass(frozen=True, slots=True)
class StanceWords:
    """Verb or noun → polarity; a verb with a particle is written `side_with`."""

    verbs: dict[str, str]
    nouns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody, something they may support or oppose, and the word that says so."""

    holder: str
    target: str
    kind: str
    polarity: str
    cue: Token
    at: Token


class Stances:
    """Doc → Doc. `threshold` is the least probability of being a stance."""

    def __init__(self, words: StanceWords, model: Model, threshold: float = 0.35) -> None:
        self.words, self.model, self.threshold = words, model, threshold

    def __call__(self, doc: Doc) -> Doc:
        doc._.stances = []
        found = list(candidates(doc, self.words))
        if not found:
            return doc
        rows = self.model.probabilities([features(c) for c in found])
        labels = self.model.labels
        none = labels.index(NONE)
        seen: set[tuple[str, str]] = set()
        for candidate, row in zip(found, rows, strict=True):
            pair = candidate.holder, candidate.target
            if 1 - row[none] >= self.threshold and pair not in seen:
                seen.add(pair)
                best = max((i for i in range(len(labels)) if i != none), key=lambda i: (row[i], -i))
                sent = candidate.cue.sent
                doc._.stances.append(
                    {"holder": candidate.holder, "target": candidate.target, "polarity": labels[best],
                     "sentence": (sent.start, sent.end), "confidence": round(float(1 - row[none]), 4)}
                )  # fmt: skip
        return doc


def candidates(doc: Doc, words: StanceWords) -> Iterator[Candidate]:
    """What may be a stance, in text order of the cues."""
    references = References(doc)
    events = {t.i: s for s in doc.spans[triggers.KEY] for t in s}
    for token in doc:
        lemma = token.lemma_.lower()
        if token.pos_ in {"VERB", "AUX"}:
            holder = _holder(token, references)
            if holder is None:
                continue
            for child in token.children:
                if child.i > token.i and child.dep_ in {"dobj", "obj", "pobj", "ccomp", "xcomp"} and lemma in words.verbs:
                    yield from _targets(child, token, holder, words.verbs[lemma], references, events)
                if child.pos_ in {"ADP"} and f"{lemma}_{child.lower_}" in words.verbs:
                    yield from _targets(child, token, holder, words.verbs[f"{lemma}_{child.lower_}"], references, events)
                if child.dep_ in {"dobj", "obj", "attr"} and child.lemma_.lower() in words.nouns:
                    yield from _targets(child, child, holder, words.nouns[child.lemma_.lower()], references, events)


def _holder(verb: Token, references: References) -> str | None:
    for _ in range(3):
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                if child.dep_ == "agent":
                    return next((e for g in child.children if (e := references.entity(g))), None)
                return None if any(c.dep_ == "auxpass" for c in verb.children) else references.entity(child)
        if verb.dep_ not in {"conj", "advcl", "xcomp"} or verb.head is verb:
            return None
        verb = verb.head
    return None


def _targets(root: Token, cue: Token, holder: str, polarity: str, references: References, events: dict[int, Span]) -> Iterator[Candidate]:
    """The nearest event and the nearest entity under the object of a cue."""
    seen: set[str] = set()
    for token in sorted(root.subtree, key=lambda t: (_depth(t, root), t.i)):
        if token.i == cue.i:
            continue
        if token.i in events and "event" not in seen:
            seen.add("event")
            yield Candidate(holder, events[token.i].id_, f"event:{events[token.i].label_}", polarity, cue, token)
        mention = references.at.get(token.i)
        if mention is not None and mention.id_ != holder and "entity" not in seen and mention.label_ != "Place":
            seen.add("entity")
            yield Candidate(holder, mention.id_, f"entity:{mention.label_}", polarity, cue, token)


def _depth(token: Token, root: Token) -> int:
    depth = 0
    while token.i != root.i and token.head.i != token.i:
        token, depth = token.head, depth + 1
    return depth


def features(candidate: Candidate) -> list[str]:
    """The named features of a candidate."""
    cue, at, kind = candidate.cue, candidate.at, candidate.kind
    depth = 0
    token = at
    while token.i != cue.i and token.head.i != token.i:
        token, depth = token.head, depth + 1
    polarity = candidate.polarity
    out = [f"cue={cue.lemma_.lower()}", f"cue={cue.lemma_.lower()}&{kind}", f"polarity={polarity}", f"kind={kind}", f"kind={kind}&{polarity}", f"depth={min(depth, 4)}",
           f"depth={min(depth, 4)}&{kind[:6]}&{polarity}", f"dep={at.dep_}&{polarity}", f"tag={cue.tag_}"]  # fmt: skip
    out += [f"{c.dep_}={c.lower_}" for c in cue.children if c.dep_ in {"aux", "neg", "mark", "auxpass"}]
    return sorted(set(out))


def stance_words(lang: str) -> StanceWords:
    """The lexicon `stances` of a language."""
    source = lexicon(lang, NAME)
    return StanceWords(*({w: p for p in ("support", "oppose") for w in source.word_list(k, p)} for k in ("verbs", "nouns")))


@Language.factory("kg_stances", assigns=["doc._.stances"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Stances:
    return Stances(stance_words(nlp.lang), load(nlp.lang, NAME))
