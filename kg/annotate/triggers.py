"""`kg_triggers`: the words that name particular events, `doc.spans["triggers"]`, labelled with its type.

A trigger (ACE, RAMS) is the word by which a text names an event. Words of the lexicon `events` are
candidates; the model `triggers` gives each a probability per event type and for naming no particular event.
`attrs["confidence"]` of the span group holds the probability that each trigger names an event.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from kg.annotate import mentions, quotes
from kg.annotate.columns import Columns, columns
from kg.annotate.counted import CountWords, count_words, crowd_hosts
from kg.annotate.eventwords import EventWords
from kg.annotate.syntax import title_end
from kg.facts import PROTEST_EVENTS
from kg.model import Model, load

KEY = "triggers"
NONE = "-"
GATHERING = {*PROTEST_EVENTS, "Election"}  # what a counted crowd takes part in
PRESENCE = "presence"  # of a word that names no event but says that a crowd was there
CLAUSE = {
    "nsubj",
    "nsubjpass",
    "dobj",
    "obj",
    "agent",
    "prt",
    "attr",
    "neg",
    "aux",
    "auxpass",
    "oprd",
    "xcomp",
    "nsubj:pass",
    "obl:agent",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What features look up: the mention type of a token, the quoted tokens, the end of the title, and the
    tokens by which a counted crowd takes part."""

    mention_type: dict[int, str]
    quoted: frozenset[int]
    title_end: int
    hosts: frozenset[int]

    @classmethod
    def of(cls, doc: Doc, counting: CountWords) -> Context:
        """The context of a doc that has mentions, quotes and counted numbers."""
        types = {i: span.label_ for span in doc.spans[mentions.KEY] for i in range(span.start, span.end)}
        quoted = frozenset(i for span in doc.spans[quotes.KEY] for i in range(span.start, span.end))
        return cls(types, quoted, title_end(doc), frozenset(crowd_hosts(doc, counting)))


class Triggers:
    """Doc → Doc. `threshold` is the least probability of naming an event."""

    def __init__(self, counting: CountWords, model: Model, threshold: float = 0.3) -> None:
        self.counting, self.model, self.threshold = counting, model, threshold
        self.words = counting.events

    def __call__(self, doc: Doc) -> Doc:
        context = Context.of(doc, self.counting)
        spans = candidates(doc, self.words, context.hosts)
        kept: list[Span] = []
        confidence: list[float] = []
        if spans:
            rows = self.model.probabilities([features(s, self.words, context) for s in spans])
            labels = self.model.labels
            none = labels.index(NONE)
            types = [i for i in range(len(labels)) if i != none]
            crowded = [i for i in types if labels[i] in GATHERING]
            for span, row in zip(spans, rows, strict=True):
                if 1 - row[none] >= self.threshold:
                    among = crowded if span.root.i in context.hosts else types
                    best = max(among, key=lambda i: (row[i], -i))
                    kept.append(Span(doc, span.start, span.end, label=labels[best]))
                    confidence.append(round(float(1 - row[none]), 4))
        group = SpanGroup(doc, name=KEY, spans=kept)
        group.attrs["confidence"] = confidence
        doc.spans[KEY] = group
        return doc


def candidates(doc: Doc, words: EventWords, hosts: Collection[int]) -> list[Span]:
    """Words and phrases of the lexicon and `hosts` of crowds, in text order; a phrase swallows its words."""
    c = columns(doc)
    found: list[Span] = []
    end = 0
    for i in range(len(c)):
        length = 0 if i < end else words.phrase_at(c, i) or int(i in hosts or _is_event_word(c, i, words))
        if length:
            end = i + length
            found.append(doc[i:end])
    return found


def _is_event_word(c: Columns, i: int, words: EventWords) -> bool:
    lemma, pos = c.lemma[i], c.pos[i]
    if pos in {"NOUN", "PROPN", "ADJ"} and (lemma in words.nouns or c.lower[i] in words.nouns):
        return True
    return pos in {"VERB", "NOUN", "AUX"} and lemma in words.verbs


