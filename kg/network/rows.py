"""Edge rows → a directed multigraph: one edge per source, target and kind."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import networkx as nx

from kg.errors import InputError
from kg.query import Value

_REQUIRED = ("source", "target", "kind", "weight")
_ENDS = ("source", "target")


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """What makes an edge one; the ends of an undirected one are sorted."""

    source: str
    target: str
    kind: str


def from_rows(rows: Iterable[Mapping[str, Value]], *, name: str = "network") -> nx.MultiDiGraph:
    """The network of edge rows: one edge per source, target and kind.

    Where two rows give the same edge, their weights are added, their lists united, and of all else the first
    one's value kept. Columns that begin with `source_` or `target_` are attributes of that end. The graph is
    a directed multigraph whatever the edges: an undirected edge stands in it once, from the smaller IRI to
    the greater, with `directed` False.

    Raises:
        InputError: a row lacks an end, a kind or a weight above zero, or a kind has a direction in one
            row and none in another.

    >>> g = from_rows([{"source": "b", "target": "a", "kind": "ally", "weight": 2, "directed": False}])
    >>> list(g.edges(data="weight"))
    [('a', 'b', 2.0)]
    """
    edges: dict[Edge, dict[str, Value]] = {}
    nodes: dict[str, dict[str, Value]] = {}
    directions: dict[str, Value] = {}
    for row in rows:
        edge, data = _edge(row, name)
        if directions.setdefault(edge.kind, data["directed"]) != data["directed"]:
            raise InputError(f"{name}: {edge.kind!r} is directed in one row and not in another")
        known = edges.setdefault(edge, data)
        if known is not data:
            _unite(known, data)
        for end in _ENDS:
            nodes.setdefault(str(row[end]), {}).update(_of_end(row, end))
    network = nx.MultiDiGraph(name=name)
    for node in sorted(nodes):
        network.add_node(node)
        network.nodes[node].update(nodes[node])  # whatever its columns are called
    for edge in sorted(edges):
        network.add_edge(edge.source, edge.target, key=edge.kind)
        network.edges[edge.source, edge.target, edge.kind].update(edges[edge])
    return network


def _unite(known: dict[str, Value], data: Mapping[str, Value]) -> None:
    known["weight"] = float(str(known["weight"])) + float(str(data["weight"]))
    for column, value in data.items():
        before = known.get(column)
        if isinstance(value, tuple) and isinstance(before, tuple):
            known[column] = tuple(sorted({*before, *value}))


def _edge(row: Mapping[str, Value], name: str) -> tuple[Edge, dict[str, Value]]:
    missing = [column for column in _REQUIRED if row.get(column) in (None, "")]
    if missing:
        raise InputError(f"{name}: a network needs a value in {', '.join(missing)} in every row")
    weight = _weight(row["weight"], name)
    directed = row.get("directed", True) is not False
    source, target = str(row["source"]), str(row["target"])
    if not directed and target < source:
        source, target = target, source
    kind = str(row["kind"])
    return Edge(source, target, kind), {
        "kind": kind,
        "weight": weight,
        "directed": directed,
        **{c: _plain(v) for c, v in row.items() if _is_of_edge(c)},
    }


def _is_of_edge(column: str) -> bool:
    return column not in (*_REQUIRED, "directed") and not column.startswith(tuple(f"{e}_" for e in _ENDS))


def _of_end(row: Mapping[str, Value], end: str) -> dict[str, Value]:
    """The attributes that a row has for one of its ends: `source_label` is the label of the source."""
    prefix = f"{end}_"
    return {
        c.removeprefix(prefix): _plain(v) for c, v in row.items() if c.startswith(prefix) and v is not None
    }


def _plain(value: Value) -> Value:
    return float(value) if isinstance(value, Decimal) else value


def _weight(value: Value, name: str) -> float:
    try:
        weight = float(str(value))
    except ValueError:
        weight = 0.0
    if not (math.isfinite(weight) and weight > 0):
        raise InputError(f"{name}: {value!r} is no weight: a number above zero is needed")
    return weight
