"""From rows of a query to a network with measures and positions."""

import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import networkx as nx
import pytest

from kg import network as networks
from kg import query as queries
from kg.errors import BadParameter, InputError, UnknownName, UsageError
from kg.link import KnowledgeBase, link
from kg.network import paths
from kg.quads import quads
from kg.query import Value
from kg.store import OxigraphStore, memory
from tests.corpus import corpus

ID = "https://w3id.org/protest-kg/id"
BWU, LEAGUE = f"{ID}/organization/blue-watch-union", f"{ID}/organization/harbour-workers-league"
OKORO, DUVALL = f"{ID}/person/paul-okoro", f"{ID}/person/ana-duvall"


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    facts = corpus()
    return memory(quads(facts, link(facts, KnowledgeBase())))


def row(source: str, target: str, weight: float = 1.0, **more: Value) -> dict[str, Value]:
    return {"source": source, "target": target, "kind": "ally", "weight": weight, **more}


def measured(*rows: Mapping[str, Value]) -> nx.MultiDiGraph:
    network = networks.from_rows(rows)
    networks.measure(network)
    return network


def test_kinds() -> None:
    assert [k.name for k in networks.kinds()] == [
        "acting-together", "actors", "demands", "events", "offices", "speakers", "stances", "support",
        "targets",
    ]  # fmt: skip


def test_an_edge_of_each_kind_between_the_same_two() -> None:
    network = networks.from_rows(
        [row("a", "b"), row("a", "b", kind="meets", directed=False), row("b", "a"), row("a", "b", kind="foe")]
    )
    assert [(s, t, d["kind"], d["directed"]) for s, t, d in network.edges(data=True)] == [
        ("a", "b", "ally", True),
        ("a", "b", "foe", True),
        ("a", "b", "meets", False),
        ("b", "a", "ally", True),
    ]


def test_rows_of_one_edge_are_added_up_whichever_way_round() -> None:
    network = networks.from_rows(
        [row("b", "a", 2, directed=False, n=1), row("a", "b", 0.5, directed=False, n=2)]
    )
    assert list(network.edges(data=True)) == [
        ("a", "b", {"kind": "ally", "weight": 2.5, "directed": False, "n": 1})
    ]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        pytest.param([row("a", "")], "value in target", id="no end"),
        pytest.param([{"source": "a", "target": "b"}], "kind, weight", id="no columns"),
        pytest.param([row("a", "b", 0)], "no weight", id="weight 0"),
        pytest.param([row("a", "b", -1)], "no weight", id="below zero"),
        pytest.param([row("a", "b", float("nan"))], "no weight", id="no number"),
        pytest.param([row("a", "b"), row("c", "d", directed=False)], "directed in one row", id="both"),
    ],
)
def test_rows_that_make_no_network(rows: list[dict[str, Value]], says: str) -> None:
    with pytest.raises(InputError, match=f"mine: .*{says}"):
        networks.from_rows(rows, name="mine")


def test_strength_adds_parallel_edges_and_degree_counts_neighbours() -> None:
    network = measured(row("a", "b", 2), row("b", "a", 1), row("a", "b", 1, kind="foe"), row("a", "c", 4))
    assert [network.nodes[n]["degree"] for n in "abc"] == [2, 1, 1]
    assert [network.nodes[n]["strength"] for n in "abc"] == [8.0, 4.0, 4.0]


def test_strong_ties_are_short_ways() -> None:
    """a–b–c weighs 1/4 + 1/4, less than the direct but weak tie a–c: b lies between."""
    network = measured(row("a", "b", 4), row("b", "c", 4), row("a", "c", 1))
    assert [network.nodes[n]["betweenness"] for n in "abc"] == [0.0, 1.0, 0.0]


def test_communities_are_numbered_from_the_largest() -> None:
    trio = [row("x", "y"), row("y", "z"), row("x", "z")]
    network = measured(*trio, row("a", "b"))
    assert {n: d["community"] for n, d in network.nodes(data=True)} == {
        "a": 2,
        "b": 2,
        "x": 1,
        "y": 1,
        "z": 1,
    }


def test_above_the_limit_betweenness_is_estimated_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(f"n{i:03}", f"n{(i * i + 1) % 100:03}") for i in range(100)]
    exact = nx.get_node_attributes(measured(*rows), "betweenness")
    monkeypatch.setattr(paths, "EXACT", 50)
    monkeypatch.setattr(paths, "SAMPLE", 20)
    estimated = nx.get_node_attributes(measured(*rows), "betweenness")
    assert estimated == nx.get_node_attributes(measured(*rows), "betweenness")
    assert estimated != exact


