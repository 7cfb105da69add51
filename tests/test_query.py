"""Headers, parameters, results and what a user is told when something is wrong."""

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import query as queries
from kg.errors import BadParameter, InputError, KgError, ResourceError, UnknownName, UsageError
from kg.link import KnowledgeBase, link
from kg.parameter import Parameter
from kg.quads import quads
from kg.query import Answer, Column, Table, Triples
from kg.store import OxigraphStore, memory
from tests.corpus import corpus

HEADER = """\
# summary: What some actor does
# question: 1
# a remark for people
# param actor: string — part of its name
# param limit: integer — how many
# column event — the event
# column with: list — the others
# column id: key — the IRI
SELECT ?event ?with ?id WHERE { VALUES ?_actor { "x" } VALUES ?_limit { 3 } VALUES ?event { "a" } }
"""


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    facts = corpus()
    return memory(quads(facts, link(facts, KnowledgeBase())))


def first(store: OxigraphStore, name: str, **values: str) -> list[str]:
    """The different values of the first column, in order."""
    result = queries.run(store, queries.load(name), values)
    assert isinstance(result, Table)
    return list(dict.fromkeys(str(row[0]) for row in result.rows()))


def test_the_header_is_read() -> None:
    query = queries.parse(HEADER, "x")
    assert (query.summary, query.question) == ("What some actor does", "1")
    assert query.parameters == (
        Parameter("actor", "string", "x", "part of its name"),
        Parameter("limit", "integer", "3", "how many"),
    )
    assert query.columns == (
        Column("event", "the event"),
        Column("with", "the others", "list"),
        Column("id", "the IRI", "key"),
    )


def test_a_query_needs_no_header() -> None:
    query = queries.parse("ASK { }", "x")
    assert (query.summary, query.parameters, query.columns) == ("", (), ())


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("# param actor", "param name: type", id="no type, no help"),
        pytest.param("# param actor: string () — a name", "param name: type", id="no choices"),
        pytest.param("# param actor: text — a name", "string", id="unknown type"),
        pytest.param("# param other: string — a name", r"VALUES \?_other", id="no data block"),
        pytest.param("# column a: set — many", "list or : key", id="unknown kind of column"),
        pytest.param("# column a", "column name", id="no help"),
    ],
)
def test_headers_that_are_wrong(line: str, says: str) -> None:
    with pytest.raises(ResourceError, match=says):
        queries.parse(f'{line}\nSELECT ?a {{ VALUES ?_actor {{ "" }} }}', "x")


def test_a_syntax_error_is_refused() -> None:
    with pytest.raises(UsageError, match=r"q\.rq:1:19: not valid SPARQL"):
        queries.parse("SELECT ?x WHERE { ?x ?y }", "q.rq")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path, store: OxigraphStore) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("ASK { ?s ?p ?o }", encoding="utf-8-sig")
    assert queries.run(store, queries.load(str(path))) == Answer(True)


def test_a_file_of_ones_own(tmp_path: Path, store: OxigraphStore) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    assert queries.run(store, queries.load(str(path))) == Answer(True)


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        pytest.param("protest", UnknownName, "protests", id="near"),
        pytest.param("qqqq", UnknownName, "acting-together, .*statements", id="nothing near: all"),
        pytest.param("../pyproject", UnknownName, "no such query", id="a path without suffix"),
        pytest.param("nowhere/at/all.rq", InputError, "nowhere/at/all.rq", id="no file"),
    ],
)
def test_queries_that_are_not_there(name: str, error: type[KgError], says: str) -> None:
    with pytest.raises(error, match=says):
        queries.load(name)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.rq"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        queries.load(str(path))


@pytest.mark.parametrize(
    ("values", "says"),
    [
        pytest.param({"actr": "x"}, "protests: no parameter 'actr'; did you mean actor", id="typo"),
        pytest.param({"zzz": "x"}, "actor, from, place, to, type", id="nothing near"),
        pytest.param({"from": "May"}, "protests: parameter from='May' is no date", id="no date"),
        pytest.param({"type": "Marsh"}, "did you mean March", id="no class"),
    ],
)
def test_parameters_that_are_wrong(values: dict[str, str], says: str) -> None:
    with pytest.raises(BadParameter, match=says):
        queries.bind(queries.load("protests"), values)


MARCH, LATER, RIOT = (
    "march, Calmont, 2024-03-13",
    "march, Calmont, 2024-06-01",
    "riot, Mill Square, 2024-03-13",
)
SICK_OUT, RALLY = "strike, 2024-04-02", "demonstration, Lowell, 2024-05"
BLOCKADE, VIGIL = "blockade, Lowell, 2024-05-20", "vigil, 2024-07"
CANCELLED, NURSES = "march, Calmont", "strike, Calmont, --05-01"


