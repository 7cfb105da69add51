"""Networks of periods, and what changes between them."""

from __future__ import annotations

import pytest

from kg import network as networks
from kg.errors import BadParameter, UnknownName
from kg.link import KnowledgeBase, link
from kg.network.slices import change, only_dated, periods
from kg.quads import quads
from kg.store import OxigraphStore, memory
from tests.corpus import corpus
from tests.network.graphs import row


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    facts = corpus()
    return memory(quads(facts, link(facts, KnowledgeBase())))


@pytest.mark.parametrize(
    ("length", "names"),
    [
        ("decade", ["1990s", "2020s"]),
        ("year", ["1999", "2024"]),
        ("quarter", ["1999-Q4", "2024-Q1", "2024-Q2"]),
        ("month", ["1999-12", "2024-03", "2024-05"]),
        ("day", ["1999-12-31", "2024-03-13"]),
    ],
)
def test_periods_are_those_that_dates_are_precise_enough_for(length: str, names: list[str]) -> None:
    network = networks.from_rows(
        [row("a", "b", days=("2024-03-13", "2024-05", "--05-01")), row("b", "c", first="1999-12-31", last="")]
    )
    assert [p.name for p in periods(network, length)] == names


def test_what_has_no_such_date_is_left_out() -> None:
    network = networks.from_rows([row("a", "b", days=("2024",)), row("b", "c", days=("2024-05-02",))])
    assert list(only_dated(network, "month").edges()) == [("b", "c")]


def test_months_of_the_corpus(store: OxigraphStore) -> None:
    slices = networks.build_slices(store, "month", "acting-together")
    assert [(p.name, len(n), n.number_of_edges()) for p, n in slices] == [
        ("2024-03", 4, 6), ("2024-05", 2, 1), ("2024-06", 2, 1),
    ]  # fmt: skip
    march, may, june = (n for _, n in slices)
    places = [(n.nodes[b]["x"], n.nodes[b]["y"]) for n in (march, may, june) for b in n if "blue-watch" in b]
    assert len(places) == 3 and len(set(places)) == 1
    assert [d["weight"] for *_, d in june.edges(data=True)] == [1.0]
    assert all("strength" in d for _, d in may.nodes(data=True))


def test_slices_stay_within_the_bounds_that_were_given(store: OxigraphStore) -> None:
    names = [p.name for p, _ in networks.build_slices(store, "month", "acting-together", {"from": "2024-05"})]
    assert names == ["2024-05", "2024-06"]
    names = [p.name for p, _ in networks.build_slices(store, "year", "acting-together", {"to": "2024-05-31"})]
    assert names == ["2024"]
    ((_, year),) = networks.build_slices(store, "year", "acting-together", {"to": "2024-05-31"})
    assert year.number_of_edges() == 7


def test_an_ego_that_is_in_few_slices(store: OxigraphStore) -> None:
    choices = networks.Choices(ego="Firefighters")
    assert [p.name for p, _ in networks.build_slices(store, "month", "acting-together", {}, choices)] == [
        "2024-03"
    ]


def test_what_cannot_be_sliced(store: OxigraphStore, tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(UnknownName, match="one of decade, year, quarter, month, day"):
        networks.build_slices(store, "week")
    path = tmp_path_factory.mktemp("q") / "mine.rq"
    path.write_text(
        'SELECT ?source ?target ("k" AS ?kind) (1 AS ?weight) ("2024" AS ?first) '
        "{ ?source <https://w3id.org/protest-kg/ontology#organizer> ?target }"
    )
    with pytest.raises(BadParameter, match="no parameter 'from'"):
        networks.build_slices(store, "year", str(path))


def test_what_changes() -> None:
    before = networks.from_rows([row("a", "b", 5), row("a", "c", 1), row("b", "d", 1), row("c", "d", 1)])
    after = networks.from_rows([row("a", "b", 1), row("a", "c", 9), row("c", "e", 9)])
    found = change(before, after)
    assert (found.nodes_gained, found.nodes_lost, found.node_overlap) == (1, 1, 0.6)
    assert (found.edges_gained, found.edges_lost, found.edge_overlap) == (1, 2, 0.4)
    assert (found.risen, found.fallen) == ("c", "b")
    assert found.ranks is not None and found.ranks < 0


def test_nothing_changes_between_the_same() -> None:
    network = networks.from_rows([row("a", "b", 5), row("a", "c", 1), row("b", "d", 2)])
    found = change(network, network)
    assert (found.node_overlap, found.edge_overlap, found.ranks, found.risen) == (1.0, 1.0, 1.0, None)
    empty = networks.from_rows([])
    assert change(empty, empty).node_overlap == 1.0
