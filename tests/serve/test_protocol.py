"""SPARQL 1.1 Protocol: what may be asked, in which ways, and what comes back."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, TURTLE, SPARQLWrapper

from tests.serve.conftest import Served

PREFIX = "PREFIX protest: <https://w3id.org/protest-kg/ontology#>\n"
UNIONS = PREFIX + "SELECT ?union WHERE { ?union a protest:Union } ORDER BY ?union"
TRIPLES = PREFIX + "CONSTRUCT { ?s a protest:Union } WHERE { ?s a protest:Union }"
DIRECT = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
TEXT, IMAGE = {"Content-Type": "text/plain"}, {"Accept": "image/png"}
NO_GRAPH = {"query": "ASK {}", "default-graph-uri": "no iri"}
POST_GRAPH = "https://w3id.org/protest-kg/id/article/post-12"


def test_all_three_ways_of_asking_give_the_same(served: Served) -> None:
    accept = {"Accept": "application/sparql-results+json"}
    answers = [
        served.client.get("sparql", params={"query": UNIONS}, headers=accept),
        served.client.post("sparql", data={"query": UNIONS}, headers=accept),
        served.client.post("sparql", content=UNIONS, headers={**accept, **DIRECT}),
    ]
    assert [a.status_code for a in answers] == [200] * 3
    assert answers[0].content == answers[1].content == answers[2].content
    assert len(answers[0].json()["results"]["bindings"]) == 4


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.9, application/xml;q=0.1", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
    ],
)
def test_rows_come_in_the_format_that_is_wanted(served: Served, accept: str, type_: str) -> None:
    answer = served.ask(UNIONS, accept)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, type_)
    if "csv" not in type_ and "tab" not in type_:
        format_ = ox.QueryResultsFormat.from_media_type(type_)
        assert format_ is not None
        found = ox.parse_query_results(answer.content, format_)
        assert isinstance(found, ox.QuerySolutions) and len(list(found)) == 4
    else:
        assert len(answer.text.splitlines()) == 5


@pytest.mark.parametrize(
    "type_", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_triples_come_in_the_format_that_is_wanted(served: Served, type_: str) -> None:
    answer = served.ask(TRIPLES, type_)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, type_)
    format_ = ox.RdfFormat.from_media_type(type_)
    assert format_ is not None and len(list(ox.parse(answer.content, format_))) == 4


def test_yes_and_no(served: Served) -> None:
    assert [served.ask(f"ASK {{ {p} }}").json()["boolean"] for p in ("?s ?p ?o", "?s <x:y> ?o")] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        pytest.param({}, 7, id="union of all"),
        pytest.param({"default-graph-uri": POST_GRAPH}, 1, id="one default graph"),
        pytest.param(
            {"default-graph-uri": [POST_GRAPH, POST_GRAPH.replace("post-12", "gazette-7")]}, 2, id="two"
        ),
        pytest.param({"named-graph-uri": POST_GRAPH}, 0, id="named only, so nothing by default"),
    ],
)
def test_the_request_chooses_the_graphs(served: Served, fields: dict[str, str], number: int) -> None:
    query = PREFIX + "SELECT * { ?a a protest:Article }"
    found = served.client.post("sparql", data={"query": query, **fields}, headers={"Accept": "text/csv"})
    assert len(found.text.splitlines()) - 1 == number


def test_the_query_chooses_the_graphs(served: Served) -> None:
    query = f"{PREFIX}SELECT * FROM <{POST_GRAPH}> {{ ?a a protest:Article }}"
    assert len(served.ask(query, "text/csv").text.splitlines()) - 1 == 1
    other = {"query": query, "default-graph-uri": "http://a.example/none"}
    assert (
        len(served.client.post("sparql", data=other, headers={"Accept": "text/csv"}).text.splitlines()) - 1
        == 0
    )


@pytest.mark.parametrize(
    ("method", "options", "status", "says"),
    [
        pytest.param("GET", {"params": {"query": "SELECT"}}, 400, "query:1:7", id="no sparql"),
        pytest.param("GET", {"params": {"query": ["ASK {}", "ASK {}"]}}, 400, "one query", id="two queries"),
        pytest.param("POST", {"data": {"other": "x"}}, 400, "one query", id="no query"),
        pytest.param("POST", {"content": b"\xff", "headers": DIRECT}, 400, "UTF-8", id="no text"),
        pytest.param("POST", {"data": NO_GRAPH}, 400, "IRI", id="no graph"),
        pytest.param("POST", {"data": {"update": "CLEAR ALL"}}, 403, "read-only", id="update"),
        pytest.param("GET", {"params": {"update": "CLEAR ALL"}}, 403, "read-only", id="update by GET"),
        pytest.param("POST", {"content": "CLEAR ALL", "headers": UPDATE}, 403,
                     "read-only", id="update, direct"),
        pytest.param("POST", {"data": {"query": "CLEAR ALL"}}, 400, "not valid SPARQL", id="update as query"),
        pytest.param("POST", {"data": {"query": "LOAD <file:///etc/passwd>"}}, 400, "not valid", id="load"),
        pytest.param("PUT", {"content": "x"}, 405, "Not Allowed", id="put"),
        pytest.param("DELETE", {}, 405, "Not Allowed", id="delete"),
        pytest.param("POST", {"content": "ASK {}", "headers": TEXT}, 415, "text/plain",
                     id="another media type"),
        pytest.param("GET", {"params": {"query": "ASK {}"}, "headers": IMAGE}, 406, "text/csv",
                     id="another format"),
    ],
)  # fmt: skip
def test_what_is_refused(
    served: Served, method: str, options: dict[str, object], status: int, says: str
) -> None:
    answer = served.client.request(method, "sparql", **options)  # type: ignore[arg-type]
    assert answer.status_code == status and says in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


def test_head_and_options(served: Served) -> None:
    head = served.client.head("sparql", params={"query": UNIONS})
    assert (head.status_code, head.content) == (200, b"") and int(head.headers["content-length"]) > 100
    options = served.client.options("sparql")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_the_service_describes_itself(served: Served) -> None:
    answer = served.client.get("sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = graph.subjects(rdflib.RDF.type, sd.Service)
    assert graph.value(service, sd.endpoint) == rdflib.URIRef(f"{served.url}sparql")
    assert (service, sd.feature, sd.UnionDefaultGraph) in graph


def test_a_browser_gets_the_page_of_the_question(served: Served) -> None:
    answer = served.client.get(
        "sparql", params={"query": "ASK {}"}, headers={"Accept": "text/html,*/*;q=0.8"}
    )
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/query?{urlencode({'query': 'ASK {}'})}",
    )


def test_scripts_of_this_machine_may_ask_and_others_may_not(served: Served) -> None:
    def shared(origin: str) -> str | None:
        asked = served.client.get("sparql", params={"query": "ASK {}"}, headers={"Origin": origin})
        return asked.headers.get("access-control-allow-origin")

    assert shared("http://localhost:3000") == "http://localhost:3000"
    assert shared("https://a.example") is None
    assert shared("null") is None
    assert shared("http://localhost.a.example") is None


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper(served: Served, method: str) -> None:
    client = SPARQLWrapper(f"{served.url}sparql")
    client.setMethod(method)
    client.setQuery(UNIONS)
    client.setReturnFormat(JSON)
    found = client.query().convert()
    assert isinstance(found, dict) and len(found["results"]["bindings"]) == 4
    client.setRequestMethod(POSTDIRECTLY)
    client.setMethod(POST)
    client.setQuery(TRIPLES)
    client.setReturnFormat(TURTLE)
    text = client.query().convert()
    assert isinstance(text, bytes) and len(rdflib.Graph().parse(data=text, format="turtle")) == 4


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_as_client(served: Served, method: str) -> None:
    store = SPARQLStore(f"{served.url}sparql", method=method)
    graph = rdflib.Graph(store)
    assert len(list(graph.query(UNIONS))) == 4
    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
    assert len(graph.query(TRIPLES).graph or ()) == 4


def test_what_is_served_is_what_kg_query_answers(served: Served) -> None:
    text = served.client.get("query/protests.json").json()
    shown = served.client.get("query/protests.json", params={"type": "Strike"}).json()
    assert len(text["results"]["bindings"]) > len(shown["results"]["bindings"]) > 0
    assert json.dumps(shown).count("event/strike") == len(shown["results"]["bindings"])
