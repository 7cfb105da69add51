"""Published networks as `kg.network` has them, and what is said of a network by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import networkx as nx

from kg import network as networks
from kg.query import Value


def of(graph: nx.Graph, **more: Callable[[str, str], Value]) -> nx.MultiDiGraph:
    """The network of a NetworkX graph; nodes are named by their labels, so that 10 comes after 9."""
    width = len(str(len(graph)))
    named = nx.relabel_nodes(graph, lambda n: f"{n:0{width}}" if isinstance(n, int) else n)
    return networks.from_rows(
        {
            "source": a,
            "target": b,
            "kind": "ties",
            "weight": data.get("weight", 1),
            "directed": graph.is_directed(),
            **{name: value(a, b) for name, value in more.items()},
        }
        for a, b, data in named.edges(data=True)
    )


def karate() -> nx.MultiDiGraph:
    """Zachary's (1977) karate club, without weights."""
    graph = nx.karate_club_graph()
    nx.set_edge_attributes(graph, 1, "weight")
    return of(graph)


def davis() -> nx.MultiDiGraph:
    """The women at the events of Davis, Gardner and Gardner (1941), two-mode."""
    graph = nx.davis_southern_women_graph()
    women = set(graph.graph["top"])
    return networks.from_rows(
        {"source": a, "target": b, "kind": "at", "weight": 1}
        for a, b in ((a, b) if a in women else (b, a) for a, b in graph.edges())
    )


def value_of(network: nx.MultiDiGraph, measure: str) -> dict[str, float]:
    """The values of a measure of all nodes."""
    return nx.get_node_attributes(network, measure)


def row(source: str, target: str, weight: float = 1.0, **more: Value) -> Mapping[str, Value]:
    return {"source": source, "target": target, "kind": "ally", "weight": weight, **more}
