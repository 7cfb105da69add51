"""A network in every format, and how it looks."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.errors import OutputError, UnknownName
from kg.export import network as networks
from kg.export.appearance import LARGEST, SMALLEST, colour, dress
from kg.terms import local_name, protest, supertypes


def network() -> nx.MultiDiGraph:
    g = nx.MultiDiGraph(description="a test")
    g.add_node("x:a", label='=A\x00<b>"', type="Union", strength=4.0, names=("one", "two"), none=None)
    g.add_node("x:b", label="B", type="March", strength=1.0)
    g.add_edge("x:a", "x:b", key="joins", kind="joins", weight=2.5, directed=True, first="2024-01-01")
    g.add_edge("x:a", "x:b", key="=cmd()", kind="=cmd()", weight=1.0, directed=False)
    return g


@pytest.mark.parametrize("format_", networks.FORMATS)
def test_same_network_same_bytes(format_: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        networks.write(network(), tmp_path / f"{name}.{format_}")
    one, two = (tmp_path / f"{name}.{format_}" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert len(one.read_bytes()) > 100


def test_graphml_is_xml_that_networkx_reads(tmp_path: Path) -> None:
    networks.write(network(), tmp_path / "a.graphml")
    read = nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)
    assert read.nodes["x:a"]["label"] == '=A<b>"'
    assert read.nodes["x:a"]["names"] == "one | two"
    assert sorted(d["weight"] for _, _, d in read.edges(data=True)) == [1.0, 2.5]


def test_gexf_is_xml(tmp_path: Path) -> None:
    networks.write(network(), tmp_path / "a.gexf")
    root = ElementTree.parse(tmp_path / "a.gexf").getroot()
    assert len(list(root.iter("{http://gexf.net/1.3}edge"))) == 2
    assert len(list(root.iter("{http://gexf.net/1.3/viz}color"))) == 2


def test_json_is_what_networkx_reads(tmp_path: Path) -> None:
    networks.write(network(), tmp_path / "a.json")
    read = nx.node_link_graph(json.loads((tmp_path / "a.json").read_text(encoding="utf-8")), edges="edges")
    assert read.edges["x:a", "x:b", "joins"]["weight"] == 2.5


def test_csv_is_two_tables_safe_in_a_spreadsheet(tmp_path: Path) -> None:
    networks.write(network(), tmp_path / "a.csv")
    texts = ((tmp_path / name).read_text(encoding="utf-8") for name in ("a.csv", "a-nodes.csv"))
    edges, nodes = (list(csv.DictReader(io.StringIO(text))) for text in texts)
    assert [e["kind"] for e in edges] == ["joins", "'=cmd()"]
    assert edges[0]["source_label"] == nodes[0]["label"] == "'=A\x00<b>\""
    assert [n["id"] for n in nodes] == ["x:a", "x:b"]


def test_the_format_may_be_said(tmp_path: Path) -> None:
    networks.write(network(), tmp_path / "a.txt", "gexf")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize("name", ["a.xls", "a"])
def test_formats_that_are_not_there(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="gexf, graphml, json, csv"):
        networks.write(network(), tmp_path / name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.gexf").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        networks.write(network(), tmp_path / "a.gexf")


def test_every_class_of_things_has_a_colour() -> None:
    things = {protest.Actor, protest.Event, protest.Place}
    kinds = [c for c in protest.classes() if supertypes(c) & things and c not in things]
    assert len(kinds) == 27
    assert all(colour(local_name(c)) for c in kinds)
    assert colour("Union") != colour("Party")
    assert colour("Strike") == colour("ProtestEvent") != colour("Arrest")


def test_size_grows_with_strength() -> None:
    g = network()
    dress(g)
    assert g.nodes["x:a"]["size"] == LARGEST
    assert g.nodes["x:b"]["size"] == SMALLEST + (LARGEST - SMALLEST) / 2


@pytest.mark.parametrize("type_", ["", "Article", "Unheard"])
def test_other_nodes_keep_the_colour_of_gephi(type_: str) -> None:
    g = nx.MultiDiGraph()
    g.add_node("x", type=type_)
    dress(g)
    assert g.nodes["x"] == {"type": type_}
