"""A network as GraphML, for igraph, Cytoscape, visone, yEd, Gephi Lite and NetworkX.

Where no edge has a direction the file says so (`edgedefault="undirected"`). Where some have one it says
`directed`, and the edge's attribute `directed` tells which: NetworkX refuses a file that has both, and igraph
takes no notice. Lists are joined by ` | `. Colours are left out: these programs have their own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TextIO

import networkx as nx

from kg.export.columns import Attributes, literal, missing, text, types

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
    '"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_LEAVE = frozenset({"colour"})
_TYPES = {"liststring": "string"}
Keys = dict[str, tuple[str, str]]
"""The id and the type of each attribute."""


def write(network: nx.MultiDiGraph, file: TextIO) -> None:
    """Write a network with all attributes of nodes and edges that have a value, in its order."""
    file.write(_HEAD)
    file.writelines(f"{line}\n" for line in _lines(network))


def _lines(network: nx.MultiDiGraph) -> Iterator[str]:
    nodes = _keys("n", (d for _, d in network.nodes(data=True)))
    edges = _keys("e", (d for _, _, d in network.edges(data=True)))
    yield from _declarations("node", nodes)
    yield from _declarations("edge", edges)
    directed = any(d is not False for _, _, d in network.edges(data="directed"))
    yield f'<graph edgedefault="{"directed" if directed else "undirected"}">'
    ids: dict[Hashable, str] = {}
    for node, data in network.nodes(data=True):
        ids[node] = text(node)
        yield f'<node id="{ids[node]}">{_values(data, nodes)}</node>'
    for number, (source, target, data) in enumerate(network.edges(data=True)):
        ends = f'source="{ids[source]}" target="{ids[target]}"'
        yield f'<edge id="e{number}" {ends}>{_values(data, edges)}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _keys(prefix: str, items: Iterable[Attributes]) -> Keys:
    """The attributes; ids are numbered, as XML does not allow every name, and differ for nodes and edges."""
    found = types(items, _LEAVE)
    return {key: (f"{prefix}{i}", _TYPES.get(type_, type_)) for i, (key, type_) in enumerate(found.items())}


def _declarations(of: str, keys: Keys) -> Iterator[str]:
    for key, (id_, type_) in keys.items():
        yield f'<key id="{id_}" for="{of}" attr.name="{text(key)}" attr.type="{type_}"/>'


def _values(data: Attributes, keys: Keys) -> str:
    return "".join(
        [
            f'<data key="{id_}">{text(literal(value, type_))}</data>'
            for key, (id_, type_) in keys.items()
            if not missing(value := data.get(key))
        ]
    )
