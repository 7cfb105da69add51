"""Small questions about a dependency tree that several components ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg.annotate.columns import Columns, columns

VERBS = {"VERB", "AUX"}
PASSIVES = {"nsubjpass", "nsubj:pass"}  # labels of the subject of a passive
PASSIVE_AUXILIARIES = {"auxpass", "aux:pass"}
RELATIVE = {"relcl", "acl:relcl"}  # labels of relative clauses
UNDERGOING = PASSIVES | {"dobj", "obj", "attr", "xcomp", "ccomp"}
LONGEST_PATH = 7
SHARING = {"conj", "appos", "compound", "poss", "nmod"}


def path(a: Token, b: Token) -> list[Token] | None:
    """The tokens from `a` to `b` through the tree, both included; None when it is long or there is none."""
    found = way(a.i, b.i, columns(a.doc).head)
    return [a.doc[i] for i in found] if found else None


def way(a: int, b: int, head: list[int]) -> list[int] | None:
    """The numbers of the tokens on the `path` from one to another."""
    up_a, up_b = upwards(a, head), upwards(b, head)
    positions = {i: n for n, i in enumerate(up_b)}
    for n, i in enumerate(up_a):
        if i in positions:
            found = up_a[: n + 1] + up_b[: positions[i]][::-1]
            return found if len(found) <= LONGEST_PATH else None
    return None


def ancestors(token: Token) -> Iterator[Token]:
    """The token, its head, its head's head, … up to the root of its sentence."""
    doc = token.doc
    return (doc[i] for i in upwards(token.i, columns(doc).head))


def upwards(i: int, head: list[int]) -> list[int]:
    """The numbers of a token, its head, its head's head, … up to the root of its sentence."""
    found = [i]
    while head[i] != i:
        i = head[i]
        found.append(i)
    return found


def edges(tokens: list[Token]) -> str:
    """A path as its labels and directions, such as `nsubj> <prep <pobj` (up, down, down)."""
    if len(tokens) < 2:
        return ""
    c = columns(tokens[0].doc)
    return " ".join(
        f"{c.dep[here]}>" if c.head[here] == there else f"<{c.dep[there]}"
        for here, there in pairwise([t.i for t in tokens])
    )


def clause_verb(token: Token, limit: int = 4) -> Token:
    """The verb of the clause that a token stands in: the nearest verb above it, or the token itself."""
    i = verb_above(columns(token.doc), token.i, limit)
    return token if i == token.i else token.doc[i]


def verb_above(c: Columns, i: int, limit: int = 4) -> int:
    """The number of the verb of the clause that token `i` stands in, or `i`."""
    verb = i
    for _ in range(limit + 1):
        if c.pos[verb] in VERBS:
            return verb
        verb = c.head[verb]
    return i


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
    return is_done(columns(token.doc), token.i, verb.i)


def is_done(c: Columns, i: int, verb: int) -> bool:
    """Whether token number `verb` is done to token number `i`, as `undergoes`."""
    i = _shared_with(i, c)
    if c.dep[verb] in {"acl", *RELATIVE} and c.head[verb] == i:
        return True
    if c.head[i] == verb:
        return c.dep[i] in UNDERGOING
    return c.dep[i] in {"pobj", "pcomp"} and c.head[c.head[i]] == verb


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
