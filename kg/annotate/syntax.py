"""Small questions about a dependency tree that several components ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

VERBS = {"VERB", "AUX"}
LONGEST_PATH = 7


def path(a: Token, b: Token) -> list[Token] | None:
    """The tokens from `a` to `b` through the tree, both included, or None when it is long or there is none."""
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
    for here, there in zip(tokens, tokens[1:], strict=False):
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
