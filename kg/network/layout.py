"""Where to draw the nodes of a network: near to those they are tied to, and clear of the others.

Each component is drawn for itself: pivot multidimensional scaling (Brandes & Pich 2007) unfolds it by the
steps between its nodes, then springs (Fruchterman & Reingold 1991) spread it out. In large ones a node is
pushed by the nodes of its own group one by one, and by each other group as by one body at its centre (after
Barnes & Hut 1986), so that the time grows with n·√n. Groups are halves of halves of the nodes, across an axis
that turns from step to step. Then the components are set around the largest one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_array

from kg.network.forms import forms

Floats = NDArray[np.float64]

SEED = 20210519
LAYOUT_WIDTH = 1000.0
STEPS = 100
"""In a component of n nodes, min(`STEPS`, 20 + n)."""
PIVOTS = 30
ONE_BY_ONE = 500
"""In a component of more nodes, nodes push each other in groups."""
_GOLDEN = math.pi * (3 - math.sqrt(5))
_TURN = 1.0  # radians by which the axis turns from step to step


def lay_out(network: nx.MultiDiGraph) -> None:
    """Adds `x` and `y` to each node, from −500 to 500; the same network is always drawn alike."""
    ties = forms(network).ties
    for node, (x, y) in zip(network, positions(ties), strict=True):
        network.nodes[node].update(x=round(float(x), 2) + 0.0, y=round(float(y), 2) + 0.0)


def positions(ties: nx.Graph) -> Floats:
    """The places of the nodes 0, 1, … of an undirected network with `weight`, two columns.

    >>> positions(nx.path_graph(1)).tolist()
    [[0.0, 0.0]]
    """
    placed = np.zeros((len(ties), 2))
    drawn = [(c, _component(ties, c)) for c in sorted(map(sorted, nx.connected_components(ties)))]
    drawn.sort(key=lambda one: -_radius(one[1]))
    for (component, points), centre in zip(drawn, _centres([points for _, points in drawn]), strict=True):
        placed[component] = points + centre
    if len(placed):
        placed -= (placed.max(axis=0) + placed.min(axis=0)) / 2
    furthest = np.abs(placed).max(initial=0.0)
    return np.asarray(placed * (LAYOUT_WIDTH / 2 / furthest) if furthest else placed)


def _centres(drawn: Sequence[Floats]) -> Floats:
    """Where to put components that come by radius, each a circle about 0: as seeds in a sunflower."""
    areas = np.array([(_radius(points) + 0.5) ** 2 for points in drawn])
    taken = np.cumsum(areas) - areas / 2
    if len(areas):
        taken[0] = 0.0
    angles = np.arange(len(areas)) * _GOLDEN
    return np.asarray(np.sqrt(1.3 * taken)[:, None] * np.column_stack((np.cos(angles), np.sin(angles))))


def _radius(points: Floats) -> float:
    return float(np.sqrt((points**2).sum(axis=1)).max())


def _component(ties: nx.Graph, component: Sequence[int]) -> Floats:
    """A component about 0, neighbours about 1 apart."""
    size = len(component)
    if size < 3:
        return np.column_stack((np.arange(size) - (size - 1) / 2, np.zeros(size)))
    weights = nx.to_scipy_sparse_array(ties, nodelist=component, weight="weight", dtype=float, format="csr")
    points = _spring(_unfolded(weights), weights)
    return np.asarray(points - (points.max(axis=0) + points.min(axis=0)) / 2)


def _unfolded(weights: csr_array) -> Floats:
    """Pivot MDS: a picture of the steps from each node to some pivots that lie far apart."""
    size = weights.shape[0]
    nearest = np.full(size, np.inf)
    steps, pivot = [], int(np.argmax(np.diff(weights.indptr)))
    for _ in range(min(PIVOTS, size)):
        steps.append(csgraph.dijkstra(weights, indices=pivot, unweighted=True))
        nearest = np.minimum(nearest, steps[-1])
        pivot = int(np.argmax(nearest))
    squares = np.column_stack(steps) ** 2
    centred = squares.mean(axis=1, keepdims=True) + squares.mean(axis=0) - squares - squares.mean()
    _, axes = np.linalg.eigh(centred.T @ centred)
    plane = centred @ axes[:, [-1, -2 if axes.shape[1] > 1 else -1]]
    plane *= np.where(plane[np.abs(plane).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    spread = np.abs(plane).max(axis=0)
    plane = plane / np.where(spread > 1e-9, spread, 1.0) * math.sqrt(size) / 2
    return np.asarray(plane + np.random.RandomState(SEED).uniform(-0.1, 0.1, plane.shape))


def _spring(points: Floats, weights: csr_array) -> Floats:
    """Springs pull neighbours together by d², more so those of strong ties, and push all apart by 1/d."""
    size = len(points)
    tails, heads = np.repeat(np.arange(size), np.diff(weights.indptr)), weights.indices
    pull = np.log2(1.0 + weights.data / weights.data.min())
    levels = round(math.log2(size) / 2) if size > ONE_BY_ONE else 0
    steps = min(STEPS, 20 + size)
    for step in range(steps):
        moves = _push(points, levels, step * _TURN)
        apart = points[heads] - points[tails]
        force = apart * (pull * np.sqrt((apart**2).sum(axis=1)))[:, None]
        for axis in (0, 1):
            moves[:, axis] += np.bincount(tails, force[:, axis], minlength=size)
        length = np.sqrt((moves**2).sum(axis=1, keepdims=True))
        limit = 0.1 * math.sqrt(size) * (1 - step / steps)
        points = points + moves * (np.minimum(length, limit) / np.maximum(length, 1e-12))
    return points


def _push(points: Floats, levels: int, angle: float) -> Floats:
    """What pushes each node away from all others, by 1/d."""
    groups = _groups(points, levels, angle)
    number, width = groups.shape
    x, y = points[groups].transpose(2, 0, 1)
    pushed = _away(x, y, x[:, None], y[:, None], 1.0, 1e-4)
    if number > 1:
        middle_x, middle_y = x.mean(axis=1, keepdims=True), y.mean(axis=1, keepdims=True)
        extent = ((x - middle_x) ** 2 + (y - middle_y) ** 2).mean(axis=1)
        others = width * (1.0 - np.eye(number))[:, None]
        pushed = pushed + _away(x, y, middle_x[:, 0], middle_y[:, 0], others, extent)
    moves = np.empty_like(points)
    moves[groups] = pushed.transpose(1, 2, 0)
    return moves


def _away(
    x: Floats, y: Floats, of_x: Floats, of_y: Floats, mass: Floats | float, extent: Floats | float
) -> Floats:
    """The push of bodies on points: x and y; `extent` is the square of how far a body spreads."""
    apart_x, apart_y = x[..., None] - of_x, y[..., None] - of_y
    strength = mass / (apart_x * apart_x + apart_y * apart_y + extent)
    return np.stack([np.einsum("ijk,ijk->ij", apart, strength) for apart in (apart_x, apart_y)])


def _groups(points: Floats, levels: int, angle: float) -> NDArray[np.int64]:
    """The nodes in 2^levels rows of near ones; some come twice, so that all rows are of one length."""
    width = -(-len(points) // 2**levels)
    rows = np.resize(np.arange(len(points)), (1, width * 2**levels))
    for level in range(levels):
        along = angle + level * math.pi / 2
        order = np.argsort(points[rows] @ (math.cos(along), math.sin(along)), axis=1, kind="stable")
        rows = np.take_along_axis(rows, order, axis=1).reshape(2 * len(rows), -1)
    return rows