def lexical_types(span: Span, words: EventWords) -> tuple[str, ...]:
    """The event types that the lexicon gives the words of a candidate."""
    if len(span) > 1:
        return words.phrases.get(tuple(t.lemma_.lower() for t in span), ())
    token = span[0]
    lemma = token.lemma_.lower()
    table = words.verbs if token.pos_ in {"VERB", "AUX"} else words.nouns
    return (
        table.get(lemma)
        or words.nouns.get(lemma)
        or words.nouns.get(token.lower_)
        or words.verbs.get(lemma)
        or (PRESENCE,)
    )


def features(span: Span, words: EventWords, context: Context) -> list[str]:
    """The named features of a candidate."""
    root = span.root
    head = root.head
    lemma = " ".join(t.lemma_.lower() for t in span)
    types = lexical_types(span, words)
    out = [
        f"lemma={lemma}",
        f"lemma={lemma}&tag={root.tag_}",
        f"pos={root.pos_}",
        f"tag={root.tag_}",
        f"dep={root.dep_}",
        f"head={head.lemma_.lower()}",
        f"dep={root.dep_}&head={head.lemma_.lower()}",
    ]
    out += [f"type={t}" for t in types]
    out += [f"type={t}&pos={root.pos_}" for t in types]
    out += [f"type={t}&dep={root.dep_}" for t in types]
    if root.i in context.hosts:
        out += ["hosts-crowd", f"hosts-crowd&pos={root.pos_}", *(f"hosts-crowd&type={t}" for t in types)]
    if root.i < context.title_end:
        out += ["in-title", *(f"in-title&type={t}" for t in types)]
    if root.i in context.quoted:
        out += ["quoted", *(f"quoted&type={t}" for t in types)]
    for child in root.children:
        out += _child(child, types, context)
    if root.pos_ != "VERB":
        out += _governor(root, types, context)
    if root.dep_ == "compound":
        out.append(f"compound-of={head.lemma_.lower()}")
    if "Number=Plur" in root.morph:
        out += ["plural", *(f"plural&type={t}" for t in types)]
    return out


def _child(child: Token, types: Sequence[str], context: Context) -> list[str]:
    lemma, dep = child.lemma_.lower(), child.dep_
    kind = context.mention_type.get(child.i)
    out = [f"has-{dep}", f"{dep}={lemma}"]
    if dep in CLAUSE:
        out += [f"{dep}={lemma}&type={t}" for t in types]
    if kind:
        out += [f"{dep}:{kind}", *(f"{dep}:{kind}&type={t}" for t in types)]
    if dep in {"prep", "agent"}:
        for obj in child.children:
            what = context.mention_type.get(obj.i) or (
                "date" if obj.ent_type_ in {"DATE", "TIME"} else obj.pos_
            )
            out += [f"{lemma}:{what}", *(f"{lemma}:{what}&type={t}" for t in types)]
    return out


def _governor(root: Token, types: Sequence[str], context: Context) -> list[str]:
    """What the clause around a noun says of it: the verb, its subject, its modality."""
    verb = root
    for _ in range(4):
        if verb.pos_ in {"VERB", "AUX"} or verb.head is verb:
            break
        verb = verb.head
    out = [f"verb={verb.lemma_.lower()}"]
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"} and child is not root:
            kind = context.mention_type.get(child.i) or child.pos_
            out += [f"verb-subject:{kind}", *(f"verb-subject:{kind}&type={t}" for t in types)]
        elif child.dep_ in {"neg", "aux"}:
            out.append(f"verb-{child.dep_}={child.lemma_.lower()}")
    return out


@Language.factory("kg_triggers", assigns=["doc.spans"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Triggers:
    return Triggers(count_words(nlp.meta["lang"]), load(nlp.lang, KEY))
