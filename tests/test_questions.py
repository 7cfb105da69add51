"""Every query that ships has a header that is true, runs in two engines alike, and gives its golden answers.

There are three graphs: a small one (`tests.corpus`), for which the whole answers stand in `golden/`; the
facts of the seeds as they once were read (`seeds.jsonl`), and a larger one of annotated articles of our own
(`tests.invented`), for which the number of rows, the first ones, and a digest of all stand in `golden/seeds/`
and `golden/invented/`.

To write the golden answers anew after a change that is meant:  GOLDEN=write pytest tests/test_questions.py
"""

import hashlib
import io
import os
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDFS
from rdflib.plugins.sparql import prepareQuery

from kg import jsonlines
from kg import query as queries
from kg.export import results
from kg.facts import ArticleFacts
from kg.link import KnowledgeBase, link, load
from kg.quads import Quad, quads
from kg.query import SEPARATOR, Query, Table, catalogue, run, select
from kg.store import OxigraphStore, memory
from kg.terms import protest
from kg.vocabulary import entry
from tests.builders import three_articles
from tests.corpus import corpus
from tests.invented import sample
from tests.questions import answer

GOLDEN = Path(__file__).parent / "golden"
SHOWN = 3
QUESTIONS, NETWORKS, CHECKS, LOOKUPS = map(catalogue, ("", "networks", "checks", "lookup"))
ALL = (*QUESTIONS, *NETWORKS, *CHECKS, *LOOKUPS)
each = pytest.mark.parametrize("query", ALL, ids=lambda q: q.name)


def dataset() -> list[Quad]:
    facts = corpus()
    return list(quads(facts, link(facts, KnowledgeBase())))


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    return memory(dataset())


def table(store: OxigraphStore, query: Query) -> Table:
    result = run(store, query)
    assert isinstance(result, Table)
    return result


def test_the_queries_are_as_many_as_are_meant() -> None:
    assert [len(q) for q in (QUESTIONS, NETWORKS, CHECKS, LOOKUPS)] == [33, 8, 5, 11]


def test_all_twelve_questions_of_the_design_are_answered() -> None:
    assert {int(q.question) for q in QUESTIONS if q.question} == set(range(1, 13))


@each
def test_the_header_names_each_column_in_order(query: Query, store: OxigraphStore) -> None:
    assert query.summary
    described = [c.name for c in query.columns]
    assert sorted(described) == sorted(table(store, query).variables)
    assert [c for c in described if c in table(store, query).columns] == list(table(store, query).columns)


@each
def test_it_is_sparql_for_another_parser_too(query: Query) -> None:
    assert prepareQuery(query.text).algebra.name == "SelectQuery"


@each
def test_what_people_see_are_labels_and_values(query: Query, store: OxigraphStore) -> None:
    iris = {
        c for row in table(store, query).labelled() for c in row if str(c).startswith("https://w3id.org/")
    }
    assert not iris or query in (*NETWORKS, *LOOKUPS)


@pytest.mark.parametrize("query", [*QUESTIONS, *NETWORKS], ids=lambda q: q.name)
def test_golden_answer(query: Query, store: OxigraphStore) -> None:
    written = io.StringIO()
    results.write(answer(store, query), written, "markdown")
    assert len(written.getvalue().splitlines()) > 2
    _is_golden(written.getvalue(), GOLDEN / f"{_kind(query)}{query.name}.md")


def seeds() -> list[ArticleFacts]:
    with (Path(__file__).parent / "seeds.jsonl").open(encoding="utf-8") as file:
        return list(jsonlines.read(file))


LARGER: dict[str, Callable[[], list[ArticleFacts]]] = {"seeds": seeds, "invented": sample}


@pytest.fixture(scope="module", params=LARGER)
def larger(request: pytest.FixtureRequest) -> tuple[str, OxigraphStore]:
    facts = LARGER[request.param]()
    return request.param, memory(quads(facts, link(facts, load())))


@pytest.mark.parametrize("query", [*QUESTIONS, *NETWORKS], ids=lambda q: q.name)
def test_golden_answer_of_a_larger_graph(query: Query, larger: tuple[str, OxigraphStore]) -> None:
    name, store = larger
    written = io.StringIO()
    results.write(answer(store, query), written, "markdown")
    head, rule, *rows = written.getvalue().splitlines()
    assert rows or name == "seeds"
    digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]
    shown = "\n".join([f"{len(rows)} rows, digest {digest}", "", head, rule, *rows[:SHOWN], ""])
    _is_golden(shown, GOLDEN / name / f"{_kind(query)}{query.name}.md")


@pytest.mark.parametrize("query", [*QUESTIONS, *NETWORKS], ids=lambda q: q.name)
def test_what_is_left_out_may_be_said(query: Query, store: OxigraphStore) -> None:
    """A form that is sent as it came gives the same answer."""
    defaults = {p.name: p.default for p in query.parameters}
    assert select(store, query, defaults) == select(store, query)


def test_the_evidence_of_nothing_is_that_of_the_latest_article(store: OxigraphStore) -> None:
    rows = select(store, queries.load("evidence"))
    latest = max(str(row["published"] or "") for row in select(store, queries.load("articles", "report")))
    assert rows and len({row["article_id"] for row in rows}) == 1
    assert {row["published"] for row in rows} == {latest}


