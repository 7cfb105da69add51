"""`kg_demands`: what the protesters ask for or protest against, `doc._.demands`.

Candidates are the objects of verbs of demanding ("called for …", "denounced …") and what follows an event
word behind "for", "against", "over" and the like, each conjunct by itself. The model `demands` says of each
whether it is a demand and of which polarity; `attachments` which event it belongs to.
A row is `{"event", "polarity", "text": (start, end), "sentence", "confidence"}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import mentions, quotes, triggers
from kg.annotate.syntax import VERBS, acts
from kg.extract.attachment import NAME as ATTACHMENTS
from kg.extract.attachment import Events
from kg.facts import PROTEST_EVENTS
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "demands"
NONE = "-"
FOR, AGAINST = "for", "against"
ACTIVE = {"organizers", "participants"}
OBJECTS = {"dobj", "obj", "xcomp", "ccomp", "obl:arg"}
LONGEST = 22  # tokens

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


@dataclass(frozen=True, slots=True)
class DemandWords:
    """Verb, preposition or noun → polarity; a verb with a particle is written `call_for`."""

    verbs: dict[str, str]
    prepositions: dict[str, str]
    nouns: dict[str, str]
    requests: frozenset[str]
    causes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may say a demand, the cue before them and the polarity that the cue suggests."""

    span: Span
    cue: Token
    words: str
    polarity: str


class Demands:
    """Doc → Doc. `threshold` is the least probability of being a demand."""

    def __init__(self, words: DemandWords, model: Model, attachments: Model, threshold: float = 0.3) -> None:
        self.words, self.model, self.attachments, self.threshold = words, model, attachments, threshold

    def __call__(self, doc: Doc) -> Doc:
        doc._.demands = []
        found = list(candidates(doc, self.words))
        events = Events(doc)
        protests = events.of_types(PROTEST_EVENTS)
        if not found or not protests:
            return doc
        context = Context.of(doc)
        rows = self.model.probabilities([features(c, context) for c in found])
        labels = self.model.labels
        none = labels.index(NONE)
        seen: set[str] = set()
        for candidate, row in zip(found, rows, strict=True):
            text = candidate.span.text.lower()
            if 1 - row[none] < self.threshold or any(text in other for other in seen):
                continue
            seen.add(text)
            polarity = labels[max((i for i in range(len(labels)) if i != none), key=lambda i: (row[i], -i))]
            best = events.best(candidate.span, "demand", self.attachments, protests)
            if best is not None:
                sent = candidate.span.sent
                doc._.demands.append(
                    {
                        "event": best[0],
                        "polarity": polarity,
                        "text": (candidate.span.start, candidate.span.end),
                        "sentence": (sent.start, sent.end),
                        "confidence": round(float(1 - row[none]), 4),
                    }
                )
        return doc


@dataclass(frozen=True, slots=True)
class Context:
    """The event and mention type of a token, the quoted tokens, and the tokens that name protesters."""

    trigger: dict[int, str]
    mention: dict[int, str]
    quoted: frozenset[int]
    protesters: frozenset[int]

    @classmethod
    def of(cls, doc: Doc) -> Context:
        """The context of a doc that has triggers, mentions, quotes and roles."""
        protests = {t.id_ for t in doc.spans[triggers.KEY] if t.label_ in PROTEST_EVENTS}
        active = {r["entity"] for r in doc._.roles if r["role"] in ACTIVE and r["event"] in protests}
        return cls(
            {t.i: s.label_ for s in doc.spans[triggers.KEY] for t in s},
            {t.i: s.label_ for s in doc.spans[mentions.KEY] for t in s},
            frozenset(t.i for s in doc.spans[quotes.KEY] for t in s),
            frozenset(t.i for s in doc.spans[mentions.KEY] if s.id_ in active for t in s),
        )


def candidates(doc: Doc, words: DemandWords) -> Iterator[Candidate]:
    """What may be a demand, in text order of the cues."""
    named = {t.i for s in doc.spans[triggers.KEY] for t in s}
    mentioned = {t.i for s in doc.spans[mentions.KEY] for t in s}
    for token in doc:
        lemma = token.lemma_.lower()
        if token.pos_ in VERBS:
            yield from _of_verb(token, lemma, words)
        if token.i in named:
            yield from _of_event(token, words, named | mentioned)
        if token.i in named or lemma in words.nouns:
            yield from _behind_prepositions(token, token, words)


