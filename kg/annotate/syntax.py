"""Small questions about a dependency tree that several components ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg.annotate.columns import Columns, columns

VERBS = {"VERB", "AUX"}
LONGEST_PATH = 7
SHARING = {"conj", "appos", "compound", "poss", "nmod"}


def path(a: Token, b: Token) -> list[Token] | None:
    """The tokens from `a` to `b` through the tree, both included; None when it is long or there is none."""
    doc, head = a.doc, columns(a.doc).head
    up_a, up_b = _upwards(a.i, head), _upwards(b.i, head)
    positions = {i: n for n, i in enumerate(up_b)}
    for n, i in enumerate(up_a):
        if i in positions:
            found = up_a[: n + 1] + up_b[: positions[i]][::-1]
            return [doc[k] for k in found] if len(found) <= LONGEST_PATH else None
    return None


def ancestors(token: Token) -> Iterator[Token]:
    """The token, its head, its head's head, … up to the root of its sentence."""
    doc = token.doc
    return (doc[i] for i in _upwards(token.i, columns(doc).head))


def _upwards(i: int, head: list[int]) -> list[int]:
    found = [i]
    while head[i] != i:
        i = head[i]
        found.append(i)
    return found


def edges(tokens: list[Token]) -> str:
    """A path as its labels and directions, such as `nsubj> <prep <pobj` (up, down, down)."""
    steps = []
    for here, there in pairwise(tokens):
        steps.append(f"{here.dep_}>" if here.head.i == there.i else f"<{there.dep_}")
    return " ".join(steps)


def clause_verb(token: Token, limit: int = 4) -> Token:
    """The verb of the clause that a token stands in: the nearest verb above it, or the token itself."""
    c = columns(token.doc)
    i = token.i
    for _ in range(limit + 1):
        if c.pos[i] in VERBS:
            return token.doc[i]
        i = c.head[i]
    return token


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentence number by token, and each sentence's bounds (first token, end)."""

    number: list[int]
    bounds: list[tuple[int, int]]

    @classmethod
    def of(cls, doc: Doc) -> Sentences:
        """The sentences of a doc."""
        c = columns(doc)
        return cls(c.sentence, c.sentences)


def acts(token: Token) -> list[Token]:
    """The verbs whose agent a noun is: their subject, or behind "by", or what a participle stands beside.

    Conjuncts share their verbs.
    """
    doc, c = token.doc, columns(token.doc)
    i = _shared_with(token.i, c)
    head, dep = c.head[i], c.dep[i]
    participles = [k for k in c.children[i] if c.dep[k] == "acl" and c.tag[k] == "VBG"]
    if dep in {"nsubj", "csubj"}:
        verb = head
    elif dep in {"pobj", "obl:agent"} and (c.dep[head] == "agent" or dep == "obl:agent"):
        verb = c.head[head] if c.dep[head] == "agent" else head
    else:
        return [doc[k] for k in participles]
    joined = [k for k in c.children[verb] if c.pos[k] in VERBS and c.dep[k] in {"conj", "xcomp"}]
    return [doc[k] for k in (verb, *participles, *joined)]


def undergoes(token: Token, verb: Token) -> bool:
    """Whether a verb is done to a noun or verb: its object, passive subject, or behind its preposition."""
    c = columns(token.doc)
    i, v = _shared_with(token.i, c), verb.i
    if c.dep[v] in {"acl", "relcl", "acl:relcl"} and c.head[v] == i:
        return True
    if c.head[i] == v:
        return c.dep[i] in {"dobj", "obj", "nsubjpass", "nsubj:pass", "attr", "xcomp", "ccomp"}
    return c.dep[i] in {"pobj", "pcomp"} and c.head[c.head[i]] == v


def _shared_with(i: int, c: Columns) -> int:
    """The noun whose part in the sentence a token shares: what it is joined to, or a part of."""
    for _ in range(LONGEST_PATH):
        if c.dep[i] not in SHARING or c.head[i] == i:
            break
        i = c.head[i]
    return i


def title_end(doc: Doc) -> int:
    """The first token after the title: the line break behind it."""
    c = columns(doc)
    return next((i for i, space in enumerate(c.is_space) if space and "\n" in c.text[i]), len(c))


def paragraph_numbers(doc: Doc) -> list[int]:
    """The number of the paragraph of every token; line breaks divide paragraphs."""
    return columns(doc).paragraph
