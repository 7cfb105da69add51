"""The outlines of the countries around some places, as fine as their extent asks for.

Countries are Natural Earth's 1:50m (public domain) as world-atlas (ISC) carries them; `web/report/world.js`
makes `world.json.gz` of them: arcs, lists of points in steps of a part of a degree, and rings, lists of arcs,
where -1 - n stands for arc n backwards (TopoJSON's way, by which neighbours share their border).
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[int, int]
Box = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""

MARGIN = 0.08
SMALLEST = 6.0
WIDER = 1.35
FINENESS = 1000
"""Details below one part in so many of the extent are left out."""


def outline(points: Iterable[tuple[float, float]]) -> dict[str, Any] | None:
    """The extent of points (longitude, latitude) with a margin, and the countries in it; None without points.

    `step` is the unit in degrees, `extent` west, south, east and north in degrees. `arcs` are flat lists of
    numbers: a point, then the differences to each next one. `rings` are as in the file.

    >>> around = outline([(2.35, 48.86), (5.38, 43.3)])
    >>> west, south, east, north = around["extent"]
    >>> west < 2.35 < 5.38 < east and south < 43.3 < 48.86 < north
    True
    """
    places = list(points)
    if not places:
        return None
    extent = _extent(places)
    world = json.loads(gzip.decompress(Path(__file__).with_name("world.json.gz").read_bytes()))
    step = world["step"]
    west, south, east, north = (round(degrees / step) for degrees in extent)
    seen = (west, south, east, north)
    rings = [ring for ring in world["rings"] if _overlap(_box(world["arcs"], ring), seen)]
    used = sorted({_index(arc) for ring in rings for arc in ring})
    number = {arc: i for i, arc in enumerate(used)}
    near = max(east - west, north - south) / FINENESS
    return {
        "step": step,
        "extent": [round(degrees, 2) for degrees in extent],
        "arcs": [_flat(_coarse(world["arcs"][arc], near, seen)) for arc in used],
        "rings": [[number[a] if a >= 0 else -1 - number[_index(a)] for a in ring] for ring in rings],
    }


def _extent(places: list[tuple[float, float]]) -> Box:
    """The box around the places: no narrower than `SMALLEST` degrees, and wider than high on the page."""
    (west, east), (south, north) = ((min(axis), max(axis)) for axis in zip(*places, strict=True))
    high = max((north - south) * (1 + 2 * MARGIN), SMALLEST)
    south, north = max((south + north - high) / 2, -60.0), min((south + north + high) / 2, 84.0)
    narrower = math.cos(math.radians((south + north) / 2))  # a degree of longitude than one of latitude
    wide = min(max((east - west) * (1 + 2 * MARGIN), (north - south) * WIDER / narrower), 360.0)
    middle = min(max((west + east) / 2, wide / 2 - 180), 180 - wide / 2)
    return middle - wide / 2, south, middle + wide / 2, north


def _index(arc: int) -> int:
    return arc if arc >= 0 else -1 - arc


def _box(arcs: list[list[Point]], ring: list[int]) -> tuple[int, int, int, int]:
    xs, ys = zip(*(point for arc in ring for point in arcs[_index(arc)]), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _overlap(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _coarse(arc: list[Point], near: float, seen: tuple[int, int, int, int]) -> list[Point]:
    """The arc without points nearer than `near` to the one before; far outside, hardly any are kept."""
    xs, ys = zip(*arc, strict=True)
    if not _overlap((min(xs), min(ys), max(xs), max(ys)), seen):
        near *= FINENESS / 20
    kept = [arc[0]]
    for x, y in arc[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= near:
            kept.append((x, y))
    return [*kept, arc[-1]]


def _flat(arc: list[Point]) -> list[int]:
    flat = list(arc[0])
    for (x0, y0), (x1, y1) in pairwise(arc):
        flat += (x1 - x0, y1 - y0)
    return flat