def _of_verb(verb: Token, lemma: str, words: DemandWords) -> Iterator[Candidate]:
    """Objects, infinitives and prepositional objects of verbs of demanding."""
    asks = lemma in words.requests
    for child in verb.children:
        if child.i <= verb.i:
            continue
        if child.dep_ in OBJECTS and lemma in words.verbs:
            yield from _conjuncts(child, verb, lemma, words.verbs[lemma])
        if child.pos_ in {"ADP", "PART"}:
            key = f"{lemma}_{child.lower_}"
            yield from _behind(child, verb, key, words.verbs)
            asks = asks or key in words.requests
    if asks:
        for child in verb.children:
            if child.i > verb.i and child.dep_ in {"xcomp", "ccomp", "advcl"} and child.pos_ in VERBS:
                yield from _conjuncts(child, verb, f"{lemma}_to", FOR)


def _of_event(trigger: Token, words: DemandWords, taken: set[int]) -> Iterator[Candidate]:
    """What set off an event, what its verb is about, and what stands before it ("fuel tax protests")."""
    verb = trigger.head
    if trigger.dep_ in {"dobj", "obj"} and verb.lemma_.lower() in words.causes:
        for child in verb.children:
            if child.dep_ == "nsubj":
                yield from _conjuncts(child, trigger, f"subject_{verb.lemma_.lower()}", AGAINST)
    for verb in acts(trigger):
        yield from _behind_prepositions(verb, trigger, words)
    modifiers = [
        c for c in trigger.children if c.dep_ in {"compound", "amod"} and c.i < trigger.i and c.i not in taken
    ]
    if any(c.pos_ == "NOUN" for c in modifiers):
        start = min(c.left_edge.i for c in modifiers)
        yield Candidate(trigger.doc[start : trigger.i], trigger, "modifier", AGAINST)


def _behind_prepositions(governor: Token, cue: Token, words: DemandWords) -> Iterator[Candidate]:
    """What follows a governor behind a preposition of one or three words."""
    doc = governor.doc
    for child in governor.children:
        if child.i > governor.i and child.pos_ in {"ADP", "SCONJ", "VERB"}:
            yield from _behind(child, cue, child.lower_, words.prepositions)
            phrase = doc[child.i : child.i + 3].text.lower()
            if phrase in words.prepositions and child.i + 2 < len(doc):
                yield from _behind(doc[child.i + 2], cue, phrase, words.prepositions)


def _behind(prep: Token, cue: Token, words: str, polarities: dict[str, str]) -> Iterator[Candidate]:
    if words in polarities:
        for child in prep.children:
            if child.i > prep.i and child.dep_ in {"pobj", "pcomp", "obj", "dobj"}:
                yield from _conjuncts(child, cue, words, polarities[words])


def _conjuncts(head: Token, cue: Token, words: str, polarity: str) -> Iterator[Candidate]:
    for part in (head, *head.conjuncts):
        if part.i >= head.i:
            inside = [
                t.i for c in part.children if c.dep_ in {"conj", "cc"} and c.i > part.i for t in c.subtree
            ]
            tokens = sorted({t.i for t in part.subtree} - set(inside) - {cue.i} | _purpose(part))
            span = _phrase(part, tokens)
            if span is not None:
                yield Candidate(span, cue, words, polarity)


def _purpose(head: Token) -> set[int]:
    """The infinitive right behind a noun ("a law to …"), which the parser may hang on the verb above it."""
    edge = head.right_edge.i + 1
    above = [c for t in (head.head, head.head.head) for c in t.children]
    return {t.i for c in above if c.dep_ in {"advcl", "xcomp"} and c.left_edge.i == edge for t in c.subtree}


