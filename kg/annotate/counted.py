"""`kg_counted`: what each number counts, as the label of the spans of `doc.spans["quantities"]`.

A number counts a `crowd`, people `killed`, `injured` or `arrested`, or `-`, nothing of the kind. The model
`counted` looks at what the counted people do and undergo: their noun, the verbs they are subject or object of
(also in a relative clause), the event words behind those verbs, and at what tok2vec makes of the number, its
noun and the word above in their surroundings. `attrs["confidence"]` of the group holds how
likely each number is to count what its label says, or for `-` the likeliest it might count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate.columns import Columns, columns
from kg.annotate.eventwords import EventWords, event_words
from kg.annotate.quantities import KEY
from kg.annotate.syntax import PASSIVES, RELATIVE, VERBS
from kg.facts import PROTEST, PROTEST_EVENTS
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "counted"
NONE = "-"
CROWD = "crowd"
ESTIMATE = "estimate"  # the class of verbs such as "put" and "count"
SCALE = np.float32(0.2)  # of what tok2vec makes of a word, beside features that are 0 or 1
STEPS = 5  # edges that are climbed from a noun
BESIDE = {"nummod", "quantmod", "det", "amod", "compound"}
MEASURING = {"advmod", "npadvmod"}
OBJECTS = {"dobj", "obj", "attr", "oprd", "xcomp", "prt"}
NOUNS = {"NOUN", "PROPN"}
SUBJECTS = {"nsubj", *PASSIVES}
CASUALTIES = ("killed", "injured", "arrested")


@dataclass(frozen=True, slots=True)
class CountWords:
    """Lemma → class: `verbs` of what people do or undergo, `families` of people (groups.toml).

    `wholes` hold what is counted ("a crowd of"), `of` stands between both; `events` name events.
    """

    verbs: dict[str, str]
    families: dict[str, str]
    wholes: frozenset[str]
    of: frozenset[str]
    events: EventWords


class Counted:
    """Doc → Doc. `crowd` is the least probability of a crowd, `casualty` of killed, injured or arrested."""

    def __init__(self, words: CountWords, model: Model, crowd: float = 0.35, casualty: float = 0.5) -> None:
        self.words, self.model, self.crowd, self.casualty = words, model, crowd, casualty

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
        rows = self.model.probabilities(described(spans, self.words), vectors(doc, self.words))
        for span, row in zip(spans, rows, strict=True):
            best = max(kinds, key=lambda i: (row[i], -i))
            sure = row[best] >= (self.crowd if labels[best] == CROWD else self.casualty)
            labelled.append(Span(doc, span.start, span.end, label=labels[best] if sure else NONE))
            confidence.append(round(float(row[best]), 4))
        marked = SpanGroup(doc, name=KEY, spans=labelled)
        marked.attrs.update({"bounds": group.attrs["bounds"], "confidence": confidence})
        doc.spans[KEY] = marked
        return doc


def people(span: Span, of: frozenset[str]) -> list[int]:
    """The nouns that a number counts, outermost first: "tens of thousands of people" → thousands, people.

    `of` are the words that join them.
    """
    c, i = columns(span.doc), span.root.i
    out: list[int] = []
    if c.dep[i] in MEASURING and c.pos[c.head[i]] == "ADJ" and c.dep[c.head[i]] == "amod":
        i = c.head[i]  # "a 5,000-strong crowd"
    for _ in range(STEPS):
        if c.dep[i] in BESIDE:
            i = c.head[i]
        out.append(i)
        behind = next((k for k in c.children[i] if k > i and c.dep[k] in {"prep", "nmod"}), None)
        if behind is None or c.lemma[behind] not in of:
            break
        inner = next(iter(c.children[behind]), None) if c.pos[behind] == "ADP" else behind
        if inner is None:
            break
        i = inner
    return out


def frames(c: Columns, i: int, wholes: frozenset[str]) -> Iterator[tuple[str, int]]:
    """What a noun does and undergoes: pairs of its part (subject, object, …) and the governing word."""
    for _ in range(STEPS):
        yield from _below(c, i)
        head, dep = c.head[i], c.dep[i]
        if head == i:
            return
        if dep in {"conj", "appos"}:
            i = head
        elif dep in {"pobj", "pcomp"} and c.pos[head] == "ADP":
            above = c.head[head]
            if c.dep[head] == "agent":
                yield "agent", above
                return
            if c.pos[above] in {"NOUN", "PROPN", "NUM"} and head > above:
                whole = c.lemma[above] in wholes
                yield "part" if whole else f"of-{c.lower[head]}", above
                if not whole:
                    return
                i = above
            else:
                yield f"behind-{c.lower[head]}", above
                return
        else:
            yield _part(c, i), head
            return


def _part(c: Columns, i: int) -> str:
    dep, verb = c.dep[i], c.head[i]
    if dep == "attr" and any(c.dep[k] == "expl" for k in c.children[verb]):
        return "exists"
    if dep in SUBJECTS:
        return "passive" if dep in PASSIVES or _is_passive(c, verb) else "subject"
    return "object" if dep in OBJECTS else dep


def _is_passive(c: Columns, verb: int) -> bool:
    """Whether a verb says what is done to its subject: "were arrested", "two officers killed"."""
    return c.tag[verb] == "VBN" and all(c.dep[k] != "aux" or c.lemma[k] == "be" for k in c.children[verb])


def _below(c: Columns, i: int) -> Iterator[tuple[str, int]]:
    """The clauses that hang on a noun: "people who marched", "people marching", "people injured"."""
    for k in c.children[i]:
        if k > i and c.dep[k] in {"acl", "advcl", *RELATIVE}:
            yield "passive" if _is_passive(c, k) else "subject", k


def classes(c: Columns, verb: int, words: CountWords) -> set[str]:
    """The classes of a verb: what the lexicon says, and the events it names or stands with."""
    found = set()
    if c.lemma[verb] in words.verbs:
        found.add(words.verbs[c.lemma[verb]])
    found |= {f"names-{k}" for k in _events(c, verb, words.events)}
    for child in c.children[verb]:
        dep, lemma = c.dep[child], c.lemma[child]
        if dep in OBJECTS or dep in {"conj", "xcomp"}:
            found |= {f"with-{k}" for k in _events(c, child, words.events)}
            if lemma in words.verbs:
                found.add(f"with-{words.verbs[lemma]}")
        if dep in {"prep", "prt"} and c.pos[child] == "ADP":
            for inner in c.children[child]:
                found |= {f"with-{k}" for k in _events(c, inner, words.events)}
        if dep in {"acomp", "attr", "oprd"} and lemma in words.verbs:
            found.add(words.verbs[lemma])
    return found or {"other"}


def _events(c: Columns, i: int, words: EventWords) -> set[str]:
    """`protest` or a context type, where a token names or begins an event of that kind."""
    lemma, length = c.lemma[i], words.phrase_at(c, i)
    if c.ent_type[i] == "DATE":  # "9 March"
        return set()
    if length:
        kinds = words.phrases[tuple(c.lemma[i : i + length])]
    elif c.pos[i] in VERBS:
        kinds = words.verbs.get(lemma, ())
    else:
        kinds = words.nouns.get(lemma, ())
    return _protests_as_one(kinds)


def _protests_as_one(types: Iterable[str]) -> set[str]:
    """The types of context events, and `protest` for all others."""
    return {PROTEST if t in PROTEST_EVENTS else t for t in types}


def hosts(span: Span, words: CountWords) -> Iterator[int]:
    """The words that may name the event in which the counted people take part, the likeliest first.

    What is counted ("a 500-strong march"), what they do ("marched"), what they do it to or in ("took part in
    the march"), what brought them ("the march drew"), and last the verb by which they were there ("attended",
    "turned out").
    """
    c, start, end, root = columns(span.doc), span.start, span.end, span.root.i
    counted = people(span, words.of)
    yield from (i for i in counted if not start <= i < end and _events(c, i, words.events))
    parts = [(part, head) for part, head in frames(c, counted[0], words.wholes) if head != root]
    there = [h for _, h in parts if c.pos[h] == "VERB" and words.verbs.get(c.lemma[h]) in {"present", "draw"}]
    for part, head in parts:
        around = [i for k in c.children[head] for i in (k, *(c.children[k] if c.pos[k] == "ADP" else ()))]
        if part == "object" and c.dep[head] == "relcl":
            around.append(c.head[head])
        named = [i for i in around if c.pos[i] in NOUNS] if head in there else [head, *around]
        yield from (i for i in named if _events(c, i, words.events) and not start <= i < end)
    yield from there


def features(span: Span, words: CountWords, before: Sequence[str] = ()) -> list[str]:
    """The named features of a number; `before` are those of the number before it in the sentence."""
    c, start, end = columns(span.doc), span.start, span.end
    nouns = people(span, words.of)
    noun = nouns[-1]
    family = words.families.get(c.lemma[noun], c.pos[noun])
    low = next((i for i in range(start, end) if c.pos[i] in {"NUM", "NOUN", "DET"}), start)
    size = _size(c.words(start, end))
    following = end < len(c)
    after = c.lower[end] if following else "$"
    out = {
        f"noun={c.lemma[noun]}",
        f"family={family}",
        f"number={c.lower[low]}",
        f"size={size}",
        f"size={size}&family={family}",
        f"before={c.lower[start - 1] if start else '^'}",
        f"after={after}",
        f"after-pos={c.pos[end] if following else '$'}&family={family}",
    }
    parts = list(frames(c, nouns[0], words.wholes))
    if noun != nouns[0]:
        parts += _below(c, noun)
    for part, head in parts:
        out |= {f"{part}={c.lemma[head]}", f"part={part}", f"part={part}&family={family}"}
        for kind in (classes if c.pos[head] in VERBS else _noun_classes)(c, head, words):
            out |= {f"{part}:{kind}", f"{part}:{kind}&{family}", f"{part}:{kind}&size={size}", f"does:{kind}"}
    out |= {f"adjective={c.lemma[k]}" for i in nouns for k in c.children[i] if c.dep[k] == "amod"}
    out |= _nearby(c, start, end, words)
    if following:
        out |= {f"then-{k}" for k in _named(c.lower[end], words.events)}
    if start <= noun < end:  # a number alone: it counts what the one before it counts
        out |= {"alone", f"alone:{after}"}
        out |= {f"alone&before-{f}" for f in before if f.startswith(("does:", "family="))}
    return sorted(out)


def described(spans: list[Span], words: CountWords) -> list[list[str]]:
    """The features of the numbers of a doc, each with a look at the one before it in its sentence."""
    out: list[list[str]] = []
    for n, span in enumerate(spans):
        near = n > 0 and spans[n - 1].start >= columns(span.doc).sentence_of(span.start)[0]
        out.append(features(span, words, out[-1] if near else ()))
    return out


def vectors(doc: Doc, words: CountWords) -> NDArray[np.float32]:
    """An array (numbers × dimensions): what tok2vec makes of each number, its noun and the head of that."""
    head, spans = columns(doc).head, list(doc.spans[KEY])
    nouns = [people(span, words.of)[-1] for span in spans]
    rows = np.array([[span.root.i for span in spans], nouns, [head[noun] for noun in nouns]], dtype=int)
    found: NDArray[np.float32] = np.hstack([doc.tensor[row] for row in rows]) * SCALE
    return found


def _named(word: str, words: EventWords) -> set[str]:
    """The events that the form of a word may name, whatever the tagger made of it ("Thousands March")."""
    return _protests_as_one(words.verbs.get(word, ()) if word.isalpha() else ())


def _noun_classes(c: Columns, noun: int, words: CountWords) -> set[str]:
    lemma = c.lemma[noun]
    found = {words.verbs[lemma]} if lemma in words.verbs else set()
    return found | {f"names-{k}" for k in _events(c, noun, words.events)} or {"noun"}


def _nearby(c: Columns, start: int, end: int, words: CountWords) -> set[str]:
    """The words of killing, injuring and arresting that stand nearest in the sentence."""
    first, last = c.sentence_of(start)
    out = set()
    for side, lemmas in (
        ("before", c.lemma[max(first, start - 6) : start]),
        ("after", c.lemma[end : min(last, end + 7)]),
    ):
        said = [k for lemma in lemmas if (k := words.verbs.get(lemma)) in CASUALTIES]
        out.add(f"{side}:{(said[-1] if side == 'before' else said[0]) if said else '-'}")
    return out


def _size(number: str) -> str:
    digits = sum(map(str.isdigit, number))
    return str(min(digits, 6)) if digits else "word"


@cache
def count_words(lang: str) -> CountWords:
    """The words of a language's lexicons `numbers`, `groups` and `events`."""
    numbers, groups = lexicon(lang, "numbers"), lexicon(lang, "groups")
    classes = [("verbs", k) for k in ("present", "draw", "estimate", "lose", "employ", "answer")]
    classes += [("casualties", k) for k in CASUALTIES]
    verbs = {w: key for table, key in classes for w in numbers.word_list(table, key)}
    return CountWords(
        verbs, groups.tables_of("nouns"), numbers.words("wholes"), numbers.words("of"), event_words(lang)
    )


@Language.factory("kg_counted", assigns=["doc.spans"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Counted:
    return Counted(count_words(nlp.meta["lang"]), load(nlp.lang, NAME))
