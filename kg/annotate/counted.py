"""`kg_counted`: what each number counts, as the label of the spans of `doc.spans["quantities"]`.

A number counts a `crowd`, people `killed`, `injured` or `arrested`, or `-`, nothing of the kind. The model
`counted` looks at what the counted people do and undergo: their noun, the verbs they are subject or object of
(also in a relative clause), the event words behind those verbs, the nearest verbs and words for protests, and
at what tok2vec makes of the number, its noun and the word above in their surroundings. A figure with which
one of a crowd is compared ("down from 9,000") is one of a crowd. `attrs["confidence"]` of the group holds how
likely each number is to count what its label says, or for `-` the likeliest it might count.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate import mentions
from kg.annotate.columns import Columns, columns
from kg.annotate.counting import (
    CASUALTIES,
    CountWords,
    as_protest,
    classes,
    clauses_below,
    count_words,
    events_of_word,
    frames,
    people,
)
from kg.annotate.eventwords import EventWords
from kg.annotate.quantities import KEY
from kg.annotate.syntax import VERBS
from kg.facts import PROTEST
from kg.model import Model, load

NAME = "counted"
NONE = "-"
CROWD = "crowd"
ALONE = "alone"
DATE = "DATE"
SCALE = np.float32(0.2)  # of what tok2vec makes of a word, beside features that are 0 or 1
NEARBY = 8  # tokens
GAPS = (4, 10)  # tokens to the next word for a protest


@dataclass(frozen=True, slots=True)
class Setting:
    """Of a doc: token → type of the mention it is part of, the tokens that name protests, in their order, and
    the sentences that hold one."""

    mentioned: dict[int, str]
    protests: list[int]
    telling: frozenset[int]

    @classmethod
    def of(cls, doc: Doc, words: CountWords) -> Setting:
        """The setting of the numbers of a doc that has mentions."""
        c = columns(doc)
        mentioned = {i: m.label_ for m in doc.spans[mentions.KEY] for i in range(m.start, m.end)}
        known = words.events.known
        protests = [
            i for i in range(len(c)) if c.lemma[i] in known and PROTEST in events_of_word(c, i, words.events)
        ]
        return cls(mentioned, protests, frozenset(c.sentence[i] for i in protests))


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
        labelled: list[Span] = []
        confidence: list[float] = []
        before: tuple[Span, float] | None = None  # the last that is no date, and how likely it is that
        rows = self.model.probabilities(described(spans, self.words), vectors(doc, self.words))
        for span, row in zip(spans, rows, strict=True):
            best = max(kinds, key=lambda i: (row[i], -i))
            sure = row[best] >= (self.crowd if labels[best] == CROWD else self.casualty)
            label, likely = labels[best] if sure else NONE, round(float(row[best]), 4)
            if before and not sure and _is_compared(before[0], span, self.words):
                label, likely = before[0].label_, before[1]
            labelled.append(Span(doc, span.start, span.end, label=label))
            confidence.append(likely)
            if span[0].ent_type_ != DATE:
                before = labelled[-1], likely
        marked = SpanGroup(doc, name=KEY, spans=labelled)
        marked.attrs.update({"bounds": group.attrs["bounds"], "confidence": confidence})
        doc.spans[KEY] = marked
        return doc


def features(span: Span, words: CountWords, setting: Setting, before: Sequence[str] = ()) -> list[str]:
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
        parts += clauses_below(c, noun)
    for part, head in parts:
        out |= {f"{part}={c.lemma[head]}", f"part={part}", f"part={part}&family={family}"}
        for kind in (classes if c.pos[head] in VERBS else _noun_classes)(c, head, words):
            out |= {f"{part}:{kind}", f"{part}:{kind}&{family}", f"{part}:{kind}&size={size}", f"does:{kind}"}
    out |= {f"adjective={c.lemma[k]}" for i in nouns for k in c.children[i] if c.dep[k] == "amod"}
    out |= _nearby(c, start, end, words)
    out.update(_beside(c, start, end, family, words))
    alone = noun in range(start, end) or c.pos[noun] == "PRON"  # "down from 9,000", "8,000 of them"
    out.update(_around(c, start, ALONE if alone else setting.mentioned.get(noun, NONE), family, setting))
    if following:
        out |= {f"then-{k}" for k in _named(c.lower[end], words.events)}
    if alone:  # it counts what the one before it counts
        out |= {ALONE, f"{ALONE}:{after}"}
        out |= {f"{ALONE}&before-{f}" for f in before if f.startswith(("does:", "family=", "mention="))}
    return sorted(out)


def _is_compared(before: Span, span: Span, words: CountWords) -> bool:
    """Whether a crowd is compared with that of another number: "5,000 nurses, down from 9,000"."""
    c, start = columns(span.doc), span.start
    if before.label_ != CROWD or before.start < c.sentence_of(start)[0] or c.ent_type[start] == DATE:
        return False
    behind = {c.words(max(start - n, before.end), start).lower() for n in (1, 2)}
    return not behind.isdisjoint(words.compared) and people(span, words.of)[-1] in range(start, span.end)


def described(spans: list[Span], words: CountWords) -> list[list[str]]:
    """The features of the numbers of a doc, each with a look at the one before it in its sentence.

    A number of a date ("22 December") is none before another.
    """
    if not spans:
        return []
    setting = Setting.of(spans[0].doc, words)
    out: list[list[str]] = []
    before: tuple[int, list[str]] = -1, []  # where the last one stands and its features
    for span in spans:
        c = columns(span.doc)
        near = before[0] >= c.sentence_of(span.start)[0]
        out.append(features(span, words, setting, before[1] if near else ()))
        if c.ent_type[span.start] != DATE:
            before = span.start, out[-1]
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
    return as_protest(words.verbs.get(word, ()) if word.isalpha() else ())


def _noun_classes(c: Columns, noun: int, words: CountWords) -> set[str]:
    lemma = c.lemma[noun]
    found = {words.verbs[lemma]} if lemma in words.verbs else set()
    return found | {f"names-{k}" for k in events_of_word(c, noun, words.events)} or {"noun"}


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


def _beside(c: Columns, start: int, end: int, family: str, words: CountWords) -> Iterator[str]:
    """What the nearest verbs of the sentence say, whatever the parser makes of them."""
    first, last = c.sentence_of(start)
    sides = (
        ("verb-before", range(start - 1, max(first, start - NEARBY) - 1, -1)),
        ("verb-after", range(end, min(last, end + NEARBY))),
    )
    for side, tokens in sides:
        verb = next((i for i in tokens if c.pos[i] == "VERB"), None)
        kinds = [NONE] if verb is None else sorted(classes(c, verb, words))
        for kind in kinds:
            yield f"{side}:{kind}"
            yield f"{side}:{kind}&{family}"
        if verb is not None:
            yield f"{side}={c.lemma[verb]}"


def _around(c: Columns, start: int, label: str, family: str, setting: Setting) -> Iterator[str]:
    """What kind of mention is counted, and how near the text names a protest."""
    yield f"mention={label}"
    yield f"mention={label}&{family}"
    here, n = c.sentence[start], bisect_left(setting.protests, start)
    gaps = [abs(i - start) for i in setting.protests[max(0, n - 1) : n + 1] if c.sentence[i] == here]
    near = str(bisect_left(GAPS, min(gaps))) if gaps else NONE
    before = here - 1 in setting.telling
    yield f"protest={near}"
    yield f"protest={near}&{family}"
    yield f"protest={near}/{before}"
    yield f"protest={near}/{before}&mention={label}"


def _size(number: str) -> str:
    digits = sum(map(str.isdigit, number))
    return str(min(digits, 6)) if digits else "word"


@Language.factory("kg_counted", assigns=["doc.spans"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Counted:
    return Counted(count_words(nlp.meta["lang"]), load(nlp.lang, NAME))
