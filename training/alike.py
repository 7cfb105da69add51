"""How alike two texts, names or numbers are, and which of two lists belong together."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

ALIKE = 0.6  # token F1 from which two names may be of one thing
BY_ACRONYM = 0.9
CLOSE = 0.01  # numbers may differ by one in a hundred
_ARTICLE = re.compile(r"^(the|a|an|le|la|les|l|un|une|des|du|de|d)\s+")


def normal(text: str) -> str:
    """The text without case, accents, punctuation, possessive and leading article.

    >>> normal("The Émile's “Café”")
    'emile cafe'
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = re.sub(r"[’'`´]s\b", "", folded)
    return _ARTICLE.sub("", re.sub(r"[^\w]+", " ", folded).strip())


def token_f1(a: str, b: str) -> float:
    """F1 of the words that two texts share.

    >>> token_f1("the pension reform", "reform of pensions")
    0.4
    """
    x, y = normal(a).split(), normal(b).split()
    if not x or not y:
        return float(x == y)
    return 2 * (Counter(x) & Counter(y)).total() / (len(x) + len(y))


def is_acronym(short: str, long: str) -> bool:
    """Whether a short name is made of the first letters of a long one.

    >>> is_acronym("TUC", "Trades Union Congress"), is_acronym("TUC", "Tuc")
    (True, False)
    """
    letters = re.sub(r"\W", "", short)
    words = [w for w in re.split(r"[\s\-]+", long) if w]
    if not (2 <= len(letters) <= 8 and letters.isupper()) or len(words) < 2:
        return False
    capitals = "".join(w[0] for w in words if w[0].isupper())
    return letters in ("".join(w[0] for w in words).upper(), capitals)


def names_alike(a: str, b: str) -> float:
    """1 for the same name, 0 for names of different things."""
    if normal(a) == normal(b):
        return 1.0
    shared = token_f1(a, b)
    if shared >= ALIKE:
        return shared
    return BY_ACRONYM if is_acronym(a, b) or is_acronym(b, a) else 0.0


def close(a: int | None, b: int | None) -> bool:
    """Whether two bounds of a number are the same, or both missing."""
    if a is None or b is None:
        return a is b
    return abs(a - b) <= CLOSE * max(abs(a), abs(b))


def match(
    gold: Sequence[T], found: Sequence[T], alike: Callable[[T, T], float], least: float
) -> dict[int, int]:
    """Index in `gold` → index in `found`, one to one, the most alike first, down to `least`."""
    pairs = [(alike(g, f), -i, -j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for likeness, i, j in sorted(pairs, reverse=True):
        if likeness >= least and -i not in matched and -j not in taken:
            matched[-i] = -j
            taken.add(-j)
    return matched
