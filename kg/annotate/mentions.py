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
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate import gazetteer
from kg.annotate.candidates import candidates
from kg.annotate.columns import Columns, columns
from kg.annotate.dateline import MARKS, dateline
from kg.annotate.syntax import title_end
from kg.annotate.words import MentionWords, mention_words
from kg.model import Model, load

KEY = "mentions"
NONE = "-"  # the label of a candidate that names nothing
NEWSPAPER = "Media"
LONGEST_BYLINE = 8  # tokens
LONGEST_CREDIT = 60  # tokens
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
        """One row a candidate, mixed with the mean of those of the same words; credits stand alone."""
        context = Context.of(doc, spans, self.words)
        credited = np.array([label == NONE for label in self.model.labels], dtype=np.float32)
        rows = self.model.probabilities([features(s, self.words, context) for s in spans])
        c = columns(doc)
        same: dict[str, list[int]] = {}
        for i, span in enumerate(spans):
            start, end = span.start, span.end
            if start in context.bylines or end - 1 in context.bylines:
                rows[i] = credited
                continue
            kind = defined(c, start, end, self.words)
            if kind in self.model.labels:
                told = np.array([label == kind for label in self.model.labels], dtype=np.float32)
                rows[i] = (1 - TOLD) * rows[i] + TOLD * told
            same.setdefault(context.words[start, end], []).append(i)
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
        likely = np.flatnonzero(named >= self.threshold).tolist()
        order = sorted(likely, key=lambda i: (-round(float(named[i]), 4), -len(spans[i]), spans[i].start))
        taken: set[int] = set()
        chosen: list[tuple[Span, float]] = []
        for i in order:
            start, end = spans[i].start, spans[i].end
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                chosen.append((Span(spans[i].doc, start, end, label=labels[best[i]]), named[i]))
        return sorted(chosen, key=lambda c: c[0].start)


@Language.factory("kg_mentions", assigns=["doc.spans"], requires=["doc.ents", "token.dep"])
def _create(nlp: Language, name: str) -> Mentions:
    return Mentions(mention_words(nlp.lang), load(nlp.lang, KEY))


