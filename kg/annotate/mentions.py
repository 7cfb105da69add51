"""`kg_mentions`: who and what is named, `doc.spans["mentions"]`, each labelled with its entity type.

Candidates come from `kg.annotate.candidates`; the model `mentions` gives each a probability per type and for
being no mention. Candidates of the same words share their evidence. Of overlapping candidates the
surest is kept. `attrs["confidence"]` of the span group holds one probability a mention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from kg.annotate import gazetteer
from kg.annotate.candidates import candidates
from kg.annotate.syntax import paragraph_numbers, title_end
from kg.annotate.words import MentionWords, mention_words
from kg.model import Model, load

KEY = "mentions"
NONE = "-"  # the label of a candidate that names nothing
LONGEST_BYLINE = 8  # tokens
PERSON_LABELS = {"PERSON", "PER"}
TOLD = 0.8  # how sure a noun behind a name makes its type ("the SNIPAT union")
SHARED = 0.5  # how much of a candidate's score comes from its namesakes in the article


class Mentions:
    """Doc → Doc. `threshold` is the least probability of being a mention."""

    def __init__(self, words: MentionWords, model: Model, threshold: float = 0.28) -> None:
        self.words, self.model, self.threshold = words, model, threshold

    def __call__(self, doc: Doc) -> Doc:
        spans = candidates(doc, self.words)
        chosen = self._choose(spans, self.probabilities(doc, spans)) if spans else []
        group = SpanGroup(doc, name=KEY, spans=[span for span, _ in chosen])
        group.attrs["confidence"] = [round(float(p), 4) for _, p in chosen]
        doc.spans[KEY] = group
        return doc

    def probabilities(self, doc: Doc, spans: Sequence[Span]) -> NDArray[np.float32]:
        """One row a candidate, mixed with the mean of the candidates that have the same words."""
        context = Context.of(doc, spans, self.words)
        credited = np.array([label == NONE for label in self.model.labels], dtype=np.float32)
        rows = self.model.probabilities([features(s, self.words, context) for s in spans])
        for i, span in enumerate(spans):
            if span.start in context.bylines:
                rows[i] = credited
            kind = defined(span, self.words)
            if kind in self.model.labels:
                told = np.array([label == kind for label in self.model.labels], dtype=np.float32)
                rows[i] = (1 - TOLD) * rows[i] + TOLD * told
        same: dict[str, list[int]] = {}
        for i, span in enumerate(spans):
            same.setdefault(span.text.lower(), []).append(i)
        for group in same.values():
            if len(group) > 1:
                rows[group] = (1 - SHARED) * rows[group] + SHARED * rows[group].mean(axis=0)
        return rows

    def _choose(self, spans: Sequence[Span], rows: NDArray[np.float32]) -> list[tuple[Span, float]]:
        labels = self.model.labels
        none = labels.index(NONE)
        named = 1 - rows[:, none]
        typed = rows.copy()
        typed[:, none] = -1
        best = typed.argmax(axis=1)
        order = sorted(
            range(len(spans)), key=lambda i: (-round(float(named[i]), 4), -len(spans[i]), spans[i].start)
        )
        taken: set[int] = set()
        chosen: list[tuple[Span, float]] = []
        for i in order:
            if named[i] < self.threshold:
                break
            tokens = range(spans[i].start, spans[i].end)
            if taken.isdisjoint(tokens):
                taken.update(tokens)
                label = labels[best[i]]
                chosen.append((Span(spans[i].doc, spans[i].start, spans[i].end, label=label), named[i]))
        return sorted(chosen, key=lambda c: c[0].start)


@Language.factory("kg_mentions", assigns=["doc.spans"], requires=["doc.ents", "token.dep"])
def _create(nlp: Language, name: str) -> Mentions:
    return Mentions(mention_words(nlp.lang), load(nlp.lang, KEY))


def defined(span: Span, words: MentionWords) -> str | None:
    """The type that a common noun behind a name tells ("the SNIPAT union", "the Nemesis collective")."""
    doc, end = span.doc, span.end
    if (
        len(span) > 1
        and span[-1].is_lower
        and span[-1].lower_ in words.naming
        and all(t.pos_ == "PROPN" for t in span[:-1])
    ):
        return words.heads.get(span[-1].lower_, (None,))[0]
    if end >= len(doc) or doc[end].lower_ not in words.generic or not doc[end].is_lower:
        return None
    whole = span.start == 0 or not doc[span.start - 1].text[0].isupper()
    kinds = words.heads.get(doc[end].lower_, ())
    return kinds[0] if kinds and whole and all(t.pos_ == "PROPN" or not t.is_alpha for t in span) else None


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole article says of its candidates.

    `surnames` are the last words of names of persons, `repeats` counts the candidates of the same words,
    `labels` gives for them the label that the statistical model likes best; `bylines` are the tokens of
    credit lines.
    """

    surnames: frozenset[str]
    repeats: dict[str, int]
    labels: dict[str, str]
    bylines: frozenset[int]
    title_end: int

    @classmethod
    def of(cls, doc: Doc, spans: Sequence[Span], words: MentionWords) -> Context:
        """The context of a doc and its candidates."""
        persons = [e for e in doc.ents if e.label_ in PERSON_LABELS and len(e) > 1]
        labels: dict[str, Counter[str]] = {}
        for ent in doc.ents:
            labels.setdefault(ent.text.lower(), Counter())[ent.label_] += 1
        return cls(
            frozenset(_bare(e).split()[-1] for e in persons),
            Counter(s.text.lower() for s in spans),
            {text: min(c, key=lambda k: (-c[k], k)) for text, c in labels.items()},
            frozenset(_bylines(doc, words)),
            title_end(doc),
        )


