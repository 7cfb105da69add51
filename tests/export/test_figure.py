"""A network as a figure: what is drawn, what is left out, and that texts stay texts."""

import io
import re
import shutil
import struct
import subprocess
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings

from kg.export import figure
from kg.export import network as exports
from kg.export.appearance import lines
from kg.export.labels import LONGEST, Box, Dot, place, shown, width
from kg.network import from_rows, lay_out, measure
from tests.export.networks import networks

SVG = "{http://www.w3.org/2000/svg}"
CHROMIUM = shutil.which("chromium")


def network(nodes: int = 4) -> nx.MultiDiGraph:
    """A path of actors; two edges of different kinds join the first two."""
    rows = [
        {
            "source": f"x:{n:04}",
            "target": f"x:{n + 1:04}",
            "kind": "acts with",
            "weight": n + 1,
            "directed": False,
        }
        for n in range(nodes - 1)
    ]
    g = from_rows([*rows, {"source": "x:0000", "target": "x:0001", "kind": "opposes", "weight": 1}])
    for n, (_, data) in enumerate(g.nodes(data=True)):
        data.update(label=f"Actor {n}", type=("Union", "March", "Strike")[n % 3])
    measure(g)
    lay_out(g)
    return g


def drawn(g: nx.MultiDiGraph) -> ElementTree.Element:
    file = io.StringIO()
    figure.svg(g, file)
    return ElementTree.fromstring(file.getvalue())


def texts(root: ElementTree.Element) -> list[str]:
    return ["".join(e.itertext()) for e in root.iter(f"{SVG}text")]


def note(root: ElementTree.Element) -> str:
    return texts(root)[-1]


def test_every_node_and_edge_is_drawn_with_a_legend() -> None:
    root = drawn(network())
    circles, paths = list(root.iter(f"{SVG}circle")), list(root.iter(f"{SVG}path"))
    assert len(circles) == 4 + 2  # the legend has one for unions, and one for both kinds of protests
    assert len(paths) == 3 + 2 + 1 + 2  # an arrow is a line and a head; the legend has one of each kind
    found = texts(root)
    assert {"Nodes", "Edges", "Size", "Union 2", "Protest event 2", "acts with 3", "opposes 1"} <= set(found)
    assert {f"Actor {n}" for n in range(4)} <= set(found)
    assert note(root) == "4 nodes, 4 edges."


def test_edges_between_the_same_two_do_not_lie_on_each_other() -> None:
    paths = [e.attrib["d"] for e in drawn(network(2)).iter(f"{SVG}path")][:3]
    assert len({re.findall(r"Q(\S+ \S+)", path)[0] for path in paths if "Q" in path}) == 2


def test_of_a_large_network_the_strongest_are_drawn_and_it_says_so() -> None:
    root = drawn(network(400))
    circles = [e[0].text or "" for e in root.iter(f"{SVG}circle") if len(e)]
    assert len(circles) == figure.NODES
    strongest = {f"Actor {n}" for n in range(399 - figure.NODES, 399)}  # the last has one edge
    assert {text.split(" (")[0] for text in circles} == strongest
    said = note(root)
    assert said.startswith(
        "150 of 400 nodes, the strongest and what leads on from these, with 149 of 400 edges"
    )
    shown_ = sum(text.startswith("Actor ") for text in texts(root))
    assert f"{150 - shown_} labels left out" in said or shown_ == 150


@pytest.mark.parametrize(
    ("type_", "named"),
    [
        ("March", "Protest event"),
        ("GovernmentBody", "Government body"),
        ("Demand", "Demand"),
        ("<b>", "Other"),
    ],
)
def test_the_legend_names_the_class_whose_colour_a_node_has(type_: str, named: str) -> None:
    g = network(2)
    for _, data in g.nodes(data=True):
        data["type"] = type_
    assert f"{named} 2" in texts(drawn(g))


def test_a_legend_has_an_end() -> None:
    rows = [{"source": "x:a", "target": "x:b", "kind": f"kind {n:02}", "weight": 1} for n in range(40)]
    g = from_rows(rows)
    lay_out(g)
    found = texts(drawn(g))
    assert "kind 15 1" in found and "kind 16 1" not in found and "and 24 other kinds" in found


