"""The forms of a network that measures are computed on: ties, arcs, signs, and the two modes.

    network   what `kg.network` builds: a multigraph with one edge per kind, directed or not
    ties      undirected, one tie for all edges between two nodes, their weights added, without loops
    arcs      directed, one arc for all edges from one node to another; an undirected edge is an arc each way
    directed  the same of the directed edges only
    signs     undirected, of the edges that have a `sign` only: a tie weighs the sum, which may be below zero

Nodes are numbers in the order of the network, so that what depends on the order of nodes does not depend on
how IRIs are hashed.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True, slots=True)
class Forms:
    """A network in the forms that measures need; `names` and `types` are those of its nodes, by number."""

    names: tuple[str, ...]
    types: tuple[str, ...]
    ties: nx.Graph
    arcs: nx.DiGraph
    directed: nx.DiGraph
    signs: nx.Graph
    first_mode: frozenset[int]
    """In a two-mode network, the nodes that edges lead from; otherwise empty."""


def forms(network: nx.MultiDiGraph) -> Forms:
    """The forms of a network.

    >>> g = nx.MultiDiGraph([("a", "b", {"weight": 2.0}), ("b", "a", {"weight": 1.0})])
    >>> list(forms(g).ties.edges(data="weight")), len(forms(g).arcs.edges)
    ([(0, 1, 3.0)], 2)
    """
    names = tuple(network)
    number = {name: i for i, name in enumerate(names)}
    ties, arcs, directed, signs = nx.Graph(), nx.DiGraph(), nx.DiGraph(), nx.Graph()
    for form in (ties, arcs, directed, signs):
        form.add_nodes_from(range(len(names)))
    for source, target, data in network.edges(data=True):
        if source == target:
            continue
        a, b, weight = number[source], number[target], data["weight"]
        _add(ties, a, b, weight)
        _add(arcs, a, b, weight)
        if data.get("directed", True):
            _add(directed, a, b, weight)
        else:
            _add(arcs, b, a, weight)
        if data.get("sign"):
            _add(signs, a, b, weight * data["sign"])
    signs.remove_edges_from([(a, b) for a, b, weight in signs.edges(data="weight") if not weight])
    return Forms(
        names,
        tuple(str(network.nodes[name].get("type") or "") for name in names),
        ties,
        arcs,
        directed,
        signs,
        frozenset(number[name] for name in first_mode(network)),
    )


def first_mode(network: nx.MultiDiGraph) -> frozenset[str]:
    """The nodes that edges lead from, if the network is two-mode: no node, and no type, is at both ends.

    >>> first_mode(nx.MultiDiGraph([("ana", "march"), ("ben", "march")])) == {"ana", "ben"}
    True
    """
    if not all(data.get("directed", True) for _, _, data in network.edges(data=True)):
        return frozenset()
    sources, targets = (frozenset(edge[end] for edge in network.edges()) for end in (0, 1))
    typed = [{network.nodes[n].get("type") for n in mode} - {None} for mode in (sources, targets)]
    return frozenset() if sources & targets or typed[0] & typed[1] else sources


def _add(form: nx.Graph, a: int, b: int, weight: float) -> None:
    known = form.edges[a, b]["weight"] if form.has_edge(a, b) else 0.0
    form.add_edge(a, b, weight=known + weight)