def test_positions_fill_the_canvas() -> None:
    network = networks.from_rows([row("a", "b"), row("b", "c"), row("c", "d")])
    networks.lay_out(network)
    every = [abs(d[axis]) for _, d in network.nodes(data=True) for axis in "xy"]
    assert max(every) == networks.LAYOUT_WIDTH / 2
    assert len({(d["x"], d["y"]) for _, d in network.nodes(data=True)}) == 4


@pytest.mark.parametrize("rows", [[], [row("a", "a")]], ids=["nothing", "a loop"])
def test_small_networks(rows: list[dict[str, Value]]) -> None:
    network = measured(*rows)
    networks.lay_out(network)
    assert len(network) == len(rows)


def test_nodes_say_what_the_graph_knows(store: OxigraphStore) -> None:
    node = networks.build(store).nodes[BWU]
    assert (node["label"], node["type"], node["events"], node["articles"]) == (
        "Blue Watch Union",
        "Union",
        4,
        4,
    )
    assert node["mentions"] == 5


def test_actors_are_joined_by_kinds_of_edges(store: OxigraphStore) -> None:
    network = networks.build(store)
    assert network.edges[BWU, LEAGUE, "acts with"] == {
        "kind": "acts with", "weight": 2.0, "directed": False, "articles": 2, "sentences": 2,
        "organized": 1, "attended": 0,
        "first": "2024-05-20", "last": "2024-06-01", "days": ("2024-05-20", "2024-06-01"),
    }  # fmt: skip
    assert network.edges[OKORO, BWU, "supports protest of"]["directed"] is True
    assert {d["kind"] for _, _, d in network.edges(data=True)} == {
        "acts with", "targets", "opposes", "supports protest of", "opposes protest of",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "values", "nodes", "edges"),
    [
        pytest.param("actors", {"actors": "Union"}, 2, 1, id="only unions"),
        pytest.param("actors", {"type": "Blockade"}, 4, 4, id="only blockades, and stances on them"),
        pytest.param("acting-together", {"type": "March", "actors": "Organization"}, 2, 1, id="marches"),
        pytest.param("stances", {"polarity": "oppose"}, 5, 3, id="opposition"),
        pytest.param("events", {"actors": "Person"}, 3, 2, id="persons at events"),
        pytest.param("events", {"type": "Vigil"}, 2, 1, id="vigils"),
    ],
)
def test_choices(kind: str, values: dict[str, str], nodes: int, edges: int, store: OxigraphStore) -> None:
    network = networks.build(store, kind, values)
    assert (len(network), network.number_of_edges()) == (nodes, edges)


def test_a_query_of_ones_own_makes_a_network(tmp_path: Path, store: OxigraphStore) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        """PREFIX protest: <https://w3id.org/protest-kg/ontology#>
        SELECT ?source ?target ("at" AS ?kind) (1 AS ?weight) { ?source protest:place ?target }""",
        encoding="utf-8",
    )
    network = networks.build(store, str(path))
    assert {d["type"] for _, d in network.nodes(data=True)} >= {"Place", "March"}


@pytest.mark.parametrize(
    ("kind", "values", "error"),
    [
        pytest.param("actor", {}, UnknownName, id="kind"),
        pytest.param("actors", {"typ": "March"}, BadParameter, id="parameter"),
    ],
)
def test_kinds_that_are_not_there(
    kind: str, values: dict[str, str], error: type[Exception], store: OxigraphStore
) -> None:
    with pytest.raises(error, match="did you mean"):
        networks.build(store, kind, values)


def test_any_order_of_articles_and_any_hash_seed_gives_the_same_network() -> None:
    """Sets of strings differ from process to process, so this needs processes."""
    program = (
        "import sys\n"
        "from kg import network as networks\n"
        "from kg.export import gexf\n"
        "from kg.link import KnowledgeBase, link\n"
        "from kg.quads import quads\n"
        "from kg.store import memory\n"
        "from tests.corpus import corpus\n"
        "facts = corpus()[::int(sys.argv[1])]\n"
        "store = memory(quads(facts, link(facts, KnowledgeBase())))\n"
        "gexf.write(networks.build(store), sys.stdout)\n"
    )
    seeds = random.Random(1).sample(range(1, 1000), 2)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, step],
            env=os.environ | {"PYTHONHASHSEED": str(seed), "PYTHONIOENCODING": "utf-8"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed, step in zip(seeds, ["1", "-1"], strict=True)
    }
    assert len(outputs) == 1
    assert b"Blue Watch Union" in outputs.pop()


# --- the rows of any question as a network -------------------------------------------------------------

PROTEST = "PREFIX protest: <https://w3id.org/protest-kg/ontology#>"
TOGETHER = f"""{PROTEST}
SELECT ?event ?who ?other ?share WHERE {{
  ?event protest:organizer|protest:participant ?who, ?other .
  FILTER(STR(?who) < STR(?other)) BIND(0.5 AS ?share)
}} ORDER BY ?event"""


