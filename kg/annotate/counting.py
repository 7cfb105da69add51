"""How the words of a clause count people: the nouns of a number, what they do and undergo, where that names
an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span

from kg.annotate.columns import Columns, columns
from kg.annotate.eventwords import EventWords, event_words
from kg.annotate.syntax import PASSIVES, RELATIVE, VERBS
from kg.facts import PROTEST, PROTEST_EVENTS
from kg.lexicon import lexicon

ESTIMATE = "estimate"  # the class of verbs such as "put" and "count"
CASUALTIES = ("killed", "injured", "arrested")
CLASSES = ("present", "draw", "estimate", "lose", "employ", "answer")  # of verbs
STEPS = 5  # edges that are climbed from a noun
BESIDE = {"nummod", "quantmod", "det", "amod", "compound"}
MEASURING = {"advmod", "npadvmod"}
OBJECTS = {"dobj", "obj", "attr", "oprd", "xcomp", "prt"}
NOUNS = {"NOUN", "PROPN"}
SUBJECTS = {"nsubj", *PASSIVES}


@dataclass(frozen=True, slots=True)
class CountWords:
    """Lemma → class: `verbs` of what people do or undergo, `families` of people (groups.toml).

    `wholes` hold what is counted ("a crowd of"), `of` stands between both; `compared` stand before a figure
    that another is compared with ("down from"); `events` name events.
    """

    verbs: dict[str, str]
    families: dict[str, str]
    wholes: frozenset[str]
    of: frozenset[str]
    compared: frozenset[str]
    events: EventWords


def people(span: Span, of: frozenset[str]) -> list[int]:
    """The nouns that a number counts, outermost first: "tens of thousands of people" → thousands, people.

    `of` are the words that join them.
    """
    c, i = columns(span.doc), span.root.i
    out: list[int] = []
    if c.dep[i] in MEASURING and c.pos[c.head[i]] == "ADJ" and c.dep[c.head[i]] == "amod":
        i = c.head[i]  # "a 5,000-strong crowd"
    for _ in range(STEPS):
        if c.dep[i] in BESIDE:
            i = c.head[i]
        out.append(i)
        behind = next((k for k in c.children[i] if k > i and c.dep[k] in {"prep", "nmod"}), None)
        if behind is None or c.lemma[behind] not in of:
            break
        inner = next(iter(c.children[behind]), None) if c.pos[behind] == "ADP" else behind
        if inner is None:
            break
        i = inner
    return out


def frames(c: Columns, i: int, wholes: frozenset[str]) -> Iterator[tuple[str, int]]:
    """What a noun does and undergoes: pairs of its part (subject, object, …) and the governing word."""
    for _ in range(STEPS):
        yield from clauses_below(c, i)
        head, dep = c.head[i], c.dep[i]
        if head == i:
            return
        if dep in {"conj", "appos"}:
            i = head
        elif dep in {"pobj", "pcomp"} and c.pos[head] == "ADP":
            above = c.head[head]
            if c.dep[head] == "agent":
                yield "agent", above
                return
            if c.pos[above] in {"NOUN", "PROPN", "NUM"} and head > above:
                whole = c.lemma[above] in wholes
                yield "part" if whole else f"of-{c.lower[head]}", above
                if not whole:
                    return
                i = above
            else:
                yield f"behind-{c.lower[head]}", above
                return
        else:
            yield _part(c, i), head
            return


def _part(c: Columns, i: int) -> str:
    dep, verb = c.dep[i], c.head[i]
    if dep == "attr" and any(c.dep[k] == "expl" for k in c.children[verb]):
        return "exists"
    if dep in SUBJECTS:
        return "passive" if dep in PASSIVES or _is_passive(c, verb) else "subject"
    return "object" if dep in OBJECTS else dep


def _is_passive(c: Columns, verb: int) -> bool:
    """Whether a verb says what is done to its subject: "were arrested", "two officers killed"."""
    return c.tag[verb] == "VBN" and all(c.dep[k] != "aux" or c.lemma[k] == "be" for k in c.children[verb])


def clauses_below(c: Columns, i: int) -> Iterator[tuple[str, int]]:
    """The clauses that hang on a noun: "people who marched", "people marching", "people injured"."""
    for k in c.children[i]:
        if k > i and c.dep[k] in {"acl", "advcl", *RELATIVE}:
            yield "passive" if _is_passive(c, k) else "subject", k


def classes(c: Columns, verb: int, words: CountWords) -> set[str]:
    """The classes of a verb: what the lexicon says, and the events it names or stands with."""
    found = set()
    if c.lemma[verb] in words.verbs:
        found.add(words.verbs[c.lemma[verb]])
    found |= {f"names-{k}" for k in events_of_word(c, verb, words.events)}
    for child in c.children[verb]:
        dep, lemma = c.dep[child], c.lemma[child]
        if dep in OBJECTS or dep in {"conj", "xcomp"}:
            found |= {f"with-{k}" for k in events_of_word(c, child, words.events)}
            if lemma in words.verbs:
                found.add(f"with-{words.verbs[lemma]}")
        if dep in {"prep", "prt"} and c.pos[child] == "ADP":
            for inner in c.children[child]:
                found |= {f"with-{k}" for k in events_of_word(c, inner, words.events)}
        if dep in {"acomp", "attr", "oprd"} and lemma in words.verbs:
            found.add(words.verbs[lemma])
    return found or {"other"}


def events_of_word(c: Columns, i: int, words: EventWords) -> set[str]:
    """`protest` or a context type, where a token names or begins an event of that kind."""
    lemma, length = c.lemma[i], words.phrase_at(c, i)
    if c.ent_type[i] == "DATE":  # "9 March"
        return set()
    if length:
        kinds = words.phrases[tuple(c.lemma[i : i + length])]
    elif c.pos[i] in VERBS:
        kinds = words.verbs.get(lemma, ())
    else:
        kinds = words.nouns.get(lemma, ())
    return as_protest(kinds)


def as_protest(types: Iterable[str]) -> set[str]:
    """The types of context events, and `protest` for all others."""
    return {PROTEST if t in PROTEST_EVENTS else t for t in types}


def hosts(span: Span, words: CountWords) -> Iterator[int]:
    """The words that may name the event in which the counted people take part, the likeliest first.

    What is counted ("a 500-strong march"), what they do ("marched"), what they do it to or in ("took part in
    the march"), what brought them ("the march drew"), and last the verb by which they were there ("attended",
    "turned out").
    """
    c, start, end, root = columns(span.doc), span.start, span.end, span.root.i
    counted = people(span, words.of)
    yield from (i for i in counted if not start <= i < end and events_of_word(c, i, words.events))
    parts = [(part, head) for part, head in frames(c, counted[0], words.wholes) if head != root]
    there = [h for _, h in parts if c.pos[h] == "VERB" and words.verbs.get(c.lemma[h]) in {"present", "draw"}]
    for part, head in parts:
        around = [i for k in c.children[head] for i in (k, *(c.children[k] if c.pos[k] == "ADP" else ()))]
        if part == "object" and c.dep[head] == "relcl":
            around.append(c.head[head])
        named = [i for i in around if c.pos[i] in NOUNS] if head in there else [head, *around]
        yield from (i for i in named if events_of_word(c, i, words.events) and not start <= i < end)
    yield from there


@cache
def count_words(lang: str) -> CountWords:
    """The words of a language's lexicons `numbers`, `groups` and `events`."""
    numbers, groups = lexicon(lang, "numbers"), lexicon(lang, "groups")
    classes = [("verbs", k) for k in CLASSES]
    classes += [("casualties", k) for k in CASUALTIES]
    verbs = {w: key for table, key in classes for w in numbers.word_list(table, key)}
    wholes, of, compared = (numbers.words(key) for key in ("wholes", "of", "compared"))
    return CountWords(verbs, groups.tables_of("nouns"), wholes, of, compared, event_words(lang))
