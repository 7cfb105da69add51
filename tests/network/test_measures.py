"""Measures of networks whose values are published, or checked by hand, or given by another program."""

from __future__ import annotations

import math
import random
from itertools import product

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import network as networks
from kg.network.balance import balance
from kg.network.brokerage import brokerage
from kg.network.communities import communities
from kg.network.forms import forms
from kg.network.nodes import NODES
from kg.network.whole import WHOLE
from tests.network.graphs import davis, karate, of, row, value_of


def measured(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    networks.measure_all(network)
    return network


@pytest.fixture(scope="module")
def club() -> nx.MultiDiGraph:
    return measured(karate())


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        pytest.param("nodes", 34, id="nodes"),
        pytest.param("ties", 78, id="ties"),
        pytest.param("density", 0.139037, id="density"),
        pytest.param("transitivity", 0.255682, id="transitivity"),
        pytest.param("degree_assortativity", -0.475613, id="degree assortativity"),
        pytest.param("centralization", 0.399621, id="Freeman's centralization"),
        pytest.param("components", 1, id="components"),
        pytest.param("bridges", 1, id="bridges: to the twelfth member"),
        pytest.param("cut_points", 1, id="cut points"),
    ],
)
def test_the_karate_club_as_a_whole(club: nx.MultiDiGraph, measure: str, value: float) -> None:
    assert club.graph["measures"][measure] == pytest.approx(value, abs=1e-6)


def test_the_karate_club_falls_into_four_groups(club: nx.MultiDiGraph) -> None:
    """The best partition known has a modularity of 0.4198 and four groups (Brandes et al. 2008)."""
    assert club.graph["measures"]["communities"] == 4
    assert 0.41 < club.graph["measures"]["modularity"] <= 0.4198


@pytest.mark.parametrize(
    ("measure", "instructor", "officer"),
    [
        pytest.param("degree", 16, 17, id="degree"),
        pytest.param("betweenness", 0.437635, 0.304075, id="betweenness"),
        pytest.param("closeness", 0.568966, 0.55, id="closeness"),
        pytest.param("eigenvector", 0.355491, 0.373363, id="eigenvector"),
        pytest.param("pagerank", 0.097, 0.100919, id="PageRank"),
        pytest.param("core", 4, 4, id="core"),
        pytest.param("clustering", 0.15, 0.110294, id="clustering"),
        pytest.param("cut_point", True, False, id="cut point"),
    ],
)
def test_the_two_leaders_of_the_karate_club(
    club: nx.MultiDiGraph, measure: str, instructor: float, officer: float
) -> None:
    values = value_of(club, measure)
    assert (values["00"], values["33"]) == pytest.approx((instructor, officer), abs=5e-6)


def test_an_edge_that_is_a_bridge_says_so(club: nx.MultiDiGraph) -> None:
    assert [(a, b) for a, b, is_bridge in club.edges(data="bridge") if is_bridge] == [("00", "11")]


def test_strong_ties_count_in_les_miserables() -> None:
    graph = nx.les_miserables_graph()
    network = measured(of(graph))
    assert value_of(network, "strength")["Valjean"] == 158
    theirs = nx.pagerank(graph, weight="weight", tol=1e-13, max_iter=1000)
    assert value_of(network, "pagerank") == pytest.approx(theirs, abs=1e-6)
    theirs = nx.constraint(graph, weight="weight")
    assert value_of(network, "constraint") == pytest.approx(theirs, abs=1e-6)


# --- structural holes and brokers ----------------------------------------------------------------------


