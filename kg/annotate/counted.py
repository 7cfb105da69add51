"""`kg_counted`: what each number counts, as the label of the spans of `doc.spans["quantities"]`.

A number counts a `crowd`, people `killed`, `injured` or `arrested`, or `-`, nothing of the kind. The model
`counted` looks at what the counted people do and undergo: their noun, the verbs they are subject or object of
(also in a relative clause), the event words behind those verbs. `attrs["confidence"]` of the group holds how
likely each number is to count what its label says, or for `-` the likeliest it might count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from kg.annotate.columns import columns
from kg.annotate.eventwords import EventWords, event_words
from kg.annotate.quantities import KEY
from kg.facts import PROTEST_EVENTS
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "counted"
NONE = "-"
CROWD = "crowd"
HOSTS = "hosts"  # of crowds, among the attributes of the group
STEPS = 5  # edges that are climbed from a noun
BESIDE = {"nummod", "quantmod", "det", "amod", "compound"}
OBJECTS = {"dobj", "obj", "attr", "oprd", "xcomp", "prt"}
NOUNS = {"NOUN", "PROPN"}
PASSIVES = {"nsubjpass", "nsubj:pass"}
SUBJECTS = {"nsubj", *PASSIVES}
CASUALTIES = ("killed", "injured", "arrested")


@dataclass(frozen=True, slots=True)
class CountWords:
    """Lemma → class: `verbs` of what people do or undergo, `people` by family of groups.toml, `wholes`
    ("a crowd of", "the number of"); `events` are the words that name events."""

    verbs: dict[str, str]
    families: dict[str, str]
    wholes: frozenset[str]
    events: EventWords


class Counted:
    """Doc → Doc. `threshold` is the least probability of counting anybody."""

    def __init__(self, words: CountWords, model: Model, threshold: float = 0.4) -> None:
        self.words, self.model, self.threshold = words, model, threshold

    def __call__(self, doc: Doc) -> Doc:
        group = doc.spans[KEY]
        spans = list(group)
        if not spans:
            group.attrs["confidence"] = []
            return doc
        labels = self.model.labels
        none = labels.index(NONE)
        kinds = [i for i in range(len(labels)) if i != none]
        labelled, confidence = [], []
        for span, row in zip(spans, self.model.probabilities(described(spans, self.words)), strict=True):
            best = max(kinds, key=lambda i: (row[i], -i))
            sure = 1 - row[none] >= self.threshold
            labelled.append(Span(doc, span.start, span.end, label=labels[best] if sure else NONE))
            confidence.append(round(float(row[best]), 4))
        marked = SpanGroup(doc, name=KEY, spans=labelled)
        marked.attrs.update({"bounds": group.attrs["bounds"], "confidence": confidence})
        doc.spans[KEY] = marked
        return doc


def people(span: Span) -> list[Token]:
    """The nouns that a number counts, outermost first: "tens of thousands of people" → thousands, people."""
    out: list[Token] = []
    token = span.root
    for _ in range(STEPS):
        if token.dep_ in BESIDE and token.head.i != token.i:
            token = token.head
        out.append(token)
        behind = next((c for c in token.children if c.i > token.i and c.dep_ in {"prep", "nmod"}), None)
        inner = next(iter(behind.children), None) if behind is not None and behind.pos_ == "ADP" else behind
        if inner is None or behind is None or behind.lemma_ not in {"of", "de"}:
            break
        token = inner
    return out


def frames(noun: Token, wholes: frozenset[str]) -> Iterator[tuple[str, Token]]:
    """What a noun does and undergoes: pairs of its part (subject, object, …) and the governing word."""
    token = noun
    for _ in range(STEPS):
        yield from _below(token)
        head, dep = token.head, token.dep_
        if head.i == token.i:
            return
        if dep in {"conj", "appos"}:
            token = head
        elif dep in {"pobj", "pcomp"} and head.pos_ == "ADP":
            above = head.head
            if head.dep_ == "agent":
                yield "agent", above
                return
            if above.pos_ in {"NOUN", "PROPN", "NUM"} and head.i > above.i:
                yield "part" if above.lemma_.lower() in wholes else f"of-{head.lower_}", above
                if above.lemma_.lower() not in wholes:
                    return
                token = above
            else:
                yield f"behind-{head.lower_}", above
                return
        else:
            yield _part(token), head
            return


def _part(token: Token) -> str:
    dep, verb = token.dep_, token.head
    if dep == "attr" and any(c.dep_ == "expl" for c in verb.children):
        return "exists"
    if dep in SUBJECTS:
        return "passive" if dep in PASSIVES or _is_passive(verb) else "subject"
    return "object" if dep in OBJECTS else dep


def _is_passive(verb: Token) -> bool:
    """Whether a verb says what is done to its subject: "were arrested", "two officers killed"."""
    return verb.tag_ == "VBN" and all(c.dep_ != "aux" or c.lemma_ == "be" for c in verb.children)


def _below(token: Token) -> Iterator[tuple[str, Token]]:
    """The clauses that hang on a noun: "people who marched", "people marching", "people injured"."""
    for child in token.children:
        if child.i > token.i and child.dep_ in {"relcl", "acl", "acl:relcl", "advcl"}:
            yield "passive" if _is_passive(child) else "subject", child


def classes(verb: Token, words: CountWords) -> set[str]:
    """The classes of a verb: what the lexicon says, and the events it names or stands with."""
    found = set()
    lemma = verb.lemma_.lower()
    if lemma in words.verbs:
        found.add(words.verbs[lemma])
    found |= {f"names-{k}" for k in _events(verb, words.events)}
    for child in verb.children:
        if child.dep_ in OBJECTS or child.dep_ in {"conj", "xcomp"}:
            found |= {f"with-{k}" for k in _events(child, words.events)}
            if child.lemma_.lower() in words.verbs:
                found.add(f"with-{words.verbs[child.lemma_.lower()]}")
        if child.dep_ in {"prep", "prt"} and child.pos_ == "ADP":
            for inner in child.children:
                found |= {f"with-{k}" for k in _events(inner, words.events)}
        if child.dep_ in {"acomp", "attr", "oprd"} and child.lemma_.lower() in words.verbs:
            found.add(words.verbs[child.lemma_.lower()])
    return found or {"other"}


def _events(token: Token, words: EventWords) -> set[str]:
    """`protest` or a context type, where a token names or begins an event of that kind."""
    c = columns(token.doc)
    lemma, length = c.lemma[token.i], words.phrase_at(c, token.i)
    if length:
        kinds = words.phrases[tuple(c.lemma[token.i : token.i + length])]
    elif token.pos_ in {"VERB", "AUX"}:
        kinds = words.verbs.get(lemma, ())
    else:
        kinds = words.nouns.get(lemma, ())
    return {"protest" if k in PROTEST_EVENTS else k for k in kinds}


def hosts(span: Span, words: CountWords) -> Iterator[Token]:
    """The words that may name the event in which the counted people take part, the likeliest first.

    What they do ("marched"), what they do it to or in ("took part in the march"), what brought them ("the
    march drew"), and last the verb by which they were there ("attended", "turned out").
    """
    parts = [(part, head) for part, head in frames(people(span)[0], words.wholes) if head.i != span.root.i]
    there = [
        h for _, h in parts if h.pos_ == "VERB" and words.verbs.get(h.lemma_.lower()) in {"present", "draw"}
    ]
    for part, head in parts:
        around = [t for c in head.children for t in (c, *(c.children if c.pos_ == "ADP" else ()))]
        if part == "object" and head.dep_ == "relcl":
            around.append(head.head)
        named = [t for t in around if t.pos_ in NOUNS] if head in there else [head, *around]
        yield from (t for t in named if _events(t, words.events) and not span.start <= t.i < span.end)
    yield from there


def crowd_hosts(doc: Doc, words: CountWords) -> dict[int, list[int]]:
    """Token → the numbers of the crowds, by their place in the group, whose likeliest host it is.

    Looked up once; the group keeps them.
    """
    group = doc.spans[KEY]
    if HOSTS not in group.attrs:
        group.attrs[HOSTS] = _crowd_hosts(group, words)
    return cast(dict[int, list[int]], group.attrs[HOSTS])


def _crowd_hosts(group: SpanGroup, words: CountWords) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for n, span in enumerate(group):
        if span.label_ == CROWD:
            host = next(hosts(span, words), None)
            if host is not None:
                found.setdefault(host.i, []).append(n)
    return found


def features(span: Span, words: CountWords, before: Sequence[str] = ()) -> list[str]:
    """The named features of a number; `before` are those of the number before it in the sentence."""
    doc = span.doc
    nouns = people(span)
    noun = nouns[-1]
    family = words.families.get(noun.lemma_.lower(), noun.pos_)
    low = next((t for t in span if t.pos_ in {"NUM", "NOUN", "DET"}), span[0])
    size = _size(span)
    out = {
        f"noun={noun.lemma_.lower()}",
        f"family={family}",
        f"number={low.lower_}",
        f"size={size}",
        f"size={size}&family={family}",
        f"before={doc[span.start - 1].lower_ if span.start else '^'}",
        f"after={doc[span.end].lower_ if span.end < len(doc) else '$'}",
        f"after-pos={doc[span.end].pos_ if span.end < len(doc) else '$'}&family={family}",
    }
    parts = list(frames(nouns[0], words.wholes))
    if noun.i != nouns[0].i:
        parts += list(_below(noun))
    for part, head in parts:
        out |= {f"{part}={head.lemma_.lower()}", f"part={part}", f"part={part}&family={family}"}
        for kind in classes(head, words) if head.pos_ in {"VERB", "AUX"} else _noun_classes(head, words):
            out |= {f"{part}:{kind}", f"{part}:{kind}&{family}", f"{part}:{kind}&size={size}", f"does:{kind}"}
    out |= {f"adjective={c.lemma_.lower()}" for t in nouns for c in t.children if c.dep_ == "amod"}
    out |= _nearby(span, words)
    if span.end < len(doc):
        out |= {f"then-{k}" for k in _named(doc[span.end], words.events)}
    if span.start <= noun.i < span.end:  # a number alone: it counts what the one before it counts
        out |= {"alone", f"alone:{doc[span.end].lower_ if span.end < len(doc) else '$'}"}
        out |= {f"alone&before-{f}" for f in before if f.startswith(("does:", "family="))}
    return sorted(out)


def described(spans: list[Span], words: CountWords) -> list[list[str]]:
    """The features of the numbers of a doc, each with a look at the one before it in its sentence."""
    out: list[list[str]] = []
    for n, span in enumerate(spans):
        near = n > 0 and spans[n - 1].start >= span.sent.start
        out.append(features(span, words, out[-1] if near else ()))
    return out


def _named(token: Token, words: EventWords) -> set[str]:
    """The events that the form of a word may name, whatever the tagger made of it ("Thousands March")."""
    kinds = words.verbs.get(token.lower_, ()) if token.is_alpha else ()
    return {"protest" if k in PROTEST_EVENTS else k for k in kinds}


def _noun_classes(noun: Token, words: CountWords) -> set[str]:
    lemma = noun.lemma_.lower()
    found = {words.verbs[lemma]} if lemma in words.verbs else set()
    return found | {f"names-{k}" for k in _events(noun, words.events)} or {"noun"}


def _nearby(span: Span, words: CountWords) -> set[str]:
    """The words of killing, injuring and arresting that stand nearest in the sentence."""
    doc, sent = span.doc, span.sent
    out = set()
    for side, tokens in (
        ("before", doc[max(sent.start, span.start - 6) : span.start]),
        ("after", doc[span.end : min(sent.end, span.end + 7)]),
    ):
        said = [k for t in tokens if (k := words.verbs.get(t.lemma_.lower())) in CASUALTIES]
        out.add(f"{side}:{(said[-1] if side == 'before' else said[0]) if said else '-'}")
    return out


def _size(span: Span) -> str:
    digits = sum(c.isdigit() for c in span.text)
    return str(min(digits, 6)) if digits else "word"


@cache
def count_words(lang: str) -> CountWords:
    """The words of a language's lexicons `numbers`, `groups` and `events`."""
    numbers, groups = lexicon(lang, "numbers"), lexicon(lang, "groups")
    classes = [("verbs", k) for k in ("present", "draw", "estimate", "lose", "employ")]
    classes += [("casualties", k) for k in CASUALTIES]
    verbs = {w: key for table, key in classes for w in numbers.word_list(table, key)}
    families = {w: f for f in groups.sections() for w in groups.word_list(f, "nouns")}
    return CountWords(verbs, families, numbers.words("wholes"), event_words(lang))


@Language.factory("kg_counted", assigns=["doc.spans"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Counted:
    return Counted(count_words(nlp.meta["lang"]), load(nlp.lang, NAME))
