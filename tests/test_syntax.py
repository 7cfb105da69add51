"""A mistake in SPARQL is shown where it is."""

import pytest

from kg import syntax
from kg.errors import UsageError
from kg.query import catalogue

UNION = """# a { comment
SELECT * { # b {
  { ?a ?b ?c } UNION {
    ?a ?b ?c .
    OPTIONAL { ?d ?e }
  }
}"""
GROUPED = "PREFIX x: <x:>\nSELECT (COUNT(?x) AS ?n) ?y { ?x ?y ?z }"


def refused(text: str) -> list[str]:
    """Where, why, the line and the mark below it."""
    with pytest.raises(UsageError) as error:
        syntax.check(text, "q.rq")
    return str(error.value).split("\n")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        pytest.param("SELCT * { ?s ?p ?o }", "1:1", "cannot be read", id="first word"),
        pytest.param("DELETE WHERE { ?s ?p ?o }", "1:1", "cannot be read", id="update"),
        pytest.param("SELECT ?x WHERE { ?x ?y }", "1:19", "cannot be read", id="no object"),
        pytest.param("SELECT * {\n  ?a ?b ?c .\n  FILTR(?a)\n}", "3:3", "cannot be read", id="a word"),
        pytest.param("SELECT * { ?s ?p ?o } }", "1:23", "cannot be read", id="one brace more"),
        pytest.param(UNION, "5:16", "cannot be read", id="deep inside"),
        pytest.param("SELECT * {\n\t?a ?b ?c ;; ?d . ?e }", "2:14", "cannot be read", id="after a tab"),
        pytest.param("SELECT * {\r\n  ?a ?b\r\n}", "2:3", "cannot be read", id="lines of Windows"),
        pytest.param("SELECT * { ?s ?p ?o\n", "1:20", "ends before it is complete", id="cut off"),
        pytest.param("SELECT ?x\n{ ?x club:nick 'n' }", "2:6", "club: is not declared", id="unknown prefix"),
        pytest.param(
            "ASK { ?x a protest:March }", "1:12", "PREFIX protest: <https://w3id.org/", id="known prefix"
        ),
        pytest.param("PREFIX a: <x:>\nASK { ?x a:b _:c ; b:c 'd:e' }", "2:20", "b: is not", id="the second"),
        pytest.param("ASK { ?x a <March> }", "1:12", "begins with its scheme", id="relative IRI"),
        pytest.param(GROUPED, "2:1", "unbound", id="grouping"),
        pytest.param("SELECT * { ?s ?p ?o BIND(1 AS ?s) }", "1:36", "breaks a rule", id="bound twice"),
    ],
)
def test_the_place_of_a_mistake(text: str, place: str, reason: str) -> None:
    head, line, mark = refused(text)
    assert head.startswith(f"q.rq:{place}: not valid SPARQL: ") and reason in head
    row, column = map(int, place.split(":"))
    shown = text.split("\n")[row - 1].rstrip()
    assert (line, len(mark)) == (f"  {shown}", 2 + column)


def test_nothing_is_no_query() -> None:
    assert refused(" \n") == ["q.rq: is empty; a SPARQL query is needed"]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        pytest.param("ASK { ?s 'é日本' }", 6, id="the mark is before wide letters"),
        pytest.param("ASK { ?s ?p '日本'} }", 20, id="wide letters take two places"),
        pytest.param("ASK { ?s ?p 'e\u0301'} }", 17, id="accents none"),
        pytest.param("ASK { ?s ?p '\u202ea'} }", 17, id="nor what is not shown"),
    ],
)
def test_the_mark_stands_below_the_place(line: str, mark: int) -> None:
    assert refused(line)[2].index("^") - 2 == mark


def test_of_a_long_line_the_part_with_the_mistake_is_shown() -> None:
    _, line, mark = refused(f"SELECT {'?y ' * 100}{{ ?wrong ?z }} {'#' * 100}")
    assert len(line) <= 78
    assert line[mark.index("^") :].startswith("?wrong")


@pytest.mark.parametrize(
    "text", ["SELECT * " + "{" * 150, "SELECT * {" + "?a ?b ?c . " * 5000 + "?x ?y }"], ids=["deep", "long"]
)
def test_a_query_too_large_for_the_grammar_is_refused_all_the_same(text: str) -> None:
    assert refused(text)[0].startswith("q.rq:1:")


def test_what_ships_is_right() -> None:
    for query in catalogue():
        syntax.check(query.text, query.name)


CALL = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"
SILENT = CALL.replace("SERVICE", "service # a comment\n silent")
N = 20_000
DEEP, LONG = "deeper than 200", "more than 1000"
HIDDEN = "SELECT * { ?x ?p ?y FILTER(?x<?y)SERVICE?s#>\n{ ?s ?p ?o } }"


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        pytest.param(f"SELECT * {{ {CALL} }}", True, id="plain"),
        pytest.param(f"SELECT * {{ {SILENT} }}", True, id="silent"),
        pytest.param(f'SELECT * {{ ?s ?p "{CALL}" }}', False, id="in a string"),
        pytest.param(f"SELECT * {{ ?s ?p ?service }} # {CALL}", False, id="variable and comment"),
        pytest.param(
            "PREFIX service: <http://a/service#> ASK { ?s service:p <http://a/SERVICE> }", False, id="names"
        ),
    ],
)
def test_calls_to_other_servers_are_seen_and_never_made(text: str, calls: bool) -> None:
    syntax.check(text, "q.rq")
    assert syntax.calls_out(text) is calls


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("PREFIX : <http://a.example/> SELECT * { SERVICE:p { ?s ?p ?o } }", id="no blank"),
        pytest.param(HIDDEN, id="in what looks like an IRI"),
    ],
)
def test_calls_that_are_dressed_up_are_not_made_either(text: str) -> None:
    assert syntax.calls_out(text)
    with pytest.raises(UsageError):
        syntax.check(text, "q.rq")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("SELECT * " + "{" * N + "?s ?p ?o" + "}" * N, DEEP, id="groups"),
        pytest.param("ASK { FILTER(" + "(" * N + "1" + ")" * N + ") }", DEEP, id="parentheses"),
        pytest.param("ASK { ?s ?p " + "[ ?p " * N + "1" + "]" * N + " }", DEEP, id="blank nodes"),
        pytest.param("ASK { FILTER(" + "!" * N + "true) }", LONG, id="not"),
        pytest.param("ASK { FILTER(" + "||".join(["?s"] * N) + ") }", LONG, id="or"),
        pytest.param("ASK { FILTER(" + "+".join(["1"] * N) + ") }", LONG, id="sum"),
        pytest.param("ASK { " + "{ ?s ?p ?o } UNION " * N + "{ ?s ?p ?o } }", LONG, id="union"),
        pytest.param("ASK { " + "OPTIONAL { ?s ?p ?o } " * N + "}", LONG, id="optional"),
    ],
)  # fmt: skip
def test_what_would_end_the_process_is_refused(text: str, says: str) -> None:
    head, _, mark = refused(text)
    assert "cannot be answered: " in head and says in head
    assert mark.strip() == "^"


def test_what_is_long_but_flat_is_fine() -> None:
    names = " ".join(f"<http://a.example/{n}>" for n in range(5_000))
    rows = " ".join(f"(<http://a.example/{n}> '(')" for n in range(5_000))
    syntax.check(f"SELECT * {{ VALUES ?a {{ {names} }} VALUES (?b ?c) {{ {rows} }} }}", "q.rq")
