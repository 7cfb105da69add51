"""Each format of a result holds what the result holds, however hostile its text is."""

import csv
import io
import json
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.errors import UnknownName, UsageError
from kg.export import results
from kg.query import Answer, Result, Table, Triples
from kg.terms import protest

THING = ox.NamedNode("https://x.example/thing")
HALF = ox.Literal("0.50", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
HOSTILE = '=cmd()|"\t\r\n\\<script>alert(1)</script>\u202e*_`[x](y) &amp;'
TABLE = Table(
    variables=("thing", "text", "names", "number", "id"),
    terms=(
        (THING, ox.Literal(HOSTILE), ox.Literal("b | a | "), ox.Literal(-5), THING),
        (None, ox.Literal("été", language="fr"), None, HALF, None),
    ),
    labels={THING.value: "the thing"},
    lists=frozenset({"names"}),
    keys=frozenset({"id"}),
)  # fmt: skip
TRIPLES = Triples(
    (
        ox.Triple(THING, THING, HALF),
        ox.Triple(THING, THING, ox.Literal(HOSTILE)),
        ox.Triple(THING, THING, ox.Literal("été", language="fr")),
        ox.Triple(THING, ox.NamedNode(f"{THING.value}/é"), THING),
    )
)


def written(result: Result, format_: str) -> str:
    file = io.StringIO()
    results.write(result, file, format_)
    return file.getvalue()


def test_rows_are_typed_and_lists_sorted() -> None:
    assert TABLE.rows() == [
        (THING.value, HOSTILE, ("a", "b"), -5, THING.value),
        (None, "été", (), Decimal("0.50"), None),
    ]


def test_people_see_labels_and_no_keys() -> None:
    assert TABLE.columns == ("thing", "text", "names", "number")
    assert TABLE.labelled()[0] == ("the thing", HOSTILE, ("a", "b"), -5)
    assert results.numeric(TABLE) == [3]


def test_csv_reads_back_and_runs_no_formula() -> None:
    header, first, second = csv.reader(io.StringIO(written(TABLE, "csv"), newline=""))
    assert header == ["thing", "text", "names", "number", "id"]
    assert first == [THING.value, f"'{HOSTILE}", "a | b", "-5", THING.value]
    assert second == ["", "été", "", "0.50", ""]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\n=x"], ids=repr)
def test_cells_that_a_spreadsheet_would_run(text: str) -> None:
    assert results.safe(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param(-1, "-1", id="number"),
        pytest.param(Decimal("-0.5"), "-0.5", id="decimal"),
        pytest.param("a=1", "a=1", id="a sign inside"),
        pytest.param(("=a", "b"), "'=a | b", id="list"),
        pytest.param(True, "true", id="truth"),
        pytest.param(None, "", id="nothing"),
        pytest.param("", "", id="empty"),
    ],
)
def test_other_cells(value: results.Value, cell: str) -> None:
    assert results.safe(value) == cell


def test_json_is_what_sparql_clients_read() -> None:
    text = written(TABLE, "json")
    solutions = ox.parse_query_results(text.encode(), ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [v.value for v in solutions.variables] == list(TABLE.variables)
    assert [tuple(s[v] for v in TABLE.variables) for s in solutions] == list(TABLE.terms)


def test_tsv_is_lossless() -> None:
    solutions = ox.parse_query_results(written(TABLE, "tsv").encode(), ox.QueryResultsFormat.TSV)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [tuple(s[v] for v in TABLE.variables) for s in solutions] == list(TABLE.terms)


def test_jsonl_has_plain_values() -> None:
    first, second = map(json.loads, written(TABLE, "jsonl").splitlines())
    assert first == {
        "thing": THING.value, "text": HOSTILE, "names": ["a", "b"], "number": -5, "id": THING.value,
    }  # fmt: skip
    assert second == {"thing": None, "text": "été", "names": [], "number": 0.5, "id": None}


def test_markdown_keeps_every_cell_in_its_row() -> None:
    lines = written(TABLE, "markdown").splitlines()
    assert lines[:2] == ["| thing | text | names | number |", "| --- | --- | --- | ---: |"]
    assert len(lines) == 4
    assert "<script" not in lines[2]
    assert r"=cmd()\|" in lines[2]
    assert "&amp;amp;" in lines[2]
    assert lines[3] == "|  | été |  | 0.50 |"


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        pytest.param("csv", "a,b\n", id="csv"),
        pytest.param("tsv", "?a\t?b\n", id="tsv"),
        pytest.param("jsonl", "", id="jsonl"),
        pytest.param("markdown", "| a | b |\n| --- | --- |\n", id="markdown"),
    ],
)
def test_a_table_without_rows(format_: str, text: str) -> None:
    assert written(Table(("a", "b"), ()), format_) == text


