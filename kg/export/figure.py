"""A network as a figure for papers: SVG, whose texts stay texts, and PNG.

Nodes are coloured by class and sized by strength, edges coloured by kind, with an arrow where they have a
direction. The strongest nodes are labelled first; a label that would overlap is left out. Of a network of
more than `NODES` nodes, that many are drawn: the strongest, and those that lead on from these by the
strongest. They get positions of their own, and a line below says how much was left out.

The same network gives the same SVG. A PNG holds the letters of a font, and is the same on machines with the
same fonts; it needs resvg, which `pip install 'protest-kg[figures]'` brings.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

import networkx as nx

from kg.errors import OutputError, UsageError
from kg.export.appearance import GREY, LARGEST, SMALLEST, Line, dress, family, lines
from kg.export.columns import Attributes, text
from kg.export.labels import Box, Dot, place, shown
from kg.network import lay_out
from kg.terms import protest

NODES = 150
WIDTH, HEIGHT = 1200.0, 930.0
_AREA = Box(16, 16, 916, 886)
_MARGIN = 45.0  # for nodes and the labels beside them
_LEGEND = 940.0
_KINDS = 16
"""So many kinds of edges does the legend have room for."""
_ZOOM = 2
_FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', 'Noto Sans', sans-serif"
_INK = "#222222"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the paper; y grows downwards."""

    x: float
    y: float

    def __str__(self) -> str:
        return f"{self.x:.1f} {self.y:.1f}"

    def towards(self, other: Point, distance: float) -> Point:
        """The point at a distance from this one on the way to the other."""
        length = math.hypot(other.x - self.x, other.y - self.y) or 1.0
        share = distance / length
        return Point(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)


def svg(network: nx.MultiDiGraph, file: TextIO) -> None:
    """Write the figure as SVG; the network is one of `kg.network`, with measures."""
    file.writelines(f"{line}\n" for line in _document(network))


def png(network: nx.MultiDiGraph, file: TextIO) -> None:
    """Write the figure as PNG, of twice as many pixels as the SVG has units, to the bytes below a text file.

    Raises:
        UsageError: resvg is not installed.
        OutputError: this machine has no font for the labels.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise UsageError("PNG needs resvg: pip install 'protest-kg[figures]', or write .svg") from error
    letter = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="15" {}>M</text></svg>'
    looks = (f'font-family="{_FONTS}"', 'display="none"')
    drawn, empty = (bytes(resvg_py.svg_to_bytes(svg_string=letter.format(look))) for look in looks)
    if drawn == empty:
        raise OutputError("PNG needs a font: apt-get install fonts-dejavu-core, or write .svg")
    document = "\n".join(_document(network))
    file.buffer.write(bytes(resvg_py.svg_to_bytes(svg_string=document, zoom=_ZOOM)))


def _document(network: nx.MultiDiGraph) -> Iterator[str]:
    drawn = _drawn(network)
    at = _points(drawn)
    dots = _dots(drawn, at)
    styles = lines(str(kind) for _, _, kind in drawn.edges(data="kind"))
    order = sorted(dots, key=lambda node: (-dots[node].radius, str(node)))
    straight = [((at[s].x, at[s].y), (at[t].x, at[t].y)) for s, t in drawn.edges()]
    labels = place([dots[node] for node in order], straight, _AREA)
    title = text(shown(str(network.graph.get("description") or "A network"), 150))
    note = text(_left_out(network, drawn, sum(label is not None for label in labels)))
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}" role="img" aria-labelledby="title note" font-family="{_FONTS}" fill="{_INK}">'
    )
    yield f'<title id="title">{title}</title>'
    yield f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#ffffff"/>'
    yield '<g fill="none">'
    yield from _edges(drawn, at, dots, styles)
    yield "</g>"
    yield '<g stroke="#ffffff">'
    for node in reversed(order):
        yield _node(dots[node], drawn.nodes[node])
    yield "</g>"
    yield '<g stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke">'
    for label in labels:
        if label:
            where = f'x="{label.x:.1f}" y="{label.y:.1f}" font-size="{label.font:.1f}"'
            anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
            yield f"<text {where}{anchor}>{text(label.text)}</text>"
    yield "</g>"
    yield from _legend(drawn, styles)
    yield f'<text x="{_AREA.left:g}" y="{HEIGHT - 22:g}" font-size="13">{title}</text>'
    yield f'<text id="note" x="{_AREA.left:g}" y="{HEIGHT - 6:g}" font-size="11" fill="#555555">{note}</text>'
    yield "</svg>"


def _drawn(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A copy of what is drawn: all, or so many nodes that belong together, in places of their own."""
    drawn = nx.MultiDiGraph(network.subgraph(_kept(network)))
    if len(drawn) < len(network) or any("x" not in data for _, data in drawn.nodes(data=True)):
        lay_out(drawn)
    dress(drawn)
    return drawn