@pytest.mark.parametrize(
    ("name", "values", "rows"),
    [
        pytest.param("protests", {"actor": "bwu"}, [MARCH, SICK_OUT, BLOCKADE, LATER], id="by another name"),
        pytest.param("protests", {"actor": "port auth"}, [BLOCKADE], id="part of a target's name"),
        pytest.param("protests", {"place": "Mill"}, [MARCH, RIOT], id="place"),
        pytest.param("protests", {"type": "March"}, [CANCELLED, MARCH, LATER], id="type"),
        pytest.param("protests", {"from": "2024-05"}, [RALLY, BLOCKADE, LATER, VIGIL], id="from a month"),
        pytest.param("protests", {"from": "2024-05-02"}, [RALLY, BLOCKADE, LATER, VIGIL], id="or later"),
        pytest.param("protests", {"to": "2024-03"}, [MARCH, RIOT], id="to a month, both ends included"),
        pytest.param("protests", {"to": "2024-05-01"}, [MARCH, RIOT, SICK_OUT, RALLY], id="to a day"),
        pytest.param("protests", {"from": "2025"}, [], id="no year, no window"),
        pytest.param("protests", {"actor": '" } #'}, [], id="hostile"),
        pytest.param("acting-together", {"type": "Person"}, [], id="class of both"),
        pytest.param("acting-together", {"min": "3"}, [], id="more often than they did"),
        pytest.param("acting-together", {"actor": "harbour"}, ["Harbour Workers League"], id="one"),
        pytest.param("attendance", {"actor": "okoro"}, [MARCH], id="who stayed away"),
        pytest.param("demands", {"polarity": "against"}, ["against"], id="polarity"),
        pytest.param("crowds", {"estimator": "prefecture"}, [MARCH], id="estimator"),
        pytest.param("dates", {"basis": "inferred"}, [RIOT, "arrest, 2024-05-20"], id="basis"),
        pytest.param("offices", {"actor": "bwu"}, ["Ana Duvall"], id="by the organisation's other name"),
        pytest.param("reports", {"min": "2"}, [MARCH], id="told twice"),
        pytest.param("planned-only", {"type": "Vigil"}, [VIGIL], id="class of event"),
        pytest.param("casualties", {"kind": "arrested"}, ["arrest, 2024-05-20"], id="kind"),
        pytest.param("responses", {"type": "PoliceIntervention"}, [RIOT], id="class of response"),
        pytest.param("statements", {"event": "blockade"}, ["Tom Reiss"], id="by event"),
        pytest.param("calendar", {"by": "year"}, ["2024"], id="years"),
        pytest.param("calendar", {"by": "day", "demand": "PAY"}, ["2024-05-20"], id="days of a demand"),
        pytest.param("calendar", {"status": "planned"}, ["2024-04", "2024-07"], id="what is planned"),
        pytest.param("calendar", {"place": "mill"}, ["2024-03"], id="months of a place"),
        pytest.param("calendar", {"country": "FR"}, [], id="no country is known"),
        pytest.param("actors", {"role": "target"}, ["Interior Ministry", "Port Authority"], id="targets"),
        pytest.param("actors", {"min": "4"}, ["Blue Watch Union"], id="the most active"),
        pytest.param("places", {"type": "Riot"}, ["Mill Square"], id="places of riots"),
        pytest.param("shared-demands", {"actor": "harbour"}, ["Harbour Workers League"], id="allies of one"),
        pytest.param("crowd-range", {"min": "3"}, [MARCH], id="figures enough"),
        pytest.param("aliases", {"actor": "bwu"}, ["Blue Watch Union"], id="by one of the names"),
        pytest.param("stances", {"polarity": "support"}, ["Paul Okoro"], id="supporters"),
        pytest.param("slogans", {"word": "SAVE"}, ["Rested officers save lives"], id="a slogan"),
        pytest.param("announcements", {"actor": "order"}, ["Vigil"], id="announced by one"),
        pytest.param("repression", {"place": "lowell"}, ["Blockade", "Demonstration"], id="at one place"),
        pytest.param("event-table", {"to": "2024-04"}, ["2024-03-13", "2024-04-02"], id="event table until"),
        pytest.param("campaign", {"word": "pay"}, ["2024-05-20", "2024-05-23"], id="what answers it too"),
        pytest.param("police-on-both-sides", {"police": "firefighter"}, [MARCH], id="another body"),
    ],
)  # fmt: skip
def test_parameters(name: str, values: dict[str, str], rows: list[str], store: OxigraphStore) -> None:
    assert first(store, name, **values) == rows


def test_results_are_typed_values(store: OxigraphStore) -> None:
    (row,) = queries.select(store, queries.load("crowds"), {"estimator": "organisers"})
    assert (row["low"], row["high"]) == (4000, 4000)
    (report, *_) = queries.select(store, queries.load("reports"), {"min": "2"})
    assert isinstance(report["score"], Decimal)
    (pair,) = queries.select(store, queries.load("acting-together"))
    assert pair["events"] == (BLOCKADE, LATER)


def test_select_wants_a_table(store: OxigraphStore) -> None:
    with pytest.raises(UsageError, match="a SELECT is needed"):
        queries.select(store, queries.parse("ASK { }", "x"))