def _bare(span: Span) -> str:
    """The words of a span without the possessive."""
    return " ".join(t.text for t in span if t.tag_ != "POS")


def _bylines(doc: Doc, words: MentionWords) -> Iterator[int]:
    """The tokens of paragraphs that are no more than a credit ("By Jane Doe")."""
    numbers = paragraph_numbers(doc)
    for _, group in groupby(doc, key=lambda t: numbers[t.i]):
        tokens = [t for t in group if not t.is_space]
        if tokens and len(tokens) <= LONGEST_BYLINE and tokens[0].lower_ in words.credits:
            yield from (t.i for t in tokens)


def features(span: Span, words: MentionWords, context: Context) -> list[str]:
    """The named features of a candidate."""
    first, last, root = span[0], span[-1], span.root
    doc, lower = span.doc, span.text.lower()
    n = len(span)
    proper = sum(t.pos_ == "PROPN" for t in span)
    ner = _ner(span)
    out = [
        f"text={lower}",
        f"n={min(n, 5)}",
        f"first={first.lower_}",
        f"last={last.lower_}",
        f"lemma={root.lemma_.lower()}",
        f"shape={_shape(span)}",
        f"proper={'all' if proper == n else 'some' if proper else 'none'}",
        f"ner={ner}",
        f"ner={ner}&shape={_shape(span)}",
        f"dep={root.dep_}",
        f"tag={root.tag_}",
        f"before={doc[span.start - 1].lower_ if span.start else '^'}",
        f"after={doc[span.end].lower_ if span.end < len(doc) else '$'}",
        f"title={span.start < context.title_end}",
        f"repeats={min(context.repeats[lower], 4)}&ner={ner}",
        f"usual={context.labels.get(lower, 'none')}",
        f"usual={context.labels.get(lower, 'none')}&ner={ner}",
    ]
    if n == 1 and span.text in context.surnames:
        out += ["surname", f"surname&ner={ner}"]
    if span.end < len(doc) and doc[span.end].is_lower:
        out += [f"next={k}&proper={proper == n}" for k in words.heads.get(doc[span.end].lower_, ())]
    if n > 1 and last.is_lower and first.text[0].isupper():
        out += [f"name+{k}" for k in words.heads.get(last.lower_, ())]
    out += _lexical(span, lower, words)
    out += _syntactic(span, root, words)
    if first.is_sent_start:
        out.append("sentence-start")
    return out


def _lexical(span: Span, lower: str, words: MentionWords) -> list[str]:
    out = [f"known={k}" for k in words.known.get(lower, ())]
    out += [f"head={k}" for k in words.heads.get(span.root.lower_, ())]
    out += [f"last={k}" for k in words.heads.get(span[-1].lower_, ())]
    out += [f"first={k}" for k in words.heads.get(span[0].lower_, ())]
    out += sorted({f"has={k}" for t in span for k in words.heads.get(t.lower_, ())})
    place = gazetteer.kind(span.text)
    if place:
        out.append(f"gazetteer={place}")
        out.append(f"gazetteer={place}&ner={_ner(span)}")
    family = words.families.get(span.root.lemma_.lower()) or words.families.get(lower)
    if family:
        out.append(f"family={family}")
        out.append(f"family={family}&n={min(len(span), 3)}")
    if span[0].lower_ in words.offices or span[0].lemma_.lower() in words.offices:
        out.append("starts-with-office")
    if any(t.ent_type_ == "NORP" for t in span):
        out.append("nationality")
    return out


def _syntactic(span: Span, root: Token, words: MentionWords) -> list[str]:
    doc = span.doc
    head = root.head
    out = [f"head={head.lemma_.lower()}", f"dep={root.dep_}&head={head.lemma_.lower()}"]
    before = doc[span.start - 1] if span.start else None
    if before is not None:
        if before.lower_ in words.offices or before.lemma_.lower() in words.offices:
            out.append("after-office")
        if before.lower_ in words.courtesy:
            out.append("after-courtesy")
        if before.pos_ == "DET":
            out.append("after-determiner")
        if before.text[:1].isupper() and not before.is_sent_start:
            out.append("inside-capitals")
    if span.end < len(doc):
        after = doc[span.end]
        if after.text[:1].isupper() and after.pos_ == "PROPN":
            out.append("before-capitals")
        if after.text == "," and span.end + 1 < len(doc) and doc[span.end + 1].like_num:
            out.append("before-age")
    if root.dep_ == "pobj":
        noun = head.head if head.head.dep_ == "prep" or head.head.pos_ == "NOUN" else head
        out.append(f"prep={head.lower_}" if noun is head else f"prep={noun.lower_}_{head.lower_}")
    for child in root.children:
        if child.i < span.start or child.i >= span.end:
            out.append(f"child={child.dep_}")
            if child.dep_ in {"amod", "compound", "nummod", "det", "poss"} and child.i < span.start:
                out.append(f"left={child.dep_}")
    return out


def _shape(span: Span) -> str:
    if all(t.is_upper for t in span if t.is_alpha):
        return "UPPER"
    return "".join("X" if t.text[0].isupper() else "x" if t.is_alpha else "#" for t in span)[:6]


def _ner(span: Span) -> str:
    labels = {t.ent_type_ for t in span}
    label = next(iter(labels)) if len(labels) == 1 else "mixed"
    if not label:
        return "none"
    exact = any(e.start == span.start and e.end == span.end for e in span.ents)
    return label if exact else f"part-{label}"
