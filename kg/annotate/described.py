"""What `kg_same_event` looks at in a trigger and what stands around it, and in a pair of triggers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from spacy.tokens import Doc, Span, Token

from kg.annotate import dates, mentions, pair_names
from kg.annotate.columns import Columns, columns
from kg.annotate.counting import NOUNS
from kg.annotate.surroundings import Surroundings, alike, surroundings
from kg.annotate.syntax import clause_verb, edges, path
from kg.annotate.triggers import FIGURE
from kg.annotate.turnouts import Part, Turnout, turnouts
from kg.facts import PROTEST, PROTEST_EVENTS

PLACE = "Place"
MODIFIERS = {"amod", "compound", "nummod", "nmod"}
DETERMINERS = {"det", "poss"}
ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "poss", "compound"}
NEAR = 5  # sentences
LEAD = 3  # sentences, the title counted
FAR = 4  # triggers of the kind
LINK = 5  # tokens
STEM = 5  # letters by which a noun and a verb are one word
NOTHING: frozenset[str] = frozenset()


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
    its type, for protests one and the same; `turnouts` are its crowds (`kg.annotate.turnouts`);
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
    turnouts: tuple[Turnout, ...]
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
                turnouts=tuple(crowds.crowds[q] for q in sorted(counted)),
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
    if not (a.turnouts and b.turnouts):
        return False
    return all(x.is_apart(y) for x in a.turnouts for y in b.turnouts)


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