def defined(c: Columns, start: int, end: int, words: MentionWords) -> str | None:
    """The type that a common noun behind a name tells ("the SNIPAT union", "the Nemesis collective")."""
    last = end - 1
    if (
        last > start
        and c.lower[last] in words.naming
        and c.text[last].islower()
        and all(pos == "PROPN" for pos in c.pos[start:last])
    ):
        return words.heads.get(c.lower[last], (None,))[0]
    if end >= len(c) or c.lower[end] not in words.generic or not c.text[end].islower():
        return None
    whole = start == 0 or not c.text[start - 1][0].isupper()
    kinds = words.heads.get(c.lower[end], ())
    named = all(c.pos[i] == "PROPN" or not c.text[i].isalpha() for i in range(start, end))
    return kinds[0] if kinds and whole and named else None


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole article says of its candidates.

    `words` are those of the candidates, in lower case. `surnames` are the last words of names of persons,
    `repeats` counts the candidates of the same words, `labels` gives for them the label that the statistical
    model likes best; `bylines` are the tokens of credits; `entities` are the spans of that model.
    """

    words: dict[tuple[int, int], str]
    surnames: frozenset[str]
    repeats: dict[str, int]
    labels: dict[str, str]
    bylines: frozenset[int]
    title_end: int
    entities: set[tuple[int, int]]

    @classmethod
    def of(cls, doc: Doc, spans: Sequence[Span], words: MentionWords) -> Context:
        """The context of a doc and its candidates."""
        c = columns(doc)
        surnames: set[str] = set()
        labels: dict[str, Counter[str]] = {}
        for ent in doc.ents:
            start, end, label = ent.start, ent.end, ent.label_
            labels.setdefault(c.words(start, end).lower(), Counter())[label] += 1
            if label in PERSON_LABELS and end - start > 1:
                surnames.add(_bare(c, start, end).split()[-1])
        texts = {(a, b): c.words(a, b).lower() for a, b in ((s.start, s.end) for s in spans)}
        return cls(
            texts,
            frozenset(surnames),
            Counter(texts.values()),
            {text: min(c, key=lambda k: (-c[k], k)) for text, c in labels.items()},
            frozenset(_bylines(c, words, title_end(doc))),
            title_end(doc),
            {(e.start, e.end) for e in doc.ents},
        )


def _bare(c: Columns, start: int, end: int) -> str:
    """The words of a span without the possessive."""
    return " ".join(c.text[i] for i in range(start, end) if c.tag[i] != "POS")


def _bylines(c: Columns, words: MentionWords, end: int) -> Iterator[int]:
    """The tokens of paragraphs that only credit somebody ("By Jane Doe"), of the agency of the dateline, and
    of the site in the title, which ends at token `end`.
    """
    for _, group in groupby(range(len(c)), key=c.paragraph.__getitem__):
        tokens = [i for i in group if not c.is_space[i]]
        if tokens and len(tokens) <= LONGEST_CREDIT and _credits(c, tokens, words):
            yield from tokens
    yield from dateline(c).agency
    yield from _site(c, words, end)


def _site(c: Columns, words: MentionWords, end: int) -> range:
    """The site in the title, which ends at token `end`: all behind a bar, or a newspaper behind a dash."""
    for i in range(1, end):
        if c.text[i] == "|":
            return range(i + 1, end)
        if c.text[i] in MARKS and i + LONGEST_BYLINE >= end:
            name = c.words(i + 1, end).strip().lower()
            if NEWSPAPER in words.known.get(name, ()):
                return range(i + 1, end)
    return range(0)


def _credits(c: Columns, tokens: list[int], words: MentionWords) -> bool:
    line = " ".join(c.lower[i] for i in tokens).removeprefix("( ")
    return (
        (len(tokens) <= LONGEST_BYLINE and c.lower[tokens[0]] in words.credits)
        or line.startswith(words.opening_credits)
        or any(phrase in line for phrase in words.credits_anywhere)
    )


def features(span: Span, words: MentionWords, context: Context) -> list[str]:
    """The named features of a candidate."""
    c, start, end = columns(span.doc), span.start, span.end
    n, last = end - start, end - 1
    lower = context.words[start, end]
    root = span.root.i if n > 1 else start
    proper = c.pos[start:end].count("PROPN")
    share = "all" if proper == n else "some" if proper else "none"
    shape = _shape(c.text[start:end])
    ner = _ner(c, start, end, context)
    usual = context.labels.get(lower, "none")
    before = c.lower[start - 1] if start else "^"
    after = c.lower[end] if end < len(c) else "$"
    out = [
        f"text={lower}",
        f"n={min(n, 5)}",
        f"first={c.lower[start]}",
        f"last={c.lower[last]}",
        f"lemma={c.lemma[root]}",
        f"shape={shape}",
        f"proper={share}",
        f"ner={ner}",
        f"ner={ner}&shape={shape}",
        f"dep={c.dep[root]}",
        f"tag={c.tag[root]}",
        f"before={before}",
        f"after={after}",
        f"title={start < context.title_end}",
        f"repeats={min(context.repeats[lower], 4)}&ner={ner}",
        f"usual={usual}",
        f"usual={usual}&ner={ner}",
    ]
    if n == 1 and c.text[start] in context.surnames:
        out += ["surname", f"surname&ner={ner}"]
    if end < len(c) and c.text[end].islower():
        out += [f"next={k}&proper={proper == n}" for k in words.heads.get(after, ())]
    if n > 1 and c.text[last].islower() and c.text[start][0].isupper():
        out += [f"name+{k}" for k in words.heads.get(c.lower[last], ())]
    out += _lexical(c, start, end, root, ner, lower, words)
    out += _syntactic(c, start, end, root, words)
    if c.opens_sentence[start]:
        out.append("sentence-start")
    return out


def _lexical(
    c: Columns, start: int, end: int, root: int, ner: str, lower: str, words: MentionWords
) -> list[str]:
    heads = words.heads
    out = [f"known={k}" for k in words.known.get(lower, ())]
    out += [f"head={k}" for k in heads.get(c.lower[root], ())]
    out += [f"last={k}" for k in heads.get(c.lower[end - 1], ())]
    out += [f"first={k}" for k in heads.get(c.lower[start], ())]
    out += sorted({f"has={k}" for word in c.lower[start:end] if word in heads for k in heads[word]})
    place = gazetteer.kind(lower)
    if place:
        out += [f"gazetteer={place}", f"gazetteer={place}&ner={ner}"]
    family = words.families.get(c.lemma[root]) or words.families.get(lower)
    if family:
        out += [f"family={family}", f"family={family}&n={min(end - start, 3)}"]
    if c.lower[start] in words.offices or c.lemma[start] in words.offices:
        out.append("starts-with-office")
    if "NORP" in c.ent_type[start:end]:
        out.append("nationality")
    return out


def _syntactic(c: Columns, start: int, end: int, root: int, words: MentionWords) -> list[str]:
    head, dep = c.head[root], c.dep[root]
    out = [f"head={c.lemma[head]}", f"dep={dep}&head={c.lemma[head]}", *_beside(c, start, end, words)]
    if dep == "pobj":
        above = c.head[head]
        joined = above != head and (c.dep[above] == "prep" or c.pos[above] == "NOUN")
        out.append(f"prep={c.lower[above]}_{c.lower[head]}" if joined else f"prep={c.lower[head]}")
    for child in c.children[root]:
        if not start <= child < end:
            kind = c.dep[child]
            out.append(f"child={kind}")
            if child < start and kind in {"amod", "compound", "nummod", "det", "poss"}:
                out.append(f"left={kind}")
    return out


def _beside(c: Columns, start: int, end: int, words: MentionWords) -> list[str]:
    out = []
    if start:
        before = start - 1
        if c.lower[before] in words.offices or c.lemma[before] in words.offices:
            out.append("after-office")
        if c.lower[before] in words.courtesy:
            out.append("after-courtesy")
        if c.pos[before] == "DET":
            out.append("after-determiner")
        if c.text[before][0].isupper() and not c.opens_sentence[before]:
            out.append("inside-capitals")
    if end < len(c):
        if c.text[end][0].isupper() and c.pos[end] == "PROPN":
            out.append("before-capitals")
        if c.text[end] == "," and end + 1 < len(c) and c.like_num[end + 1]:
            out.append("before-age")
    return out


def _shape(texts: list[str]) -> str:
    if all(t.isupper() for t in texts if t.isalpha()):
        return "UPPER"
    return "".join("X" if t[0].isupper() else "x" if t.isalpha() else "#" for t in texts)[:6]


def _ner(c: Columns, start: int, end: int, context: Context) -> str:
    labels = set(c.ent_type[start:end])
    label = labels.pop() if len(labels) == 1 else "mixed"
    if not label:
        return "none"
    return label if (start, end) in context.entities else f"part-{label}"