def test_burts_measures_of_a_star_and_a_clique() -> None:
    """Four contacts without ties among them: each is a quarter of the time, none is redundant (Burt 1992)."""
    star = measured(of(nx.star_graph(4)))
    assert value_of(star, "constraint")["0"] == pytest.approx(4 * 0.25**2)
    assert value_of(star, "effective_size")["0"] == pytest.approx(4)
    clique = measured(of(nx.complete_graph(4)))
    assert value_of(clique, "effective_size")["0"] == pytest.approx(1)
    assert value_of(clique, "constraint")["0"] == pytest.approx(3 * (1 / 3 + 2 / 9) ** 2, abs=1e-6)


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        pytest.param("xxx", "coordinator", id="coordinator"),
        pytest.param("xyx", "consultant", id="consultant"),
        pytest.param("xxy", "representative", id="representative"),
        pytest.param("xyy", "gatekeeper", id="gatekeeper"),
        pytest.param("xyz", "liaison", id="liaison"),
    ],
)
def test_the_five_brokers(groups: str, role: str) -> None:
    """On the way 0 → 1 → 2 the one in the middle has one role, and loses it if 0 reaches 2 directly."""
    way = nx.DiGraph([(0, 1), (1, 2)])
    found = brokerage(way, groups)
    assert {name: counts for name, counts in found.items() if any(counts)} == {role: [0, 1, 0]}
    way.add_edge(0, 2)
    assert not any(map(any, brokerage(way, groups).values()))


def test_nobody_brokers_between_one_and_itself() -> None:
    assert not any(map(any, brokerage(nx.DiGraph([(0, 1), (1, 0)]), "xx").values()))


def test_brokers_between_communities() -> None:
    trios = [row(a, b, directed=False) for trio in ("abc", "xyz") for a, b in ("01", "02", "12")
             for a, b in [(trio[int(a)], trio[int(b)])]]  # fmt: skip
    network = networks.from_rows([*trios, row("c", "x", directed=False)])
    networks.measure_all(network, groups="community")
    assert value_of(network, "gatekeeper") == {"a": 0, "b": 0, "c": 2, "x": 2, "y": 0, "z": 0}
    assert value_of(network, "liaison")["c"] == 0


# --- two-mode --------------------------------------------------------------------------------------------


def test_the_southern_women() -> None:
    network, graph = measured(davis()), nx.davis_southern_women_graph()
    women = graph.graph["top"]
    theirs = nx.bipartite.betweenness_centrality(graph, women)
    assert value_of(network, "mode_betweenness") == pytest.approx(theirs, abs=1e-6)
    assert value_of(network, "mode_degree") == pytest.approx(
        nx.bipartite.degree_centrality(graph, women), abs=1e-6
    )
    assert {n for n, mode in value_of(network, "mode").items() if mode == 1} == set(women)
    assert network.graph["measures"]["density"] == pytest.approx(89 / (18 * 14), abs=1e-6)


# --- signs -----------------------------------------------------------------------------------------------


def signed(*ties: tuple[int, int, int]) -> nx.Graph:
    return nx.Graph([(a, b, {"weight": sign}) for a, b, sign in ties])


@pytest.mark.parametrize(
    ("signs", "balanced"),
    [((1, 1, 1), 1), ((1, -1, -1), 1), ((1, 1, -1), 0), ((-1, -1, -1), 0)],
    ids=["three friends", "a common foe", "a foe of a friend", "three foes"],
)
def test_the_four_triads(signs: tuple[int, int, int], balanced: int) -> None:
    found = balance(signed((0, 1, signs[0]), (1, 2, signs[1]), (0, 2, signs[2])))
    assert (found.triads, found.balanced, found.frustration) == (1, balanced, 1 - balanced)


SIGNED = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([1, -1]),
    max_size=12,
)


@given(SIGNED)
def test_frustration_is_never_below_the_least_and_zero_where_two_camps_explain_all(
    ties: dict[tuple[int, int], int],
) -> None:
    graph = signed(*((a, b, sign) for (a, b), sign in ties.items()))
    least = min(
        sum(camps[a] * camps[b] * sign < 0 for (a, b), sign in ties.items())
        for camps in product((1, -1), repeat=6)
    )
    found = balance(graph)
    assert least <= found.frustration <= len(ties) / 2 and (least > 0 or found.frustration == 0)
    assert least > 0 or found.share in (None, 1.0)


