"""Which pairs are worth comparing: those that share a blocking key (Fellegi & Sunter 1969, section 4).

A block that is larger than `LARGEST` is a common name or a great day. There each member is compared only with
the `CENTRES` that say most (canopies: McCallum, Nigam & Ungar 2000), so that the effort grows with the block
and not with its square, and what many report is still found to be one thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

LARGEST, CENTRES = 60, 20

Item = TypeVar("Item")


def candidates(
    items: Sequence[Item],
    *,
    keys: Callable[[Item], Iterable[str]],
    name: Callable[[Item], str],
    said: Callable[[Item], int],
) -> Iterator[tuple[Item, Item]]:
    """The pairs of items that share a key, each once; the two of a pair and the pairs in the order of names.

    `said` ranks the centres of a large block: how much an item says.

    >>> pairs = candidates(["ab", "ac", "bc"], keys=set, name=str, said=len)
    >>> list(pairs)
    [('ab', 'ac'), ('ab', 'bc'), ('ac', 'bc')]
    """
    ordered = sorted(items, key=name)
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(ordered):
        for key in sorted(set(keys(item))):
            blocks[key].append(number)
    pairs: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) <= LARGEST:
            pairs.update(combinations(block, 2))
        else:
            centres = sorted(block, key=lambda n: (-said(ordered[n]), n))[:CENTRES]
            pairs.update((min(a, b), max(a, b)) for a in centres for b in block if a != b)
    for a, b in sorted(pairs):
        yield ordered[a], ordered[b]
