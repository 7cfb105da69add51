"""Every rule that Gephi's importer was seen to keep is a check here."""

import io
import json
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.errors import OutputError
from kg.export import gexf

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
HOSTILE = 'a<b>&"c"\x00\x0b\ufffe\n=cmd()\u202e\U0001f525'


def network() -> nx.MultiDiGraph:
    """Three actors; two edges of different kinds join the same two, one of them undirected."""
    g = nx.MultiDiGraph(description="a & b")
    g.add_node("x:cgt", label="CGT", type="Union", events=3, also=["C, G", 'say "T"'], x=1, y=2.5, size=9)
    g.add_node("x:gov", label="Government", type="GovernmentBody", events=1.5, colour=(214, 39, 40))
    g.add_node("x:lone", label="", nothing=None, empty="", none=[], also=[])
    g.add_edge("x:cgt", "x:gov", key="opposes", kind="opposes", weight=2, directed=True, type="t", sure=True)
    g.add_edge("x:cgt", "x:gov", key="meets", kind="meets", weight=0.5, directed=False, articles=2)
    return g


def written(g: nx.MultiDiGraph) -> str:
    file = io.StringIO()
    gexf.write(g, file)
    return file.getvalue()


def tree(g: nx.MultiDiGraph) -> ElementTree.Element:
    return ElementTree.fromstring(written(g))


def columns(root: ElementTree.Element, class_: str) -> dict[str, tuple[str, str]]:
    """title → (id, type) of the declared columns."""
    return {
        a.attrib["title"]: (a.attrib["id"], a.attrib["type"])
        for block in root.iter(f"{GEXF}attributes")
        if block.attrib["class"] == class_
        for a in block
    }


def test_the_prefix_of_viz_is_written_out_since_graphology_looks_for_it() -> None:
    text = written(network())
    assert 'xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"' in text
    assert "<viz:color " in text


def test_no_default_edge_type_but_one_on_every_edge() -> None:
    root = tree(network())
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert graph.attrib == {"mode": "static"}
    assert [e.attrib["type"] for e in root.iter(f"{GEXF}edge")] == ["directed", "undirected"]


def test_parallel_edges_differ_in_kind_and_id() -> None:
    edges = list(tree(network()).iter(f"{GEXF}edge"))
    assert [e.attrib["kind"] for e in edges] == ["opposes", "meets"]
    assert len({e.attrib["id"] for e in edges}) == 2


def test_one_block_of_columns_a_class_before_the_nodes() -> None:
    graph = tree(network()).find(f"{GEXF}graph")
    assert graph is not None
    assert [c.tag.removeprefix(GEXF) for c in graph] == ["attributes", "attributes", "nodes", "edges"]
    assert [b.attrib["class"] for b in graph.findall(f"{GEXF}attributes")] == ["node", "edge"]


@pytest.mark.parametrize(
    ("class_", "title", "type_"),
    [
        pytest.param("node", "type", "string", id="text"),
        pytest.param("node", "events", "double", id="whole and broken numbers widen"),
        pytest.param("node", "also", "liststring", id="list"),
        pytest.param("edge", "articles", "long", id="whole number"),
        pytest.param("edge", "sure", "boolean", id="truth"),
    ],
)
def test_columns_are_typed(class_: str, title: str, type_: str) -> None:
    assert columns(tree(network()), class_)[title][1] == type_


def test_no_column_is_empty_and_every_value_has_its_column() -> None:
    root = tree(network())
    declared = {c for class_ in ("node", "edge") for c, _ in columns(root, class_).values()}
    used = {v.attrib["for"] for v in root.iter(f"{GEXF}attvalue")}
    assert used == declared
    assert not {"nothing", "empty", "none"} & set(columns(root, "node"))


@pytest.mark.parametrize("class_", ["node", "edge"])
def test_ids_of_columns_are_plain_and_differ_without_case(class_: str) -> None:
    g = network()
    g.nodes["x:cgt"].update({"Événement": "a", "Type": "b", "interval": "c"})
    g.edges["x:cgt", "x:gov", "meets"].update({"Événement": "a", "Articles": 1, "label": "d"})
    ids = [id_ for id_, _ in columns(tree(g), class_).values()]
    assert len({i.lower() for i in ids}) == len(ids) >= 4
    assert all(i.isascii() and i == i.lower() for i in ids)
    assert not {"id", "label", "source", "target", "type", "kind", "weight", "interval"} & set(ids)


def test_colours_have_no_alpha_and_no_hex() -> None:
    (colour,) = tree(network()).iter(f"{VIZ}color")
    assert colour.attrib == {"r": "214", "g": "39", "b": "40"}


def test_position_and_size() -> None:
    root = tree(network())
    (position,) = root.iter(f"{VIZ}position")
    (size,) = root.iter(f"{VIZ}size")
    assert position.attrib == {"x": "1.0", "y": "2.5", "z": "0.0"}
    assert size.attrib == {"value": "9.0"}


def test_no_edge_dangles() -> None:
    root = tree(network())
    nodes = {n.attrib["id"] for n in root.iter(f"{GEXF}node")}
    ends = {e.attrib[end] for e in root.iter(f"{GEXF}edge") for end in ("source", "target")}
    assert ends <= nodes
    assert len(nodes) == 3


def test_a_node_without_label_shows_its_id() -> None:
    assert [n.attrib["label"] for n in tree(network()).iter(f"{GEXF}node")] == ["CGT", "Government", "x:lone"]


def test_hostile_text_stays_text() -> None:
    g = network()
    g.nodes["x:cgt"].update(label=HOSTILE, also=[HOSTILE, "]", "\\"], note=HOSTILE)
    clean = 'a<b>&"c"\n=cmd()\u202e\U0001f525'
    (node, *_) = tree(g).iter(f"{GEXF}node")
    values = {v.attrib["for"]: v.attrib["value"] for v in node.iter(f"{GEXF}attvalue")}
    assert node.attrib["label"] == values["note"] == clean
    assert json.loads(values["also"]) == [clean, "]", "\\"]


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf")])
def test_a_weight_that_breaks_layouts_is_refused(weight: float) -> None:
    g = network()
    g.edges["x:cgt", "x:gov", "meets"]["weight"] = weight
    with pytest.raises(OutputError, match="weight above zero"):
        written(g)


@pytest.mark.parametrize(
    ("source", "target", "directed"),
    [
        pytest.param("x:cgt", "x:gov", False, id="undirected"),
        pytest.param("x:gov", "x:cgt", False, id="the same edge the other way round"),
    ],
)
def test_a_second_edge_of_a_kind_is_refused_since_gephi_would_merge_it(
    source: str, target: str, directed: bool
) -> None:
    g = network()
    g.add_edge(source, target, key="again", kind="meets", weight=1, directed=directed)
    with pytest.raises(OutputError, match="a kind that no other edge"):
        written(g)


def test_an_edge_without_kind_is_refused() -> None:
    g = network()
    g.edges["x:cgt", "x:gov", "meets"]["kind"] = ""
    with pytest.raises(OutputError):
        written(g)


def test_an_empty_network_is_a_valid_file() -> None:
    root = tree(nx.MultiDiGraph())
    assert [c.tag.removeprefix(GEXF) for c in root.iter() if c.tag.endswith("s")] == ["nodes", "edges"]


def test_same_network_same_bytes() -> None:
    assert written(network()) == written(network())