def _kept(network: nx.MultiDiGraph) -> list[Hashable]:
    """The strongest node, then always the strongest tied to one before, or else the strongest of the rest."""
    if len(network) <= NODES:
        return list(network)
    order = sorted(network, key=lambda node: (-network.nodes[node].get("strength", 0.0), str(node)))
    rank = {node: number for number, node in enumerate(order)}
    kept: set[Hashable] = set()
    ahead: list[int] = []
    for start in order:
        heapq.heappush(ahead, rank[start])
        while ahead and len(kept) < NODES:
            node = order[heapq.heappop(ahead)]
            if node not in kept:
                kept.add(node)
                for other in nx.all_neighbors(network, node):
                    heapq.heappush(ahead, rank[other])
    return [node for node in network if node in kept]


def _points(drawn: nx.MultiDiGraph) -> dict[Hashable, Point]:
    """Where each node is on the paper: the drawing as large as the area allows, in its middle."""
    xs, ys = ([data[axis] for _, data in drawn.nodes(data=True)] for axis in ("x", "y"))
    if not xs:
        return {}
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    room = (_AREA.right - _AREA.left - 2 * _MARGIN, _AREA.bottom - _AREA.top - 2 * _MARGIN)
    scale = min(room[0] / (wide or 1e-9), room[1] / (high or 1e-9), 1.5)
    middle = Point((_AREA.left + _AREA.right) / 2, (_AREA.top + _AREA.bottom) / 2)
    centre = Point((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    return {
        node: Point(middle.x + (data["x"] - centre.x) * scale, middle.y - (data["y"] - centre.y) * scale)
        for node, data in drawn.nodes(data=True)
    }


def _dots(drawn: nx.MultiDiGraph, at: Mapping[Hashable, Point]) -> dict[Hashable, Dot]:
    """How large each node and its label are: the more nodes there are, the smaller."""
    shrink = min(1.0, math.sqrt(50 / max(1, len(drawn))))
    dots = {}
    for node, data in drawn.nodes(data=True):
        size = data.get("size", SMALLEST)
        share = (size - SMALLEST) / (LARGEST - SMALLEST)
        font = (11 + 4 * share) * (0.6 + 0.4 * shrink)
        dots[node] = Dot(at[node].x, at[node].y, size / 2 * shrink, str(data.get("label") or node), font)
    return dots


def _node(dot: Dot, data: Attributes) -> str:
    where = f'cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{dot.radius:.1f}"'
    name = text(f"{dot.label} ({_words(str(data.get('type') or 'unknown'))})")
    return f'<circle {where} fill="{_rgb(data.get("colour") or GREY)}"><title>{name}</title></circle>'


def _edges(
    drawn: nx.MultiDiGraph,
    at: Mapping[Hashable, Point],
    dots: Mapping[Hashable, Dot],
    styles: Mapping[str, Line],
) -> Iterator[str]:
    """The edges; those that join the same two nodes are bent so that each is seen."""
    between: dict[tuple[str, str], list[tuple[Hashable, Hashable, dict[str, object]]]] = {}
    for source, target, data in drawn.edges(data=True):
        pair = (min(str(source), str(target)), max(str(source), str(target)))
        between.setdefault(pair, []).append((source, target, data))
    heaviest = max((data.get("weight", 1.0) for _, _, data in drawn.edges(data=True)), default=1.0)
    for _, joined in sorted(between.items()):
        for number, (source, target, data) in enumerate(joined):
            if source == target:
                continue
            bend = 0.16 * (number - (len(joined) - 1) / 2) * (1 if str(source) < str(target) else -1)
            breadth = 0.8 + 3.2 * math.sqrt(float(str(data.get("weight", 1.0))) / heaviest)
            ends = ((at[source], dots[source].radius), (at[target], dots[target].radius))
            style = styles[str(data.get("kind"))]
            yield from _edge(ends, bend, breadth, style, directed=data.get("directed") is not False)


def _edge(
    ends: Sequence[tuple[Point, float]], bend: float, breadth: float, style: Line, *, directed: bool
) -> Iterator[str]:
    """A line from the rim of one dot to that of another, with the head of an arrow if it has a direction."""
    (start, start_radius), (end, end_radius) = ends
    middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
    top = Point(middle.x - (end.y - start.y) * 2 * bend, middle.y + (end.x - start.x) * 2 * bend)
    head = 5.0 + 1.6 * breadth if directed else 0.0
    first = start.towards(top, start_radius)
    tip = end.towards(top, end_radius + 1.0) if directed else end
    last = end.towards(top, end_radius + head) if directed else end.towards(top, end_radius)
    colour, dash = _rgb(style.colour), f' stroke-dasharray="{style.dash}"' if style.dash else ""
    look = f'stroke="{colour}" stroke-width="{breadth:.1f}" stroke-opacity="0.75"{dash}'
    yield f'<path d="M{first}Q{top} {last}" {look}/>'
    if directed:
        side = head * 0.42 / (math.hypot(tip.x - last.x, tip.y - last.y) or 1.0)
        across = Point((tip.y - last.y) * side, (last.x - tip.x) * side)
        left, right = Point(last.x + across.x, last.y + across.y), Point(last.x - across.x, last.y - across.y)
        yield f'<path d="M{tip}L{left}L{right}Z" fill="{colour}"/>'


def _legend(drawn: nx.MultiDiGraph, styles: Mapping[str, Line]) -> Iterator[str]:
    """What colours, lines and sizes mean, with how many are drawn."""
    y = 40.0
    yield f'<g id="legend" font-size="13"><text x="{_LEGEND:g}" y="{y:g}" font-weight="bold">Nodes</text>'
    looks = Counter((_class(data), data.get("colour") or GREY) for _, data in drawn.nodes(data=True))
    for (name, colour), count in sorted(looks.items(), key=lambda one: (-one[1], one[0])):
        y += 22
        yield f'<circle cx="{_LEGEND + 8:g}" cy="{y - 4:g}" r="7" fill="{_rgb(colour)}"/>'
        yield _entry(y, name, count)
    y += 38
    yield f'<text x="{_LEGEND:g}" y="{y:g}" font-weight="bold">Edges</text>'
    counts = Counter(str(kind) for _, _, kind in drawn.edges(data="kind"))
    directed = {str(d.get("kind")) for _, _, d in drawn.edges(data=True) if d.get("directed") is not False}
    for kind, style in list(styles.items())[:_KINDS]:
        y += 22
        ends = ((Point(_LEGEND, y - 4), 0.0), (Point(_LEGEND + 32, y - 4), 0.0))
        yield from _edge(ends, 0.0, 2.0, style, directed=kind in directed)
        yield _entry(y, shown(kind), counts[kind], indent=40)
    if len(styles) > _KINDS:
        y += 22
        yield _entry(y, f"and {len(styles) - _KINDS} other kinds", indent=40)
    y += 38
    strongest = max((float(d.get("strength", 0.0)) for _, d in drawn.nodes(data=True)), default=0.0)
    yield f'<text x="{_LEGEND:g}" y="{y:g}" font-weight="bold">Size</text>'
    yield _entry(y + 20, "sum of the weights of its edges,", indent=0)
    yield _entry(y + 38, f"up to {strongest:g}", indent=0)
    yield "</g>"


def _entry(y: float, words: str, count: int = 0, *, indent: float = 24) -> str:
    number = f' <tspan fill="#777777">{count:,}</tspan>' if count else ""
    return f'<text x="{_LEGEND + indent:g}" y="{y:g}">{text(words)}{number}</text>'


def _left_out(network: nx.MultiDiGraph, drawn: nx.MultiDiGraph, labels: int) -> str:
    """What is drawn of the whole."""
    nodes, edges = drawn.number_of_nodes(), drawn.number_of_edges()
    if nodes == network.number_of_nodes():
        said = f"{nodes:,} nodes, {edges:,} edges"
    else:
        said = (
            f"{nodes:,} of {network.number_of_nodes():,} nodes, the strongest and what leads on from these, "
            f"with {edges:,} of {network.number_of_edges():,} edges"
        )
    left = nodes - labels
    labels_left = f"{left:,} label{'s'[: left - 1]} left out where they would overlap" if left else ""
    return f"{said}; {labels_left}." if left else f"{said}."


def _class(data: Attributes) -> str:
    """What the legend calls the class of a node: the one whose colour it has, or its own."""
    type_ = str(data.get("type") or "")
    own = type_ if type_ in protest.names() else "Other"
    return _words(family(type_) or own)


def _words(name: str) -> str:
    """The name of a class in words.

    >>> _words("GovernmentBody")
    'Government body'
    """
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: f" {found[0].lower()}", name)


def _rgb(colour: Sequence[int]) -> str:
    red, green, blue = colour
    return f"#{red:02x}{green:02x}{blue:02x}"
