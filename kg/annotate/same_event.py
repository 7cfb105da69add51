"""`kg_same_event`: which triggers name the same event, as `Span.id_` ("v1", "v2", … in order of first trigger).

The model `same_event` gives each pair of triggers of compatible types a probability of naming one event;
clusters are joined greedily, surest first, while the mean over all their pairs stays above the threshold
(average-link agglomeration). The type of an event is the one its triggers are surest of together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate import mentions
from kg.annotate.triggers import KEY
from kg.facts import PROTEST_EVENTS
from kg.model import Model, load

NAME = "same_event"
SAME = "same"


class SameEvent:
    """Doc → Doc. `threshold` is the least mean probability of the pairs of one event."""

    def __init__(self, model: Model, threshold: float = 0.45) -> None:
        self.model, self.threshold = model, threshold

    def __call__(self, doc: Doc) -> Doc:
        group = doc.spans[KEY]
        spans = list(group)
        confidence: list[float] = group.attrs["confidence"]
        clusters = self._cluster(doc, spans)
        named: dict[int, Span] = {}
        for n, members in enumerate(clusters, 1):
            votes: dict[str, float] = defaultdict(float)
            for m in members:
                votes[spans[m].label_] += confidence[m]
            label = min(votes, key=lambda k: (-round(votes[k], 4), k))
            for m in members:
                named[m] = Span(doc, spans[m].start, spans[m].end, label=label, span_id=f"v{n}")
        linked = SpanGroup(doc, name=KEY, spans=[named[i] for i in range(len(spans))])
        linked.attrs["confidence"] = confidence
        doc.spans[KEY] = linked
        return doc

    def _cluster(self, doc: Doc, spans: list[Span]) -> list[list[int]]:
        """Lists of trigger numbers, ordered by their first."""
        wanted = [(i, j) for i, j in combinations(range(len(spans)), 2) if comparable(spans[i], spans[j])]
        if not wanted:
            return [[i] for i in range(len(spans))]
        described = describe(doc, spans)
        column = self.model.labels.index(SAME)
        scores = self.model.probabilities([features(described[i], described[j]) for i, j in wanted])[
            :, column
        ]
        same = {pair: float(p) for pair, p in zip(wanted, scores, strict=True)}
        clusters = [[i] for i in range(len(spans))]
        while True:
            best, where = self.threshold, (-1, -1)
            for a, b in combinations(range(len(clusters)), 2):
                pairs = [same.get((min(i, j), max(i, j)), 0.0) for i in clusters[a] for j in clusters[b]]
                mean = sum(pairs) / len(pairs)
                if mean > best:
                    best, where = mean, (a, b)
            if where[0] < 0:
                return sorted(sorted(c) for c in clusters)
            clusters[where[0]] += clusters.pop(where[1])


def comparable(a: Span, b: Span) -> bool:
    """Whether two triggers may name one event: both protests, or of one type."""
    return a.label_ == b.label_ or (a.label_ in PROTEST_EVENTS and b.label_ in PROTEST_EVENTS)


@dataclass(frozen=True, slots=True)
class Described:
    """What the comparison looks at in one trigger and its clause."""

    lemma: str
    stem: str
    label: str
    tag: str
    determiner: str
    modifiers: frozenset[str]
    sentence: int
    paragraph: int
    title: bool
    tense: str
    places: frozenset[str]
    actors: frozenset[str]
    dates: frozenset[str]
    order: int
    number: str


def describe(doc: Doc, spans: list[Span]) -> list[Described]:
    """One description a trigger."""
    sentence_of: dict[int, int] = {}
    sentences = list(doc.sents)
    paragraph_of: list[int] = []
    paragraph = 0
    for n, sent in enumerate(sentences):
        paragraph_of.append(paragraph)
        for token in sent:
            sentence_of[token.i] = n
            if token.is_space and "\n" in token.text:
                paragraph = n + 1
    near: dict[int, list[Span]] = defaultdict(list)
    for mention in doc.spans[mentions.KEY]:
        near[sentence_of[mention.start]].append(mention)
    return [
        _describe(doc, span, sentence_of[span.start], paragraph_of, sentences, near, order)
        for order, span in enumerate(spans)
    ]


def _describe(
    doc: Doc,
    span: Span,
    n: int,
    paragraph_of: list[int],
    sentences: list[Span],
    near: dict[int, list[Span]],
    order: int,
) -> Described:
    root = span.root
    verb = root
    for _ in range(3):
        if verb.pos_ in {"VERB", "AUX"} or verb.head is verb:
            break
        verb = verb.head
    around = near[n]
    sent = sentences[n]
    return Described(
        lemma=" ".join(t.lemma_.lower() for t in span),
        stem=root.lemma_.lower()[:5],
        label=span.label_,
        tag=root.tag_,
        determiner=next((c.lower_ for c in root.children if c.dep_ in {"det", "poss"} and c.i < root.i), "-"),
        modifiers=frozenset(
            c.lemma_.lower() for c in root.children if c.dep_ in {"amod", "compound", "nummod", "nmod"}
        ),
        sentence=n,
        paragraph=paragraph_of[n],
        title=n == 0,
        tense="future" if any(c.lower_ in {"will", "'ll"} for c in verb.children) else verb.tag_,
        places=frozenset(m.id_ for m in around if m.label_ == "Place"),
        actors=frozenset(m.id_ for m in around if m.label_ != "Place" and _attached(m, root, verb)),
        dates=frozenset(e.text.lower() for e in sent.ents if e.label_ == "DATE"),
        order=order,
        number="p" if "Number=Plur" in root.morph else "s",
    )


def _attached(mention: Span, root: object, verb: object) -> bool:
    return mention.root.head in (root, verb) or mention.root.head.head in (root, verb)


def features(a: Described, b: Described) -> list[str]:
    """The named features of a pair of triggers, `a` before `b` in the text."""
    distance = b.sentence - a.sentence
    near = "same" if distance == 0 else "next" if distance == 1 else "near" if distance < 5 else "far"
    labels = a.label if a.label == b.label else "/".join(sorted((a.label, b.label)))
    out = [f"distance={near}", f"labels={labels}", f"labels={labels}&distance={near}", f"title={a.title}",
           f"paragraph={a.paragraph == b.paragraph}", f"tags={a.tag[:2]}/{b.tag[:2]}", f"determiner={b.determiner}",
           f"numbers={a.number}{b.number}", f"labels={labels}&numbers={a.number}{b.number}", f"determiners={a.determiner}/{b.determiner}",
           f"neighbours={b.order - a.order == 1}", f"tenses={a.tense == b.tense}", f"tense={a.tense}/{b.tense}"]  # fmt: skip
    same_word = "lemma" if a.lemma == b.lemma else "stem" if a.stem == b.stem else "no"
    out += [f"word={same_word}", f"word={same_word}&labels={labels}", f"word={same_word}&distance={near}",
            f"word={same_word}&determiner={b.determiner}", f"word={same_word}&numbers={a.number}{b.number}"]  # fmt: skip
    if a.label == b.label:
        out.append(f"lemmas={'/'.join(sorted((a.lemma, b.lemma)))}")
    for name, x, y in (
        ("places", a.places, b.places),
        ("actors", a.actors, b.actors),
        ("dates", a.dates, b.dates),
        ("modifiers", a.modifiers, b.modifiers),
    ):
        relation = "share" if x & y else "differ" if x and y else "one" if x or y else "none"
        out += [
            f"{name}={relation}",
            f"{name}={relation}&word={same_word}",
            f"{name}={relation}&distance={near}",
        ]
    return out


@Language.factory("kg_same_event", assigns=["doc.spans"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> SameEvent:
    return SameEvent(load(nlp.lang, NAME))
