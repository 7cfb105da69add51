"""`kg_same_event`: which triggers name the same event, as `Span.id_` ("v1", "v2", … by first trigger).

The model `same_event` gives each pair of triggers of compatible types a probability of naming one event;
clusters are joined, surest first, while the mean over all their pairs stays above the threshold (average-
link agglomeration, UPGMA; Sokal & Michener 1958). What a crowd did ("some 500 gathered") is seldom an event
of its own beside those that the text names otherwise: it joins the likeliest at a lower mean. The type of an
event is the one that its triggers are surest of together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from kg.annotate import dates, mentions, pair_names
from kg.annotate.columns import Columns, columns
from kg.annotate.counted import NOUNS
from kg.annotate.surroundings import Surroundings, alike, surroundings
from kg.annotate.syntax import clause_verb, edges, path
from kg.annotate.triggers import FIGURE, KEY
from kg.annotate.turnouts import Part, turnouts
from kg.facts import ANY_FORM, PROTEST, PROTEST_EVENTS
from kg.model import Model, load

NAME = "same_event"
SAME = "same"
DOUBTED = 0.4  # below which score of `kg.relevance` a protest is doubted
FORM = 0.3  # share of the votes
PLACE = "Place"
MODIFIERS = {"amod", "compound", "nummod", "nmod"}
DETERMINERS = {"det", "poss"}
ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "poss", "compound"}
NEAR = 5  # sentences
FEW = 2  # triggers
WINDOW = 150  # triggers; those farther apart are not compared
LEAD = 3  # sentences, the title counted
FAR = 4  # triggers of the kind
LINK = 5  # tokens
STEM = 5  # letters by which a noun and a verb are one word
LONGEST = 2000  # triggers that are clustered together; a longer text is cut
NOTHING: frozenset[str] = frozenset()

if not Doc.has_extension("relevance"):
    Doc.set_extension("relevance", default=None)


class SameEvent:
    """Doc → Doc. `threshold` is the least mean probability of the pairs of one event, `crowd` that of the
    pairs of one or two triggers with a crowd and an event that they join.

    `least`, of protests `protest`, is how likely one of an event's triggers at least must name it, taken as
    independent (noisy-or; Pearl 1988); the triggers of a less likely one are dropped. Where
    `doc._.relevance`, the score of `kg.relevance`, says that an article reports no protest, one must be all
    the surer (see `doubt`).
    """

    def __init__(
        self,
        model: Model,
        threshold: float = 0.42,
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
        strange = max(self.protest, 1 - doubt(doc._.relevance))
        named: dict[int, Span] = {}
        n = 0
        for members in self._cluster(doc, spans):
            label = event_type([(spans[m].label_, confidence[m]) for m in members])
            least = strange if label in PROTEST_EVENTS else self.least
            if any_of(confidence[m] for m in members) >= least:
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


@dataclass(frozen=True, slots=True)
class Named:
    """An entity (id) or date (value) named from token `start`; `root` is its head."""

    start: int
    root: int
    value: str
    is_place: bool = False


@dataclass(frozen=True)
class Described:
    """What the comparison looks at in one trigger and what stands around it.

    `dates` are values such as 2021-05-19, `places` and `actors` entity ids, `crowds` numbers of quantities;
    `own_dates` and `near_places` are in the clause; `current_dates` and `current_places` what the text speaks
    of there, if need be since a sentence before; `arguments` lemmas of what it is done by and to. `kind` is
    its type, for protests one and the same; `rivals` are crowds of other events (`kg.annotate.turnouts`);
    `order` counts the triggers of its kind.
    """

    lemma: str
    label: str
    kind: str
    tag: str
    plural: bool
    determiner: str
    modifiers: frozenset[str]
    sentence: int
    paragraph: int
    order: int
    tense: str
    dates: frozenset[str]
    own_dates: frozenset[str]
    places: frozenset[str]
    near_places: frozenset[str]
    current_dates: frozenset[str]
    current_places: frozenset[str]
    actors: frozenset[str]
    arguments: frozenset[str]
    crowds: frozenset[int]
    rivals: frozenset[int]
    around: Surroundings
    root: Token

    @cached_property
    def compared(self) -> tuple[frozenset[Any], ...]:
        """What two triggers may share, in the order of `pair_names.COMPARED`."""
        return tuple(getattr(self, name.replace("-", "_")) for name in pair_names.COMPARED)

    @cached_property
    def word(self) -> str:
        """The letters that a noun and a verb of one stem share."""
        return self.lemma[:STEM]

    @cached_property
    def particular(self) -> str:
        """What its clause gives it of its own: a crowd, a date, a place or nothing."""
        return "crowd" if self.crowds else "date" if self.own_dates else "place" if self.near_places else "-"


def describe(doc: Doc, spans: list[Span]) -> list[Described]:
    """One description a trigger."""
    c = columns(doc)
    crowds = turnouts(doc)
    nth: Counter[str] = Counter()
    mentioned: dict[int, list[Named]] = defaultdict(list)
    for mention in doc.spans[mentions.KEY]:
        named = Named(mention.start, mention.root.i, mention.id_, mention.label_ == PLACE)
        mentioned[c.sentence[named.start]].append(named)
    dated: dict[int, list[Named]] = defaultdict(list)
    group = doc.spans[dates.KEY]
    for span, (value, _) in zip(group, group.attrs["values"], strict=True):
        dated[c.sentence[span.start]].append(Named(span.start, span.root.i, value))
    spoken_places = {n: [m for m in ms if m.is_place] for n, ms in mentioned.items()}
    out = []
    for span, around in zip(spans, surroundings(doc, spans), strict=True):
        root = span.root
        i, verb = root.i, clause_verb(root, 3).i
        n = c.sentence[i]
        kind = PROTEST if span.label_ in PROTEST_EVENTS else span.label_
        nth[kind] += 1
        counted = frozenset(q for k in range(span.start, span.end) for q in crowds.hosts.get(k, ()))
        figure = i in crowds.gaps
        own = partial(_is_own, i, verb, [crowds.parts[q] for q in counted], figure, c)
        near = [m for m in mentioned[n] if own(m)]
        places = frozenset(m.value for m in spoken_places.get(n, ()))
        near_places = frozenset(m.value for m in near if m.is_place)
        said_dates = _nearest(i, dated[n])
        own_dates = _nearest(i, [d for d in dated[n] if own(d)])
        modal = any(c.dep[k] == "aux" and c.tag[k] == "MD" for k in c.children[verb])
        children = c.children[i]
        out.append(
            Described(
                lemma=FIGURE if figure else " ".join(c.lemma[span.start : span.end]),
                label=span.label_,
                kind=kind,
                tag=c.tag[i],
                plural="Number=Plur" in c.morph[i],
                determiner=next((c.lower[k] for k in children if k < i and c.dep[k] in DETERMINERS), "-"),
                modifiers=frozenset(c.lemma[k] for k in children if c.dep[k] in MODIFIERS),
                sentence=n,
                paragraph=c.paragraph[i],
                order=nth[kind],
                tense="future" if modal else c.tag[verb],
                dates=said_dates,
                own_dates=own_dates,
                places=places,
                near_places=near_places,
                current_dates=own_dates or said_dates or _last(dated, n, i),
                current_places=near_places or places or _last(spoken_places, n, i),
                actors=frozenset(m.value for m in near if not m.is_place),
                arguments=_arguments(i, c),
                crowds=counted,
                rivals=frozenset(other for q in counted for other in crowds.rivals.get(q, ())),
                around=around,
                root=root,
            )
        )
    return out


def _nearest(i: int, dated: list[Named]) -> frozenset[str]:
    """The date of the sentence that stands nearest, if there is one."""
    if not dated:
        return NOTHING
    return frozenset([min(dated, key=lambda d: (abs(d.start - i), d.value)).value])


def _arguments(i: int, c: Columns) -> frozenset[str]:
    """The lemmas of the subject, the objects and the nouns behind prepositions of a trigger."""
    direct = [k for k in c.children[i] if c.dep[k] in ARGUMENTS]
    behind = [g for k in c.children[i] if c.pos[k] == "ADP" for g in c.children[k] if c.dep[g] == "pobj"]
    return frozenset(c.lemma[k] for k in (*direct, *behind) if c.pos[k] in NOUNS)


def _last(spoken: dict[int, list[Named]], sentence: int, before: int) -> frozenset[str]:
    """What was named last before a token, at most `LEAD` sentences ago."""
    for n in range(sentence, sentence - LEAD - 1, -1):
        said = [named.value for named in spoken.get(n, ()) if named.start < before]
        if said:
            return frozenset(said[-1:])
    return NOTHING


def _is_own(root: int, verb: int, own: list[Part], figure: bool, c: Columns, named: Named) -> bool:
    """Whether something is said of the event that a token names: it stands in the part of the sentence that
    is a crowd's own, or, unless the token is a figure, hangs on the token or its clause."""
    if any(start <= named.start < end for start, end in own):
        return True
    return not figure and _attached(root, verb, c, named)


