"""A network cut by time, and what changes from one slice to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from kg.errors import UnknownName

_DAYS = ("days", "first", "last")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of time: its name, and its first and last day, month or year, as `from` and `to` take them."""

    start: str
    end: str
    name: str


def _decade(date: str) -> Period:
    return Period(f"{date[:3]}0", f"{date[:3]}9", f"{date[:3]}0s")


def _quarter(date: str) -> Period:
    year, quarter = date[:4], (int(date[5:7]) + 2) // 3
    return Period(f"{year}-{3 * quarter - 2:02}", f"{year}-{3 * quarter:02}", f"{year}-Q{quarter}")


PERIODS: Mapping[str, tuple[int, Callable[[str], Period]]] = {
    "decade": (4, _decade),
    "year": (4, lambda date: Period(date[:4], date[:4], date[:4])),
    "quarter": (7, _quarter),
    "month": (7, lambda date: Period(date[:7], date[:7], date[:7])),
    "day": (10, lambda date: Period(date[:10], date[:10], date[:10])),
}
"""How long a slice is: the letters that a date must have to belong to one, and the slice of a date."""


def periods(network: nx.MultiDiGraph, length: str) -> list[Period]:
    """The periods of a length, one of `PERIODS`, from which the network has edges, in their order.

    Raises:
        UnknownName: there is no such length.

    >>> g = nx.MultiDiGraph([("a", "b", {"days": ("2024-03-13", "2024-05", "--05-01")})])
    >>> [p.name for p in periods(g, "quarter")]
    ['2024-Q1', '2024-Q2']
    """
    if length not in PERIODS:
        raise UnknownName(f"{length!r}: no such slice; one of {', '.join(PERIODS)}")
    letters, period = PERIODS[length]
    return sorted({period(date) for *_, data in network.edges(data=True) for date in _dates(data, letters)})


def only_dated(network: nx.MultiDiGraph, length: str) -> nx.MultiDiGraph:
    """The network without the edges whose dates are all too vague to say in which slice they belong."""
    letters, _ = PERIODS[length]
    dated = (e for e in network.edges(keys=True) if any(_dates(network.edges[e], letters)))
    return network.edge_subgraph(dated).copy()


def _dates(data: Mapping[str, object], letters: int) -> Iterator[str]:
    """The dates of an edge that have a year and so many letters."""
    for column in _DAYS:
        value = data.get(column) or ()
        for date in (value,) if isinstance(value, str) else value:  # type: ignore[attr-defined]
            if len(date) >= letters and re.match("[0-9]{4}", date):
                yield date


@dataclass(frozen=True, slots=True)
class Change:
    """What is new and what is gone from one slice to the next.

    `node_overlap` and `edge_overlap` are Jaccard's: those in both, of those in either. `ranks` is Spearman's
    correlation of the strengths of the nodes that are in both; None if fewer than three, or all alike.
    `risen` and `fallen` are the nodes in both that rise and fall by most ranks, None if there are none.
    """

    nodes_gained: int
    nodes_lost: int
    node_overlap: float
    edges_gained: int
    edges_lost: int
    edge_overlap: float
    ranks: float | None
    risen: str | None
    fallen: str | None


def change(before: nx.MultiDiGraph, after: nx.MultiDiGraph) -> Change:
    """What changes from one network to another.

    >>> change(nx.MultiDiGraph([("a", "b")]), nx.MultiDiGraph([("a", "c")])).node_overlap
    0.333333
    """
    nodes, edges = (set(before), set(after)), (set(before.edges(keys=True)), set(after.edges(keys=True)))
    common = sorted(nodes[0] & nodes[1])
    old, new = (_ranks(network, common) for network in (before, after))
    moved = [(float(a - b), node) for node, a, b in zip(common, old, new, strict=True)]
    up, down = max(moved, default=(0.0, "")), min(moved, default=(0.0, ""))
    is_varied = len(common) > 2 and np.ptp(old) > 0 and np.ptp(new) > 0
    return Change(
        len(nodes[1] - nodes[0]), len(nodes[0] - nodes[1]), _overlap(*nodes),
        len(edges[1] - edges[0]), len(edges[0] - edges[1]), _overlap(*edges),
        round(float(np.corrcoef(old, new)[0, 1]), 6) if is_varied else None,
        up[1] if up[0] > 0 else None,
        down[1] if down[0] < 0 else None,
    )  # fmt: skip


def _ranks(network: nx.MultiDiGraph, nodes: list[str]) -> NDArray[np.float64]:
    """The ranks of nodes by strength, 1 for the strongest, ties in the middle."""
    return np.asarray(rankdata([-float(network.degree(node, weight="weight")) for node in nodes]))


def _overlap(a: set[object], b: set[object]) -> float:
    return round(len(a & b) / len(a | b), 6) if a | b else 1.0