def test_an_answer() -> None:
    assert written(Answer(True), "csv") == "true\n"
    assert json.loads(written(Answer(False), "json")) == {"head": {}, "boolean": False}


@pytest.mark.parametrize(
    ("format_", "syntax"),
    [
        pytest.param("turtle", ox.RdfFormat.TURTLE, id="turtle"),
        pytest.param("ntriples", ox.RdfFormat.N_TRIPLES, id="ntriples"),
        pytest.param("jsonld", ox.RdfFormat.JSON_LD, id="jsonld"),
    ],
)
def test_triples_read_back(format_: str, syntax: ox.RdfFormat) -> None:
    triples = [t.triple for t in ox.parse(written(TRIPLES, format_).encode(), syntax)]
    assert set(triples) == set(TRIPLES.triples) and len(triples) == len(TRIPLES.triples)
    assert written(Triples(()), format_) == ("[]\n" if format_ == "jsonld" else "")


def test_turtle_declares_the_prefixes_that_it_needs() -> None:
    march = ox.NamedNode(str(protest.March))
    assert written(Triples((ox.Triple(THING, THING, march),)), "turtle") == (
        "@prefix protest: <https://w3id.org/protest-kg/ontology#> .\n"
        "<https://x.example/thing> <https://x.example/thing> protest:March .\n"
    )


@pytest.mark.parametrize(
    ("result", "format_", "error", "says"),
    [
        pytest.param(TABLE, "xls", UnknownName, "csv, tsv", id="unknown"),
        pytest.param(TABLE, "turtle", UsageError, "csv or json", id="a table is no Turtle"),
        pytest.param(Answer(True), "jsonld", UsageError, "csv or json", id="a yes is no JSON-LD"),
        pytest.param(TRIPLES, "csv", UsageError, "turtle, ntriples, jsonld", id="triples are no table"),
    ],
)
def test_formats_that_do_not_fit(result: Result, format_: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        written(result, format_)


def test_jsonld_is_short_and_says_the_same() -> None:
    """Terms of two vocabularies with one local name, classes of others, blank nodes and times keep apart."""
    data = """
        @prefix protest: <https://w3id.org/protest-kg/ontology#> .
        @prefix schema: <http://schema.org/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <http://x.example/a> a protest:March, schema:Event, <http://x.example/Class> ;
            protest:start "2024-05"^^xsd:gYearMonth ; schema:start "1.0"^^xsd:decimal, 7, true, "sept"@fr ;
            protest:place [ protest:text "b" ; protest:place [ protest:text "a" ] ] .
    """
    triples = Triples(tuple(quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE)))
    text = written(triples, "jsonld")
    document = json.loads(text)
    assert set(document["@context"]) == {"protest", "schema", "xsd"}
    (march,) = (node for node in document["@graph"] if node["@id"] == "http://x.example/a")
    assert march["protest:start"] == {"@type": "xsd:gYearMonth", "@value": "2024-05"}
    assert march["@type"] == ["http://x.example/Class", "protest:March", "schema:Event"]
    again = ox.Dataset(ox.parse(text, ox.RdfFormat.JSON_LD))
    before = ox.Dataset(ox.Quad(*triple) for triple in triples.triples)
    for dataset in (again, before):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert again == before


def test_jsonld_has_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(Triples(TRIPLES.triples[::-1]), "jsonld") == written(TRIPLES, "jsonld")
