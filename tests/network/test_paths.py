"""Betweenness and closeness, beside those of NetworkX and NetworKit."""

from __future__ import annotations

import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.network import paths
from kg.network.paths import UNIT


def weighted(nodes: int, ties: int, seed: int) -> nx.Graph:
    graph = nx.gnm_random_graph(nodes, ties, seed=seed)
    for n, (_, _, data) in enumerate(graph.edges(data=True)):
        data["weight"] = float(n * 7 % 5 + 1)
        data["distance"] = round(UNIT / data["weight"])
    return graph


@given(st.integers(1, 40), st.integers(0, 80), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_they_are_those_of_networkx(nodes: int, ties: int, seed: int) -> None:
    """Many ways are equally long: 1/2 + 1/2 = 1, 1/3 + 1/3 + 1/3 = 1, in whatever order they are added."""
    graph = weighted(nodes, ties, seed)
    found = paths.paths(graph)
    between = nx.betweenness_centrality(graph, weight="distance")
    close = nx.closeness_centrality(graph, distance="distance")
    assert found.betweenness == pytest.approx(list(between.values()), abs=1e-9)
    assert found.closeness / UNIT == pytest.approx(list(close.values()), abs=1e-15)
    assert found.sampled is None


def test_networkit_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("networkit", reason="needs the extra 'fast'")
    graph = weighted(200, 600, 1)
    with_it = paths.paths(graph)
    monkeypatch.setitem(sys.modules, "networkit", None)
    without = paths.paths(graph)
    assert np.array_equal(with_it.betweenness.round(9), without.betweenness.round(9))
    assert np.array_equal(with_it.closeness, without.closeness)


def test_a_sample_of_all_is_exact_and_a_sample_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = weighted(400, 1600, 2)
    exact = paths.paths(graph)
    monkeypatch.setattr(paths, "EXACT", 0)
    assert paths.paths(graph).betweenness == pytest.approx(exact.betweenness)
    monkeypatch.setattr(paths, "SAMPLE", 100)
    sampled = paths.paths(graph)
    assert sampled.sampled == 100 and paths.paths(graph, exact=True).sampled is None
    assert np.array_equal(sampled.betweenness, paths.paths(graph).betweenness)
    assert np.corrcoef(sampled.betweenness, exact.betweenness)[0, 1] > 0.9
    assert sampled.closeness == pytest.approx(exact.closeness, rel=0.1)


def test_small_components_are_exact_beside_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.disjoint_union(weighted(100, 300, 3), nx.path_graph(3))
    monkeypatch.setattr(paths, "EXACT", 1000)
    monkeypatch.setattr(paths, "SAMPLE", 20)
    found = paths.paths(graph)
    assert found.sampled == 20
    assert found.betweenness[-3:] == pytest.approx([0, 2 / (102 * 101), 0])
