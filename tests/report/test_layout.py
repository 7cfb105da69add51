"""Where actors stand: groups keep their shape and none lies over another; the outlines around places."""

from __future__ import annotations

import math
import random

import networkx as nx
import pytest

from kg.report.layout import WIDTH, packed
from kg.report.outline import outline


def groups(sizes: list[int]) -> tuple[list[tuple[str, str]], dict[str, tuple[float, float]]]:
    """Chains of some sizes, scattered over each other."""
    chance = random.Random(7)
    ties = [(f"{g:03}-{i}", f"{g:03}-{i + 1}") for g, size in enumerate(sizes) for i in range(size - 1)]
    ends = sorted({end for tie in ties for end in tie})
    return ties, {end: (chance.random(), chance.random()) for end in ends}


def test_no_group_lies_over_another() -> None:
    ties, known = groups([20, 9, 5, *[2] * 40, 3, 3])
    places = packed(ties, known)
    circles = []
    for group in nx.connected_components(nx.Graph(ties)):
        xs, ys = zip(*(places[n] for n in group), strict=True)
        middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        circles.append((middle, max(math.dist(middle, places[n]) for n in group)))
    assert len(circles) == 45
    assert all(math.dist(a, b) >= r + s - 1 for i, (a, r) in enumerate(circles) for b, s in circles[i + 1 :])
    assert max(abs(x) for x, _ in places.values()) <= WIDTH / 2


def test_a_group_keeps_its_shape() -> None:
    known = {"a": (0.0, 0.0), "b": (0.0, 2.0), "c": (1.0, 0.0)}
    places = packed([("a", "b"), ("a", "c"), ("x", "y")], known)
    assert math.dist(places["a"], places["b"]) == pytest.approx(2 * math.dist(places["a"], places["c"]), 0.01)


def test_whom_the_layout_lacks_stands_beside_whom_he_is_tied_to() -> None:
    known = {"union": (0.0, 0.0), "party": (10.0, 0.0)}
    places = packed([("union", "party"), ("secretary", "union"), ("speaker", "union")], known)
    for person in ("secretary", "speaker"):
        assert math.dist(places[person], places["union"]) < math.dist(places[person], places["party"])
    assert len(set(places.values())) == 4


def test_the_order_of_ties_does_not_matter() -> None:
    ties, known = groups([4, 2, 2, 6])
    assert packed(ties[::-1], known) == packed(ties, known)


def test_nothing_has_no_place() -> None:
    assert packed([], {}) == {}


@pytest.mark.parametrize(
    ("points", "smaller_than"),
    [
        pytest.param([(2.35, 48.86), (5.38, 43.3)], 40_000, id="France"),
        pytest.param([(2.35, 48.86)], 40_000, id="one place"),
        pytest.param([(-70.6, -33.4), (151.2, -33.8), (25.0, 65.0)], 250_000, id="the world"),
        pytest.param([(179.9, -16.5)], 40_000, id="the edge of the world"),
    ],
)
def test_outlines_hold_the_places_and_stay_small(
    points: list[tuple[float, float]], smaller_than: int
) -> None:
    around = outline(points)
    assert around
    west, south, east, north = around["extent"]
    assert all(west <= x <= east and south <= y <= north for x, y in points)
    assert east - west >= 6 and west >= -180 and east <= 180
    assert 10 < len(str(around)) < smaller_than
    assert all(-len(around["arcs"]) <= arc < len(around["arcs"]) for ring in around["rings"] for arc in ring)


def test_the_nearer_the_finer() -> None:
    def finest(points: list[tuple[float, float]]) -> int:
        around = outline(points)
        assert around
        steps = [abs(x) + abs(y) for arc in around["arcs"] for x, y in zip(arc[2::2], arc[3::2], strict=True)]
        return min(step for step in steps if step)

    assert finest([(2.35, 48.86), (3.0, 48.0)]) <= finest([(2.35, 48.86), (77.2, 28.6)])


def test_no_places_no_outline() -> None:
    assert outline([]) is None