def answered(store: OxigraphStore, text: str) -> nx.MultiDiGraph:
    query = queries.parse(text, "q.rq")
    table = queries.run(store, query)
    assert isinstance(table, queries.Table)
    return networks.from_table(store, table, query)


def test_two_columns_of_actors_make_a_network(store: OxigraphStore) -> None:
    network = answered(store, TOGETHER)
    pairs = queries.select(store, queries.parse(TOGETHER, "x"))
    assert {(s, t) for s, t in network.edges()} == {(r["who"], r["other"]) for r in pairs}
    assert network.size(weight="weight") == len(pairs) > network.number_of_edges()
    data = network.edges[BWU, LEAGUE, "who – other"]
    assert (data["weight"], data["directed"], data["share"]) == (2.0, True, 0.5)
    assert str(data["event"]).startswith(f"{ID}/event/")
    assert network.nodes[BWU]["label"] == "Blue Watch Union"
    assert {"type", "degree", "community", "x"} <= set(network.nodes[BWU])


def test_a_shipped_question_is_a_network_too(store: OxigraphStore) -> None:
    query = queries.load("acting-together")
    table = queries.run(store, query)
    assert isinstance(table, queries.Table)
    network = networks.from_table(store, table, query)
    assert [(s, t, d["kind"]) for s, t, d in network.edges(data=True)] == [(BWU, LEAGUE, "actor – partner")]
    assert network.graph["description"] == query.summary


@pytest.mark.parametrize(
    ("values", "edges"),
    [
        pytest.param(
            "(?target ?source) {{ (<{a}> <{b}>) }}", [(LEAGUE, BWU, "source – target", 1)], id="by name"
        ),
        pytest.param(
            "(?source ?target ?kind ?weight ?directed) {{ (<{b}> <{a}> 'ally' 2.5 false) }}",
            [(BWU, LEAGUE, "ally", 2.5)],
            id="its own kind, weight and direction",
        ),
        pytest.param(
            "(?source ?target) {{ (<x:a> <x:b>) }}",
            [("x:a", "x:b", "source – target", 1)],
            id="source and target need not be actors",
        ),
        pytest.param(
            "(?source ?a ?b) {{ ('text' <{b}> <{a}>) }}", [(LEAGUE, BWU, "a – b", 1)], id="source is text"
        ),
        pytest.param(
            "(?a ?b) {{ (<{a}> UNDEF) (UNDEF <{b}>) (<{a}> <{b}>) }}",
            [(BWU, LEAGUE, "a – b", 1)],
            id="rows without an end join nobody",
        ),
        pytest.param(
            "(?a ?b ?c) {{ (<{a}> <{b}> <{a}>) }}", [(BWU, LEAGUE, "a – b", 1)], id="the first two of three"
        ),
        pytest.param(
            "(?key ?a ?u_for_edge ?b ?id) {{ (1 <{a}> 2 <{b}> 3) }}",
            [(BWU, LEAGUE, "a – b", 1)],
            id="columns called as arguments are",
        ),
    ],
)  # fmt: skip
def test_the_ends_of_rows(
    store: OxigraphStore, values: str, edges: list[tuple[str, str, str, float]]
) -> None:
    network = answered(store, f"SELECT * {{ VALUES {values.format(a=BWU, b=LEAGUE)} }}")
    assert [(s, t, d["kind"], d["weight"]) for s, t, d in network.edges(data=True)] == edges


@pytest.mark.parametrize(
    "select",
    [
        pytest.param(f"SELECT ?a {{ VALUES ?a {{ <{BWU}> }} }}", id="one column"),
        pytest.param(f"SELECT * {{ VALUES (?a ?b) {{ (<{BWU}> 'x') }} }}", id="one is text"),
        pytest.param(f"SELECT * {{ VALUES (?a ?b) {{ (<{BWU}> <x:b>) }} }}", id="one is unknown"),
        pytest.param(f"{PROTEST} SELECT ?e ?a {{ ?e protest:organizer ?a }}", id="one is an event"),
        pytest.param(f"SELECT * {{ VALUES (?a ?b) {{ (<{BWU}> UNDEF) }} }}", id="one is empty"),
    ],
)
def test_rows_that_join_no_actors(store: OxigraphStore, select: str) -> None:
    with pytest.raises(UsageError, match=r"q\.rq: a network needs two columns with IRIs of actors"):
        answered(store, select)


def test_no_rows_are_an_empty_network(store: OxigraphStore) -> None:
    assert len(answered(store, "SELECT ?a ?b { ?a ?a ?a }")) == 0
