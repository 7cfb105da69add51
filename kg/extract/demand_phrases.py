"""Phrases that may say what protesters ask for or protest against, each with the cue before it.

A cue is a verb of demanding ("called for …", "denounced …"), an event word with "for", "against", "over" and
the like, a noun such as "anger" or "demand", or people and placards "against …". Each conjunct is a phrase by
itself, and so is what a phrase is said to include.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.annotate import mentions, triggers
from kg.annotate.columns import columns
from kg.annotate.syntax import VERBS, acts
from kg.lexicon import lexicon

NAME = "demands"
FOR, AGAINST = "for", "against"
OBJECTS = {"dobj", "obj", "xcomp", "ccomp", "obl:arg"}
LONGEST = 22  # tokens
DEEPEST = 3  # edges between an event and a preposition that says what it is for
STOPS = {";", ":", "—", "–"}
ASIDE = {"relcl", "advcl", "nsubj", "appos", "prep"}  # what a comma sets apart


@dataclass(frozen=True, slots=True)
class DemandWords:
    """Verb, preposition or noun → polarity; a verb with a particle is written `call_for`. Noun → topic."""

    verbs: dict[str, str]
    prepositions: dict[str, str]
    nouns: dict[str, str]
    topics: dict[str, str]
    requests: frozenset[str]
    causes: frozenset[str]
    complements: frozenset[str]
    including: frozenset[str]
    people: frozenset[str]
    asking: frozenset[str]  # verbs, without their particles

    @classmethod
    def of(cls, lang: str) -> DemandWords:
        """The lexicon `demands` of a language."""
        source = lexicon(lang, NAME)

        def table(name: str, keys: Iterable[str] = (FOR, AGAINST)) -> dict[str, str]:
            return {word: key for key in keys for word in source.word_list(name, key)}

        verbs, requests = table("verbs"), source.words("requests")
        return cls(
            verbs,
            table("prepositions"),
            table("nouns"),
            table("topics", source.tables.get("topics", ())),
            requests,
            source.words("causes"),
            source.words("complements"),
            source.words("including"),
            source.words("people"),
            frozenset(entry.split("_")[0] for entry in (*verbs, *requests)),
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may say a demand, the cue before them and the polarity that the cue suggests.

    `first` is the first of the conjuncts that they are one of.
    """

    span: Span
    cue: Token
    words: str
    polarity: str
    first: Span


def demand_candidates(doc: Doc, words: DemandWords) -> Iterator[Candidate]:
    """What may be a demand, in text order of the cues, and what it is said to include."""
    c = columns(doc)
    seen: set[tuple[int, int, str]] = set()
    for candidate in _candidates(doc, words):
        key = candidate.span.start, candidate.span.end, candidate.words
        if key in seen:
            continue
        seen.add(key)
        yield candidate
        end = candidate.span.end
        behind = range(end + (c.text[end] == ","), end + 2) if end + 2 <= len(c) else ()
        for i in behind:
            if c.lower[i] in words.including:
                for child in doc[i].children:
                    if child.dep_ == "pobj":
                        yield from _conjuncts(child, candidate.cue, "including", candidate.polarity)


def _candidates(doc: Doc, words: DemandWords) -> Iterator[Candidate]:
    c = columns(doc)
    named = {i for s in doc.spans[triggers.KEY] for i in range(s.start, s.end)}
    taken = named | {i for s in doc.spans[mentions.KEY] for i in range(s.start, s.end)}
    for i, lemma in enumerate(c.lemma):
        if c.pos[i] in VERBS and lemma in words.asking:
            yield from _of_verb(doc[i], lemma, words)
        if i in named:
            yield from _of_event(doc[i], words)
            yield from _before(doc[i], AGAINST, taken)
        elif lemma in words.people:
            for prep in _prepositions(doc[i], i):
                yield from _behind_preposition(prep, doc[i], words)
        elif lemma in words.nouns and c.pos[i] in {"NOUN", "ADJ"}:
            yield from _of_noun(doc[i], words.nouns[lemma], words)
            yield from _before(doc[i], words.nouns[lemma], taken)


