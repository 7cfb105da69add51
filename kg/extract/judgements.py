"""Words that say outright that somebody supports or opposes something, with their holders and objects.

By part of speech: a verb judges its object ("condemned the raid"), a noun its complement ("support for the
strike"), a person is what somebody is to somebody ("a critic of the mayor"), an attitude is somebody's
("angry with", "against"), a verdict is said of something ("… is unacceptable", "called … a disgrace").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.annotate.columns import columns
from kg.annotate.syntax import PASSIVE_AUXILIARIES, PASSIVES, RELATIVE, VERBS
from kg.lexicon import lexicon

NAME = "stances"
SUPPORT, OPPOSE = "support", "oppose"
KINDS = ("verbs", "mild", "charges", "nouns", "persons", "attitudes", "verdicts", "lacking")
SUBJECTS = {"nsubj", "csubj"}
OBJECTS = {"dobj", "obj", "dative"}
COMPLEMENTS = {"pobj", "pcomp"}
PREDICATES = {"acomp", "attr", "oprd", "ccomp", "xcomp"}
LINKED = {"conj", "xcomp", "advcl", "pcomp", "dep"}  # a verb that may share the subject of the verb above it
HIGHEST = 4  # verbs up to a shared subject

Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class StanceWords:
    """Kind → word, or word_preposition → polarity; and the lists of the lexicon's table `context`."""

    polarity: dict[str, dict[str, str]]
    calling: frozenset[str]
    negative: frozenset[str]
    toward: frozenset[str]
    origin: frozenset[str]
    roles: frozenset[str]
    receiving: frozenset[str]
    possessive: frozenset[str]
    governing: frozenset[str]  # words that stand in the lexicon with a preposition
    telling: frozenset[str]  # all words that a judgement may start from

    @classmethod
    def of(cls, lang: str) -> StanceWords:
        """The lexicon `stances` of a language."""
        source = lexicon(lang, NAME)
        polarity = {k: {w: p for p in (SUPPORT, OPPOSE) for w in source.word_list(k, p)} for k in KINDS}
        calling, negative, toward, origin, roles, receiving, possessive = (
            source.words("context", name)
            for name in ("calling", "negative", "toward", "origin", "roles", "receiving", "possessive")
        )
        governing = frozenset(w.split("_")[0] for known in polarity.values() for w in known if "_" in w)
        telling = governing.union(calling, *polarity.values())
        return cls(
            polarity, calling, negative, toward, origin, roles, receiving, possessive, governing, telling
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """`cue` is the word, `key` its entry in the lexicon; no `holders` where only the speaker can be meant."""

    cue: Token
    kind: str
    key: str
    polarity: str
    holders: Tokens
    objects: Tokens
    negated: bool


def judgements(doc: Doc, words: StanceWords) -> Iterator[Judgement]:
    """What a doc says outright, in text order."""
    c = columns(doc)
    telling = words.telling
    for i, (lemma, lower) in enumerate(zip(c.lemma, c.lower, strict=True)):
        if lemma in telling or lower in telling:
            token = doc[i]
            for of in READERS.get(c.pos[i], ()):
                yield from (j for j in of(token, words) if j.objects)


def _of_verb(verb: Token, words: StanceWords) -> Iterator[Judgement]:
    lemma = verb.lemma_.lower()
    behind = list(_prepositional(verb, lemma)) if lemma in words.governing else []
    for kind in ("verbs", "mild"):
        known = words.polarity[kind]
        if lemma in known:
            holders, objects = arguments(verb)
            found = _judgement(verb, verb, kind, lemma, known, holders, objects, words)
            if not holders and found.negated:  # "will not be tolerated", the speaker says
                found = replace(found, kind="verdicts")
            yield found
        for key, objects in behind:
            if key in known:
                holders, _ = arguments(verb)
                yield _judgement(verb, verb, kind, key, known, holders, objects, words)


def _prepositional(governor: Token, word: str) -> Iterator[tuple[str, Tokens]]:
    """`word_preposition`, also with a particle or object in between, and what stands behind it."""
    things = [c for c in governor.children if c.dep_ in OBJECTS]
    inner = [(c, f"{t.lemma_.lower()}_{c.lower_}") for t in things for c in t.children]
    for child in governor.children:
        inner.append((child, child.lower_))
        inner += [(child, f"{t.lemma_.lower()}_{child.lower_}") for t in things]
        if child.i == governor.i + 2:  # "hit out at"
            inner.append((child, f"{child.nbor(-1).lower_}_{child.lower_}"))
    for child, rest in inner:
        if child.i > governor.i and child.pos_ in {"ADP", "SCONJ", "PART"}:
            yield f"{word}_{rest}", _children(child, COMPLEMENTS)


def _of_charge(verb: Token, words: StanceWords) -> Iterator[Judgement]:
    """Said of the subject: "The law violates our rights"."""
    known, lemma = words.polarity["charges"], verb.lemma_.lower()
    if lemma in known:
        yield _judgement(verb, verb, "charges", lemma, known, (), subjects_of(verb), words)


def _of_call(verb: Token, words: StanceWords) -> Iterator[Judgement]:
    """The verdict of the subject on the object: "called the raid a disgrace", "described it as shameful"."""
    if verb.lemma_.lower() not in words.calling:
        return
    known = words.polarity["verdicts"]
    holders, objects = arguments(verb)
    said = [c for c in verb.children if c.dep_ in PREDICATES and c.pos_ not in VERBS]
    for child in verb.children:
        if child.lower_ in words.roles:
            said += [c for c in child.children if c.i > child.i]
    for word in said:
        if word.lemma_.lower() in known:
            judged = objects or _children(word, SUBJECTS)
            yield _judgement(word, verb, "call", word.lemma_.lower(), known, holders, judged, words)


def _of_noun(noun: Token, words: StanceWords) -> Iterator[Judgement]:
    known, lemma = words.polarity["nouns"], noun.lemma_.lower()
    if lemma not in known:
        return
    verb = _governor(noun)
    receives = verb is not None and verb.lemma_.lower() in words.receiving
    holders = list(_children(noun, {"poss"}))
    objects: list[Token] = []
    for child in (*noun.children, *(c for c in (verb.children if verb else ()) if c.i > noun.i)):
        inside = _children(child, COMPLEMENTS)
        if child.lower_ in (words.origin | words.possessive if receives else words.origin):
            holders += inside
        elif child.lower_ in words.toward:
            objects += inside
    subjects = arguments(verb)[0] if verb is not None else ()
    if holders and not objects:
        objects = list(subjects)
    yield _judgement(
        noun, verb or noun, "nouns", lemma, known, tuple(holders) or subjects, tuple(objects), words
    )


def _of_person(noun: Token, words: StanceWords) -> Iterator[Judgement]:
    known, lemma = words.polarity["persons"], noun.lemma_.lower()
    if lemma not in known:
        return
    objects = list(_children(noun, {"poss", "compound"}))
    for child in noun.children:
        if child.lower_ in words.toward:
            objects += _children(child, COMPLEMENTS)
    holders = [noun]
    if noun.dep_ in {"appos", "compound"}:
        holders.append(noun.head)
    elif noun.dep_ == "attr":
        holders += subjects_of(noun.head)
    holders += _children(noun, {"appos"})
    yield _judgement(noun, noun, "persons", lemma, known, tuple(holders), tuple(objects), words)


def _of_attitude(word: Token, words: StanceWords) -> Iterator[Judgement]:
    """What somebody is: "critical of the bill", "parents angry with the council"."""
    known = words.polarity["attitudes"]
    if word.lower_ not in words.governing:
        return
    behind = list(_prepositional(word, word.lower_))
    if word.dep_ in {"acomp", "attr"}:
        behind += [(k, o) for k, o in _prepositional(word.head, word.lower_) if o and o[0].i > word.i]
    for key, objects in behind:
        if key in known:
            if word.dep_ in {"amod", "acl", "appos", *RELATIVE}:
                holders: Tokens = (word.head,)
            else:
                verb = word if word.pos_ in VERBS and word.dep_ not in {"acomp", "attr"} else word.head
                holders = subjects_of(verb) or _children(verb, PASSIVES)
            yield _judgement(word, word, "attitudes", key, known, holders, objects, words)


def _of_preposition(word: Token, words: StanceWords) -> Iterator[Judgement]:
    """What somebody is by a mere preposition: "is against the bill"."""
    known = words.polarity["attitudes"]
    if word.lower_ in known and word.head.pos_ == "AUX":
        objects = _children(word, COMPLEMENTS)
        yield _judgement(
            word, word.head, "attitudes", word.lower_, known, subjects_of(word.head), objects, words
        )


def _of_verdict(word: Token, words: StanceWords) -> Iterator[Judgement]:
    """Said of the subject of its clause: "The raid was unacceptable"."""
    known, lemma = words.polarity["verdicts"], word.lemma_.lower()
    if lemma not in known:
        return
    verb = word.head
    if word.dep_ in {"acomp", "attr"} and verb.pos_ in VERBS:
        holders = subjects_of(verb.head) if verb.dep_ == "ccomp" else ()
        objects = _children(verb, SUBJECTS)
        yield _judgement(word, verb, "verdicts", lemma, known, holders, objects, words)


def _of_lack(noun: Token, words: StanceWords) -> Iterator[Judgement]:
    """What is said not to be there: "There is no excuse for the raid"."""
    known, lemma = words.polarity["lacking"], noun.lemma_.lower()
    if lemma in known and any(c.lower_ in words.negative for c in noun.children):
        behind = (c for c in noun.children if c.lower_ in words.toward)
        objects = tuple(t for c in behind for t in _children(c, COMPLEMENTS))
        verb = noun.head
        holders = subjects_of(verb.head) if verb.dep_ == "ccomp" else ()
        yield Judgement(noun, "verdicts", lemma, known[lemma], holders, objects, negated=False)


def _judgement(
    cue: Token,
    verb: Token,
    kind: str,
    key: str,
    known: dict[str, str],
    holders: Iterable[Token],
    objects: Iterable[Token],
    words: StanceWords,
) -> Judgement:
    negated = _negated(cue, verb, words.negative)
    return Judgement(cue, kind, key, known[key], tuple(holders), tuple(objects), negated)


def arguments(verb: Token) -> tuple[Tokens, Tokens]:
    """Who does what a verb says, and to whom it is done, whether it is active or passive."""
    agents = tuple(t for c in verb.children if c.dep_ == "agent" for t in c.children if t.dep_ in COMPLEMENTS)
    if (
        agents
        or any(c.dep_ in PASSIVE_AUXILIARIES for c in verb.children)
        or (verb.dep_ == "acl" and verb.tag_ == "VBN")
    ):
        patients = _children(verb, PASSIVES) or ((verb.head,) if verb.dep_ == "acl" else ())
        if not patients and verb.dep_ == "conj":
            patients = _children(verb.head, PASSIVES)
        return agents, tuple(_antecedent(t) for t in patients)
    objects = tuple(_antecedent(t) for t in _children(verb, OBJECTS))
    if not objects and verb.dep_ in RELATIVE and _children(verb, SUBJECTS):
        objects = (verb.head,)  # "the law that unions oppose"
    clauses = tuple(c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VBG")
    return subjects_of(verb), objects or clauses


def subjects_of(verb: Token) -> Tokens:
    """The subject of a verb, its own or the one that it shares with a verb above it."""
    for _ in range(HIGHEST):
        found = _children(verb, SUBJECTS)
        if found:
            return tuple(_antecedent(t) for t in found)
        if verb.dep_ == "acl":
            return (verb.head,)
        if verb.dep_ not in LINKED or verb.head.i == verb.i:
            return ()
        verb = verb.head
        if verb.pos_ not in VERBS and verb.dep_ in {"acomp", "attr"}:
            verb = verb.head
        if any(c.dep_ in PASSIVES for c in verb.children):
            return tuple(_antecedent(t) for t in _children(verb, PASSIVES))
    return ()


def _antecedent(word: Token) -> Token:
    """What a relative pronoun stands for; any other word itself."""
    clause = word.head
    return clause.head if clause.dep_ in RELATIVE and word.tag_ in {"WP", "WDT"} else word


def _governor(noun: Token) -> Token | None:
    """The verb whose object or prepositional object a noun is."""
    if noun.dep_ in {*OBJECTS, "attr", "conj"} and noun.head.pos_ in VERBS:
        return noun.head
    if noun.dep_ == "pobj" and noun.head.head.pos_ in VERBS:
        return noun.head.head
    return None


def _negated(cue: Token, verb: Token, negative: frozenset[str]) -> bool:
    """Whether a judgement is denied: by a word beside it or its verb, or by the verb above ("refused to")."""
    for word in (cue, verb):
        if any(c.dep_ == "neg" or c.lower_ in negative for c in word.children):
            return True
    subjects = (t for c in verb.children if c.dep_ in SUBJECTS for t in c.children)
    above = verb.head.lemma_.lower() in negative and verb.dep_ in LINKED
    return above or any(t.lower_ in negative for t in subjects)


def _children(token: Token, labels: set[str]) -> Tokens:
    return tuple(c for c in token.children if c.dep_ in labels)


_OF_VERBS = (_of_verb, _of_charge, _of_call, _of_attitude)
_OF_NOUNS = (_of_noun, _of_person, _of_verdict, _of_lack)
READERS: dict[str, tuple[Callable[[Token, StanceWords], Iterator[Judgement]], ...]] = {
    "VERB": _OF_VERBS,
    "AUX": _OF_VERBS,
    "NOUN": _OF_NOUNS,
    "PROPN": _OF_NOUNS,
    "ADJ": (_of_attitude, _of_verdict),
    "ADP": (_of_preposition,),
    "SCONJ": (_of_preposition,),
}
