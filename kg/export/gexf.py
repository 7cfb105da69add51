"""A network as GEXF 1.3, the way Gephi and Gephi Lite read it without a warning or a loss.

NetworkX's own writer cannot say an edge's `kind`, and without it Gephi merges parallel edges of
different kinds into one. What this writer keeps to was found by running Gephi's importer:

- no default edge type; each edge says `directed` or `undirected`, and its `kind`;
- one edge per kind between two nodes, since a second one is merged; weights above zero;
- one block of columns for nodes and one for edges, before the nodes; ids in lower-case ASCII;
  only types that both programs read; a column without a value is left out, as is a missing value;
- colours as red, green, blue, never with an alpha; lists as `["a", "b"]`;
- text without the characters that XML 1.0 forbids.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO
from xml.sax.saxutils import escape

import networkx as nx

from kg.errors import OutputError

Attributes = Mapping[str, Any]

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_NODE_FIELDS = frozenset({"label", "x", "y", "size", "colour"})
_EDGE_FIELDS = frozenset({"kind", "weight", "directed"})
# The names of Gephi's own columns: a column of ours with one of them as id would be lost in it.
_GEPHI = ("id", "label", "source", "target", "type", "kind", "weight", "timeset", "interval", "timestamp")


@dataclass(frozen=True, slots=True)
class _Column:
    """An attribute of nodes or edges: its key in the network, its id and its type in the file."""

    key: str
    id: str
    type: str


def write(network: nx.MultiDiGraph, file: TextIO) -> None:
    """Write a network of `kg.network` as one static GEXF 1.3 document.

    The network may have a `description`. Nodes may have `label`, `x`, `y`, `size` and `colour` (red,
    green, blue); edges have `kind`, `weight` and `directed`. Every other attribute becomes a typed
    column. Nodes and edges keep their order.

    Raises:
        OutputError: an edge has no kind or a weight that is not above zero, or two edges of one
            kind join the same nodes.
    """
    file.writelines(f"{line}\n" for line in _lines(network))


def _lines(network: nx.MultiDiGraph) -> Iterator[str]:
    nodes = _columns((d for _, d in network.nodes(data=True)), _NODE_FIELDS)
    edges = _columns((d for _, _, d in network.edges(data=True)), _EDGE_FIELDS)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'
    description = text(network.graph.get("description", ""))
    yield f"<meta><creator>protest-kg</creator><description>{description}</description></meta>"
    yield '<graph mode="static">'
    yield from _declarations("node", nodes)
    yield from _declarations("edge", edges)
    yield "<nodes>"
    for node, data in network.nodes(data=True):
        yield _node(node, data, nodes)
    yield "</nodes>"
    yield "<edges>"
    yield from _edges(network, edges)
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def clean(value: object) -> str:
    """A value as text without the characters that XML 1.0 forbids.

    >>> clean("a\\x00\\x1bb")
    'ab'
    """
    return _ILLEGAL.sub("", str(value))


def text(value: object) -> str:
    """A value as XML text or attribute: escaped, without the characters that XML 1.0 forbids.

    >>> text('<b> & "c"\\x00')
    '&lt;b&gt; &amp; &quot;c&quot;'
    """
    return escape(clean(value), _QUOTES)


def _node(node: Hashable, data: Attributes, columns: list[_Column]) -> str:
    parts = [_values(data, columns)]
    if colour := data.get("colour"):
        red, green, blue = colour
        parts.append(f'<viz:color r="{red:d}" g="{green:d}" b="{blue:d}"/>')
    if "x" in data and "y" in data:
        parts.append(f'<viz:position x="{_number(data["x"])}" y="{_number(data["y"])}" z="0.0"/>')
    if "size" in data:
        parts.append(f'<viz:size value="{_number(data["size"])}"/>')
    return f'<node id="{text(node)}" label="{text(data.get("label") or node)}">{"".join(parts)}</node>'


def _edges(network: nx.MultiDiGraph, columns: list[_Column]) -> Iterator[str]:
    seen: set[str] = set()
    for source, target, data in network.edges(data=True):
        directed, kind = bool(data.get("directed", True)), text(data.get("kind") or "")
        ends = (source, target) if directed else sorted((source, target), key=str)
        id_ = f"{text(ends[0])}|{kind}|{text(ends[1])}"
        weight = data.get("weight", 0)
        if not kind or id_ in seen or not (math.isfinite(weight) and weight > 0):
            raise OutputError(
                f"edge {source} → {target}: needs a kind that no other edge between them has "
                f"({kind or 'none'}) and a weight above zero ({weight})"
            )
        seen.add(id_)
        yield (
            f'<edge id="{id_}" source="{text(source)}" target="{text(target)}" '
            f'type="{"directed" if directed else "undirected"}" kind="{kind}" label="{kind}" '
            f'weight="{_number(weight)}">{_values(data, columns)}</edge>'
        )


def _values(data: Attributes, columns: list[_Column]) -> str:
    values = "".join(
        f'<attvalue for="{c.id}" value="{text(_literal(data[c.key], c.type))}"/>'
        for c in columns
        if not _missing(data.get(c.key))
    )
    return f"<attvalues>{values}</attvalues>" if values else ""


def _declarations(class_: str, columns: list[_Column]) -> Iterator[str]:
    if columns:
        yield f'<attributes class="{class_}" mode="static">'
        for c in columns:
            yield f'<attribute id="{c.id}" title="{text(c.key)}" type="{c.type}"/>'
        yield "</attributes>"


def _columns(items: Iterable[Attributes], reserved: frozenset[str]) -> list[_Column]:
    """The columns that have a value, sorted by key, with ids that differ even in lower case."""
    types: dict[str, set[str]] = {}
    for item in items:
        for key, value in item.items():
            if key not in reserved and not _missing(value):
                types.setdefault(key, set()).add(_type(value))
    columns: list[_Column] = []
    for key in sorted(types):
        id_ = re.sub(r"[^a-z0-9_]", "_", key.lower()) or "_"
        while id_ in _GEPHI or id_ in {c.id for c in columns}:
            id_ += "_"
        columns.append(_Column(key, id_, _common(types[key])))
    return columns


def _missing(value: object) -> bool:
    return value is None or value in ("", (), []) or (isinstance(value, float) and math.isnan(value))


def _type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long"
    if isinstance(value, float):
        return "double"
    return "liststring" if isinstance(value, list | tuple) else "string"


def _common(types: set[str]) -> str:
    """One type for all values of a column: numbers widen to double, any other mixture to string."""
    if len(types) == 1:
        return next(iter(types))
    return "double" if types == {"long", "double"} else "string"


def _literal(value: object, type_: str) -> str:
    if type_ == "liststring" and isinstance(value, list | tuple):
        return json.dumps([clean(v) for v in value], ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    return _number(value) if type_ == "double" and isinstance(value, int | float) else str(value)


def _number(value: float) -> str:
    """A double that reads the same everywhere: six digits after the point, never a bare integer."""
    return str(round(float(value), 6) + 0.0)