def _kind(query: Query) -> str:
    return "networks/" if query in NETWORKS else ""


def _is_golden(text: str, path: Path) -> None:
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_answer_has_its_query() -> None:
    names = {p.relative_to(GOLDEN).with_suffix("").as_posix() for p in GOLDEN.rglob("*.md")}
    each = {_kind(q) + q.name for q in (*QUESTIONS, *NETWORKS)}
    assert names == each | {f"{graph}/{name}" for graph in LARGER for name in each}


def test_the_event_types_of_others_are_those_of_the_ontology(store: OxigraphStore) -> None:
    """The table in `event-table.rq` says what `ontologies/alignments.ttl` does."""
    found = {
        str(row["type"]): (str(row["event_type"]), str(row["plover_mode"]))
        for row in select(store, queries.load("event-table"))
    }
    assert set(found) >= {"March", "Riot", "Strike", "Vigil", "Blockade", "Demonstration"}
    for type_, (event_type, mode) in found.items():
        codes = entry(protest[type_]).codes
        assert any(code.startswith(f"ACLED:{event_type}") for code in codes)
        assert f"PLOVER:PROTEST/{mode}" in codes


@pytest.mark.parametrize("query", CHECKS, ids=lambda q: q.name)
def test_checks_find_nothing_wrong(query: Query, store: OxigraphStore) -> None:
    assert table(store, query).terms == ()


@pytest.mark.parametrize("query", [*QUESTIONS, *NETWORKS], ids=lambda q: q.name)
def test_the_order_of_articles_does_not_matter(query: Query, store: OxigraphStore) -> None:
    facts = corpus()[::-1]
    other = memory(reversed(list(quads(facts, link(facts, KnowledgeBase())))))
    assert table(other, query).rows() == table(store, query).rows()


@pytest.fixture(scope="module")
def twins() -> tuple[OxigraphStore, rdflib.Graph]:
    """A small graph in both engines: rdflib needs many seconds for a larger one."""
    facts = three_articles()
    both = list(quads(facts, link(facts, KnowledgeBase())))
    graph = rdflib.Graph()
    for s, p, o, _ in both:
        graph.add((s, p, o))
    return memory(both), graph


@pytest.mark.parametrize("query", [*QUESTIONS, *NETWORKS, *CHECKS], ids=lambda q: q.name)
def test_another_engine_gives_the_same_rows_in_the_same_order(
    query: Query, twins: tuple[OxigraphStore, rdflib.Graph]
) -> None:
    store, graph = twins
    found = table(store, query)
    lists = [name in found.lists for name in found.variables]
    ours = [_comparable([t and t.value for t in row], lists) for row in found.terms]
    theirs = [
        _comparable([None if t is None else str(t) for t in row], lists) for row in graph.query(query.text)
    ]
    assert theirs == ours


def _comparable(row: list[str | None], lists: list[bool]) -> list[object]:
    """Numbers by value, lists without order."""
    return [
        set(filter(None, value.split(SEPARATOR))) if is_list and value is not None else _number(value)
        for value, is_list in zip(row, lists, strict=True)
    ]


def _number(value: str | None) -> Decimal | str | None:
    try:
        return value and Decimal(value)
    except InvalidOperation:
        return value


TOPS = (protest.Event, protest.Actor)


def test_only_a_class_right_below_the_top_has_narrower_ones(store: OxigraphStore) -> None:
    """What queries take for granted when they look for the narrowest class of an event or an actor."""
    for top in TOPS:
        three_below = "/".join([f"<{RDFS.subClassOf}>"] * 3)
        assert not store.query(f"ASK {{ ?class {three_below} <{top}> }}")


@pytest.mark.parametrize(("name", "folder"), [("names", "lookup"), ("things", "report")])
def test_classes_are_named_that_have_narrower_ones(store: OxigraphStore, name: str, folder: str) -> None:
    """The list in a query is that of all of them among actors, places and events."""
    listed = re.search(r"MINUS \{\s*VALUES \?class \{([^}]*)\}", queries.load(name, folder).text)
    assert listed is not None
    found = store.query(
        f"SELECT DISTINCT ?class {{ ?narrower <{RDFS.subClassOf}> ?class . ?class <{RDFS.subClassOf}>* ?top "
        f"VALUES ?top {{ <{protest.Event}> <{protest.Actor}> <{protest.Place}> }} }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    assert sorted(row["class"].value for row in found) == sorted(
        str(protest[one.removeprefix("protest:")]) for one in listed[1].split()
    )


@pytest.mark.parametrize("top", TOPS)
def test_nothing_is_just_an_event_or_an_actor(store: OxigraphStore, top: rdflib.URIRef) -> None:
    """Each has a narrower class, which is the one that queries show."""
    narrower = f"?thing a ?narrower . ?narrower <{RDFS.subClassOf}> <{top}>"
    assert not store.query(f"ASK {{ ?thing a <{top}> FILTER NOT EXISTS {{ {narrower} }} }}")
