"""The measures of nodes: name, how it is computed, what it is; docs/networks.md has the source of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import networkx as nx
import numpy as np
from scipy.sparse.linalg import eigsh

from kg.network.brokerage import ROLES
from kg.network.ground import Ground, Measure, Number, is_directed, is_two_mode, modes, spread


def _degrees(form: str, way: str, *, weighted: bool) -> Callable[[Ground], list[Number]]:
    """The degrees, or strengths, of the nodes in one of the forms."""

    def of(ground: Ground) -> list[Number]:
        graph = getattr(ground.forms, form)
        return [value for _, value in getattr(graph, way)(weight="weight" if weighted else None)]

    return of


def _eigenvector(ground: Ground) -> Sequence[Number]:
    """Of the largest component; elsewhere 0."""
    ties, values = ground.forms.ties, np.zeros(len(ground.forms.ties))
    component = max(map(sorted, nx.connected_components(ties)), key=lambda c: (len(c), -c[0]), default=[])
    if len(component) > 1:
        matrix = nx.to_scipy_sparse_array(ties, nodelist=component, weight="weight", dtype=float)
        if len(component) < 50:  # ARPACK is for large ones
            vector = np.linalg.eigh(matrix.toarray())[1][:, -1]
        else:
            vector = eigsh(matrix, k=1, which="LA", v0=np.ones(len(component)))[1][:, 0]
        values[component] = np.abs(vector)
    return values.tolist()


def _pagerank(ground: Ground) -> Sequence[Number]:
    arcs = ground.forms.arcs
    exactly = {"tol": 1e-10 / max(len(arcs), 1), "max_iter": 1000}
    return spread(ground, nx.pagerank(arcs, weight="weight", **exactly) if len(arcs) else {})


def _burt(function: Callable[..., dict[int, float]]) -> Callable[[Ground], Sequence[Number]]:
    """A measure of structural holes, which NetworkX has not of nothing; of a node without ties it is none."""
    return lambda g: spread(g, function(g.forms.ties, weight="weight")) if len(g.forms.ties) else []


def _cut(ground: Ground) -> Sequence[Number]:
    points = set(nx.articulation_points(ground.forms.ties))
    return [node in points for node in ground.forms.ties]


def _by_mode(ground: Ground, first: Number, second: Number) -> list[Number]:
    return [first if node in ground.forms.first_mode else second for node in ground.forms.ties]


def _mode_degree(ground: Ground) -> list[Number]:
    first, second = modes(ground)
    others = _by_mode(ground, second, first)
    return [d / o for (_, d), o in zip(ground.forms.ties.degree(), others, strict=True)]


def _mode_betweenness(ground: Ground) -> list[Number]:
    """Betweenness by the most that a node of its mode could have."""
    first, second = modes(ground)
    pairs = (first + second - 1) * (first + second - 2) / 2
    most = _by_mode(ground, _most_between(first, second), _most_between(second, first))
    return [b * pairs / m if m else 0.0 for b, m in zip(ground.paths.betweenness.tolist(), most, strict=True)]


def _most_between(own: int, others: int) -> float:
    """Borgatti & Everett (1997), equations for the maximum of a node among `own` and `others`."""
    s, t = divmod(own - 1, others)
    return (others**2 * (s + 1) ** 2 + others * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def _role(role: str) -> Callable[[Ground], Sequence[Number]]:
    return lambda ground: ground.brokers[role]


NODES: tuple[Measure, ...] = (
    Measure("degree", _degrees("ties", "degree", weighted=False), "number of neighbours"),
    Measure("strength", _degrees("ties", "degree", weighted=True), "sum of the weights of its edges"),
    Measure(
        "in_degree",
        _degrees("directed", "in_degree", weighted=False),
        "neighbours with a directed edge to it",
        is_directed,
    ),
    Measure(
        "out_degree",
        _degrees("directed", "out_degree", weighted=False),
        "neighbours it has a directed edge to",
        is_directed,
    ),
    Measure(
        "in_strength",
        _degrees("directed", "in_degree", weighted=True),
        "weights of the directed edges to it",
        is_directed,
    ),
    Measure(
        "out_strength",
        _degrees("directed", "out_degree", weighted=True),
        "weights of the directed edges from it",
        is_directed,
    ),
    Measure(
        "betweenness",
        lambda g: g.paths.betweenness.tolist(),
        "share of the shortest ways that pass through it",
    ),
    Measure(
        "closeness",
        lambda g: g.paths.closeness.tolist(),
        "inverse of the mean distance to those it can reach",
    ),
    Measure("eigenvector", _eigenvector, "is tied to nodes that are tied to many; of the largest component"),
    Measure("pagerank", _pagerank, "how often a walk along the edges passes"),
    Measure(
        "core", lambda g: spread(g, nx.core_number(g.forms.ties)), "largest k such that it is in the k-core"
    ),
    Measure(
        "clustering",
        lambda g: spread(g, nx.clustering(g.forms.ties)),
        "share of pairs of neighbours that are tied",
    ),
    Measure(
        "constraint",
        _burt(nx.constraint),
        "how much its ties lead to one group",
    ),
    Measure(
        "effective_size",
        _burt(nx.effective_size),
        "neighbours less those that lead to the same others",
    ),
    Measure("community", lambda g: g.community, "number of its group, 1 is the largest"),
    Measure("cut_point", _cut, "whether the network falls apart without it"),
    *(Measure(role, _role(role), "how often it brokers so between two who have no tie") for role in ROLES),
    Measure("mode", lambda g: _by_mode(g, 1, 2), "1 if edges lead from it, 2 if to it", is_two_mode),
    Measure("mode_degree", _mode_degree, "degree by the size of the other mode", is_two_mode),
    Measure(
        "mode_betweenness", _mode_betweenness, "betweenness by the most that its mode allows", is_two_mode
    ),
)
"""The measures of nodes, in the order of columns."""
