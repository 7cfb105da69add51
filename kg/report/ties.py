"""The network of a report: actors and the ties between them, the strongest where there are too many.

It is the network `actors` (see `kg.network.kinds`) and, as one more kind of tie, the offices that
persons hold (`queries/networks/offices.rq`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.query import Value
from kg.report.layout import packed

MOST_NODES = 2_000
MOST_EDGES = 10_000
_ATTRIBUTES = ("kind", "directed", "weight", "articles", "sentences", "first", "last")

_Tie = tuple[str, str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Ties:
    """`nodes`: IRI → x, y, degree, strength, betweenness, community. `edges`: see `kg.report.contents`.

    `shown` says how many nodes and edges there are, of how many.
    """

    nodes: Mapping[str, list[Any]]
    edges: list[list[Any]]
    shown: Mapping[str, list[int]]


def ties(network: nx.MultiDiGraph, offices: Iterable[Mapping[str, Value]]) -> Ties:
    """The ties of a measured network of actors, and of the rows of `queries/networks/offices.rq`."""
    held = [row for row in offices if row["source"] != row["target"]]
    joined: list[_Tie] = [(s, t, d) for s, t, d in network.edges(data=True)]
    joined += [(str(row["source"]), str(row["target"]), {**row, "directed": True}) for row in held]
    strength, neighbours = _tied(joined)
    strongest = set(sorted(strength, key=lambda n: (-strength[n], n))[:MOST_NODES])
    among = [tie for tie in joined if tie[0] in strongest and tie[1] in strongest]
    among.sort(key=lambda e: (-float(e[2]["weight"]), e[0], e[1], str(e[2]["kind"])))
    shown = among[:MOST_EDGES]
    laid_out = {node: (float(data["x"]), float(data["y"])) for node, data in network.nodes(data=True)}
    places = packed(((s, t) for s, t, _ in shown), laid_out)
    nodes = {
        n: [*places[n], len(neighbours[n]), round(strength[n], 2), *_measured(network, n)]
        for n in sorted(places)
    }
    number = {node: i for i, node in enumerate(nodes)}
    edges = [[number[s], number[t], *(data.get(c) for c in _ATTRIBUTES)] for s, t, data in shown]
    return Ties(nodes, edges, {"actors": [len(nodes), len(strength)], "ties": [len(edges), len(joined)]})


def _tied(joined: Iterable[_Tie]) -> tuple[dict[str, float], dict[str, set[str]]]:
    """The weights of each node's ties, added, and its neighbours."""
    strength: dict[str, float] = defaultdict(float)
    neighbours: dict[str, set[str]] = defaultdict(set)
    for source, target, data in joined:
        for end, other in {(source, target), (target, source)}:
            strength[end] += float(data["weight"])
            neighbours[end].add(other)
    return strength, neighbours


def _measured(network: nx.MultiDiGraph, node: str) -> list[Any]:
    data = network.nodes[node] if node in network else {}
    return [data.get("betweenness"), data.get("community")]
