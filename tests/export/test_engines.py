"""graph.ttl and graph.trig hold the same in rdflib, Oxigraph and Virtuoso, down to each character."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import XSD, Dataset, Graph, Literal, URIRef

from kg import jsonlines
from kg.article import read_articles
from kg.export import rdf
from kg.link import link, load
from kg.pipeline import extract
from kg.quads import Object, Quad, quads
from kg.resources import folder
from kg.store import memory
from tests import virtuoso
from tests.export.test_rdf import hostile_article
from tests.virtuoso import Virtuoso

# rdflib's own parser of TriG uses what rdflib deprecates
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated, use Dataset:DeprecationWarning")

Term = tuple[str, ...]


@pytest.fixture(scope="module")
def dataset() -> list[Quad]:
    """The seeds, and an article whose every text is an attack."""
    articles = read_articles([folder("seeds")], on_error=pytest.fail)
    facts = [*(jsonlines.loads(jsonlines.dumps(f)) for f in extract(articles)), hostile_article()]
    return list(quads(facts, link(facts, load())))


def written(dataset: list[Quad], format_: str) -> str:
    file = io.StringIO()
    rdf.write(dataset, file, format_=format_)
    return file.getvalue()


def by_value(o: Object) -> Term:
    """A term as what it means: 0.90 and 0.9 are one number."""
    if not isinstance(o, Literal):
        return (str(o),)
    number = o.datatype in (XSD.decimal, XSD.integer)
    return (
        str(Decimal(str(o)).normalize()) if number else str(o),
        str(o.datatype or XSD.string),
        o.language or "",
    )


def triples(dataset: list[Quad]) -> set[tuple[str, str, Term]]:
    """What graph.ttl must hold."""
    return {(str(s), str(p), by_value(o)) for s, p, o, g in dataset if not g.endswith("graph/ontology")}


def test_rdflib_holds_the_same(dataset: list[Quad]) -> None:
    graph = Graph().parse(data=written(dataset, "ttl"), format="turtle")
    assert {(str(s), str(p), by_value(o)) for s, p, o in graph} == triples(dataset)  # type: ignore[arg-type]
    found = Dataset()
    found.parse(data=written(dataset, "trig"), format="trig")
    assert set(found.quads()) == set(dataset)  # type: ignore[comparison-overlap]


def test_oxigraph_holds_the_same(dataset: list[Quad]) -> None:
    turtle = ox.Store()
    turtle.bulk_load(written(dataset, "ttl").encode(), format=ox.RdfFormat.TURTLE)
    assert len(turtle) == len(triples(dataset))
    trig = ox.Store()
    trig.bulk_load(written(dataset, "trig").encode(), format=ox.RdfFormat.TRIG)
    assert set(trig) == set(memory(dataset)._store)


# --- Virtuoso ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    if not (virtuoso.SERVER and virtuoso.CLIENT):
        pytest.skip(f"Virtuoso is not installed: {virtuoso.INSTALL}")
    with virtuoso.virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


def term(binding: dict[str, Any]) -> Object:
    """A term of a result, of Virtuoso's old dialect of JSON results too."""
    if binding["type"] == "uri":
        return URIRef(binding["value"])
    datatype = binding.get("datatype")
    return Literal(
        binding["value"],
        lang=binding.get("xml:lang"),
        datatype=datatype and URIRef(datatype),
        normalize=False,
    )


def test_virtuoso_holds_the_same_triples(server: Virtuoso, dataset: list[Quad]) -> None:
    server.put_turtle(written(dataset, "ttl").encode(), "urn:turtle")
    rows = server.rows("SELECT ?s ?p ?o { GRAPH <urn:turtle> { ?s ?p ?o } }")
    found = {(row["s"]["value"], row["p"]["value"], by_value(term(row["o"]))) for row in rows}
    assert found == triples(dataset)


def test_virtuoso_holds_the_same_named_graphs(server: Virtuoso, dataset: list[Quad], tmp_path: Path) -> None:
    (tmp_path / "graph.trig").write_text(written(dataset, "trig"), encoding="utf-8")
    server.load_dataset(tmp_path / "graph.trig")
    for graph in sorted({g for *_, g in dataset}):
        rows = server.rows(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        found = {(row["s"]["value"], row["p"]["value"], by_value(term(row["o"]))) for row in rows}
        assert found == {(str(s), str(p), by_value(o)) for s, p, o, g in dataset if g == graph}
