"""`kg_triggers`: the words that name particular events, `doc.spans["triggers"]`, labelled with its type.

A trigger (ACE, RAMS) is the word by which a text names an event. Words of the lexicon `events` are
candidates; the model `triggers` gives each a probability per event type and for naming no particular event.
`attrs["confidence"]` of the span group holds the probability that each trigger names an event.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate import mentions, quotes
from kg.annotate.columns import Columns, columns
from kg.annotate.counting import CountWords, count_words
from kg.annotate.eventwords import EventWords
from kg.annotate.syntax import VERBS, title_end
from kg.annotate.turnouts import turnouts
from kg.facts import ANY_FORM, PROTEST_EVENTS
from kg.model import Model, load

KEY = "triggers"
NONE = "-"
GATHERING = {*PROTEST_EVENTS, "Election"}  # what a counted crowd takes part in
PRESENCE = "presence"  # of a word that names no event but says that a crowd was there
FIGURE = "#"  # before a word that a figure stands for
TIMES = {"DATE", "TIME"}
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
    """What features look up: the mention type of a token, the quoted tokens, the end of the title, the tokens
    by which a counted crowd takes part, and for a figure that stands for such a word that word."""

    mention_type: dict[int, str]
    quoted: frozenset[int]
    title_end: int
    hosts: frozenset[int]
    gaps: dict[int, int]

    @classmethod
    def of(cls, doc: Doc) -> Context:
        """The context of a doc that has mentions, quotes and counted numbers."""
        types = {i: span.label_ for span in doc.spans[mentions.KEY] for i in range(span.start, span.end)}
        quoted = frozenset(i for span in doc.spans[quotes.KEY] for i in range(span.start, span.end))
        found = turnouts(doc)
        return cls(types, quoted, title_end(doc), frozenset(found.hosts), found.gaps)


class Triggers:
    """Doc → Doc. `threshold` is the least probability of naming an event."""

    def __init__(self, counting: CountWords, model: Model, threshold: float = 0.3) -> None:
        self.counting, self.model, self.threshold = counting, model, threshold
        self.words = counting.events

    def __call__(self, doc: Doc) -> Doc:
        context = Context.of(doc)
        spans = candidates(doc, self.words, context.hosts)
        kept: list[Span] = []
        confidence: list[float] = []
        if spans:
            rows = self.model.probabilities([features(s, self.words, context) for s in spans])
            labels = self.model.labels
            none = labels.index(NONE)
            types = [i for i in range(len(labels)) if i != none]
            crowded = [i for i in types if labels[i] in GATHERING]
            naming = 1 - rows[:, none]
            for n in (naming >= self.threshold).nonzero()[0].tolist():
                span, row = spans[n], rows[n].tolist()
                among = crowded if span.root.i in context.hosts else types
                best = max(among, key=lambda i: (row[i], -i))
                unnamed = PRESENCE in types_of(span, self.words, context)
                kept.append(Span(doc, span.start, span.end, label=ANY_FORM if unnamed else labels[best]))
                confidence.append(round(float(naming[n]), 4))
        group = SpanGroup(doc, name=KEY, spans=kept)
        group.attrs["confidence"] = confidence
        doc.spans[KEY] = group
        return doc


def candidates(doc: Doc, words: EventWords, hosts: Collection[int]) -> list[Span]:
    """Words and phrases of the lexicon and `hosts` of crowds, in text order; a phrase swallows its words."""
    c = columns(doc)
    found: list[Span] = []
    end = 0
    for i, (lemma, lower) in enumerate(zip(c.lemma, c.lower, strict=True)):
        if i < end or not (lemma in words.known or lower in words.nouns or i in hosts):
            continue
        length = words.phrase_at(c, i) or int(i in hosts or _is_event_word(c, i, words))
        if length:
            end = i + length
            found.append(doc[i:end])
    return found


def _is_event_word(c: Columns, i: int, words: EventWords) -> bool:
    lemma, pos = c.lemma[i], c.pos[i]
    if pos in {"NOUN", "PROPN", "ADJ"} and (lemma in words.nouns or c.lower[i] in words.nouns):
        return True
    return pos in {"VERB", "NOUN", "AUX"} and lemma in words.verbs


def lexical_types(c: Columns, start: int, end: int, words: EventWords) -> tuple[str, ...]:
    """The event types that the lexicon gives the words of a candidate."""
    if end - start > 1:
        return words.phrases.get(tuple(c.lemma[start:end]), ())
    lemma = c.lemma[start]
    table = words.verbs if c.pos[start] in VERBS else words.nouns
    return (
        table.get(lemma)
        or words.nouns.get(lemma)
        or words.nouns.get(c.lower[start])
        or words.verbs.get(lemma)
        or (PRESENCE,)
    )


def types_of(span: Span, words: EventWords, context: Context) -> tuple[str, ...]:
    """The event types of a candidate by the lexicon; a figure has those of the word that it stands for."""
    word = context.gaps.get(span.root.i)
    start, end = (span.start, span.end) if word is None else (word, word + 1)
    return lexical_types(columns(span.doc), start, end, words)


def features(span: Span, words: EventWords, context: Context) -> list[str]:
    """The named features of a candidate."""
    c, start, end = columns(span.doc), span.start, span.end
    root = span.root.i if end - start > 1 else start
    lemma, above = " ".join(c.lemma[start:end]), c.lemma[c.head[root]]
    tag, pos, dep = c.tag[root], c.pos[root], c.dep[root]
    word, types = context.gaps.get(root), types_of(span, words, context)
    if word is not None:
        lemma = f"{FIGURE}{c.lemma[word]}"
    out = [
        f"lemma={lemma}",
        f"lemma={lemma}&tag={tag}",
        f"pos={pos}",
        f"tag={tag}",
        f"dep={dep}",
        f"head={above}",
        f"dep={dep}&head={above}",
    ]
    out += [f"type={t}" for t in types]
    out += [f"type={t}&pos={pos}" for t in types]
    out += [f"type={t}&dep={dep}" for t in types]
    if word is not None:
        out += ["figure", *(f"figure&type={t}" for t in types)]
    if root in context.hosts:
        out += ["hosts-crowd", f"hosts-crowd&pos={pos}", *(f"hosts-crowd&type={t}" for t in types)]
    if root < context.title_end:
        out += ["in-title", *(f"in-title&type={t}" for t in types)]
    if root in context.quoted:
        out += ["quoted", *(f"quoted&type={t}" for t in types)]
    for child in c.children[root]:
        out += _child(c, child, types, context)
    if pos != "VERB":
        out += _governor(c, root, types, context)
    if dep == "compound":
        out.append(f"compound-of={above}")
    if "Number=Plur" in c.morph[root]:
        out += ["plural", *(f"plural&type={t}" for t in types)]
    return out


def _child(c: Columns, child: int, types: Sequence[str], context: Context) -> list[str]:
    lemma, dep = c.lemma[child], c.dep[child]
    kind = context.mention_type.get(child)
    out = [f"has-{dep}", f"{dep}={lemma}"]
    if dep in CLAUSE:
        out += [f"{dep}={lemma}&type={t}" for t in types]
    if kind:
        out += [f"{dep}:{kind}", *(f"{dep}:{kind}&type={t}" for t in types)]
    if dep in {"prep", "agent"}:
        for obj in c.children[child]:
            what = context.mention_type.get(obj) or ("date" if c.ent_type[obj] in TIMES else c.pos[obj])
            out += [f"{lemma}:{what}", *(f"{lemma}:{what}&type={t}" for t in types)]
    return out


def _governor(c: Columns, root: int, types: Sequence[str], context: Context) -> list[str]:
    """What the clause around a noun says of it: the verb, its subject, its modality."""
    verb = root
    for _ in range(4):
        if c.pos[verb] in VERBS or c.head[verb] == verb:
            break
        verb = c.head[verb]
    out = [f"verb={c.lemma[verb]}"]
    for child in c.children[verb]:
        dep = c.dep[child]
        if dep in {"nsubj", "nsubjpass"}:
            kind = context.mention_type.get(child) or c.pos[child]
            out += [f"verb-subject:{kind}", *(f"verb-subject:{kind}&type={t}" for t in types)]
        elif dep in {"neg", "aux"}:
            out.append(f"verb-{dep}={c.lemma[child]}")
    return out


@Language.factory("kg_triggers", assigns=["doc.spans"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Triggers:
    return Triggers(count_words(nlp.meta["lang"]), load(nlp.lang, KEY))