def _phrase(head: Token, tokens: list[int]) -> Span | None:
    """The run of tokens around the head, cut at a relative clause, a semicolon or the length limit."""
    doc = head.doc
    start = end = head.i
    known = set(tokens)
    while start - 1 in known:
        start -= 1
    while end + 1 in known and end - start < LONGEST and doc[end + 1].text not in {";", ":", "—", "–"}:
        if (
            doc[end + 1].text == ","
            and doc[end + 1].head.i == head.i
            and end + 2 in known
            and doc[end + 2].dep_ in {"relcl", "advcl", "nsubj"}
        ):
            break
        end += 1
    while start <= end and (doc[start].is_space or doc[start].is_punct):
        start += 1
    while end >= start and (doc[end].is_space or doc[end].is_punct):
        end -= 1
    return doc[start : end + 1] if end >= start else None


def features(candidate: Candidate, context: Context) -> list[str]:
    """The named features of a candidate."""
    span, cue, words, polarity = candidate.span, candidate.cue, candidate.words, candidate.polarity
    root = span.root
    kind = context.trigger.get(cue.i, "-")
    out = [
        f"cue={words}",
        f"polarity={polarity}",
        f"cue={words}&trigger={kind}",
        f"cue={cue.lemma_.lower()}_{words}",
        f"trigger={kind}&{polarity}",
        f"head={root.lemma_.lower()}",
        f"head={root.lemma_.lower()}&{polarity}",
        f"pos={root.pos_}&{polarity}",
        f"pos={root.pos_}&{words}",
        f"length={min(len(span) // 3, 5)}",
        f"length={min(len(span) // 3, 5)}&{polarity}",
        f"cue-tag={cue.tag_}",
        f"mention={context.mention.get(root.i, '-')}&{words}",
        f"mention={context.mention.get(root.i, '-')}&{polarity}",
        f"ent={root.ent_type_}",
        f"event={context.trigger.get(root.i, '-')}&{polarity}",
        f"quoted={cue.i in context.quoted}",
        f"first={span[0].lower_}",
        f"cue-dep={cue.dep_}",
    ]
    above = (cue.head, cue.head.head)
    hangs = any(t.i in context.trigger or any(c.i in context.trigger for c in t.children) for t in above)
    way = "event" if cue.i in context.trigger else "verb" if cue.pos_ in VERBS else "noun"
    out += [
        f"hangs-on-event={hangs}&{way}&{polarity}",
        f"way={way}&{polarity}",
        f"way={way}&{words.rpartition('_')[2]}",
    ]
    verb = cue
    for _ in range(3):
        if verb.pos_ in {"VERB", "AUX"} or verb.head is verb:
            break
        verb = verb.head
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None and verb.dep_ in {"acl", "xcomp", "advcl", "conj"}:
        subject = (
            verb.head
            if verb.dep_ == "acl"
            else next((c for c in verb.head.children if c.dep_ == "nsubj"), None)
        )
    if subject is not None:
        who = context.mention.get(subject.i, subject.pos_)
        out += [
            f"protesters={subject.i in context.protesters}&{polarity}",
            f"protesters={subject.i in context.protesters}&{words}",
        ]
        out += [
            f"subject={who}&{words}",
            f"subject={who}&{polarity}",
            f"subject={subject.lemma_.lower()}&{polarity}",
            f"subject={subject.lemma_.lower()}",
        ]
    near = {
        t for i, t in context.trigger.items() if span.sent.start <= i < span.sent.end and t in PROTEST_EVENTS
    }
    out += [f"sentence-protest={bool(near)}&{words}", f"sentence-protest={bool(near)}&{polarity}"]
    return sorted(set(out))


def demand_words(lang: str) -> DemandWords:
    """The lexicon `demands` of a language."""
    source = lexicon(lang, NAME)

    def polarities(kind: str) -> dict[str, str]:
        return {w: p for p in (FOR, AGAINST) for w in source.word_list(kind, p)}

    return DemandWords(
        polarities("verbs"),
        polarities("prepositions"),
        polarities("nouns"),
        source.words("requests"),
        source.words("causes"),
    )


@Language.factory("kg_demands", assigns=["doc._.demands"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Demands:
    return Demands(demand_words(nlp.meta["lang"]), load(nlp.lang, NAME), load(nlp.lang, ATTACHMENTS))
