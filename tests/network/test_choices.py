"""What of a network is kept, in the query and after it."""

from __future__ import annotations

import pytest

from kg import network as networks
from kg.errors import BadParameter, UnknownName, UsageError
from kg.link import KnowledgeBase, link
from kg.network.choices import Choices, around, choose, find
from kg.quads import quads
from kg.store import OxigraphStore, memory
from tests.corpus import corpus
from tests.network.graphs import row

ID = "https://w3id.org/protest-kg/id"
BWU, LEAGUE = f"{ID}/organization/blue-watch-union", f"{ID}/organization/harbour-workers-league"


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    facts = corpus()
    return memory(quads(facts, link(facts, KnowledgeBase())))


def types(store: OxigraphStore, kind: str = "actors", **choices: object) -> set[str]:
    network = networks.build(store, kind, {}, Choices(**choices))  # type: ignore[arg-type]
    return {d["type"] for _, d in network.nodes(data=True)}


@pytest.mark.parametrize(
    ("kind", "values", "edges"),
    [
        pytest.param("acting-together", {"from": "2024-05"}, 1, id="from a month"),
        pytest.param("acting-together", {"to": "2024-03"}, 6, id="to a month"),
        pytest.param("acting-together", {"from": "2024-03-13", "to": "2024-03-13"}, 6, id="one day"),
        pytest.param("acting-together", {"from": "2025"}, 0, id="a year without any"),
        pytest.param("acting-together", {"place": "lowell"}, 1, id="a place"),
        pytest.param("acting-together", {"country": "xx"}, 0, id="a country without any"),
        pytest.param("acting-together", {"role": "organizer"}, 1, id="organised by both"),
        pytest.param("acting-together", {"role": "participant"}, 3, id="both took part"),
        pytest.param("acting-together", {"confidence": "0.9"}, 8, id="as sure as all are"),
        pytest.param("acting-together", {"confidence": "0.95"}, 0, id="surer than all"),
        pytest.param("actors", {"place": "lowell"}, 3, id="actors at a place"),
        pytest.param("support", {"to": "2024-03-15"}, 2, id="stances published by then"),
        pytest.param("support", {"type": "Strike"}, 2, id="stances on strikes, and on actors"),
        pytest.param("actors", {"role": "organizer"}, 1, id="of all parts, one has a role"),
        pytest.param("actors", {"role": "", "place": "", "to": "2024-03-14"}, 11, id="defaults, and a day"),
        pytest.param("actors", {"confidence": "0.95"}, 0, id="actors, surer than all"),
        pytest.param("targets", {"from": "2024-05", "place": "Lowell"}, 2, id="targets"),
        pytest.param("demands", {"word": "reform"}, 6, id="demands with a word"),
        pytest.param("demands", {"type": "Blockade"}, 2, id="demands of blockades"),
        pytest.param("events", {"from": "2024-05", "to": "2024-05"}, 4, id="events of a month"),
        pytest.param("events", {"confidence": "0.95"}, 0, id="events, surer than all"),
        pytest.param("offices", {"to": "2024-04"}, 2, id="offices in articles of a time"),
        pytest.param("stances", {"from": "2024-06"}, 1, id="stances in articles of a time"),
        pytest.param("speakers", {"actors": "Organization"}, 0, id="only persons speak"),
    ],
)
def test_choices_in_the_query(kind: str, values: dict[str, str], edges: int, store: OxigraphStore) -> None:
    assert networks.build(store, kind, values).number_of_edges() == edges


def test_weights_are_counted_anew(store: OxigraphStore) -> None:
    for values, weight, days in (({}, 2, 2), ({"type": "March"}, 1, 1), ({"to": "2024-05-31"}, 1, 1)):
        data = networks.build(store, "acting-together", values).edges[BWU, LEAGUE, "acts with"]
        assert (data["weight"], data["articles"], len(data["days"])) == (weight, weight, days)


