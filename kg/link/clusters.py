"""Groups of things that are one, from scored pairs: the best pair first, unless something forbids it.

>>> groups(["a", "b", "c"], {("a", "b"): 0.9, ("b", "c"): 0.8}, allowed=lambda a, b: len(a | b) < 3)
[['a', 'b'], ['c']]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Allowed = Callable[[set[str], set[str]], bool]
Pair = tuple[str, str]


def groups(
    names: Iterable[str],
    scores: Mapping[Pair, float],
    *,
    allowed: Allowed,
    together: Iterable[Pair] = (),
) -> list[list[str]]:
    """The names in sorted groups, sorted. `together` are joined first, whatever `allowed` says."""
    group = {name: {name} for name in names}
    order = sorted(scores, key=lambda pair: (-scores[pair], pair))
    for forced, pairs in ((True, sorted(together)), (False, order)):
        for one, other in pairs:
            if group[one] is group[other] or not (forced or allowed(group[one], group[other])):
                continue
            joined = group[one] | group[other]
            for name in joined:
                group[name] = joined
    distinct = {min(found): found for found in group.values()}
    return [sorted(found) for _, found in sorted(distinct.items())]
