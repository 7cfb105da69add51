"""A network in the formats that network programs read.

.gexf      GEXF 1.3 for Gephi and Gephi Lite (`kg.export.gexf`)
.graphml   GraphML for igraph, Cytoscape, visone and yEd
.json      node-link JSON for d3 and NetworkX
.csv       the edges, one a row, for Excel, R and Gephi; the nodes beside it in NAME-nodes.csv
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

import networkx as nx

from kg.errors import UnknownName
from kg.export import gexf
from kg.export.appearance import dress
from kg.export.results import cell, safe
from kg.output import writing

_FIRST = ("id", "source", "target", "label", "type", "kind", "directed", "weight")


def write(network: nx.MultiDiGraph, path: Path, format_: str = "") -> None:
    """Write a network to a file; the format is one of `FORMATS` or, if none is given, the file's suffix.

    Raises:
        UnknownName: there is no such format.
        OutputError: the file cannot be written.
    """
    name = format_ or path.suffix.removeprefix(".")
    if name not in FORMATS:
        raise UnknownName(f"{path}: {name or 'no suffix'}: no such format; one of {', '.join(FORMATS)}")
    dress(network)
    with writing(path) as file:
        _WRITERS[name](network, file)
    if name == "csv" and str(path) != "-":
        with writing(path.with_name(f"{path.stem}-nodes.csv")) as file:
            nodes_csv(network, file)


def graphml(network: nx.MultiDiGraph, file: TextIO) -> None:
    """Write GraphML; `directed` is an attribute of the edge, since one file knows one default only."""
    plain = nx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        plain.add_node(gexf.clean(node), **_flat(data))
    for source, target, key, data in network.edges(keys=True, data=True):
        plain.add_edge(gexf.clean(source), gexf.clean(target), key=gexf.clean(key), **_flat(data))
    file.writelines(f"{line}\n" for line in nx.generate_graphml(plain, named_key_ids=True))


def node_link(network: nx.MultiDiGraph, file: TextIO) -> None:
    """Write node-link JSON, as `networkx.node_link_graph` reads it."""
    document = nx.node_link_data(network, edges="edges")
    file.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def edges_csv(network: nx.MultiDiGraph, file: TextIO) -> None:
    """Write the edges, with the labels of their ends; cells are safe in a spreadsheet."""
    labels = dict(network.nodes(data="label"))
    _table(
        (
            {"source": s, "target": t, "source_label": labels[s], "target_label": labels[t], **data}
            for s, t, data in network.edges(data=True)
        ),
        file,
    )


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


def _flat(data: Mapping[str, Any]) -> dict[str, str | int | float | bool]:
    """The attributes that GraphML can hold: lists joined, missing values and colours left out."""
    return {
        key: value if isinstance(value, int | float) else gexf.clean(cell(value))
        for key, value in data.items()
        if value is not None and key != "colour"
    }


_WRITERS: Mapping[str, Callable[[nx.MultiDiGraph, TextIO], None]] = {
    "gexf": gexf.write,
    "graphml": graphml,
    "json": node_link,
    "csv": edges_csv,
}
FORMATS: tuple[str, ...] = tuple(_WRITERS)
"""The names of the formats, which are also the suffixes of their files."""
