"""Betweenness and closeness: what the shortest ways between nodes say of them.

The length of a tie is 1/weight (Newman 2001): strong ties are short ways. Lengths are whole numbers of
1/`UNIT`, so that ways that are equally long are equal whatever order their ties are added in, and every
library counts the same shortest ways.

For each source, SciPy's Dijkstra gives the distances; the ties that lie on shortest ways then form a graph
without cycles, ordered by distance, and both counting ways and Brandes' (2001) accumulation are the solution
of a triangular system over it. Components do not meet, so that one source of each is taken at a time.
NetworkX does the same in plain Python: `bench/network.py` has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_array, eye_array
from scipy.sparse.linalg import spsolve_triangular

from kg.network import fast

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

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
    if total < 2:
        return Paths(np.zeros(total), np.zeros(total), None)
    lengths = _lengths(ties)
    drawn, of_size, of_sources, others = [], np.ones(total), np.ones(total), np.zeros(total)
    for component in sorted(map(sorted, nx.connected_components(ties))):
        sources = _sources(np.array(component), exact, _ties(lengths, component))
        drawn.append(sources)
        of_size[component], of_sources[component] = len(component), len(sources)
        others[component] = len(sources)
        others[sources] -= 1
    crossed, far = _from(lengths, drawn, is_exact=bool((of_size == of_sources).all()))
    reached = (of_size - 1) / (total - 1)
    sampled = int(of_sources[of_size > of_sources].max(initial=0)) or None
    pairs = max((total - 1) * (total - 2), 1)
    mean = np.where(others > 0, far, 1.0) / np.maximum(others, 1)
    return Paths(crossed * (of_size / of_sources) / pairs, np.where(others > 0, reached / mean, 0.0), sampled)


def _lengths(ties: nx.Graph) -> csr_array:
    matrix = nx.to_scipy_sparse_array(
        ties, nodelist=range(len(ties)), weight="weight", dtype=float, format="csr"
    )
    matrix.data = np.maximum(np.rint(UNIT / matrix.data), 1.0)
    return matrix


def _ties(lengths: csr_array, component: Sequence[int]) -> int:
    return int(np.diff(lengths.indptr)[component].sum()) // 2


def _sources(component: Ints, exact: bool, ties: int) -> Ints:
    """The nodes of a component to measure from: all, or a sample that is always the same."""
    size = len(component)
    if exact or size * (size + ties) <= EXACT or size <= SAMPLE:
        return component
    return np.sort(np.random.RandomState(SEED).choice(component, SAMPLE, replace=False))


def _from(lengths: csr_array, drawn: Sequence[Ints], *, is_exact: bool) -> tuple[Floats, Floats]:
    """The shortest ways from sources that pass through each node, and the sum of its distances to them.

    `drawn` are the sources of each component; one of each is taken at a time, since they do not meet.
    """
    size = lengths.shape[0]
    crossed, far = np.zeros(size), np.zeros(size)
    counted = fast.betweenness(lengths) if is_exact else None
    for together in zip_longest(*drawn, fillvalue=-1):
        sources = np.array([source for source in together if source >= 0])
        distances = csgraph.dijkstra(lengths, indices=sources, min_only=True)
        far += np.where(np.isfinite(distances), distances, 0.0)
        if counted is None:
            crossed += _crossed(lengths, distances, sources)
    return crossed if counted is None else counted, far / UNIT


def _crossed(lengths: csr_array, distances: Floats, sources: Ints) -> Floats:
    """Brandes' dependency of sources on each node; `distances` are those from the nearest source."""
    size = len(distances)
    order = np.argsort(distances, kind="stable")
    place = np.empty(size, dtype=np.int64)
    place[order] = np.arange(size)
    tails, heads = np.repeat(np.arange(size), np.diff(lengths.indptr)), lengths.indices
    on_way = np.isfinite(distances[tails]) & (distances[tails] + lengths.data == distances[heads])
    before, after = place[tails[on_way]], place[heads[on_way]]
    steps: Any = csr_array((-np.ones(len(before)), (after, before)), shape=(size, size)) + eye_array(size)
    start = np.zeros(size)
    start[place[sources]] = 1.0
    ways = spsolve_triangular(steps.tocsr(), start, lower=True, unit_diagonal=True)
    inverse = np.divide(1.0, ways, out=np.zeros(size), where=ways > 0)
    passed = ways * spsolve_triangular(steps.T.tocsr(), inverse, lower=False, unit_diagonal=True) - 1.0
    crossed = np.empty(size)
    crossed[order] = np.where(ways > 0, passed, 0.0)
    crossed[sources] = 0.0
    return crossed
