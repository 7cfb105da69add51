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
from math import prod

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from kg.annotate import dates, mentions
from kg.annotate.counted import NOUNS, count_words, crowd_hosts
from kg.annotate.syntax import Sentences, clause_verb, edges, paragraph_numbers, path
from kg.annotate.triggers import KEY
from kg.facts import PROTEST_EVENTS
from kg.model import Model, load

NAME = "same_event"
SAME = "same"
ANY_FORM = "Demonstration"
FORM = 0.3  # share of the votes
PLACE = "Place"
MODIFIERS = {"amod", "compound", "nummod", "nmod"}
ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "poss", "compound"}
NEAR = 5  # sentences
WINDOW = 150  # triggers; those farther apart are not compared
LEAD = 3  # sentences, the title counted
FAR = 4  # triggers of the family
LINK = 5  # tokens
STEM = 5  # letters by which a noun and a verb are one word


class SameEvent:
    """Doc → Doc. `threshold` is the least mean probability of the pairs of one event.

    `least` is how likely one of an event's triggers at least must name it, taken as independent (noisy-or;
    Pearl 1988); the triggers of a less likely one are dropped.
    """

    def __init__(self, model: Model, threshold: float = 0.5, least: float = 0.5) -> None:
        self.model, self.threshold, self.least = model, threshold, least

    def __call__(self, doc: Doc) -> Doc:
        group = doc.spans[KEY]
        spans = list(group)
        confidence: list[float] = group.attrs["confidence"]
        clusters = [c for c in self._cluster(doc, spans) if any_of(confidence[m] for m in c) >= self.least]
        named: dict[int, Span] = {}
        for n, members in enumerate(clusters, 1):
            label = event_type([(spans[m].label_, confidence[m]) for m in members])
            for m in members:
                named[m] = Span(doc, spans[m].start, spans[m].end, label=label, span_id=f"v{n}")
        linked = SpanGroup(doc, name=KEY, spans=[named[i] for i in sorted(named)])
        linked.attrs["confidence"] = [confidence[i] for i in sorted(named)]
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
class Described:
    """What the comparison looks at in one trigger and what stands around it.

    `dates` are values such as 2021-05-19, `places` and `actors` entity ids, `crowds` numbers of quantities;
    `own_dates` and `near_places` are in the clause; `current_dates` and `current_places` what the text speaks
    of there, if need be since a sentence before; `arguments` lemmas of what it is done by and to. `order`
    counts the triggers of its family.
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
    own_dates: frozenset[str]
    places: frozenset[str]
    near_places: frozenset[str]
    current_dates: frozenset[str]
    current_places: frozenset[str]
    actors: frozenset[str]
    arguments: frozenset[str]
    crowds: frozenset[int]
    root: Token

    @property
    def word(self) -> str:
        """The letters that a noun and a verb of one stem share."""
        return self.lemma[:STEM]

    @property
    def particular(self) -> str:
        """What its clause gives it of its own: a crowd, a date, a place or nothing."""
        return "crowd" if self.crowds else "date" if self.own_dates else "place" if self.near_places else "-"


def describe(doc: Doc, spans: list[Span]) -> list[Described]:
    """One description a trigger."""
    crowds = crowd_hosts(doc, count_words(doc.lang_))
    nth: Counter[str] = Counter()
    sentences = Sentences.of(doc)
    paragraphs = paragraph_numbers(doc)
    mentioned: dict[int, list[Span]] = defaultdict(list)
    for mention in doc.spans[mentions.KEY]:
        mentioned[sentences.number[mention.start]].append(mention)
    dated: dict[int, list[tuple[Span, str]]] = defaultdict(list)
    group = doc.spans[dates.KEY]
    for span, (value, _) in zip(group, group.attrs["values"], strict=True):
        dated[sentences.number[span.start]].append((span, value))
    spoken_dates = {n: [(d.start, v) for d, v in ds] for n, ds in dated.items()}
    spoken_places = {n: [(m.start, m.id_) for m in ms if m.label_ == PLACE] for n, ms in mentioned.items()}
    out = []
    for span in spans:
        root = span.root
        n = sentences.number[root.i]
        verb = clause_verb(root, 3)
        family = "protest" if span.label_ in PROTEST_EVENTS else span.label_
        nth[family] += 1
        places = [m for m in mentioned[n] if m.label_ == PLACE]
        near_places = frozenset(m.id_ for m in places if _attached(m, root, verb))
        said_dates = _nearest(root, dated[n])
        own_dates = _nearest(root, [d for d in dated[n] if _attached(d[0], root, verb)])
        modal = any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
        out.append(
            Described(
                lemma=" ".join(t.lemma_.lower() for t in span),
                label=span.label_,
                tag=root.tag_,
                plural="Number=Plur" in root.morph,
                determiner=next((c.lower_ for c in root.lefts if c.dep_ in {"det", "poss"}), "-"),
                modifiers=frozenset(c.lemma_.lower() for c in root.children if c.dep_ in MODIFIERS),
                sentence=n,
                paragraph=paragraphs[root.i],
                order=nth[family],
                tense="future" if modal else verb.tag_,
                dates=said_dates,
                own_dates=own_dates,
                places=frozenset(m.id_ for m in places),
                near_places=near_places,
                current_dates=own_dates or said_dates or _last(spoken_dates, n, root.i),
                current_places=near_places
                or frozenset(m.id_ for m in places)
                or _last(spoken_places, n, root.i),
                actors=frozenset(
                    m.id_ for m in mentioned[n] if m.label_ != PLACE and _attached(m, root, verb)
                ),
                arguments=_arguments(root),
                crowds=frozenset(q for t in span for q in crowds.get(t.i, ())),
                root=root,
            )
        )
    return out


def _nearest(root: Token, dated: list[tuple[Span, str]]) -> frozenset[str]:
    """The date of the sentence that stands nearest, if there is one."""
    return frozenset(value for _, value in sorted(dated, key=lambda d: (abs(d[0].start - root.i), d[1]))[:1])


def _arguments(root: Token) -> frozenset[str]:
    """The lemmas of the subject, the objects and the nouns behind prepositions of a trigger."""
    direct = [c for c in root.children if c.dep_ in ARGUMENTS]
    behind = [g for c in root.children if c.pos_ == "ADP" for g in c.children if g.dep_ == "pobj"]
    return frozenset(t.lemma_.lower() for t in (*direct, *behind) if t.pos_ in NOUNS)


def _last(spoken: dict[int, list[tuple[int, str]]], sentence: int, before: int) -> frozenset[str]:
    """What was named last before a token, at most `LEAD` sentences ago."""
    for n in range(sentence, sentence - LEAD - 1, -1):
        said = [value for at, value in spoken.get(n, ()) if at < before]
        if said:
            return frozenset(said[-1:])
    return frozenset()


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
    word = "lemma" if a.lemma == b.lemma else "stem" if a.word == b.word else "no"
    particular = f"{a.particular}/{b.particular}"
    bare = f"{a.plural and a.determiner == '-'}/{b.plural and b.determiner == '-'}"
    lead = f"{a.sentence == 0}/{b.sentence <= LEAD}"
    apart = min(b.order - a.order, FAR)
    out = [
        f"distance={near}",
        f"labels={labels}",
        f"labels={labels}&distance={near}",
        f"title={a.sentence == 0}",
        f"lead={lead}",
        f"lead={a.sentence <= LEAD}/{b.sentence <= LEAD}&labels={labels}",
        f"title={a.sentence == 0}&particular={particular}",
        f"paragraph={a.paragraph == b.paragraph}",
        f"tags={a.tag[:2]}/{b.tag[:2]}",
        f"determiner={b.determiner}",
        f"numbers={numbers}",
        f"labels={labels}&numbers={numbers}",
        f"determiners={a.determiner}/{b.determiner}",
        f"apart={apart}",
        f"apart={apart}&word={word}",
        f"tenses={a.tense == b.tense}",
        f"tense={a.tense}/{b.tense}",
        f"word={word}",
        f"word={word}&labels={labels}",
        f"word={word}&distance={near}",
        f"word={word}&determiner={b.determiner}",
        f"word={word}&numbers={numbers}",
        f"particular={particular}",
        f"particular={particular}&word={word}",
        f"particular={particular}&distance={near}",
        f"bare={bare}",
        f"bare={bare}&particular={particular}",
    ]
    if a.label == b.label:
        out.append(f"lemmas={'/'.join(sorted((a.lemma, b.lemma)))}")
    out += [f"first:{m}&word={word}" for m in a.modifiers]
    out += [f"second:{m}&word={word}" for m in b.modifiers]
    relations = {}
    for name, x, y in (
        ("dates", a.dates, b.dates),
        ("own-dates", a.own_dates, b.own_dates),
        ("places", a.places, b.places),
        ("near-places", a.near_places, b.near_places),
        ("actors", a.actors, b.actors),
        ("modifiers", a.modifiers, b.modifiers),
        ("arguments", a.arguments, b.arguments),
        ("crowds", a.crowds, b.crowds),
        ("current-dates", a.current_dates, b.current_dates),
        ("current-places", a.current_places, b.current_places),
    ):
        relation = "share" if x & y else "differ" if x and y else "first" if x else "second" if y else "none"
        relations[name] = relation
        out += [
            f"{name}={relation}",
            f"{name}={relation}&word={word}",
            f"{name}={relation}&distance={near}",
            f"{name}={relation}&labels={labels}",
        ]
    where, when = relations["near-places"], relations["own-dates"]
    out += [f"when={when}&where={where}", f"when={when}&where={where}&crowds={relations['crowds']}"]
    out.append(f"dates={relations['dates']}&where={where}")
    out.append(f"now={relations['current-dates']}&here={relations['current-places']}")
    return out + (_linked(a, b) if distance == 0 else [])


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
