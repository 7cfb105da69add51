"""Where nodes are drawn: near their neighbours, clear of others, the same each time."""

from __future__ import annotations

import time
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from kg import network as networks
from kg.network.layout import ONE_BY_ONE, positions
from tests.network.graphs import karate, row


def drawn(graph: nx.Graph) -> np.ndarray:
    nx.set_edge_attributes(graph, 1.0, "weight")
    return positions(nx.convert_node_labels_to_integers(graph))


def distances(places: np.ndarray, pairs: list[tuple[int, int]]) -> np.ndarray:
    a, b = np.array(pairs).T
    return np.linalg.norm(places[a] - places[b], axis=1)


@pytest.mark.parametrize(
    "graph",
    [nx.karate_club_graph(), nx.grid_2d_graph(12, 10), nx.connected_caveman_graph(8, 6)],
    ids=["karate club", "grid", "caves"],
)
def test_neighbours_are_near(graph: nx.Graph) -> None:
    graph = nx.convert_node_labels_to_integers(graph)
    places = drawn(graph)
    tied = distances(places, list(graph.edges()))
    untied = distances(places, list(nx.non_edges(graph)))
    assert np.median(tied) < 0.55 * np.median(untied)
    assert distances(places, list(combinations(range(len(places)), 2))).min() > 1


def test_a_large_network_keeps_its_shape_although_nodes_push_in_groups() -> None:
    """A grid drawn well is a grid: what is far in steps is far on the page."""
    graph = nx.convert_node_labels_to_integers(nx.grid_2d_graph(40, 30))
    assert len(graph) > ONE_BY_ONE
    places = drawn(graph)
    steps = np.array([nx.single_source_shortest_path_length(graph, 0)[n] for n in range(len(graph))])
    assert np.corrcoef(steps, np.linalg.norm(places - places[0], axis=1))[0, 1] > 0.9


def test_components_stand_apart_and_fill_the_page() -> None:
    graph = nx.disjoint_union_all([nx.complete_graph(n) for n in (12, 5, 4, 3, 2, 2, 1, 1, 1)])
    places = drawn(graph)
    parts = [sorted(c) for c in nx.connected_components(graph)]
    for one, other in combinations(parts, 2):
        gap = distances(places, [(a, b) for a in one for b in other]).min()
        assert gap > 20, (len(one), len(other))
    assert np.abs(places).max() == pytest.approx(networks.LAYOUT_WIDTH / 2)


@pytest.mark.parametrize("nodes", [1, 2, 3], ids=["one", "two", "three"])
def test_a_few_nodes(nodes: int) -> None:
    places = drawn(nx.path_graph(nodes))
    assert np.isfinite(places).all() and len({tuple(p) for p in places.round(2)}) == nodes


def test_drawn_twice_is_drawn_alike() -> None:
    first, second = karate(), karate()
    networks.lay_out(first)
    networks.lay_out(second)
    assert dict(first.nodes(data=True)) == dict(second.nodes(data=True))


def test_weak_and_strong_ties() -> None:
    network = networks.from_rows([row("a", "b", 100), row("b", "c", 1), row("c", "d", 1), row("a", "d", 1)])
    networks.lay_out(network)
    at = {n: np.array((d["x"], d["y"])) for n, d in network.nodes(data=True)}
    assert np.linalg.norm(at["a"] - at["b"]) < 0.7 * np.linalg.norm(at["c"] - at["d"])


def test_it_is_many_times_faster_than_that_of_networkx() -> None:
    graph = nx.barabasi_albert_graph(1500, 2, seed=1)
    start = time.perf_counter()
    drawn(graph)
    ours = time.perf_counter() - start
    start = time.perf_counter()
    nx.spring_layout(graph, seed=1, iterations=10)
    assert ours < 5 * (time.perf_counter() - start)
