"""Small questions about a dependency tree that several components ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

VERBS = {"VERB", "AUX"}
LONGEST_PATH = 7
SHARING = {"conj", "appos", "compound", "poss", "nmod"}


def path(a: Token, b: Token) -> list[Token] | None:
    """The tokens from `a` to `b` through the tree, both included; None when it is long or there is none."""
    up_a, up_b = list(ancestors(a)), list(ancestors(b))
    positions = {t.i: n for n, t in enumerate(up_b)}
    for n, token in enumerate(up_a):
        if token.i in positions:
            found = up_a[: n + 1] + up_b[: positions[token.i]][::-1]
            return found if len(found) <= LONGEST_PATH else None
    return None


def ancestors(token: Token) -> Iterator[Token]:
    """The token, its head, its head's head, … up to the root of its sentence."""
    yield token
    while token.head.i != token.i:
        token = token.head
        yield token


def edges(tokens: list[Token]) -> str:
    """A path as its labels and directions, such as `nsubj> <prep <pobj` (up, down, down)."""
    steps = []
    for here, there in pairwise(tokens):
        steps.append(f"{here.dep_}>" if here.head.i == there.i else f"<{there.dep_}")
    return " ".join(steps)


def clause_verb(token: Token, limit: int = 4) -> Token:
    """The verb of the clause that a token stands in: the nearest verb above it, or the token itself."""
    for n, candidate in enumerate(ancestors(token)):
        if candidate.pos_ in VERBS:
            return candidate
        if n == limit:
            break
    return token


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentence number by token, and each sentence's bounds (first token, end)."""

    number: list[int]
    bounds: list[tuple[int, int]]

    @classmethod
    def of(cls, doc: Doc) -> Sentences:
        """The sentences of a doc."""
        number: list[int] = []
        bounds: list[tuple[int, int]] = []
        for n, sent in enumerate(doc.sents):
            number += [n] * len(sent)
            bounds.append((sent.start, sent.end))
        return cls(number, bounds)


def acts(token: Token) -> list[Token]:
    """The verbs whose agent a noun is: their subject, or behind "by", or what a participle stands beside.

    Conjuncts share their verbs.
    """
    for _ in range(LONGEST_PATH):
        if token.dep_ not in SHARING or token.head.i == token.i:
            break
        token = token.head
    participles = [c for c in token.children if c.dep_ == "acl" and c.tag_ == "VBG"]
    if token.dep_ in {"nsubj", "csubj"}:
        verb = token.head
    elif token.dep_ in {"pobj", "obl:agent"} and (token.head.dep_ == "agent" or token.dep_ == "obl:agent"):
        verb = token.head.head if token.head.dep_ == "agent" else token.head
    else:
        return participles
    return [
        verb,
        *participles,
        *(t for t in verb.subtree if t.pos_ in VERBS and t.head.i == verb.i and t.dep_ in {"conj", "xcomp"}),
    ]


def undergoes(token: Token, verb: Token) -> bool:
    """Whether a verb is done to a noun or verb: its object, passive subject, or behind its preposition."""
    for _ in range(LONGEST_PATH):
        if token.dep_ not in SHARING or token.head.i == token.i:
            break
        token = token.head
    if verb.dep_ in {"acl", "relcl", "acl:relcl"} and verb.head.i == token.i:
        return True
    if token.head.i == verb.i:
        return token.dep_ in {"dobj", "obj", "nsubjpass", "nsubj:pass", "attr", "xcomp", "ccomp"}
    return token.dep_ in {"pobj", "pcomp"} and token.head.head.i == verb.i


def title_end(doc: Doc) -> int:
    """The first token after the title: the line break behind it."""
    return next((t.i for t in doc if t.is_space and "\n" in t.text), len(doc))


def paragraph_numbers(doc: Doc) -> list[int]:
    """The number of the paragraph of every token; line breaks divide paragraphs."""
    numbers, n = [], 0
    for token in doc:
        numbers.append(n)
        if token.is_space and "\n" in token.text:
            n += 1
    return numbers
