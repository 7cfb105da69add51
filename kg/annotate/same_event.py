"""`kg_same_event`: which triggers name the same event, as `Span.id_` ("v1", "v2", … by first trigger).

The model `same_event` gives each pair of triggers of compatible types a probability of naming one event;
clusters are joined, surest first, while the mean over all their pairs stays above the threshold (average-
link agglomeration, UPGMA; Sokal & Michener 1958). The type of an event is the one that its triggers are
surest of together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import linkage
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from kg.annotate import dates, mentions, pair_names
from kg.annotate.columns import Columns, columns
from kg.annotate.counted import NOUNS, count_words, crowd_hosts
from kg.annotate.surroundings import Surroundings, alike, surroundings
from kg.annotate.syntax import clause_verb, edges, path
from kg.annotate.triggers import KEY
from kg.facts import PROTEST, PROTEST_EVENTS
from kg.model import Model, load

NAME = "same_event"
SAME = "same"
DOUBTED = 0.4  # below which score of `kg.relevance` a protest is doubted
ANY_FORM = "Demonstration"
FORM = 0.3  # share of the votes
PLACE = "Place"
MODIFIERS = {"amod", "compound", "nummod", "nmod"}
DETERMINERS = {"det", "poss"}
ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "poss", "compound"}
NEAR = 5  # sentences
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
    """Doc → Doc. `threshold` is the least mean probability of the pairs of one event.

    `least`, of protests `protest`, is how likely one of an event's triggers at least must name it, taken as
    independent (noisy-or; Pearl 1988); the triggers of a less likely one are dropped. Where
    `doc._.relevance`, the score of `kg.relevance`, says that an article reports no protest, one must be all
    the surer (see `doubt`).
    """

    def __init__(
        self, model: Model, threshold: float = 0.42, least: float = 0.5, protest: float = 0.6
    ) -> None:
        self.model, self.threshold, self.least, self.protest = model, threshold, least, protest

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
        distance[rows * n - rows * (rows + 1) // 2 + others - rows - 1] = 1 - same.round(4)
        clusters = {i: [i] for i in range(n)}
        for m, (a, b, apart, _) in enumerate(linkage(distance, method="average").tolist(), n):
            if apart > 1 - self.threshold:
                break
            clusters[m] = clusters.pop(int(a)) + clusters.pop(int(b))
        return sorted(sorted(members) for members in clusters.values())


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
    its type, for protests one and the same; `order` counts the triggers of its kind.
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
    crowds = crowd_hosts(doc, count_words(doc.lang_))
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
        near = [m for m in mentioned[n] if _attached(m.root, i, verb, c)]
        places = frozenset(m.value for m in spoken_places.get(n, ()))
        near_places = frozenset(m.value for m in near if m.is_place)
        said_dates = _nearest(i, dated[n])
        own_dates = _nearest(i, [d for d in dated[n] if _attached(d.root, i, verb, c)])
        modal = any(c.dep[k] == "aux" and c.tag[k] == "MD" for k in c.children[verb])
        children = c.children[i]
        out.append(
            Described(
                lemma=" ".join(c.lemma[span.start : span.end]),
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
                crowds=frozenset(q for k in range(span.start, span.end) for q in crowds.get(k, ())),
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


def _attached(i: int, root: int, verb: int, c: Columns) -> bool:
    """Whether a token hangs on the trigger or its clause, at most three edges away."""
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
    word = "lemma" if a.lemma == b.lemma else "stem" if a.word == b.word else "no"
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