def _of_verb(verb: Token, lemma: str, words: DemandWords) -> Iterator[Candidate]:
    """Objects, infinitives and prepositional objects of verbs of demanding."""
    doc, c, asks = verb.doc, columns(verb.doc), lemma in words.requests
    behind = [k for k in c.children[verb.i] if k > verb.i]
    for k in behind:
        if c.dep[k] in OBJECTS and lemma in words.verbs:
            yield from _conjuncts(doc[k], verb, lemma, words.verbs[lemma])
        if c.pos[k] in {"ADP", "PART"}:
            key = f"{lemma}_{c.lower[k]}"
            if key in words.verbs:
                yield from _behind(doc[k], verb, key, words.verbs[key])
            asks = asks or key in words.requests
    if asks:
        for k in behind:
            if c.dep[k] in {"xcomp", "ccomp", "advcl"} and c.pos[k] in VERBS:
                yield from _conjuncts(doc[k], verb, f"{lemma}_to", FOR)


def _of_event(trigger: Token, words: DemandWords) -> Iterator[Candidate]:
    """What set off an event, and what it or a verb that it depends on is for or against."""
    verb = trigger.head
    if trigger.dep_ in {"dobj", "obj"} and verb.lemma_.lower() in words.causes:
        for child in verb.children:
            if child.dep_ == "nsubj":
                yield from _conjuncts(child, trigger, f"subject_{verb.lemma_.lower()}", AGAINST)
    governors = {t.i: t for t in (trigger, *acts(trigger), *_verb_above(trigger))}
    for _, governor in sorted(governors.items()):
        for prep in _prepositions(governor, trigger.i):
            yield from _behind_preposition(prep, trigger, words)


def _of_noun(noun: Token, polarity: str, words: DemandWords) -> Iterator[Candidate]:
    """The complement of "calls for …", "opposition to …", "demands that …", and of "their demands are …"."""
    for prep in _prepositions(noun, noun.i):
        if prep.lower_ in words.complements:
            yield from _behind(prep, noun, f"{polarity}_{prep.lower_}", polarity)
        else:
            yield from _behind_preposition(prep, noun, words)
    for child in noun.children:
        if child.i > noun.i and child.dep_ in {"acl", "ccomp", "xcomp"} and child.tag_ != "VBN":
            yield from _conjuncts(child, noun, f"{polarity}_clause", polarity)
    if noun.dep_ == "nsubj" and noun.head.pos_ in VERBS:
        for child in noun.head.children:
            if child.i > noun.i and child.dep_ in {*OBJECTS, "attr"}:
                yield from _conjuncts(child, noun, f"{polarity}_subject", polarity)
            elif child.lower_ in words.complements:
                yield from _behind(child, noun, f"{polarity}_subject", polarity)


def _before(noun: Token, polarity: str, taken: set[int]) -> Iterator[Candidate]:
    """What stands before a noun: "fuel tax protests", "their pay demand"."""
    c = columns(noun.doc)
    modifiers = [
        k for k in c.children[noun.i] if c.dep[k] in {"compound", "amod"} and k < noun.i and k not in taken
    ]
    if any(c.pos[k] == "NOUN" for k in modifiers):
        start = min(noun.doc[k].left_edge.i for k in modifiers)
        span = noun.doc[start : noun.i]
        yield Candidate(span, noun, "modifier", polarity, span)


def _verb_above(noun: Token) -> Iterator[Token]:
    """The verb whose object or prepositional object a noun is: "went" on strike."""
    c, here = columns(noun.doc), noun.i
    for _ in range(DEEPEST):
        if c.dep[here] not in {"dobj", "obj", "pobj", "prep", "attr"}:
            return
        here = c.head[here]
        if c.pos[here] in VERBS:
            yield noun.doc[here]
            return


