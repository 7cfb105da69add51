"""Measures on a network: those that every network has, or all that apply.

`kg.network.nodes` and `kg.network.whole` are the tables of them. Each is computed on one form of the network
(`kg.network.forms`), with weights as strengths (more is closer) or as distances (1/weight), or without;
docs/networks.md says which, and whose measure it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import networkx as nx

from kg.network.forms import forms
from kg.network.ground import GROUPS, Ground, Measure
from kg.network.nodes import NODES
from kg.network.whole import EDGES, WHOLE

DEFAULT = ("degree", "strength", "betweenness", "community")
"""The measures that every network has."""


def measure(network: nx.MultiDiGraph) -> None:
    """Adds the measures of `DEFAULT` to each node.

    `network.graph["sampled"]` is how many nodes betweenness and closeness were estimated from; None if exact.
    """
    _add(network, Ground(forms(network), False, GROUPS[0]), [m for m in NODES if m.name in DEFAULT])


def measure_all(network: nx.MultiDiGraph, *, exact: bool = False, groups: str = "type") -> None:
    """Adds all measures that apply: those of `NODES`, `bridge` to edges, and to `network.graph` `measures`.

    Args:
        exact: take no sample, however large the network is.
        groups: what brokers stand between, one of `GROUPS`.
    """
    ground = Ground(forms(network), exact, groups)
    _add(network, ground, NODES)
    names = ground.forms.names
    bridges = {frozenset((names[a], names[b])) for a, b in ground.bridges}
    for source, target, data in network.edges(data=True):
        data["bridge"] = frozenset((source, target)) in bridges
    whole = {
        EDGES.name: network.number_of_edges(),
        **{m.name: m.of(ground) for m in WHOLE if m.applies(ground)},
    }
    network.graph["measures"] = {name: _plain(value) for name, value in whole.items() if value is not None}


def _add(network: nx.MultiDiGraph, ground: Ground, wanted: Iterable[Measure]) -> None:
    for one in wanted:
        if one.applies(ground):
            values = one.of(ground)
            assert isinstance(values, Sequence)
            for name, value in zip(ground.forms.names, values, strict=True):
                network.nodes[name][one.name] = _plain(value)
    network.graph["sampled"] = ground.paths.sampled


def _plain(value: object) -> object:
    """The value to six digits, the same whatever order its parts were added in; None for no number."""
    if isinstance(value, bool | int | str | None):
        return value
    number = float(value)  # type: ignore[arg-type]
    return round(round(number, 10), 6) + 0.0 if math.isfinite(number) else None
