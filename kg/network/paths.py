"""Betweenness and closeness: what the shortest ways between nodes say of them.

The length of a tie is 1/weight (Newman 2001): strong ties are short ways. Lengths are whole numbers of
1/`UNIT`, so that ways that are equally long are equal whatever order their ties are added in, and every
library counts the same shortest ways.

For each source, SciPy's Dijkstra gives the distances; the ties that lie on shortest ways then form a graph
without cycles, ordered by distance, and both counting ways and Brandes' (2001) accumulation are the solution
of a triangular system over it. NetworkX does the same in plain Python: `bench/network.py` has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_array, eye_array
from scipy.sparse.linalg import spsolve_triangular

from kg.network import fast

Floats = NDArray[np.float64]

SEED = 20210519
UNIT = 232_792_560
"""The least number that all of 1 to 22 divide."""
EXACT = 50_000_000
"""A component of up to so many nodes × (nodes + ties) is measured from every node; above, from a sample."""
SAMPLE = 500
"""From so many nodes, drawn from a fixed seed (Brandes & Pich 2007)."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Of each node, betweenness and closeness; and how many nodes they were estimated from, None if exact."""

    betweenness: Floats
    closeness: Floats
    sampled: int | None


def paths(ties: nx.Graph, *, exact: bool = False) -> Paths:
    """Betweenness and closeness of the nodes 0, 1, … of an undirected network with `weight`.

    Betweenness is the share of the shortest ways between other nodes that pass through it (Freeman 1977),
    of all pairs of nodes. Closeness is the inverse of the mean distance to the nodes that can be reached,
    times the share of nodes that can (Wasserman & Faust 1994). `exact` takes no sample.

    >>> found = paths(nx.path_graph(3))
    >>> found.betweenness.tolist(), found.closeness.round(3).tolist()
    ([0.0, 1.0, 0.0], [0.667, 1.0, 0.667])
    """
    total = len(ties)
    between, close = np.zeros(total), np.zeros(total)
    sampled = 0
    for component in sorted(map(sorted, nx.connected_components(ties))):
        size = len(component)
        if size < 2:
            continue
        lengths = _lengths(ties, component)
        sources = _sources(size, lengths.nnz // 2, exact)
        sampled += 0 if len(sources) == size else len(sources)
        crossed, far = _from(lengths, sources)
        others = len(sources) - np.isin(np.arange(size), sources)
        between[component] = crossed * (size / len(sources))
        close[component] = (size - 1) / (total - 1) * others / np.where(others, far, 1.0)
    pairs = (total - 1) * (total - 2)
    return Paths(between / pairs if pairs > 0 else between, close, sampled or None)


def _lengths(ties: nx.Graph, component: Sequence[int]) -> csr_array:
    matrix = nx.to_scipy_sparse_array(ties, nodelist=component, weight="weight", dtype=float, format="csr")
    matrix.data = np.maximum(np.rint(UNIT / matrix.data), 1.0)
    return matrix


def _sources(size: int, ties: int, exact: bool) -> NDArray[np.int64]:
    if exact or size * (size + ties) <= EXACT or size <= SAMPLE:
        return np.arange(size)
    drawn = np.random.RandomState(SEED).choice(size, SAMPLE, replace=False)
    return np.sort(drawn)


def _from(lengths: csr_array, sources: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """The shortest ways from sources that pass through each node, and the sum of its distances to them."""
    size = lengths.shape[0]
    crossed, far = np.zeros(size), np.zeros(size)
    counted = fast.betweenness(lengths) if len(sources) == size else None
    for source in sources:
        distances = csgraph.dijkstra(lengths, indices=source)
        far += distances
        if counted is None:
            crossed += _crossed(lengths, distances, source)
    return crossed if counted is None else counted, far / UNIT


def _crossed(lengths: csr_array, distances: Floats, source: int) -> Floats:
    """Brandes' dependency of one source on each node."""
    size = len(distances)
    order = np.argsort(distances, kind="stable")
    place = np.empty(size, dtype=np.int64)
    place[order] = np.arange(size)
    tails, heads = np.repeat(np.arange(size), np.diff(lengths.indptr)), lengths.indices
    on_way = distances[tails] + lengths.data == distances[heads]
    before, after = place[tails[on_way]], place[heads[on_way]]
    steps: Any = csr_array((-np.ones(len(before)), (after, before)), shape=(size, size)) + eye_array(size)
    start = np.zeros(size)
    start[0] = 1.0
    ways = spsolve_triangular(steps.tocsr(), start, lower=True, unit_diagonal=True)
    passed = ways * spsolve_triangular(steps.T.tocsr(), 1.0 / ways, lower=False, unit_diagonal=True) - 1.0
    crossed = np.empty(size)
    crossed[order] = passed
    crossed[source] = 0.0
    return crossed