def _prepositions(governor: Token, after: int) -> Iterator[Token]:
    """The prepositions behind a governor, also those that the parser hung on a noun or date in between."""
    c = columns(governor.doc)
    ahead = [(k, 0) for k in c.children[governor.i]]
    for i, depth in ahead:
        if i > after and c.pos[i] in {"ADP", "SCONJ", "VERB"} and c.dep[i] not in {"conj", "relcl"}:
            yield governor.doc[i]
        if depth < DEEPEST and c.dep[i] in {"prep", "pobj", "npadvmod", "advmod", "prt", "dobj"}:
            ahead += [(k, depth + 1) for k in c.children[i]]


def _behind_preposition(prep: Token, cue: Token, words: DemandWords) -> Iterator[Candidate]:
    """What follows a preposition of one or three words."""
    known = words.prepositions
    if prep.lower_ in known:
        yield from _behind(prep, cue, prep.lower_, known[prep.lower_])
    c, end = columns(prep.doc), prep.i + 3
    phrase = c.words(prep.i, end).lower() if end <= len(c) else ""
    if phrase in known:
        yield from _behind(prep.doc[end - 1], cue, phrase, known[phrase])


def _behind(prep: Token, cue: Token, words: str, polarity: str) -> Iterator[Candidate]:
    c = columns(prep.doc)
    for k in c.children[prep.i]:
        if k > prep.i and c.dep[k] in {"pobj", "pcomp", "obj", "dobj"}:
            yield from _conjuncts(prep.doc[k], cue, words, polarity)


def _conjuncts(head: Token, cue: Token, words: str, polarity: str) -> Iterator[Candidate]:
    parts = [part for part in (head, *head.conjuncts) if part.i >= head.i]
    first: Span | None = None
    for part in parts:
        inside = [t.i for c in part.children if c.dep_ in {"conj", "cc"} and c.i > part.i for t in c.subtree]
        tokens = {t.i for t in part.subtree} - set(inside) - {cue.i} | _purpose(part)
        if part is parts[-1] and part is not head:  # "pay and conditions of nurses": "of" may hang on "pay"
            tokens |= {t.i for t in head.subtree if t.i > part.i}
        span = _phrase(part, tokens)
        if span is not None:
            first = first or span
            yield Candidate(span, cue, words, polarity, first)


def _purpose(head: Token) -> set[int]:
    """The infinitive right behind a noun ("a law to …"), which the parser may hang on the verb above it."""
    edge = head.right_edge.i + 1
    above = [c for t in (head.head, head.head.head) for c in t.children]
    return {t.i for c in above if c.dep_ in {"advcl", "xcomp"} and c.left_edge.i == edge for t in c.subtree}


def _phrase(head: Token, known: set[int]) -> Span | None:
    """The run of tokens around the head, as short as says it whole: no relative clause, no date behind."""
    doc = head.doc
    start = end = head.i
    while start - 1 in known:
        start -= 1
    while end + 1 in known and end - start < LONGEST and not _ends(doc[end + 1], head):
        end += 1
    while start <= end and (doc[start].is_space or doc[start].is_punct or _opens(doc[start], head)):
        start += 1
    while end >= start and (doc[end].is_space or doc[end].is_punct):
        end -= 1
    return doc[start : end + 1] if end >= start else None


def _opens(token: Token, head: Token) -> bool:
    """Whether a token is the "to" or "that" before a clause."""
    return token.head.i == head.i and (token.dep_ == "mark" or token.tag_ == "TO")


def _ends(token: Token, head: Token) -> bool:
    """Whether a phrase ends before a token: at a stop, a relative clause, a subordinate clause or a date."""
    if token.text in STOPS:
        return True
    if token.text == ",":
        after = token.nbor(1) if token.i + 1 < len(token.doc) else token
        return token.head.i == head.i and (after.dep_ in ASIDE or after.head.dep_ in ASIDE)
    if token.tag_ in {"WDT", "WP"} and head.pos_ != "PRON":
        return token.head.dep_ == "relcl"
    if token.dep_ == "mark" and token.head.dep_ == "advcl":
        return True
    return token.dep_ == "npadvmod" and token.ent_type_ in {"DATE", "TIME"}
