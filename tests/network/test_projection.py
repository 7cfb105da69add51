"""From two modes to one: the women at the events of Davis and others, and who shares which demands."""

from __future__ import annotations

import networkx as nx
import pytest

from kg import network as networks
from kg.errors import UsageError
from kg.network.projection import WEIGHTINGS, project
from tests.network.graphs import davis, row

GRAPH = nx.davis_southern_women_graph()
WOMEN = sorted(GRAPH.graph["top"])


def weights(network: nx.MultiDiGraph) -> dict[frozenset[str], float]:
    return {frozenset((a, b)): w for a, b, w in network.edges(data="weight")}


def test_evelyn_and_laura_share_six_events() -> None:
    projected = project(davis(), "source")
    data = projected.edges["Evelyn Jefferson", "Laura Mandeville", "shares with"]
    assert (data["weight"], data["shared"], data["directed"]) == (6.0, 6, False)
    assert data["through"] == ("E1", "E2", "E3", "E5", "E6", "E8")
    assert sorted(projected) == WOMEN


@pytest.mark.parametrize(
    ("weighting", "theirs"),
    [
        pytest.param("counts", nx.bipartite.weighted_projected_graph, id="counts"),
        pytest.param("newman", nx.bipartite.collaboration_weighted_projected_graph, id="newman"),
        pytest.param("jaccard", nx.bipartite.overlap_weighted_projected_graph, id="jaccard"),
        pytest.param(
            "cosine",
            lambda g, nodes: nx.bipartite.generic_weighted_projected_graph(
                g, nodes, lambda g, a, b: len(set(g[a]) & set(g[b])) / (len(g[a]) * len(g[b])) ** 0.5
            ),
            id="cosine",
        ),
    ],
)
def test_weightings_are_those_of_networkx(weighting: str, theirs: object) -> None:
    expected = {
        frozenset((a, b)): w
        for a, b, w in theirs(GRAPH, WOMEN).edges(data="weight")  # type: ignore[operator]
    }
    assert weights(project(davis(), "source", weighting=weighting)) == pytest.approx(expected)


def test_newman_of_the_literature() -> None:
    """Two who share three events of 3, 2 and 8 actors: 1/2 + 1 + 1/7."""
    rows = (
        [row(who, "x") for who in "abc"]
        + [row(who, "y") for who in "ab"]
        + [row(who, "z") for who in "abcdefgh"]
    )
    found = weights(project(networks.from_rows(rows), "source", weighting="newman"))
    assert found[frozenset("ab")] == pytest.approx(1 / 2 + 1 + 1 / 7)


def test_the_other_mode() -> None:
    assert sorted(project(davis(), "target")) == sorted(set(GRAPH) - set(WOMEN))


def test_congruence_and_conflict() -> None:
    """a and b are for x; c is against it; a and c share y, which has no sides; d is alone."""
    rows = [
        row("a", "x", sign=1), row("b", "x", sign=1), row("c", "x", sign=-1),
        row("a", "y"), row("c", "y"), row("d", "z", sign=1),
    ]  # fmt: skip
    projected = project(networks.from_rows(rows), "source")
    assert [(a, b, d["kind"], d.get("sign")) for a, b, d in projected.edges(data=True)] == [
        ("a", "b", "agrees with", 1),
        ("a", "c", "is at odds with", -1),
        ("a", "c", "shares with", None),
        ("b", "c", "is at odds with", -1),
    ]
    assert "d" in projected and projected.degree("d") == 0
    networks.measure_all(projected)
    assert projected.graph["measures"]["balance"] == 1.0


@pytest.mark.parametrize(
    ("network", "mode", "weighting", "says"),
    [
        pytest.param(
            networks.from_rows([row("a", "b"), row("b", "c")]), "source", "counts", "not two-mode", id="one"
        ),
        pytest.param(
            networks.from_rows([row("a", "b", directed=False)]), "source", "counts", "not two-mode", id="ties"
        ),
        pytest.param(davis(), "women", "counts", "source, target", id="mode"),
        pytest.param(davis(), "source", "count", ", ".join(WEIGHTINGS), id="weighting"),
    ],
)
def test_what_cannot_be_projected(network: nx.MultiDiGraph, mode: str, weighting: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        project(network, mode, weighting=weighting)


def test_nothing_projects_to_nothing() -> None:
    assert len(project(networks.from_rows([]), "source")) == 0
