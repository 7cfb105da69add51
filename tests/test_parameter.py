"""Parameters are data: whatever a user types, the query keeps its shape in two engines."""

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg import parameter
from kg.errors import BadParameter
from kg.parameter import Parameter

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
    pytest.param("\u2028\u2029\x85\x0b\x0c", id="line ends of Unicode, which are none in SPARQL"),
    pytest.param("\ufeff\u200b\ufffe\uffff", id="marks and characters that are none"),
    pytest.param("?x $y ?_value } UNION { ?s ?p ?o", id="variables"),
    pytest.param("PREFIX x: <http://x/> SERVICE <http://127.0.0.1/> {}", id="a call to another server"),
    pytest.param("${HOME} $(id) `id` %s {0} {value}", id="what other templates fill in"),
    pytest.param("a" * 1_000_000, id="a million letters"),
    pytest.param("\\" * 9_999, id="many backslashes"),
    pytest.param('"' * 9_999, id="many quotes"),
    pytest.param("cafe\u0301 caf\u00e9", id="accents of two kinds stay two"),
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


INJECTED = "1 } } INSERT DATA { <x:a> <x:b> <x:c> } #"
EVERY_TYPE = {
    "string": "a", "integer": "1", "decimal": "1.5", "date": "2024-05", "iri": "http://x/", "class": "March",
}  # fmt: skip


@pytest.mark.parametrize("type_", EVERY_TYPE)
@pytest.mark.parametrize(
    "tail",
    [
        "\n", "\r\n", "\0", " ", "\t", "}", " } #", "#", '"', "'", "\\", "\\u0022", "\u202e", "é",
        "\U0001f525", ">", "<", "\u00a0", "\u2028", "{", "?x", ")", ";", ".", "\ufeff", INJECTED,
    ],
    ids=ascii,
)  # fmt: skip
def test_nothing_can_be_added_to_a_value(type_: str, tail: str) -> None:
    """Of every type, a value with a tail is refused, or is one term and no more."""
    for value in (EVERY_TYPE[type_] + tail, tail + EVERY_TYPE[type_]):
        try:
            term = parameter.term(type_, value)
        except BadParameter:
            continue
        text = parameter.fill('SELECT * { VALUES ?_value { "" } }', {"value": term})
        (row,) = ox.Store().query(text)  # type: ignore[union-attr]
        assert len(row) == 1
        assert [t.lastgroup for t in parameter.tokens(text)] == [
            "word", "other", "other", "word", "variable", "other", *_one_term(term), "other", "other",
        ]  # fmt: skip


def _one_term(term: str) -> list[str | None]:
    return [t.lastgroup for t in parameter.tokens(term)][:1]


@pytest.mark.parametrize("half", ["\ud83d", "\udd25", "a\ud800b", "\udfff\ud800"], ids=ascii)
@pytest.mark.parametrize("type_", EVERY_TYPE)
def test_half_a_character_is_refused(type_: str, half: str) -> None:
    with pytest.raises(BadParameter):
        parameter.term(type_, half)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        pytest.param("yaer", "is none of year, month, day; did you mean year", id="typo"),
        pytest.param("week", "is none of year, month, day$", id="nothing near"),
        pytest.param("Year", "is none of", id="capitals"),
        pytest.param('year" } #', "is none of", id="hostile"),
    ],
)
def test_choices_are_kept(value: str, says: str) -> None:
    by = Parameter("by", "string", "month", "how long", ("year", "month", "day"))
    with pytest.raises(BadParameter, match=says):
        parameter.bound(by, value)
    assert (parameter.bound(by, "day"), parameter.bound(by, "")) == ('"day"', '""')


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param('VALUES ?_a { "" }', ["a"], id="string"),
        pytest.param('values $_a{ """}""" }', ["a"], id="other spelling"),
        pytest.param('VALUES ?_a { 1 } VALUES ?_b { "}"@en } VALUES ?_a { 1 }', ["a", "b", "a"], id="many"),
        pytest.param("VALUES ?a { 1 }", [], id="no underscore: a column"),
        pytest.param("# VALUES ?_a { 1 }\nVALUES ?_b { <http://x/#c> }", ["b"], id="comment"),
        pytest.param(
            "# VALUES ?_a { 1 }\rVALUES ?_b { 1 }", ["b"], id="a comment ends with the line of a Mac"
        ),
        pytest.param("<http://x/\xa0#> VALUES ?_b { 1 }", ["b"], id="an IRI with a blank of Unicode"),
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
