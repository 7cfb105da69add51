"""A two-mode network → a network of one of its modes: nodes are joined by what they share.

Of two nodes with the sets A and B of neighbours in the other mode, what they share weighs

    counts    |A ∩ B| (Breiger 1974)
    newman    the sum of 1/(n − 1) over what they share, n being how many share it (Newman 2001)
    cosine    |A ∩ B| / √(|A| |B|) (Salton & McGill 1983)
    jaccard   |A ∩ B| / |A ∪ B| (Jaccard 1901)

Where edges have a sign (for or against a demand), to agree is to be of one sign about something, and to be at
odds is to be of opposite signs: the congruence and conflict networks of discourse analysis (Leifeld 2017).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import combinations

import networkx as nx

from kg.errors import UsageError
from kg.network.forms import first_mode

MODES = ("source", "target")
SHARES, AGREES, CONFLICTS = "shares with", "agrees with", "is at odds with"

Neighbours = frozenset[str]


def _newman(a: Neighbours, b: Neighbours, shared: Neighbours, sharing: Mapping[str, int]) -> float:
    return sum(1 / (sharing[thing] - 1) for thing in sorted(shared))


WEIGHTINGS: Mapping[str, Callable[[Neighbours, Neighbours, Neighbours, Mapping[str, int]], float]] = {
    "counts": lambda a, b, shared, sharing: len(shared),
    "newman": _newman,
    "cosine": lambda a, b, shared, sharing: len(shared) / math.sqrt(len(a) * len(b)),
    "jaccard": lambda a, b, shared, sharing: len(shared) / len(a | b),
}


def project(network: nx.MultiDiGraph, mode: str, *, weighting: str = "counts") -> nx.MultiDiGraph:
    """The network of one of the `MODES`, with edges that say how many they share and through what.

    Raises:
        UsageError: there is no such mode or weighting, or the network is not two-mode.
    """
    for value, known in ((mode, MODES), (weighting, tuple(WEIGHTINGS))):
        if value not in known:
            raise UsageError(f"{value!r}: a projection is one of {', '.join(known)}")
    sources = first_mode(network)
    if network.size() and not sources:
        raise UsageError(
            f"{network.graph.get('name')}: is not two-mode: edges lead from and to nodes of one type; "
            "events, demands, speakers and offices can be projected"
        )
    sides: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for source, target, sign in network.edges(data="sign"):
        node, thing = (source, target) if mode == "source" else (target, source)
        sides[thing][node].add(0 if not sign else 1 if sign > 0 else -1)
    projected = nx.MultiDiGraph(**network.graph)
    kept = (node for node in network if (node in sources) == (mode == "source"))
    projected.add_nodes_from((node, network.nodes[node].copy()) for node in kept)
    _join(projected, sides, weighting, dict(network.nodes(data="label")))
    return projected


def _join(
    projected: nx.MultiDiGraph,
    sides: Mapping[str, Mapping[str, set[int]]],
    weighting: str,
    labels: Mapping[str, str | None],
) -> None:
    things: dict[str, set[str]] = defaultdict(set)
    shared: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for thing, nodes in sides.items():
        for node in nodes:
            things[node].add(thing)
        for a, b in combinations(sorted(nodes), 2):
            for kind in _kinds(nodes[a], nodes[b]):
                shared[a, b, kind].add(thing)
    sharing = {thing: len(nodes) for thing, nodes in sides.items()}
    for (a, b, kind), common in sorted(shared.items()):
        of_a, of_b, both = (frozenset(s) for s in (things[a], things[b], common))
        weight = WEIGHTINGS[weighting](of_a, of_b, both, sharing)
        projected.add_edge(a, b, key=kind, kind=kind, weight=float(weight), directed=False, shared=len(both))
        projected.edges[a, b, kind]["through"] = tuple(sorted(labels.get(t) or t for t in both))
        if kind != SHARES:
            projected.edges[a, b, kind]["sign"] = 1 if kind == AGREES else -1


def _kinds(a: set[int], b: set[int]) -> list[str]:
    """How two nodes with these signs about one thing stand to each other."""
    if 0 in a | b:
        return [SHARES]
    is_against = (1 in a and -1 in b) or (-1 in a and 1 in b)
    return [AGREES] * bool(a & b) + [CONFLICTS] * is_against
