"""A network as GEXF 1.3, the way Gephi and Gephi Lite read it without a warning or a loss.

NetworkX's own writer cannot say an edge's `kind`, and without it Gephi merges parallel edges of
different kinds into one. What this writer keeps to was found by running Gephi's importer:

- no default edge type; each edge says `directed` or `undirected`, and its `kind`;
- one edge per kind between two nodes, since a second one is merged; weights above zero;
- one block of columns for nodes and one for edges, before the nodes; ids in lower-case ASCII that are no
  names of either program's own; only types that both read; a column without a value is left out, as is a
  missing value;
- colours as red, green, blue, never with an alpha; lists as `["a", "b"]`;
- text without the characters that XML 1.0 forbids;
- in a dynamic file, spells of whole ISO days that neither overlap nor touch (`kg.export.spells`), and no
  column that changes in time: Gephi Lite knows no time and shows the same columns as of a static file.

`tests/export/gephi/contract.py` checks each.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

import networkx as nx

from kg.errors import OutputError
from kg.export.columns import Attributes, clean, literal, missing, number, text, types
from kg.export.spells import Spell, of_network

_NODE_FIELDS = frozenset({"label", "x", "y", "size", "colour"})
_EDGE_FIELDS = frozenset({"kind", "weight", "directed"})
# Names of Gephi's own columns, and what Gephi Lite reads from elsewhere than a column:
# one of ours with such an id would be lost.
_GEPHI = ("id", "label", "source", "target", "type", "kind", "weight", "timeset", "interval", "timestamp")
_LITE = ("color", "size", "x", "y", "z", "shape", "thickness")
_STATIC = '<graph mode="static">'
_DYNAMIC = '<graph mode="dynamic" timeformat="date" timerepresentation="interval">'


@dataclass(frozen=True, slots=True)
class _Column:
    """An attribute of nodes or edges: its key in the network; its id, its type and its values in the file."""

    key: str
    id: str
    type: str
    text: Callable[[Any], str]


def write(network: nx.MultiDiGraph, file: TextIO, *, dynamic: bool = False) -> None:
    """Write a network of `kg.network` as one GEXF 1.3 document, a `dynamic` one with days of nodes and edges.

    The network may have a `description`. Nodes may have `label`, `x`, `y`, `size` and `colour` (red, green,
    blue); edges have `kind`, `weight` and `directed`. Every other attribute becomes a typed column. Nodes and
    edges keep their order.

    Raises:
        OutputError: an edge has no kind or a weight that is not above zero, two edges of one kind join the
            same nodes, or a kind is directed in one edge and not in another.
    """
    file.writelines(f"{line}\n" for line in _lines(network, dynamic))


def _lines(network: nx.MultiDiGraph, dynamic: bool) -> Iterator[str]:
    nodes = _columns("node", (d for _, d in network.nodes(data=True)), _NODE_FIELDS)
    edges = _columns("edge", (d for _, _, d in network.edges(data=True)), _EDGE_FIELDS)
    node_spells, edge_spells = of_network(network) if dynamic else ({}, {})
    ids = _ids(network)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'
    description = text(network.graph.get("description", ""))
    yield f"<meta><creator>protest-kg</creator><description>{description}</description></meta>"
    yield _DYNAMIC if dynamic else _STATIC
    yield from _declarations("node", nodes)
    yield from _declarations("edge", edges)
    yield "<nodes>"
    for node, data in network.nodes(data=True):
        inside = f"{_values(data, nodes)}{_spells(node_spells.get(node))}{_colour(data)}{_place(data)}"
        label = text(data.get("label") or "") or ids[node]
        yield f'<node id="{ids[node]}" label="{label}">{inside}</node>'
    yield "</nodes>"
    yield "<edges>"
    checked = _Edges()
    for source, target, key, data in network.edges(keys=True, data=True):
        head = checked.head(ids[source], ids[target], data)
        spells = _spells(edge_spells.get((source, target, key)))
        yield f"<edge {head}>{_values(data, edges)}{spells}</edge>"
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


class _Edges:
    """What was said of the edges before one, to tell when Gephi would merge or drop it."""

    def __init__(self) -> None:
        self._joined: set[tuple[str, str, str]] = set()
        self._directed: dict[str, bool] = {}
        self._ids: set[str] = set()

    def head(self, source: str, target: str, data: Attributes) -> str:
        """The XML attributes of the next edge; the ids of its ends are XML already."""
        directed, kind, weight = (
            bool(data.get("directed", True)),
            text(data.get("kind") or ""),
            data.get("weight", 0),
        )
        ends = (source, target) if directed else (min(source, target), max(source, target))
        joined = (*ends, kind)
        if not kind or joined in self._joined or not (math.isfinite(weight) and weight > 0):
            raise OutputError(
                f"edge {source} → {target}: needs a kind that no other edge between them has "
                f"({kind or 'none'}) and a weight above zero ({weight})"
            )
        if self._directed.setdefault(kind, directed) != directed:
            raise OutputError(f"edge {source} → {target}: {kind} is directed in one edge and not in another")
        self._joined.add(joined)
        id_ = _unique(f"{ends[0]}|{kind}|{ends[1]}", self._ids)
        type_ = "directed" if directed else "undirected"
        return (
            f'id="{id_}" source="{source}" target="{target}" type="{type_}" kind="{kind}" label="{kind}" '
            f'weight="{number(weight)}"'
        )


def _ids(network: nx.MultiDiGraph) -> dict[Hashable, str]:
    """The id of each node as XML; two that differ in forbidden characters only are told apart."""
    taken: set[str] = set()
    return {node: _unique(text(node) or "_", taken) for node in network}


def _unique(id_: str, taken: set[str]) -> str:
    """The id, or the id with as many `'` as tell it from those that are taken, to which it is added."""
    while id_ in taken:
        id_ += "'"
    taken.add(id_)
    return id_


def _colour(data: Attributes) -> str:
    if not (colour := data.get("colour")):
        return ""
    red, green, blue = colour
    return f'<viz:color r="{red:d}" g="{green:d}" b="{blue:d}"/>'


def _place(data: Attributes) -> str:
    x, y, size = data.get("x"), data.get("y"), data.get("size")
    parts = []
    if x is not None and y is not None and math.isfinite(x) and math.isfinite(y):
        parts.append(f'<viz:position x="{number(x)}" y="{number(y)}" z="0.0"/>')
    if size is not None and math.isfinite(size) and size > 0:
        parts.append(f'<viz:size value="{number(size)}"/>')
    return "".join(parts)


def _spells(spells: tuple[Spell, ...] | None) -> str:
    return f"<spells>{''.join(map(str, spells))}</spells>" if spells else ""


def _values(data: Attributes, columns: Iterable[_Column]) -> str:
    values = "".join(
        [
            f'<attvalue for="{c.id}" value="{c.text(value)}"/>'
            for c in columns
            if not missing(value := data.get(c.key))
        ]
    )
    return f"<attvalues>{values}</attvalues>" if values else ""


def _declarations(class_: str, columns: list[_Column]) -> Iterator[str]:
    if columns:
        yield f'<attributes class="{class_}" mode="static">'
        for c in columns:
            yield f'<attribute id="{c.id}" title="{text(c.key) or c.id}" type="{c.type}"/>'
        yield "</attributes>"


def _columns(class_: str, items: Iterable[Attributes], leave: frozenset[str]) -> list[_Column]:
    """The columns that have a value, sorted by key, with ids that differ even in lower case."""
    columns: list[_Column] = []
    taken = {*_GEPHI, *_LITE}
    for key, type_ in types(items, leave).items():
        id_ = re.sub(r"[^a-z0-9_]", "_", key.lower())
        if id_ in taken or not id_[:1].isalpha():
            id_ = f"{class_}_{id_}"
        while id_ in taken:
            id_ += "_"
        taken.add(id_)
        columns.append(_Column(key, id_, type_, _WRITTEN[type_]))
    return columns


def _list(values: Iterable[object]) -> str:
    return text(json.dumps([clean(v) for v in values], ensure_ascii=False))


_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "string": lambda value: text(literal(value, "string")),
    "boolean": lambda value: "true" if value else "false",
    "long": str,
    "double": number,
    "liststring": _list,
}
