"""Every store gives the same answers: those of the golden files, and those of Oxigraph in memory."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import network as networks
from kg import query as queries
from kg.export import gexf, results
from kg.link import KnowledgeBase, link
from kg.quads import Quad, quads
from kg.query import Query, Table, Triples, catalogue, run
from kg.store import Store, base_of, fill, memory
from kg.terms import protest
from kg.why import why
from tests.corpus import corpus
from tests.export.test_rdf import hostile_article
from tests.questions import answer
from tests.store.conftest import STORES

# rdflib uses what rdflib deprecates
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated, use Dataset:DeprecationWarning")

GOLDEN = Path(__file__).parents[1] / "golden"
QUESTIONS, NETWORKS, CHECKS, LOOKUPS = map(catalogue, ("", "networks", "checks", "lookup"))


def dataset(articles: Sequence[Any]) -> list[Quad]:
    return list(quads(articles, link(articles, KnowledgeBase())))


@pytest.fixture(scope="module")
def ours() -> Store:
    """What all others must be like."""
    return memory(dataset(corpus()))


@pytest.fixture(scope="module", params=STORES)
def store(request: pytest.FixtureRequest, ours: Store) -> Store:
    made = STORES[request.param](request)
    fill(made, ours)
    if hasattr(made, "find_graphs"):
        made.find_graphs()
    return made


def written(table: Table) -> str:
    file = io.StringIO()
    results.write(table, file, "markdown")
    return file.getvalue()


@pytest.mark.parametrize("query", [*QUESTIONS, *NETWORKS], ids=lambda q: q.name)
def test_golden_answer(store: Store, query: Query) -> None:
    kind = "networks/" if query in NETWORKS else ""
    assert written(answer(store, query)) == (GOLDEN / f"{kind}{query.name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("query", [*CHECKS, *LOOKUPS], ids=lambda q: q.name)
def test_checks_and_lookups(store: Store, ours: Store, query: Query) -> None:
    found, expected = answer(store, query), answer(ours, query)
    rows, wanted = found.rows(), expected.rows()
    if query.name == "names":  # which its readers make dictionaries of: it has no order
        rows, wanted = sorted(rows, key=str), sorted(wanted, key=str)
    assert found.variables == expected.variables and rows == wanted


PARAMETERS = [
    ("protests", {"actor": "union", "from": "2024-03", "type": "March"}),
    ("protests", {"place": "CALMONT", "to": "2024"}),
    ("statements", {"word": 'n\'importe "quoi" \\u0041'}),
    ("acting-together", {"type": "Actor", "min": "2"}),
    ("demands", {"actor": "watch", "polarity": "for"}),
    ("evidence", {"thing": "https://w3id.org/protest-kg/id/person/ana-duvall"}),
    ("crowds", {"estimator": "police"}),
]


@pytest.mark.parametrize(("name", "values"), PARAMETERS, ids=lambda p: p if isinstance(p, str) else "")
def test_parameters(store: Store, ours: Store, name: str, values: dict[str, str]) -> None:
    query = queries.load(name)
    assert queries.select(store, query, values) == queries.select(ours, query, values)


def test_all_quads_come_back(store: Store) -> None:
    expected = dataset(corpus())
    found = list(store.quads())
    assert len(found) == len(expected) and set(found) == set(expected)


def test_one_graph_comes_back(store: Store, ours: Store) -> None:
    graph = "https://w3id.org/protest-kg/id/article/post-12"
    assert set(store.quads(graph)) == set(ours.quads(graph)) != set()
    assert store.graphs()[graph] == ours.graphs()[graph]
    assert base_of(store) == "https://w3id.org/protest-kg/id/"


@pytest.mark.parametrize("kind", [k.name for k in networks.kinds()])
def test_networks(store: Store, ours: Store, kind: str) -> None:
    files = [io.StringIO(), io.StringIO()]
    for one, file in zip((store, ours), files, strict=True):
        gexf.write(networks.build(one, kind), file)
    assert files[0].getvalue() == files[1].getvalue()


@pytest.mark.parametrize("term", ["Ana Duvall", "march, Calmont, 2024-03-13", "wages, not words"])
def test_sentences_behind_a_name(store: Store, ours: Store, term: str) -> None:
    assert why(store, term) == why(ours, term) != []


@pytest.mark.parametrize(("protest_type", "truth"), [(protest.March, True), (protest.Occupation, False)])
def test_yes_and_no(store: Store, protest_type: str, truth: bool) -> None:
    found = store.query(f"ASK {{ ?event a <{protest_type}> }}")
    assert isinstance(found, ox.QueryBoolean) and bool(found) is truth


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(f"CONSTRUCT {{ ?a <x:at> ?b }} WHERE {{ ?a <{protest.place}> ?b }}", id="construct"),
        pytest.param(f"CONSTRUCT {{ ?a <x:of> [] }} WHERE {{ ?a a <{protest.Strike}> }}", id="blank nodes"),
        pytest.param(f"CONSTRUCT WHERE {{ ?a <{protest.text}> ?words }}", id="texts"),
        pytest.param("CONSTRUCT WHERE { ?a <x:nothing> ?b }", id="nothing"),
    ],
)
def test_triples(store: Store, ours: Store, form: str) -> None:
    found, expected = (run(one, queries.parse(form, "-e")) for one in (store, ours))
    assert isinstance(found, Triples) and found == expected


@pytest.mark.parametrize("text", ["SELECT", "", "ASK { ?s ?p }", "SELECT ?a { ?a <x y> ?b }"])
def test_broken_sparql_is_a_syntax_error(store: Store, text: str) -> None:
    with pytest.raises(SyntaxError):
        store.query(text)


def test_labels_of_very_many_things(store: Store) -> None:
    named = ox.NamedNode("https://w3id.org/protest-kg/id/person/ana-duvall")
    rows = tuple((ox.NamedNode(f"https://x.example/{n}"),) for n in range(2500))
    assert queries.labels(store, (*rows, (named,))) == {named.value: "Ana Duvall"}


def test_texts_that_attack_come_back_as_they_were(store: Store) -> None:
    quads = dataset([hostile_article()])
    graph = next(g for *_, g in quads if "/article/" in g)
    try:
        store.replace(graph, ((s, p, o) for s, p, o, g in quads if g == graph))
        assert set(store.quads(graph)) == {q for q in quads if q[3] == graph}
    finally:
        store.drop(graph)
    assert list(store.quads(graph)) == []