def test_drawing_leaves_the_network_as_it_was() -> None:
    g = network(400)
    before = {node: (data["x"], data["y"]) for node, data in g.nodes(data=True)}
    drawn(g)
    assert {node: (data["x"], data["y"]) for node, data in g.nodes(data=True)} == before


@settings(max_examples=60, deadline=None)
@given(networks())
def test_any_network_is_drawn_and_its_texts_stay_texts(g: nx.MultiDiGraph) -> None:
    root = drawn(g)
    known = {"svg", "title", "rect", "g", "path", "circle", "text", "tspan"}
    assert {e.tag for e in root.iter()} <= {f"{SVG}{tag}" for tag in known}
    assert not any(name.startswith("on") or "href" in name for e in root.iter() for name in e.attrib)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(texts(root)[:-2]))


def test_an_empty_network_is_a_figure() -> None:
    assert note(drawn(nx.MultiDiGraph())) == "0 nodes, 0 edges."


def test_the_same_network_gives_the_same_figure(tmp_path: Path) -> None:
    one, two = io.StringIO(), io.StringIO()
    figure.svg(network(200), one)
    figure.svg(network(200), two)
    assert one.getvalue() == two.getvalue()


def test_png_is_the_figure_in_pixels(tmp_path: Path) -> None:
    pytest.importorskip("resvg_py", reason="needs the extra 'figures'")
    for name in ("one.png", "two.png"):
        exports.write(network(), tmp_path / name)
    data = (tmp_path / "one.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (2 * figure.WIDTH, 2 * figure.HEIGHT)
    assert data == (tmp_path / "two.png").read_bytes()


@pytest.mark.skipif(not CHROMIUM, reason="needs chromium")
def test_labels_do_not_overlap_in_a_browser(tmp_path: Path) -> None:
    """The widths of letters are estimates: a browser knows them."""
    g = network(120)
    for n, (_, data) in enumerate(g.nodes(data=True)):
        data["label"] = ("MWMWMW Żółć", "Confédération générale", "mmmmm wwwww", "国民の声", "illicit")[n % 5]
    file = io.StringIO()
    figure.svg(g, file)
    measure_ = (
        "<script>document.title = JSON.stringify([...document.querySelectorAll('text')].map(t => {"
        "const b = t.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height]}))</script>"
    )
    (tmp_path / "f.html").write_text(
        f"<!doctype html><title></title>{file.getvalue()}{measure_}", encoding="utf-8"
    )
    done = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--dump-dom",
            str(tmp_path / "f.html"),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = re.search(r"<title>(\[\[.*?\]\])</title>", done.stdout)
    assert found
    boxes = [Box(*map(float, b.split(","))) for b in re.findall(r"\[([-\d.,e]+)\]", found[1])]
    assert len(boxes) > 60
    # the boxes of letters that a browser tells are higher than the letters
    lower = [Box(b.left, b.top + 2.5, b.right, b.bottom - 2.5) for b in boxes]
    assert not [(a, b) for a, b in combinations(lower, 2) if a.meets(b)]


# --- labels ------------------------------------------------------------------------------------------

AREA = Box(0, 0, 200, 100)


def test_earlier_labels_choose_first_and_later_ones_give_way() -> None:
    labels = place([Dot(50, 50, 5, "first", 10), Dot(52, 62, 5, "second", 10)], [], AREA)
    assert labels[0] and labels[0].anchor == "start" and labels[0].x == 58
    assert labels[1] and labels[1].y > labels[0].y


def test_a_label_keeps_off_lines_if_it_can() -> None:
    (label,) = place([Dot(50, 50, 5, "name", 10)], [((50, 50), (200, 50))], AREA)
    assert label and label.anchor == "end"


def test_a_label_without_room_is_left_out() -> None:
    assert place([Dot(5, 5, 2, "much too long", 10)], [], Box(0, 0, 10, 10)) == [None]
    assert place([Dot(50, 50, 5, " \x00", 10)], [], AREA) == [None]


def test_long_labels_are_cut() -> None:
    assert len(shown("x" * 99)) == LONGEST and shown("x" * LONGEST) == "x" * LONGEST
    assert width("国", 10) > width("x", 10) > width("i", 10)


def test_kinds_without_a_line_of_their_own_get_different_ones() -> None:
    found = lines(f"kind {n:02}" for n in range(15))
    assert len(set(found.values())) == 15
    assert lines(["opposes", "new"])["opposes"] == lines(["opposes"])["opposes"]
