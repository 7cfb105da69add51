"""A network in the formats that network programs read.

.gexf      GEXF 1.3 for Gephi and Gephi Lite (`kg.export.gexf`), with time if it is to be dynamic
.graphml   GraphML for igraph, Cytoscape, visone and yEd
.json      node-link JSON for d3 and NetworkX
.csv       the edges, one a row, for Excel, R and Gephi; the nodes beside it in NAME-nodes.csv
.net       Pajek; .paj is the same with a partition or vector for each attribute of the nodes
.svg       a figure for papers (`kg.export.figure`); .png is the same as pixels
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

import networkx as nx

from kg.errors import UnknownName, UsageError
from kg.export import figure, gexf, graphml, pajek
from kg.export.appearance import dress
from kg.export.results import safe
from kg.output import writing

_FIRST = ("id", "source", "target", "label", "type", "kind", "directed", "weight")


def write(network: nx.MultiDiGraph, path: Path, format_: str = "", *, dynamic: bool = False) -> None:
    """Write a network to a file; the format is one of `FORMATS` or, if none is given, the file's suffix.

    A `dynamic` one says when nodes and edges were there; GEXF alone can hold it.

    Raises:
        UnknownName: there is no such format.
        UsageError: the format has no time.
        OutputError: the file cannot be written.
    """
    name = format_ or path.suffix.removeprefix(".")
    if name not in FORMATS:
        raise UnknownName(f"{path}: {name or 'no suffix'}: no such format; one of {', '.join(FORMATS)}")
    if dynamic and name != "gexf":
        raise UsageError(f"{path}: {name} has no time; a dynamic network is a .gexf file")
    dress(network)
    with writing(path) as file:
        if dynamic:
            gexf.write(network, file, dynamic=True)
        else:
            _WRITERS[name](network, file)
    if name == "csv" and str(path) != "-":
        with writing(path.with_name(f"{path.stem}-nodes.csv")) as file:
            nodes_csv(network, file)


def node_link(network: nx.MultiDiGraph, file: TextIO) -> None:
    """Write node-link JSON, as `networkx.node_link_graph` reads it."""
    document = nx.node_link_data(network, edges="edges")
    for part in ("nodes", "edges"):
        document[part] = [{k: _plain(v) for k, v in data.items()} for data in document[part]]
    file.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def edges_csv(network: nx.MultiDiGraph, file: TextIO) -> None:
    """Write the edges, with the labels of their ends; cells are safe in a spreadsheet.

    `source`, `target`, `type` (Directed or Undirected), `kind` and `weight` are what Gephi calls them; a
    `type` that the edges have is `edge_type`.
    """
    labels = dict(network.nodes(data="label"))
    _table((_edge(s, t, labels, data) for s, t, data in network.edges(data=True)), file)


def nodes_csv(network: nx.MultiDiGraph, file: TextIO) -> None:
    """Write the nodes with their measures; cells are safe in a spreadsheet."""
    _table(({"id": node, **data} for node, data in network.nodes(data=True)), file)


def _table(rows: Iterable[Mapping[str, Any]], file: TextIO) -> None:
    table = [{k: v for k, v in row.items() if k != "colour"} for row in rows]
    keys = {key for row in table for key in row}
    columns = [c for c in _FIRST if c in keys] + sorted(keys - set(_FIRST))
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe(row.get(c)) for c in columns] for row in table)


def _edge(
    source: Hashable, target: Hashable, labels: Mapping[Hashable, Any], data: Mapping[str, Any]
) -> dict[str, Any]:
    own = {"edge_type" if key == "type" else key: value for key, value in data.items()}
    ends = {"source": source, "target": target}
    names = {"source_label": labels[source], "target_label": labels[target]}
    type_ = "Undirected" if data.get("directed") is False else "Directed"
    return {**ends, **names, **own, "type": type_}


def _plain(value: Any) -> Any:
    """A value as JSON has it, which knows no NaN and no infinity."""
    if isinstance(value, Decimal):
        value = float(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


_WRITERS: Mapping[str, Callable[[nx.MultiDiGraph, TextIO], None]] = {
    "gexf": gexf.write,
    "graphml": graphml.write,
    "json": node_link,
    "csv": edges_csv,
    "net": pajek.network,
    "paj": pajek.project,
    "svg": figure.svg,
    "png": figure.png,
}
FORMATS: tuple[str, ...] = tuple(_WRITERS)
"""The names of the formats, which are also the suffixes of their files."""