def test_opposite_signs_between_two_cancel_out() -> None:
    network = networks.from_rows([row("a", "b", sign=1), {**row("b", "a", sign=-1), "kind": "foe"}])
    assert forms(network).signs.size() == 0
    assert "balance" not in measured(network).graph["measures"]


# --- mixing and groups -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("types", "value"),
    [("xxyy", 1.0), ("xyxy", -1.0), ("xyyx", -1 / 3 + 1 / 3)],
    ids=["within", "between", "as by chance"],
)
def test_assortativity_by_type(types: str, value: float) -> None:
    """Of a–b and c–d; and of a–b–c–d–a, where half the ties are within."""
    ties = [("a", "b"), ("c", "d")] if value else [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]
    network = networks.from_rows([row(a, b, directed=False) for a, b in ties])
    for node, type_ in zip("abcd", types, strict=True):
        network.nodes[node]["type"] = type_
    assert measured(network).graph["measures"]["type_assortativity"] == pytest.approx(value)


def test_half_of_the_directed_ties_are_returned() -> None:
    network = networks.from_rows([row("a", "b"), row("b", "a"), row("a", "c"), row("c", "d")])
    assert measured(network).graph["measures"]["reciprocity"] == 0.5
    assert value_of(network, "in_degree") == {"a": 1, "b": 1, "c": 1, "d": 1}
    assert value_of(network, "out_degree") == {"a": 2, "b": 1, "c": 1, "d": 0}


def test_no_group_is_in_pieces() -> None:
    for seed in range(5):
        graph = nx.gnm_random_graph(60, 70, seed=seed)
        nx.set_edge_attributes(graph, 1.0, "weight")
        found = communities(graph)
        assert all(nx.is_connected(graph.subgraph(group)) for group in found)
        assert sorted(n for group in found for n in group) == list(graph)


# --- any network -----------------------------------------------------------------------------------------

NAMES = st.sampled_from("abcdef")
EDGES = st.lists(
    st.tuples(NAMES, NAMES, st.sampled_from(["ally", "foe"]), st.sampled_from([0.5, 1.0, 3.0])), max_size=14
)


@given(EDGES, st.booleans(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_network_is_measured_whatever_the_order_of_its_rows(
    edges: list[tuple[str, str, str, float]], directed: bool, order: random.Random
) -> None:
    rows = [
        {
            "source": a,
            "target": b,
            "kind": k,
            "weight": w,
            "directed": directed,
            "sign": 1 if k == "ally" else -1,
        }
        for a, b, k, w in edges
    ]
    network = measured(networks.from_rows(rows))
    order.shuffle(rows)
    again = measured(networks.from_rows(rows))
    assert dict(network.nodes(data=True)) == dict(again.nodes(data=True))
    assert network.graph == again.graph
    values = [v for _, d in network.nodes(data=True) for v in d.values() if isinstance(v, float)]
    assert all(map(math.isfinite, values))
    for name in ("betweenness", "closeness", "eigenvector", "clustering"):
        assert all(0 <= v <= 42 for v in value_of(network, name).values())
    assert not network or sum(value_of(network, "pagerank").values()) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("rows", "components"),
    [([], 0), ([row("a", "a")], 1), ([row("a", "b")], 1), ([row("a", "b"), row("c", "d")], 2)],
    ids=["nothing", "a loop", "a pair", "two pairs"],
)
def test_the_smallest_networks(rows: list[dict[str, object]], components: int) -> None:
    network = measured(networks.from_rows(rows))
    assert network.graph["measures"]["components"] == components


def test_names_of_measures_are_different_and_explained() -> None:
    for table in (NODES, WHOLE):
        assert len({m.name for m in table}) == len(table) >= 18
        assert all(m.help and m.name.isidentifier() for m in table)
