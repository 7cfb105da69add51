"""What others read of an export: no node, no edge and no attribute is lost on the way."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings

from kg.export import gexf, graphml, pajek
from kg.export import network as exports
from kg.export.columns import clean, missing
from tests.export.networks import networks

GEPHI = Path(__file__).with_name("gephi")
Written = Callable[[nx.MultiDiGraph, str], Path]


def network() -> nx.MultiDiGraph:
    """Hostile texts, every type of value, edges side by side with and without direction."""
    g = nx.MultiDiGraph(description="a <test>")
    g.add_node("x:a", label='=A\x00<b>"\n\\', type="Union", strength=4.0, names=("one, two", 'th"ree\\'), n=3)
    g.add_node("x:b", label="B & ]]>", type="March", strength=1.0, names=("only",), n=-1, share=1e-9)
    g.add_node("x:c", label="B & ]]>", strength=2.5, none=None, empty="", own=True)
    for _, data in g.nodes(data=True):
        data.update(x=-1.5, y=2.25)
    g.add_edge("x:a", "x:b", key="k", kind="joins", weight=2.5, directed=True, articles=2, sure=True)
    g.add_edge("x:b", "x:a", key="k", kind="joins", weight=1e-7, directed=True, articles=1)
    g.add_edge("x:a", "x:b", key="m", kind="=cmd()", weight=1.0, directed=False, first="2024-01-01")
    g.add_edge("x:b", "x:c", key="m", kind="=cmd()", weight=3.0, directed=False, days=("2024-01-01", "2024"))
    return g


def known(data: dict[str, Any], *leave: str) -> dict[str, Any]:
    """The attributes that have a value, texts as XML can hold them."""
    return {k: _clean(v) for k, v in data.items() if not missing(v) and k not in leave}


def _clean(value: Any) -> Any:
    if isinstance(value, tuple):
        return [clean(v) for v in value]
    return clean(value) if isinstance(value, str) else value


# --- Gephi Lite --------------------------------------------------------------------------------------

needs_lite = pytest.mark.skipif(
    not (shutil.which("node") and (GEPHI / "node_modules").is_dir()),
    reason="needs node and npm ci --prefix tests/export/gephi",
)


def lite(*paths: Path) -> list[dict[str, Any]]:
    """What Gephi Lite finds in files."""
    done = subprocess.run(
        ["node", str(GEPHI / "read.mjs")],
        input="\n".join(map(str, paths)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def named(data: dict[str, Any], of: str) -> dict[str, Any]:
    """The attributes as Gephi Lite has them: by id of column, places and colours apart."""
    shown = {f"{of}_type" if k == "type" else k: v for k, v in known(data, "directed").items()}
    if colour := shown.pop("colour", None):
        shown["color"] = f"rgb({','.join(map(str, colour))})"
    return {**shown, "z": 0} if "x" in shown else shown


@needs_lite
@pytest.mark.parametrize("dynamic", [False, True])
def test_gephi_lite_reads_every_node_edge_and_attribute(dynamic: bool, tmp_path: Path) -> None:
    g = network()
    exports.write(g, tmp_path / "n.gexf", dynamic=dynamic)
    (found,) = lite(tmp_path / "n.gexf")
    assert {n["id"]: n["attributes"] for n in found["nodes"]} == {
        node: named(data, "node") for node, data in g.nodes(data=True)
    }
    edges = [(e["source"], e["target"], e["undirected"], e["attributes"]) for e in found["edges"]]
    wanted = [
        (s, t, not d["directed"], {**named(d, "edge"), "label": d["kind"]}) for s, t, d in g.edges(data=True)
    ]
    assert sorted(edges, key=str) == sorted(wanted, key=str)
    assert (found["type"], found["multi"]) == ("mixed", True)
    assert found["attributes"] == {"creator": "protest-kg", "description": "a <test>"}


@needs_lite
def test_gephi_lite_reads_graphml(tmp_path: Path) -> None:
    g = network()
    exports.write(g, tmp_path / "n.graphml")
    (found,) = lite(tmp_path / "n.graphml")
    assert [n["id"] for n in found["nodes"]] == list(g)
    assert [n["attributes"]["names"] for n in found["nodes"][:2]] == ['one, two | th"ree\\', "only"]
    assert [e["attributes"]["weight"] for e in found["edges"]] == [
        d["weight"] for *_, d in g.edges(data=True)
    ]


@needs_lite
def test_gephi_lite_reads_any_network(tmp_path: Path) -> None:
    paths: list[Path] = []
    sizes: list[tuple[int, int]] = []

    @settings(max_examples=60, deadline=None, database=None, derandomize=True)
    @given(networks())
    def write(g: nx.MultiDiGraph) -> None:
        paths.append(tmp_path / f"{len(paths)}.gexf")
        with paths[-1].open("w", encoding="utf-8", newline="\n") as file:
            gexf.write(g, file, dynamic=len(paths) % 2 == 0)
        sizes.append((g.number_of_nodes(), g.number_of_edges()))

    write()
    assert [(len(f["nodes"]), len(f["edges"])) for f in lite(*paths)] == sizes


# --- NetworkX ----------------------------------------------------------------------------------------


def joined(data: dict[str, Any], *leave: str) -> dict[str, Any]:
    """The attributes as GraphML has them: lists are joined."""
    return {k: " | ".join(v) if isinstance(v, list) else v for k, v in known(data, "colour", *leave).items()}


def test_networkx_reads_all_of_graphml(tmp_path: Path) -> None:
    g = network()
    exports.write(g, tmp_path / "n.graphml")
    read = nx.read_graphml(tmp_path / "n.graphml", force_multigraph=True)
    assert {n: dict(d) for n, d in read.nodes(data=True)} == {n: joined(d) for n, d in g.nodes(data=True)}
    edges = [(s, t, {k: v for k, v in d.items() if k != "id"}) for s, t, d in read.edges(data=True)]
    assert edges == [(s, t, joined(d)) for s, t, d in g.edges(data=True)]
    assert read.is_directed()


def test_graphml_of_edges_without_direction_says_so(tmp_path: Path) -> None:
    g = network()
    g.remove_edges_from([("x:a", "x:b", "k"), ("x:b", "x:a", "k")])
    exports.write(g, tmp_path / "n.graphml")
    assert not nx.read_graphml(tmp_path / "n.graphml", force_multigraph=True).is_directed()


@settings(max_examples=60, deadline=None)
@given(networks())
def test_networkx_reads_any_graphml(g: nx.MultiDiGraph) -> None:
    names = [clean(node) for node in g]
    if len(set(names)) < len(names):  # IRIs have no such characters
        return
    file = io.StringIO()
    graphml.write(g, file)
    read = nx.read_graphml(io.BytesIO(file.getvalue().encode()), force_multigraph=True)
    assert (len(read), read.number_of_edges()) == (len(g), g.number_of_edges())
    assert [set(d) for _, d in read.nodes(data=True)] == [
        {clean(key) for key in joined(d)} for _, d in g.nodes(data=True)
    ]


def test_networkx_reads_all_of_json(tmp_path: Path) -> None:
    g = network()
    g.nodes["x:c"]["far"] = float("nan")
    exports.write(g, tmp_path / "n.json")
    text = (tmp_path / "n.json").read_text(encoding="utf-8")
    read = nx.node_link_graph(json.loads(text, parse_constant=pytest.fail), edges="edges")
    assert read.nodes["x:a"]["names"] == ["one, two", 'th"ree\\']
    assert read.nodes["x:a"]["label"] == g.nodes["x:a"]["label"]
    assert [set(d) for *_, d in read.edges(data=True)] == [set(d) for *_, d in g.edges(data=True)]
    assert list(read.edges(keys=True)) == list(g.edges(keys=True))


def test_networkx_reads_pajek(tmp_path: Path) -> None:
    g = network()
    exports.write(g, tmp_path / "n.net")
    read = nx.read_pajek(tmp_path / "n.net")
    assert list(read) == ["=A<b>' /", "B & ]]>", "B & ]]> (2)"]
    assert sorted(d["weight"] for *_, d in read.edges(data=True)) == [1e-7, 1.0, 2.5, 3.0]
    assert {d["l"] for *_, d in read.edges(data=True)} == {"joins", "=cmd()"}


@settings(max_examples=60, deadline=None)
@given(networks())
def test_networkx_reads_any_pajek(g: nx.MultiDiGraph) -> None:
    file = io.StringIO()
    pajek.network(g, file)
    read = nx.parse_pajek(file.getvalue())
    assert (len(read), read.number_of_edges()) == (len(g), g.number_of_edges())


def test_a_pajek_project_has_relations_partitions_and_vectors(tmp_path: Path) -> None:
    exports.write(network(), tmp_path / "n.paj")
    lines = (tmp_path / "n.paj").read_text(encoding="utf-8").splitlines()
    sections = {line: lines[i + 1 : i + 5] for i, line in enumerate(lines) if line.startswith("*")}
    assert sections['*Edges :1 "=cmd()"'][:2] == ["1 2 1.0", "2 3 3.0"]
    assert sections['*Arcs :2 "joins"'][:2] == ["1 2 2.5", "2 1 1e-07"]
    assert sections["*Partition type: 1 March, 2 Union"] == ["*Vertices 3", "2", "1", "0"]
    assert sections["*Vector strength"] == ["*Vertices 3", "4.0", "1.0", "2.5"]


# --- tables ------------------------------------------------------------------------------------------


def test_tables_have_the_columns_that_gephi_looks_for(tmp_path: Path) -> None:
    g = network()
    exports.write(g, tmp_path / "n.csv")
    edges, nodes = (
        list(csv.DictReader(io.StringIO((tmp_path / name).read_text(encoding="utf-8"))))
        for name in ("n.csv", "n-nodes.csv")
    )
    assert {"source", "target", "type", "kind", "weight"} <= set(edges[0])
    assert {"id", "label"} <= set(nodes[0])
    assert [e["type"] for e in edges] == ["Directed", "Undirected", "Directed", "Undirected"]
    assert [(e["source"], e["target"]) for e in edges] == list(g.edges())
    assert {k for d in (*dict(g.nodes(data=True)).values(),) for k in d} - {"colour"} <= set(nodes[0])
    assert edges[3]["days"] == "2024-01-01 | 2024"


def test_a_type_of_edges_is_not_lost_to_gephis_type(tmp_path: Path) -> None:
    g = network()
    g.edges["x:a", "x:b", "k"]["type"] = "own"
    exports.write(g, tmp_path / "n.csv")
    first = next(csv.DictReader(io.StringIO((tmp_path / "n.csv").read_text(encoding="utf-8"))))
    assert (first["type"], first["edge_type"]) == ("Directed", "own")