def _attached(root: int, verb: int, c: Columns, named: Named) -> bool:
    """Whether something hangs on the trigger or its clause, at most three edges away."""
    i = named.root
    for _ in range(3):
        i = c.head[i]
        if i in (root, verb):
            return True
    return False


def features(a: Described, b: Described) -> list[str]:
    """The named features of a pair of triggers, `a` before `b` in the text."""
    distance = b.sentence - a.sentence
    near = "same" if distance == 0 else "next" if distance == 1 else "near" if distance < NEAR else "far"
    labels = a.label if a.label == b.label else "/".join(sorted((a.label, b.label)))
    word = _alike(a, b)
    title, particular = a.sentence == 0, f"{a.particular}/{b.particular}"
    out = [
        *pair_names.where(near, labels, word),
        *pair_names.lead(title, a.sentence <= LEAD, b.sentence <= LEAD, labels),
        *pair_names.forms(a.tag[:2], b.tag[:2], a.paragraph == b.paragraph),
        *pair_names.numbers(a.plural, b.plural, labels, word),
        *pair_names.determiners(a.determiner, b.determiner, word),
        *pair_names.apart(min(b.order - a.order, FAR), word),
        *pair_names.tenses(a.tense, b.tense),
        *pair_names.particular(particular, title, near, word),
        *pair_names.bare(a.plural and a.determiner == "-", b.plural and b.determiner == "-", particular),
    ]
    if a.label == b.label:
        out.append(f"lemmas={'/'.join(sorted((a.lemma, b.lemma)))}")
    out += [f"first:{m}&word={word}" for m in sorted(a.modifiers)]
    out += [f"second:{m}&word={word}" for m in sorted(b.modifiers)]
    if a.crowds and b.crowds:
        out.append(f"apart={are_apart(a, b)}")
    relations = {}
    for (name, related), x, y in zip(
        pair_names.relations(word, near, labels), a.compared, b.compared, strict=True
    ):
        relations[name] = relation = _relation(x, y)
        out += related[relation]
    where, when = relations["near-places"], relations["own-dates"]
    out += pair_names.here(when, where, relations["crowds"], relations["dates"])
    out.append(f"now={relations['current-dates']}&here={relations['current-places']}")
    out += alike(a.around, b.around, near, word)
    return out + (_linked(a, b) if distance == 0 else [])


