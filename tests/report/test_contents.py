"""What a report shows, as data: all facts, in an order of their own, and within limits."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pyoxigraph as ox
import pytest

from kg import network as networks
from kg.link import KnowledgeBase, link
from kg.quads import quads
from kg.query import catalogue, load, select
from kg.report import contents, ties
from kg.report.contents import gather
from kg.report.page import embedded
from kg.store import OxigraphStore, memory
from kg.terms import local_name, protest
from tests.corpus import corpus


def stored(step: int = 1) -> OxigraphStore:
    facts = corpus()[::step]
    return memory(quads(facts, link(facts, KnowledgeBase())))


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    return stored()


@pytest.fixture(scope="module")
def shown(store: OxigraphStore) -> dict[str, Any]:
    return gather(store, networks.build(store))


def test_every_fact_is_there_once(store: OxigraphStore, shown: dict[str, Any]) -> None:
    held = store.query(f"SELECT ?class {{ ?fact <{protest.confidence}> ?sure ; a ?class }}")
    assert isinstance(held, ox.QuerySolutions)
    asked = Counter(local_name(row["class"].value) for row in held)
    assert Counter(fact[0] for fact in shown["facts"]) == asked
    assert len(asked) == 12


def test_every_article_is_there(shown: dict[str, Any]) -> None:
    assert len(shown["articles"]) == len(corpus())
    days = [article[2] for article in shown["articles"]]
    assert days == sorted(days, key=lambda day: day or "~")


def test_all_that_is_referred_to_is_there(shown: dict[str, Any]) -> None:
    sizes = {key: len(shown[key]) for key in ("articles", "sentences", "things", "nodes")}
    assert all(0 <= article < sizes["articles"] for article, _ in shown["sentences"])
    for fact in shown["facts"]:
        _, subject, _, other, _, sentence = fact[:6]
        assert 0 <= subject < sizes["things"] and 0 <= sentence < sizes["sentences"]
        assert other is None or 0 <= other < sizes["things"]
    assert all(0 <= end < sizes["nodes"] for edge in shown["edges"] for end in edge[:2])
    assert {thing[1] for thing in shown["things"]} == set(shown["types"])


def test_ties_are_those_of_the_network_and_the_offices(store: OxigraphStore, shown: dict[str, Any]) -> None:
    network = networks.build(store)
    offices = select(store, load("offices", "networks"))
    assert len(shown["edges"]) == network.number_of_edges() + len(offices) > len(offices) > 0
    kinds = {edge[2] for edge in shown["edges"]}
    assert kinds == {d["kind"] for _, _, d in network.edges(data=True)} | {"holds office in"}


def test_what_there_is_of_a_thing(shown: dict[str, Any]) -> None:
    things = {key: rest for key, *rest in shown["things"]}
    type_, label, names, more = things["organization/blue-watch-union"]
    assert (type_, label, more) == ("Union", "Blue Watch Union", {})
    assert "BWU" in names
    (march,) = (rest for key, rest in things.items() if key.startswith("event/march-2024-03-13"))
    assert march[3] == {"status": "occurred", "start": "2024-03-13"}


def test_any_order_of_articles_gives_the_same(shown: dict[str, Any]) -> None:
    backwards = stored(-1)
    assert embedded(gather(backwards, networks.build(backwards))) == embedded(shown)


def test_above_the_limit_facts_of_the_most_reported_stay(
    store: OxigraphStore, shown: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "MOST_FACTS", 30)
    few = gather(store, networks.build(store))
    assert few["shown"]["facts"] == [30, len(shown["facts"])]
    assert len(few["things"]) < len(shown["things"]) and len(few["sentences"]) < len(shown["sentences"])
    assert "organization/blue-watch-union" in {key for key, *_ in few["things"]}
    test_all_that_is_referred_to_is_there(few)


def test_above_the_limit_the_strongest_actors_stay(
    store: OxigraphStore, shown: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ties, "MOST_NODES", 4)
    few = gather(store, networks.build(store))
    assert few["shown"]["actors"][1] == len(shown["nodes"])
    assert 2 <= few["shown"]["actors"][0] == len(few["nodes"]) <= 4
    weakest = min(node[4] for node in few["nodes"])
    assert weakest >= sorted((node[4] for node in shown["nodes"]), reverse=True)[3]


def test_an_empty_graph_has_a_report() -> None:
    empty = memory([])
    shown = gather(empty, networks.build(empty))
    assert (shown["articles"], shown["nodes"], shown["outline"]) == ([], [], None)
    json.dumps(shown)


def test_the_queries_tell_what_their_columns_mean() -> None:
    queries = catalogue("report")
    assert len(queries) == 8
    for query in queries:
        assert query.summary and all(column.help for column in query.columns)