def test_keys_are_for_programs_and_labels_for_people(store: OxigraphStore) -> None:
    text = """
        PREFIX protest: <https://w3id.org/protest-kg/ontology#>
        SELECT ?id ?same WHERE { ?id a protest:Blockade BIND(?id AS ?same) }
    """
    query = queries.parse(f"# column id: key — its IRI\n{text}", "x")
    table = queries.run(store, query)
    assert isinstance(table, Table)
    assert table.columns == ("same",)
    assert table.labelled() == [(BLOCKADE,)]
    assert str(table.rows()[0][0]).startswith("https://w3id.org/protest-kg/id/event/")


def test_construct_gives_sorted_triples_once(store: OxigraphStore) -> None:
    result = queries.run(store, queries.parse("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }", "x"))
    assert isinstance(result, Triples)
    assert list(result.triples) == sorted(set(result.triples), key=str)
    assert len(result.triples) > 100


def test_blank_nodes_get_the_same_names_every_time(store: OxigraphStore) -> None:
    query = queries.parse("CONSTRUCT { ?s a [ a ?c ] } WHERE { ?s a ?c }", "x")
    one, two = (queries.run(store, query) for _ in range(2))
    assert isinstance(one, Triples)
    assert any(isinstance(t.subject, ox.BlankNode) for t in one.triples)
    assert one == two


def test_describe_gives_what_is_said_of_a_thing(store: OxigraphStore) -> None:
    text = """
        PREFIX protest: <https://w3id.org/protest-kg/ontology#>
        DESCRIBE ?event WHERE { ?event a protest:Blockade }
    """
    result = queries.run(store, queries.parse(text, "x"))
    assert isinstance(result, Triples)
    assert {str(t.subject) for t in result.triples if t.object == ox.Literal(BLOCKADE)}
    assert len({t.subject for t in result.triples}) == 1


def test_a_function_that_the_store_has_not_is_named(store: OxigraphStore) -> None:
    with pytest.raises(InputError, match=r"-e: the store could not answer: .*<urn:x:f>"):
        queries.run(store, queries.parse("SELECT (<urn:x:f>(1) AS ?a) {}", "-e"))


def test_a_service_that_does_not_answer_is_named(store: OxigraphStore) -> None:
    query = queries.parse("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "x")
    with pytest.raises(InputError, match="x: the store could not answer"):
        queries.run(store, query)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        pytest.param(None, None, id="nothing"),
        pytest.param(ox.Literal("a", language="en"), "a", id="text of a language"),
        pytest.param(ox.Literal(1.5), 1.5, id="double"),
        pytest.param(ox.Literal(True), True, id="boolean"),
        pytest.param(ox.NamedNode("http://x.example/"), "http://x.example/", id="iri"),
        pytest.param(ox.BlankNode("b"), "b", id="blank node"),
    ],
)
def test_plain_values(term: queries.Term | None, value: object) -> None:
    assert queries.plain(term) == value


def test_a_parameter_may_have_choices() -> None:
    text = '# param by: string (year, month) — how long\nSELECT * { VALUES ?_by { "year" } }'
    assert queries.parse(text, "x").parameters == (
        Parameter("by", "string", "year", "how long", ("year", "month")),
    )


def test_prefixes_of_the_ontology_may_be_declared_for_the_asker(store: OxigraphStore) -> None:
    text = "ASK { ?x a protest:March ; rdfs:label ?label }"
    assert queries.run(store, queries.parse(text, "x", declare=True)) == Answer(True)
    own = "PREFIX protest: <http://x.example/>\n" + text
    assert queries.run(store, queries.parse(own, "x", declare=True)) == Answer(False)
    with pytest.raises(UsageError, match="PREFIX protest:"):
        queries.parse(text, "x")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("SELECT * { ?x a protest:March ; club:nick ?y }", "1:33", id="a prefix of nobody"),
        pytest.param("SELECT * { ?x a protest:March .\n  ?x ?y }", "2:3", id="later line"),
        pytest.param("SELECT * { ?x a protest:March", "1:30", id="cut off"),
        pytest.param("SELCT * { ?x a protest:March }", "1:1", id="first word"),
        pytest.param("SELECT ?x (COUNT(?y) AS ?n) { ?x protest:start ?y }", "1:1", id="grouping"),
    ],
)
def test_declared_prefixes_leave_the_place_of_a_mistake(text: str, place: str) -> None:
    with pytest.raises(UsageError) as error:
        queries.parse(text, "-e", declare=True)
    head, line, mark = str(error.value).split("\n")
    row, column = map(int, place.split(":"))
    assert head.startswith(f"-e:{place}: not valid SPARQL")
    assert (line, len(mark)) == (f"  {text.splitlines()[row - 1]}", 2 + column)


def test_terms_without_a_label_are_shortened(store: OxigraphStore) -> None:
    table = queries.run(store, queries.parse("SELECT DISTINCT ?p { ?s ?p ?o } ORDER BY ?p", "x"))
    assert isinstance(table, Table)
    shown = {row[0] for row in table.labelled()}
    assert {"rdf:type", "prov:wasDerivedFrom", "organiser"} <= shown
    assert not {s for s in shown if str(s).startswith("http")}
