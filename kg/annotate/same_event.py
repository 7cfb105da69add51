"""`kg_same_event`: which triggers name the same event, as `Span.id_` ("v1", "v2", … by first trigger).

The model `same_event` gives each pair of triggers of compatible types a probability of naming one event;
clusters are joined, surest first, while the mean over all their pairs stays above the threshold (average-
link agglomeration, UPGMA; Sokal & Michener 1958). What a crowd did ("some 500 gathered") is seldom an event
of its own beside those that the text names otherwise: it joins the likeliest at a lower mean. The type of an
event is the one that its triggers are surest of together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate.described import Described, are_apart, describe, features
from kg.annotate.triggers import KEY
from kg.facts import ANY_FORM, PROTEST_EVENTS
from kg.model import Model, load

NAME = "same_event"
SAME = "same"
DOUBTED = 0.4  # below which score of `kg.relevance` a protest is doubted
FORM = 0.3  # share of the votes
FEW = 2  # triggers
WINDOW = 150  # triggers; those farther apart are not compared
LONGEST = 2000  # triggers that are clustered together; a longer text is cut

if not Doc.has_extension("relevance"):
    Doc.set_extension("relevance", default=None)


class SameEvent:
    """Doc → Doc. `threshold` is the least mean probability of the pairs of one event, `crowd` that of the
    pairs of one or two triggers with a crowd and an event that they join.

    `least`, of protests `protest`, is how likely one of an event's triggers at least must name it, taken as
    independent (noisy-or; Pearl 1988); the triggers of a less likely one are dropped. Where
    `doc._.relevance`, the score of `kg.relevance`, says that an article reports no protest, one trigger alone
    must be all the surer (see `doubt`): in a report on birds and planes, what makes one "strike" look like a
    protest makes all of them.
    """

    def __init__(
        self,
        model: Model,
        threshold: float = 0.45,
        crowd: float = 0.28,
        least: float = 0.5,
        protest: float = 0.6,
    ) -> None:
        self.model, self.threshold, self.crowd = model, threshold, crowd
        self.least, self.protest = least, protest

    def __call__(self, doc: Doc) -> Doc:
        group = doc.spans[KEY]
        spans = list(group)
        confidence: list[float] = group.attrs["confidence"]
        surest = 1 - doubt(doc._.relevance)
        named: dict[int, Span] = {}
        n = 0
        for members in self._cluster(doc, spans):
            label = event_type([(spans[m].label_, confidence[m]) for m in members])
            sure = [confidence[m] for m in members]
            is_protest = label in PROTEST_EVENTS
            least = self.protest if is_protest else self.least
            if any_of(sure) >= least and (not is_protest or max(sure) >= surest):
                n += 1
                for m in members:
                    named[m] = Span(doc, spans[m].start, spans[m].end, label=label, span_id=f"v{n}")
        linked = SpanGroup(doc, name=KEY, spans=[named[i] for i in sorted(named)])
        linked.attrs["confidence"] = [confidence[i] for i in sorted(named)]
        doc.spans[KEY] = linked
        return doc

    def _cluster(self, doc: Doc, spans: list[Span]) -> list[list[int]]:
        """Lists of trigger numbers, ordered by their first."""
        described = describe(doc, spans) if len(spans) > 1 else []
        clusters: list[list[int]] = []
        for start in range(0, len(spans), LONGEST):
            n = min(LONGEST, len(spans) - start)
            clusters += ([start + m for m in c] for c in self._joined(n, described[start : start + n]))
        return clusters

    def _joined(self, n: int, described: list[Described]) -> list[list[int]]:
        pairs = [
            (i, j)
            for i, d in enumerate(described)
            for j in range(i + 1, min(n, i + WINDOW))
            if described[j].kind == d.kind
        ]
        if not pairs:
            return [[i] for i in range(n)]
        column = self.model.labels.index(SAME)
        same = self.model.probabilities([features(described[i], described[j]) for i, j in pairs])[:, column]
        rows, others = np.array(pairs).T
        distance = np.ones(n * (n - 1) // 2)  # of 0 and 1, 0 and 2, …, 1 and 2, …
        apart = [n for n, (i, j) in enumerate(pairs) if are_apart(described[i], described[j])]
        unlike = 1 - same.round(4)
        unlike[apart] = n * n  # no mean that they are part of is near
        distance[rows * n - rows * (rows + 1) // 2 + others - rows - 1] = unlike
        clusters = {i: [i] for i in range(n)}
        for m, (a, b, gap, _) in enumerate(linkage(distance, method="average").tolist(), n):
            if gap > 1 - self.threshold:
                break
            clusters[m] = clusters.pop(int(a)) + clusters.pop(int(b))
        return self._with_crowds(list(clusters.values()), described, 1 - squareform(distance))

    def _with_crowds(
        self, clusters: list[list[int]], described: list[Described], alike: NDArray[np.float32]
    ) -> list[list[int]]:
        """The clusters, those of a crowd and few triggers joined to what they are likeliest part of."""
        few = [c for c in clusters if len(c) <= FEW and any(described[m].crowds for m in c)]
        for cluster in sorted(few, key=lambda c: (len(c), min(c))):
            kind = described[cluster[0]].kind
            others = [
                c
                for c in clusters
                if c is not cluster
                and described[c[0]].kind == kind
                and not any(are_apart(described[m], described[k]) for m in cluster for k in c)
            ]
            if cluster not in clusters or not others:
                continue
            total = alike[cluster].sum(axis=0)
            size = len(cluster)
            mean, n = max((float(total[c].sum()) / (size * len(c)), -n) for n, c in enumerate(others))
            if mean > self.crowd:
                others[-n].extend(cluster)
                clusters.remove(cluster)
        return sorted(sorted(members) for members in clusters)


def doubt(relevance: float | None) -> float:
    """How unlikely a protest may be: in an article that seems to report none, a third of its score."""
    return 1.0 if relevance is None or relevance >= DOUBTED else relevance / 3


def any_of(probabilities: Iterable[float]) -> float:
    """How likely at least one of some independent things holds: 1 - Π(1 - p)."""
    return 1 - prod(1 - p for p in probabilities)


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


@Language.factory("kg_same_event", assigns=["doc.spans"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> SameEvent:
    return SameEvent(load(nlp.lang, NAME))