def test_a_demand_is_a_node_with_its_words(store: OxigraphStore) -> None:
    network = networks.build(store, "demands", {"word": "reform"})
    (demand,) = [d for _, d in network.nodes(data=True) if d["type"] == "Demand"]
    assert demand["label"] == "the roster reform"
    sides = networks.build(store, "demands", {"word": "reform"}, Choices(project="source"))
    foes = {a for a, b, k in sides.edges(keys=True) if k == "is at odds with"} | {
        b for a, b, k in sides.edges(keys=True) if k == "is at odds with"
    }
    assert f"{ID}/organization/friends-of-order" in foes and len(foes) == 6


def test_only_and_without_kinds_of_actors(store: OxigraphStore) -> None:
    assert types(store, only=("Organization",)) == {"Union", "Party", "Ministry", "Company"}
    assert types(store, only=("persons", "Union")) == {"Person", "Union"}
    assert "Group" in types(store) and "Group" not in types(store, without=("Group",))
    assert types(store, "events", only=("Person",)) == {"Person", "March"}


def test_events_stay_when_actors_go(store: OxigraphStore) -> None:
    network = networks.build(store, "events", {}, Choices(only=("Union",)))
    assert all(network.degree(n) for n in network)


def test_minimum_weight_and_largest_component(store: OxigraphStore) -> None:
    assert list(networks.build(store, "acting-together", {}, Choices(min_weight=2))) == sorted((BWU, LEAGUE))
    whole = networks.build(store, "acting-together")
    largest = networks.build(store, "acting-together", {}, Choices(largest=True))
    assert len(largest) == 5 < len(whole)
    assert len(networks.build(store, "acting-together", {"from": "2030"}, Choices(largest=True))) == 0


def test_the_surroundings_of_one(store: OxigraphStore) -> None:
    assert sorted(networks.build(store, "acting-together", {}, Choices(ego="harbour workers"))) == sorted(
        (BWU, LEAGUE)
    )
    two = networks.build(store, "acting-together", {}, Choices(ego="harbour workers", depth=2))
    assert len(two) == 5


def test_steps_lead_either_way() -> None:
    network = networks.from_rows([row("a", "b"), row("c", "b"), row("c", "d")])
    assert sorted(around(network, "b", 1)) == ["a", "b", "c"]
    with pytest.raises(BadParameter, match="depth"):
        around(network, "b", 0)


@pytest.mark.parametrize("name", ["BWU", "blue watch union", "Blue Wat", BWU])
def test_a_node_by_any_of_its_names(name: str, store: OxigraphStore) -> None:
    assert find(store, networks.build(store), name) == BWU


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("Blue Wacth Union", "did you mean:\n  Blue Watch Union", id="a slip"),
        pytest.param("union", "may mean 2 nodes", id="more than one"),
        pytest.param("Tom Reiss", "nothing in this network", id="in the graph, not in the network"),
        pytest.param("", "name a node", id="empty"),
    ],
)
def test_names_that_mean_no_node(name: str, says: str, store: OxigraphStore) -> None:
    network = networks.build(store, "acting-together")
    with pytest.raises(UnknownName, match=says):
        find(store, network, name)


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        pytest.param(Choices(only=("Personn",)), "no such kind of actor", id="class"),
        pytest.param(Choices(without=("March",)), "no such kind of actor", id="no actor"),
        pytest.param(Choices(project="source"), "not two-mode", id="projection"),
    ],
)
def test_choices_that_do_not_fit(choices: Choices, says: str, store: OxigraphStore) -> None:
    with pytest.raises(UsageError, match=says):
        networks.build(store, "acting-together", {}, choices)


def test_whatever_is_kept_is_in_order(store: OxigraphStore) -> None:
    network = choose(store, networks.build(store), Choices(without=("Party",), min_weight=1))
    assert list(network) == sorted(network)
    assert list(network.edges(keys=True)) == sorted(network.edges(keys=True))
