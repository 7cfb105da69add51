"""A network for Pajek, and for what reads its files: visone, igraph, NetworkX.

.net   Labels and positions; `*Arcs` for edges with a direction, `*Edges` for those without, with weights,
       and kinds as labels, which is what every program reads. NetworkX and igraph take all for what comes
       first or last; where that matters, GraphML is the better file.
.paj   A project, which Pajek alone reads: the same with a relation for each kind, a partition for each
       attribute of the nodes that is text, and a vector for each that is a number.

Other attributes of edges have no place in either. Pajek knows no escapes: a double quote becomes a single
one, a backslash a slash, a line end a space. Labels that nodes share get a number, since NetworkX takes
them for names.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TextIO

import networkx as nx

from kg.export.columns import clean, literal, missing, number, types

_PLAIN = str.maketrans({'"': "'", "\\": "/"})
_OWN = frozenset({"x", "y", "size", "label", "colour"})


def network(graph: nx.MultiDiGraph, file: TextIO) -> None:
    """Write the vertices, the edges with a direction, and those without."""
    _write(_head(graph), file)
    for directed in (True, False):
        lines = [f'{ends} l "{kind}"' for of, kind, ends in _joined(graph) if of == directed]
        if lines:
            _write(["*Arcs" if directed else "*Edges", *lines], file)


def project(graph: nx.MultiDiGraph, file: TextIO) -> None:
    """Write the vertices, the edges by kind, and a partition or vector for each attribute of the nodes."""
    _write(_head(graph), file)
    relations: dict[tuple[bool, str], list[str]] = {}
    for directed, kind, ends in _joined(graph):
        relations.setdefault((directed, kind), []).append(ends)
    for relation, (directed, kind) in enumerate(sorted(relations), 1):
        _write(
            [f'{"*Arcs" if directed else "*Edges"} :{relation} "{kind}"', *relations[directed, kind]], file
        )
    for key, type_ in types((d for _, d in graph.nodes(data=True)), _OWN).items():
        _write(_attribute(plain(key), type_, [data.get(key) for _, data in graph.nodes(data=True)]), file)


def plain(value: object) -> str:
    """A text as Pajek can hold it between double quotes.

    >>> plain('a "b"\\\\ \\n c')
    "a 'b'/ c"
    """
    return " ".join(clean(value).translate(_PLAIN).split())


def _write(lines: Iterator[str] | Sequence[str], file: TextIO) -> None:
    file.writelines(f"{line}\n" for line in lines)


def _head(graph: nx.MultiDiGraph) -> Iterator[str]:
    yield f"*Network protest-kg: {plain(graph.graph.get('description') or 'a network')}"
    yield f"*Vertices {len(graph)}"
    labels = _labels(graph)
    places = [(data.get("x"), data.get("y")) for _, data in graph.nodes(data=True)]
    reach = max((abs(v) for place in places for v in place if v is not None), default=0.0)
    for n, (node, (x, y)) in enumerate(zip(graph, places, strict=True), 1):
        yield f'{n} "{labels[node]}"{_place(x, y, reach)}'


def _place(x: float | None, y: float | None, reach: float) -> str:
    """A place in the unit square that Pajek draws in, with y downwards."""
    if x is None or y is None or not reach:
        return ""
    return f" {0.5 + 0.45 * x / reach:.4f} {0.5 - 0.45 * y / reach:.4f} ellipse"


def _joined(graph: nx.MultiDiGraph) -> Iterator[tuple[bool, str, str]]:
    """Of each edge whether it has a direction, its kind, and its line: both ends and its weight."""
    numbers = {node: n for n, node in enumerate(graph, 1)}
    for source, target, data in graph.edges(data=True):
        line = f"{numbers[source]} {numbers[target]} {number(data.get('weight', 1))}"
        yield data.get("directed") is not False, plain(data.get("kind", "")), line


def _labels(graph: nx.MultiDiGraph) -> dict[Hashable, str]:
    labels: dict[Hashable, str] = {}
    taken: set[str] = set()
    for node, data in graph.nodes(data=True):
        label = first = plain(data.get("label") or node) or plain(node) or "_"
        count = 1
        while label in taken:
            count += 1
            label = f"{first} ({count})"
        taken.add(label)
        labels[node] = label
    return labels


def _attribute(key: str, type_: str, values: Sequence[object]) -> Iterator[str]:
    """A vector of numbers, 0 for a missing one; or a partition, its classes numbered by their text."""
    if type_ in ("long", "double"):
        yield f"*Vector {key}"
        yield f"*Vertices {len(values)}"
        yield from (number(0 if missing(v) else v) for v in values)  # type: ignore[arg-type]
        return
    texts = ["" if missing(v) else plain(literal(v, "string")) for v in values]
    classes = {text: n for n, text in enumerate(sorted(set(texts) - {""}), 1)}
    yield f"*Partition {key}: {', '.join(f'{n} {text}' for text, n in classes.items())}"
    yield f"*Vertices {len(values)}"
    yield from (str(classes.get(text, 0)) for text in texts)
