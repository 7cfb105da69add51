"""Parameters are data: whatever a user types, the query keeps its shape in two engines."""

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg import parameter
from kg.errors import BadParameter

ECHO = 'SELECT ?value WHERE { VALUES ?_value { "" } BIND(?_value AS ?value) }'

HOSTILE = [
    pytest.param('" } } DROP ALL #', id="closing quote"),
    pytest.param("\\", id="backslash at the end"),
    pytest.param('\\" } #', id="escaped quote"),
    pytest.param("\\u0022 } #", id="codepoint escape, which engines may replace before they parse"),
    pytest.param("\\\\u0022 } #", id="codepoint escape behind two backslashes"),
    pytest.param("\\U00000022 } #", id="long codepoint escape"),
    pytest.param("a\nb\r\tc", id="line ends"),
    pytest.param("\0\x01\x1f", id="control characters"),
    pytest.param("<script>alert(1)</script>", id="markup"),
    pytest.param("\u202e\u2066 \U0001f525 é", id="right to left marks and beyond the basic plane"),
    pytest.param("# ?_value { } VALUES", id="words of SPARQL"),
    pytest.param("'''", id="other quotes"),
]


def echoed(value: str) -> tuple[str, str]:
    """What Oxigraph and rdflib read when a string is bound."""
    text = parameter.fill(ECHO, {"value": parameter.term("string", value)})
    (row,) = ox.Store().query(text)  # type: ignore[union-attr]
    (other,) = rdflib.Graph().query(text)
    return row["value"].value, str(other[0])


@pytest.mark.parametrize("value", HOSTILE)
def test_a_string_is_what_every_engine_reads(value: str) -> None:
    assert echoed(value) == (value, value)


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\t\r\\uU\"'0\n{}#"), max_size=12))
def test_no_string_breaks_out(value: str) -> None:
    assert echoed(value) == (value, value)


@pytest.mark.parametrize(
    ("type_", "value", "term"),
    [
        pytest.param("integer", "12", "12", id="integer"),
        pytest.param("integer", "", "UNDEF", id="no integer"),
        pytest.param("decimal", "0.50", "0.50", id="decimal"),
        pytest.param("decimal", "+3", "3.0", id="whole decimal"),
        pytest.param("decimal", "", "UNDEF", id="no decimal"),
        pytest.param("date", "2021-05", '"2021-05"', id="month"),
        pytest.param("date", "", '""', id="no date"),
        pytest.param("iri", "https://x.example/a", "<https://x.example/a>", id="iri"),
        pytest.param("iri", "", "UNDEF", id="no iri"),
        pytest.param("class", "March", "<https://w3id.org/protest-kg/ontology#March>", id="class"),
        pytest.param("class", "protest:March", "<https://w3id.org/protest-kg/ontology#March>", id="prefixed"),
        pytest.param("class", "", "UNDEF", id="no class"),
    ],
)
def test_terms(type_: str, value: str, term: str) -> None:
    assert parameter.term(type_, value) == term


@pytest.mark.parametrize(
    ("type_", "value", "says"),
    [
        pytest.param("integer", "1.5", "whole number", id="broken"),
        pytest.param("integer", "1 } #", "whole number", id="more than a number"),
        pytest.param("integer", "١", "whole number", id="digits of another script"),
        pytest.param("decimal", "1e5", "decimal", id="exponent"),
        pytest.param("decimal", "NaN", "decimal", id="no number"),
        pytest.param("date", "2021-13", "YYYY-MM-DD", id="month 13"),
        pytest.param("date", "19/05/2021", "YYYY-MM-DD", id="other order"),
        pytest.param("date", "2021-05-19\n", "YYYY-MM-DD", id="line end"),
        pytest.param("iri", "no iri", "IRI", id="space"),
        pytest.param("iri", "http://x/> } #", "IRI", id="closing bracket"),
        pytest.param("iri", "http://x/\\u003E", "IRI", id="escape"),
        pytest.param("class", "Marsh", "did you mean March", id="typo"),
        pytest.param("class", "march", "did you mean March", id="lower case"),
        pytest.param("class", "qqq", "kg vocab", id="nothing near"),
        pytest.param("class", "organizer", "no class", id="a property"),
        pytest.param("string", "\udc80", "Unicode", id="half a character"),
    ],
)
def test_values_that_do_not_fit(type_: str, value: str, says: str) -> None:
    with pytest.raises(BadParameter, match=says):
        parameter.term(type_, value)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param('VALUES ?_a { "" }', ["a"], id="string"),
        pytest.param('values $_a{ """}""" }', ["a"], id="other spelling"),
        pytest.param('VALUES ?_a { 1 } VALUES ?_b { "}"@en } VALUES ?_a { 1 }', ["a", "b", "a"], id="many"),
        pytest.param("VALUES ?a { 1 }", [], id="no underscore: a column"),
        pytest.param("# VALUES ?_a { 1 }\nVALUES ?_b { <http://x/#c> }", ["b"], id="comment"),
        pytest.param('BIND("VALUES ?_a { 1 }" AS ?x)', [], id="in a string"),
        pytest.param("VALUES (?_a) { (1) }", [], id="a table"),
        pytest.param("VALUES ?_a { }", [], id="nothing to replace"),
        pytest.param("VALUES ?_a { 1", [], id="never closed"),
        pytest.param("VALUES", [], id="cut off"),
    ],
)
def test_slots(text: str, names: list[str]) -> None:
    assert [s.name for s in parameter.slots(text)] == names


def test_fill_replaces_every_block_of_a_name_and_nothing_else() -> None:
    text = 'VALUES ?_a { 1 } # VALUES ?_a { 1 }\nVALUES ?_b { "x" } VALUES ?_a {1}'
    filled = parameter.fill(text, {"a": "22", "c": "3"})
    assert filled == 'VALUES ?_a { 22 } # VALUES ?_a { 1 }\nVALUES ?_b { "x" } VALUES ?_a {22}'


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        pytest.param('""', "", id="empty"),
        pytest.param('"a b"', "a b", id="string"),
        pytest.param("UNDEF", "", id="undefined"),
        pytest.param("protest:March", "March", id="class"),
        pytest.param("<http://x/a>", "http://x/a", id="iri"),
        pytest.param("1", "1", id="number"),
    ],
)
def test_defaults_as_a_user_would_write_them(term: str, shown: str) -> None:
    assert parameter.default(term) == shown


@pytest.mark.parametrize("given", [["actor"], ["=x"], [""], ["a=1", "a=2"]], ids=str)
def test_malformed_assignments(given: list[str]) -> None:
    with pytest.raises(BadParameter):
        parameter.assignments(given)


def test_an_assignment_splits_at_the_first_equals_sign() -> None:
    assert parameter.assignments(["a=b=c", "d="]) == {"a": "b=c", "d": ""}
