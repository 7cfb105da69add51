"""Where each actor stands on the page: connected ones as the network was laid out, unconnected groups packed.

A layout of springs drives groups that no tie joins as far apart as it can. Here each group keeps its shape,
gets the room that its size asks for, and they are set side by side from the largest in the middle outwards.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import networkx as nx
import numpy as np

Place = tuple[float, float]

WIDTH = 1000.0
_GOLDEN = math.pi * (3 - math.sqrt(5))
_BESIDE = 0.35  # how far from its neighbour one stands that the layout lacks, in radii of the group
_GAP = 0.7  # between groups, in radii of a lone node
_WIDER = 1.5  # than high is the whole
_TURN, _PITCH = 2.5, 0.16  # how far a step goes along the spiral, and how far apart its windings are


def packed(ties: Iterable[tuple[str, str]], known: Mapping[str, Place]) -> dict[str, Place]:
    """The place of each end of the ties; `known` are those of a layout, of which some may be missing.

    >>> places = packed([("a", "b"), ("c", "d")], {"a": (0, 0), "b": (9, 9)})
    >>> sorted(places), max(abs(x) for x, _ in places.values())
    (['a', 'b', 'c', 'd'], 500.0)
    """
    graph = nx.Graph(sorted(ties))
    groups = sorted((sorted(group) for group in nx.connected_components(graph)), key=lambda g: (-len(g), g))
    shapes = [_shape(graph, group, known) for group in groups]
    radii = [math.sqrt(len(group)) + _GAP for group in groups]
    places = {
        node: (x + dx * (radius - _GAP), y + dy * (radius - _GAP))
        for shape, radius, (x, y) in zip(shapes, radii, _circles(radii), strict=True)
        for node, (dx, dy) in shape.items()
    }
    return _fitted(places)


def _shape(graph: nx.Graph, group: list[str], known: Mapping[str, Place]) -> dict[str, Place]:
    """The places of a group's nodes in a circle of radius 1 around 0."""
    shape = _round({node: known[node] for node in group if node in known})
    beside: Counter[str] = Counter()
    start = [node for node in group if node in shape] or [max(group, key=lambda n: (graph.degree(n), n))]
    for node in start:
        shape.setdefault(node, (0.0, 0.0))
    for node, other in nx.edge_bfs(graph, start):
        for end, fresh in ((node, other), (other, node)):
            if end in shape and fresh not in shape:
                turn = beside[end] * _GOLDEN
                away = _BESIDE * math.sqrt(1 + beside[end] / 6)
                beside[end] += 1
                x, y = shape[end]
                shape[fresh] = (x + away * math.cos(turn), y + away * math.sin(turn))
    return _round(shape)


def _round(places: Mapping[str, Place]) -> dict[str, Place]:
    """The places moved and scaled into a circle of radius 1; where all are one, they stay in its middle."""
    if not places:
        return {}
    xs, ys = zip(*places.values(), strict=True)
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    radius = max(math.dist((x, y), place) for place in places.values()) or 1.0
    return {node: ((px - x) / radius, (py - y) / radius) for node, (px, py) in places.items()}


def _circles(radii: list[float]) -> Iterator[Place]:
    """Places for circles from the largest to the smallest, none over another, along a spiral outwards."""
    placed = np.zeros((len(radii), 3))
    begin: dict[float, int] = {}  # all steps before it were found too narrow for this radius
    for i, radius in enumerate(radii):
        step = begin.get(radius, 0)
        while True:
            turn = _TURN * math.sqrt(step)
            x, y = _WIDER * _PITCH * turn * math.cos(turn), _PITCH * turn * math.sin(turn)
            others = placed[:i]
            if not np.any((others[:, 0] - x) ** 2 + (others[:, 1] - y) ** 2 < (others[:, 2] + radius) ** 2):
                break
            step += 1
        begin[radius] = step
        placed[i] = x, y, radius
        yield x, y


def _fitted(places: Mapping[str, Place]) -> dict[str, Place]:
    if not places:
        return {}
    xs, ys = zip(*places.values(), strict=True)
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    scale = WIDTH / (max(max(xs) - min(xs), (max(ys) - min(ys)) * _WIDER) or 1.0)
    return {
        n: (round((a - x) * scale, 1) + 0.0, round((b - y) * scale, 1) + 0.0) for n, (a, b) in places.items()
    }
