"""What a GEXF file must keep to for Gephi and Gephi Lite to read all of it without a warning.

The rules were found by running Gephi's importer on files that break them. `broken` tells which of them a file
breaks, and knows nothing of how `kg.export.gexf` goes about it.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
HEAD = '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'
STATIC = {"mode": "static"}
DYNAMIC = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
OWN = {  # names that Gephi's own columns have, and what Gephi Lite reads from elsewhere
    *("id", "label", "source", "target", "type", "kind", "weight", "timeset", "interval", "timestamp"),
    *("color", "size", "x", "y", "z", "shape", "thickness"),
}
TIMES = {"start", "end", "startopen", "endopen", "timestamp", "timestamps", "intervals"}
Spell = tuple[date, date]
Element = ElementTree.Element


def broken(text: str) -> list[str]:
    """The rules that a file breaks, each with the place; none if it keeps to all."""
    root = ElementTree.fromstring(text)
    if root.tag != f"{GEXF}gexf" or HEAD not in text[:400] or text.count("<viz:") != _count(root, VIZ):
        return ["head: namespaces, prefix or version"]
    graph = root.find(f"{GEXF}graph")
    if graph is None or graph.attrib not in (STATIC, DYNAMIC):
        return ["graph: mode, time or default edge type"]
    return [
        *_order(graph),
        *(line for class_ in ("node", "edge") for line in _columns(graph, class_)),
        *_nodes(graph),
        *_edges(graph),
        *(_dynamic(graph) if graph.attrib == DYNAMIC else _no_time(graph)),
    ]


def spells(element: Element) -> list[Spell]:
    """The days of a node or an edge."""
    return [
        (date.fromisoformat(s.attrib["start"]), date.fromisoformat(s.attrib["end"]))
        for s in element.iter(f"{GEXF}spell")
    ]


def _count(root: Element, space: str) -> int:
    return sum(e.tag.startswith(space) for e in root.iter())


def _all(graph: Element, class_: str) -> list[Element]:
    return list(graph.iter(f"{GEXF}{class_}"))


def _order(graph: Element) -> Iterator[str]:
    """One block of columns a class, all before the nodes, nodes before edges."""
    found = [c.tag.removeprefix(GEXF) + c.attrib.get("class", "") for c in graph]
    wanted = [b for b in ("attributesnode", "attributesedge") if b in found] + ["nodes", "edges"]
    if found != wanted:
        yield f"order: {found}"


def _columns(graph: Element, class_: str) -> Iterator[str]:
    types: dict[str, str] = {}
    for block in graph.iter(f"{GEXF}attributes"):
        if block.attrib.get("class") != class_:
            continue
        if block.attrib != {"class": class_, "mode": "static"}:
            yield f"columns: {block.attrib}"
        for column in block:
            id_ = column.attrib["id"]
            if not re.fullmatch(r"[a-z][a-z0-9_]*", id_) or id_ in OWN or id_ in types:
                yield f"column id: {id_}"
            if column.attrib["type"] not in _READS or not column.attrib["title"]:
                yield f"column: {column.attrib}"
            types[id_] = column.attrib["type"]
    used: set[str] = set()
    for element in _all(graph, class_):
        values = list(element.iter(f"{GEXF}attvalue"))
        ids = [v.attrib["for"] for v in values]
        used.update(ids)
        if len(set(ids)) < len(ids) or not set(ids) <= set(types):
            yield f"value without column, or twice: {ids}"
        for v in values:
            if set(v.attrib) != {"for", "value"} or not _reads(
                v.attrib["value"], types.get(v.attrib["for"], "")
            ):
                yield f"value: {v.attrib}"
    if used != set(types):
        yield f"column without a value: {set(types) - used}"


def _nodes(graph: Element) -> Iterator[str]:
    nodes = _all(graph, "node")
    yield from (f"node id: {id_!r}" for id_, n in Counter(_ids(nodes)).items() if n > 1 or not id_)
    for node in nodes:
        if set(node.attrib) != {"id", "label"} or not node.attrib["label"]:
            yield f"node: {node.attrib}"
        for viz in (e for e in node if e.tag.startswith(VIZ)):
            if not _LOOKS[viz.tag.removeprefix(VIZ)](viz.attrib):
                yield f"viz: {viz.tag} {viz.attrib}"


def _edges(graph: Element) -> Iterator[str]:
    edges = _all(graph, "edge")
    nodes = set(_ids(_all(graph, "node")))
    yield from (f"edge id: {id_!r}" for id_, n in Counter(_ids(edges)).items() if n > 1 or not id_)
    kinds: dict[str, str] = {}
    joined: set[tuple[str, ...]] = set()
    for edge in edges:
        a = edge.attrib
        if set(a) != {"id", "source", "target", "type", "kind", "label", "weight"} or not a["kind"]:
            yield f"edge: {a}"
            continue
        if a["type"] not in ("directed", "undirected") or kinds.setdefault(a["kind"], a["type"]) != a["type"]:
            yield f"edge type: {a}"
        if not {a["source"], a["target"]} <= nodes:
            yield f"dangling edge: {a}"
        ends = [a["source"], a["target"]]
        key = (*(ends if a["type"] == "directed" else sorted(ends)), a["kind"])
        if key in joined:
            yield f"edge that would be merged: {a}"
        joined.add(key)
        if not (_reads(a["weight"], "double") and 0 < float(a["weight"]) < math.inf):
            yield f"weight: {a}"


def _ids(elements: list[Element]) -> list[str]:
    return [e.attrib.get("id", "") for e in elements]


def _no_time(graph: Element) -> Iterator[str]:
    for element in graph.iter():
        if TIMES & set(element.attrib) or element.tag == f"{GEXF}spells":
            yield f"time in a static file: {element.tag} {element.attrib}"


def _dynamic(graph: Element) -> Iterator[str]:
    at: dict[str, list[Spell]] = {}
    for element in (*_all(graph, "node"), *_all(graph, "edge")):
        blocks = element.findall(f"{GEXF}spells")
        if len(blocks) > 1 or any(len(block) == 0 for block in blocks):
            yield f"no spell: {element.attrib}"
        for spell in element.iter(f"{GEXF}spell"):
            days = (spell.attrib.get("start", ""), spell.attrib.get("end", ""))
            if set(spell.attrib) != {"start", "end"} or not all(
                re.fullmatch(r"\d{4}-\d\d-\d\d", d) for d in days
            ):
                yield f"days: {spell.attrib}"
                return
        own = spells(element)
        if any(start > end for start, end in own):
            yield f"start after end: {own}"
        if any((after - end).days < 2 for (_, end), (after, _) in pairwise(own)):
            yield f"spells that overlap or touch, or are not in order: {own}"
        if element.tag == f"{GEXF}node":
            at[element.attrib["id"]] = own
            continue
        for end in (element.attrib["source"], element.attrib["target"]):
            if not all(any(a <= start and stop <= z for a, z in at.get(end, ())) for start, stop in own):
                yield f"edge when its node is not: {element.attrib}"


def _reads(value: str, type_: str) -> bool:
    return bool(value) and type_ in _READS and _READS[type_](value)


def _is_long(value: str) -> bool:
    return re.fullmatch(r"-?\d{1,19}", value) is not None and -(2**63) <= int(value) < 2**63


def _is_double(value: str) -> bool:
    return re.fullmatch(r"-?(\d+\.\d+|\d+(\.\d+)?e[+-]?\d+|Infinity)", value) is not None


def _is_list(value: str) -> bool:
    items = json.loads(value)
    return isinstance(items, list) and bool(items) and all(isinstance(i, str) for i in items)


def _is_colour(a: dict[str, str]) -> bool:
    return set(a) == {"r", "g", "b"} and all(v.isdecimal() and int(v) < 256 for v in a.values())


_READS = {
    "string": bool,
    "boolean": lambda value: value in ("true", "false"),
    "long": _is_long,
    "double": _is_double,
    "liststring": _is_list,
}
_LOOKS = {
    "color": _is_colour,
    "position": lambda a: set(a) == {"x", "y", "z"} and all(math.isfinite(float(v)) for v in a.values()),
    "size": lambda a: set(a) == {"value"} and 0 < float(a["value"]) < math.inf,
}
