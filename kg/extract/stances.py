"""`kg_stances`: who supports or opposes whom or what, outright, `doc._.stances`.

Candidates are the subject of a clause with each entity and event under its verb, where the verb, its object
or its predicate is a word of the lexicon `stances`; the model `stances` says of each whether it is a stance
and of which polarity.
A row is `{"holder", "target", "polarity", "sentence", "confidence"}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import triggers
from kg.annotate.reference import References
from kg.annotate.syntax import VERBS, edges, path
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "stances"
NONE = "-"
NEAR = 5  # tokens
JUDGING = {"dobj", "obj", "attr", "acomp", "oprd"}  # what may carry the judgement of a verb

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody, something they may support or oppose, and the words that may say so.

    `cues` are pairs of a token and its polarity; `verb` is what the holder is subject of.
    """

    holder: str
    target: str
    kind: str
    verb: Token
    at: Token
    cues: tuple[tuple[Token, str], ...]


class Stances:
    """Doc → Doc. `words` gives lemmas a polarity; `threshold` is the least probability of being a stance."""

    def __init__(self, words: dict[str, str], model: Model, threshold: float = 0.15) -> None:
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
                sent = candidate.verb.sent
                doc._.stances.append(
                    {
                        "holder": candidate.holder,
                        "target": candidate.target,
                        "polarity": labels[best],
                        "sentence": (sent.start, sent.end),
                        "confidence": round(float(1 - row[none]), 4),
                    }
                )
        return doc


def candidates(doc: Doc, words: dict[str, str]) -> Iterator[Candidate]:
    """Every holder and target of the verbs that are, or have as object or predicate, a word of stance."""
    references = References(doc)
    events = {t.i: s for s in doc.spans[triggers.KEY] for t in s}
    for verb in (t for t in doc if t.pos_ in VERBS):
        said = (verb, *(c for c in verb.children if c.dep_ in JUDGING))
        cues = tuple((t, words[t.lemma_.lower()]) for t in said if t.lemma_.lower() in words)
        if not cues:
            continue
        holder = _holder(verb, references) or references.speaker(verb)
        owner = next((c for t, _ in cues for c in t.children if c.dep_ == "poss"), None)
        if owner is not None and verb.i not in (t.i for t, _ in cues):
            holder = references.entity(owner) or holder  # "has my full support"
        if holder is not None:
            for target, kind, at in _targets(verb, holder, references, events):
                yield Candidate(holder, target, kind, verb, at, cues)


def _holder(verb: Token, references: References) -> str | None:
    """The entity that a verb's own subject names, or the agent of its passive."""
    passive = any(c.dep_ in {"auxpass", "aux:pass"} for c in verb.children)
    for child in verb.children:
        if child.dep_ == "agent":
            return next((e for g in child.children if (e := references.entity(g))), None)
        if child.dep_ == "nsubj" and not passive:
            return references.entity(child)
    return None


def _targets(
    verb: Token, holder: str, references: References, events: dict[int, Span]
) -> Iterator[tuple[str, str, Token]]:
    """Id, kind and token of each event and entity under a verb."""
    seen = {holder}
    for token in verb.subtree:
        mention = references.at.get(token.i)
        if token.i in events and token.i != verb.i:
            target, kind = events[token.i].id_, f"event:{events[token.i].label_}"
        elif mention is not None and mention.root.i == token.i and mention.label_ != "Place":
            target, kind = mention.id_, f"entity:{mention.label_}"
        else:
            continue
        if target not in seen:
            seen.add(target)
            yield target, kind, token


def features(candidate: Candidate) -> list[str]:
    """The named features of a candidate."""
    verb, at, kind = candidate.verb, candidate.at, candidate.kind
    family = kind.split(":")[0]
    found = path(verb, at) or []
    labels = edges(found)
    out = [
        f"kind={kind}",
        f"verb={verb.lemma_.lower()}",
        f"verb={verb.lemma_.lower()}&{family}",
        f"path={labels}&{family}",
        f"length={len(found)}&{family}",
        f"cues={min(len(candidate.cues), 3)}",
    ]
    out += [f"on-path={t.lemma_.lower()}" for t in found[1:-1]]
    on_path = {t.i for t in found[1:]}
    for token, polarity in candidate.cues:
        near = "near" if abs(token.i - at.i) < NEAR else "else"
        where = "verb" if token.i == verb.i else "path" if token.i in on_path else near
        out += [
            f"cue={token.lemma_.lower()}&{where}",
            f"{polarity}&{where}",
            f"{polarity}&{where}&{family}",
            f"{polarity}&{where}&{kind}",
            f"{polarity}&{where}&{labels}",
        ]
    out += [f"{c.dep_}={c.lower_}" for c in verb.children if c.dep_ in {"neg", "aux"}]
    return sorted(set(out))


def stance_words(lang: str) -> dict[str, str]:
    """The lemmas of a language's lexicon `stances` with their polarity."""
    source = lexicon(lang, NAME)
    return {
        w: p for kind in source.sections() for p in ("support", "oppose") for w in source.word_list(kind, p)
    }


@Language.factory("kg_stances", assigns=["doc._.stances"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Stances:
    return Stances(stance_words(nlp.meta["lang"]), load(nlp.lang, NAME))
