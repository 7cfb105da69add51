"""Whether friends of friends are friends: the balance of a signed network (Cartwright & Harary 1956)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True, slots=True)
class Balance:
    """Closed triads, how many of them have an even number of negative ties, and ties in the way of two camps.

    `frustration` is the number of ties that are positive between two camps, or negative within one, where
    nobody could change camps and lower it: the least such number (the line index of balance, Harary 1959) is
    at most this.
    """

    triads: int
    balanced: int
    frustration: int

    @property
    def share(self) -> float | None:
        """The share of balanced triads; None where there is no triad."""
        return self.balanced / self.triads if self.triads else None


def balance(signs: nx.Graph) -> Balance:
    """The balance of a network whose ties have a `weight` above or below zero.

    >>> balance(nx.Graph([(0, 1, {"weight": 1}), (1, 2, {"weight": -1}), (0, 2, {"weight": -2})]))
    Balance(triads=1, balanced=1, frustration=0)
    """
    products = list(_triads(signs))
    return Balance(len(products), sum(product > 0 for product in products), _frustration(signs))


def _triads(signs: nx.Graph) -> Iterator[int]:
    """The product of the signs of each closed triad."""
    above = {a: {b: _sign(signs, a, b) for b in signs[a] if b > a} for a in signs}
    for a, b in sorted(signs.edges()):
        a, b = min(a, b), max(a, b)
        for c in above[a].keys() & above[b].keys():
            yield above[a][b] * above[a][c] * above[b][c]


def _frustration(signs: nx.Graph) -> int:
    """Camps grow from the first node along its ties; then nodes change camps while that helps."""
    camp: dict[int, int] = {}
    for node in sorted(signs):
        camp.setdefault(node, 1)
        for a, b in nx.bfs_edges(signs, node, sort_neighbors=sorted):
            camp.setdefault(b, camp[a] * _sign(signs, a, b))
    is_moving = True
    while is_moving:
        is_moving = False
        for node in sorted(signs):
            if sum(camp[node] * camp[other] * _sign(signs, node, other) for other in signs[node]) < 0:
                camp[node], is_moving = -camp[node], True
    return sum(camp[a] * camp[b] * _sign(signs, a, b) < 0 for a, b in signs.edges())


def _sign(signs: nx.Graph, a: int, b: int) -> int:
    return 1 if signs.edges[a, b]["weight"] > 0 else -1
