"""`kg_same_event`: which triggers name the same event, as `Span.id_` ("v1", "v2", … by first trigger).

The model `same_event` gives each pair of triggers of compatible types a probability of naming one event;
clusters are joined, surest first, while the mean over all their pairs stays above the threshold (average-
link agglomeration, UPGMA; Sokal & Michener 1958). The type of an event is the one that its triggers are
surest of together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from kg.annotate import dates, mentions
from kg.annotate.syntax import Sentences, clause_verb, paragraph_numbers
from kg.annotate.triggers import KEY
from kg.facts import PROTEST_EVENTS
from kg.model import Model, load

NAME = "same_event"
SAME = "same"
ANY_FORM = "Demonstration"
FORM = 0.3  # share of the votes
PLACE = "Place"
MODIFIERS = {"amod", "compound", "nummod", "nmod"}
NEAR = 5  # sentences
WINDOW = 150  # triggers; those farther apart are not compared
STEM = 5  # letters by which a noun and a verb are one word


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
            label = event_type([(spans[m].label_, confidence[m]) for m in members])
            for m in members:
                named[m] = Span(doc, spans[m].start, spans[m].end, label=label, span_id=f"v{n}")
        linked = SpanGroup(doc, name=KEY, spans=[named[i] for i in range(len(spans))])
        linked.attrs["confidence"] = confidence
        doc.spans[KEY] = linked
        return doc

    def _cluster(self, doc: Doc, spans: list[Span]) -> list[list[int]]:
        """Lists of trigger numbers, ordered by their first."""
        n = len(spans)
        pairs = [
            (i, j)
            for i in range(n)
            for j in range(i + 1, min(n, i + WINDOW))
            if comparable(spans[i], spans[j])
        ]
        if not pairs:
            return [[i] for i in range(n)]
        described = describe(doc, spans)
        column = self.model.labels.index(SAME)
        same = self.model.probabilities([features(described[i], described[j]) for i, j in pairs])[:, column]
        distance = np.ones((n, n))
        rows, columns = np.array(pairs).T
        distance[rows, columns] = distance[columns, rows] = 1 - same.round(4)
        np.fill_diagonal(distance, 0)
        tree = linkage(squareform(distance, checks=False), method="average")
        members: dict[int, list[int]] = defaultdict(list)
        for i, cluster in enumerate(fcluster(tree, 1 - self.threshold, criterion="distance")):
            members[int(cluster)].append(i)
        return sorted(members.values())


def event_type(votes: list[tuple[str, float]]) -> str:
    """The type that the triggers of an event are surest of together.

    "Protest" and "demonstration" may name a protest of any form: a form with `FORM` of the votes beats them.
    """
    total: dict[str, float] = defaultdict(float)
    for label, confidence in votes:
        total[label] += confidence
    forms = {k: v for k, v in total.items() if k != ANY_FORM}
    best = min(total, key=lambda k: (-round(total[k], 4), k))
    if best == ANY_FORM and forms:
        form = min(forms, key=lambda k: (-round(forms[k], 4), k))
        if forms[form] >= FORM * sum(total.values()):
            return form
    return best


def comparable(a: Span, b: Span) -> bool:
    """Whether two triggers may name one event: both protests, or of one type."""
    return a.label_ == b.label_ or (a.label_ in PROTEST_EVENTS and b.label_ in PROTEST_EVENTS)


@dataclass(frozen=True, slots=True)
class Described:
    """What the comparison looks at in one trigger and what stands around it.

    `dates` are values such as 2021-05-19, `places` and `actors` entity ids; `near_places` are in the clause.
    """

    lemma: str
    label: str
    tag: str
    plural: bool
    determiner: str
    modifiers: frozenset[str]
    sentence: int
    paragraph: int
    order: int
    tense: str
    dates: frozenset[str]
    places: frozenset[str]
    near_places: frozenset[str]
    actors: frozenset[str]


def describe(doc: Doc, spans: list[Span]) -> list[Described]:
    """One description a trigger."""
    sentences = Sentences.of(doc)
    paragraphs = paragraph_numbers(doc)
    mentioned: dict[int, list[Span]] = defaultdict(list)
    for mention in doc.spans[mentions.KEY]:
        mentioned[sentences.number[mention.start]].append(mention)
    dated: dict[int, list[tuple[Span, str]]] = defaultdict(list)
    group = doc.spans[dates.KEY]
    for span, (value, _) in zip(group, group.attrs["values"], strict=True):
        dated[sentences.number[span.start]].append((span, value))
    out = []
    for order, span in enumerate(spans):
        root = span.root
        n = sentences.number[root.i]
        verb = clause_verb(root, 3)
        around = mentioned[n]
        out.append(
            Described(
                lemma=" ".join(t.lemma_.lower() for t in span),
                label=span.label_,
                tag=root.tag_,
                plural="Number=Plur" in root.morph,
                determiner=next(
                    (c.lower_ for c in root.children if c.dep_ in {"det", "poss"} and c.i < root.i), "-"
                ),
                modifiers=frozenset(c.lemma_.lower() for c in root.children if c.dep_ in MODIFIERS),
                sentence=n,
                paragraph=paragraphs[root.i],
                order=order,
                tense="future"
                if any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
                else verb.tag_,
                dates=_nearest(root, dated[n]),
                places=frozenset(m.id_ for m in around if m.label_ == PLACE),
                near_places=frozenset(
                    m.id_ for m in around if m.label_ == PLACE and _attached(m, root, verb)
                ),
                actors=frozenset(m.id_ for m in around if m.label_ != PLACE and _attached(m, root, verb)),
            )
        )
    return out


def _nearest(root: Token, dated: list[tuple[Span, str]]) -> frozenset[str]:
    """The date of the sentence that stands nearest, if there is one."""
    return frozenset(value for _, value in sorted(dated, key=lambda d: (abs(d[0].start - root.i), d[1]))[:1])


def _attached(mention: Span, root: Token, verb: Token) -> bool:
    """Whether a mention hangs on the trigger or its clause, at most three edges away."""
    token = mention.root
    for _ in range(3):
        token = token.head
        if token.i in (root.i, verb.i):
            return True
    return False


def features(a: Described, b: Described) -> list[str]:
    """The named features of a pair of triggers, `a` before `b` in the text."""
    distance = b.sentence - a.sentence
    near = "same" if distance == 0 else "next" if distance == 1 else "near" if distance < NEAR else "far"
    labels = a.label if a.label == b.label else "/".join(sorted((a.label, b.label)))
    numbers = f"{'p' if a.plural else 's'}{'p' if b.plural else 's'}"
    word = "lemma" if a.lemma == b.lemma else "stem" if a.lemma[:STEM] == b.lemma[:STEM] else "no"
    out = [
        f"distance={near}",
        f"labels={labels}",
        f"labels={labels}&distance={near}",
        f"title={a.sentence == 0}",
        f"paragraph={a.paragraph == b.paragraph}",
        f"tags={a.tag[:2]}/{b.tag[:2]}",
        f"determiner={b.determiner}",
        f"numbers={numbers}",
        f"labels={labels}&numbers={numbers}",
        f"determiners={a.determiner}/{b.determiner}",
        f"neighbours={b.order - a.order == 1}",
        f"tenses={a.tense == b.tense}",
        f"tense={a.tense}/{b.tense}",
        f"word={word}",
        f"word={word}&labels={labels}",
        f"word={word}&distance={near}",
        f"word={word}&determiner={b.determiner}",
        f"word={word}&numbers={numbers}",
    ]
    if a.label == b.label:
        out.append(f"lemmas={'/'.join(sorted((a.lemma, b.lemma)))}")
    out += [f"first:{m}&word={word}" for m in a.modifiers]
    out += [f"second:{m}&word={word}" for m in b.modifiers]
    for name, x, y in (
        ("dates", a.dates, b.dates),
        ("places", a.places, b.places),
        ("near-places", a.near_places, b.near_places),
        ("actors", a.actors, b.actors),
        ("modifiers", a.modifiers, b.modifiers),
    ):
        relation = "share" if x & y else "differ" if x and y else "first" if x else "second" if y else "none"
        out += [
            f"{name}={relation}",
            f"{name}={relation}&word={word}",
            f"{name}={relation}&distance={near}",
            f"{name}={relation}&labels={labels}",
        ]
    return out


@Language.factory("kg_same_event", assigns=["doc.spans"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> SameEvent:
    return SameEvent(load(nlp.lang, NAME))