def _alike(a: Described, b: Described) -> str:
    """Whether two triggers have one word; a figure has none."""
    if FIGURE in {a.lemma, b.lemma}:
        return "no"
    return "lemma" if a.lemma == b.lemma else "stem" if a.word == b.word else "no"


def are_apart(a: Described, b: Described) -> bool:
    """Whether what stands around two triggers says that their crowds took part in different events."""
    return bool(a.rivals) and not a.rivals.isdisjoint(b.crowds)


def _relation(x: frozenset[Any], y: frozenset[Any]) -> str:
    if x and y:
        return "differ" if x.isdisjoint(y) else "share"
    return "first" if x else "second" if y else "none"


def _linked(a: Described, b: Described) -> list[str]:
    """How two triggers of one sentence hang together: "gathered for a demonstration"."""
    found = path(a.root, b.root)
    if not found or len(found) > LINK:
        return []
    way = edges(found)
    words = "/".join(t.lower_ for t in found[1:-1] if t.pos_ == "ADP")
    parts = f"{a.root.pos_}{b.root.pos_}"
    return [f"link={way}", f"link={way}&{parts}", f"link={words}&{len(found)}", f"link={len(found)}"]


@Language.factory("kg_same_event", assigns=["doc.spans"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> SameEvent:
    return SameEvent(load(nlp.lang, NAME))
