"""Values keep their precision and survive every file."""

import pytest
from rdflib import XSD, Graph, Literal, URIRef

from kg.quads.lines import nquads, term
from kg.quads.literals import day, event_label, number, text


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2024-03-13", XSD.date),
        ("2024-03", XSD.gYearMonth),
        ("2024", XSD.gYear),
        ("--03-13", XSD.gMonthDay),
        ("--02-29", XSD.gMonthDay),
        ("2024-02-31", None),
        ("2024-13", None),
        ("--13-01", None),
        ("13 March", None),
        ("", None),
        ("20240313", None),
    ],
)
def test_dates_have_the_type_of_their_precision(value: str, datatype: URIRef | None) -> None:
    assert (str(day(value)), day(value).datatype) == (value, datatype)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (15000, "15000"),
        (0.9, "0.9"),
        (1.0, "1.0"),
        (0.0, "0.0"),
        (1 / 3, "0.3333"),
        (0.00001, "0.0"),
        (1e-4, "0.0001"),
    ],
)
def test_numbers_are_written_as_turtle_abbreviates_them(value: float, written: str) -> None:
    assert str(number(value)) == written


@pytest.mark.parametrize(
    "words",
    [
        "plain",
        'a "quote" \\ and \n\r\t',
        "\x00\x01\x7f\x85",
        "\u202eabc\u200f",
        "🚒 é",
        "<script>",
        "=cmd()",
        "",
    ],
)
def test_any_text_survives_n_quads(words: str) -> None:
    s, g = URIRef("http://x.example/s"), URIRef("http://x.example/g")
    (line,) = nquads([(s, s, text(words), g)])
    assert (line.count("\n") == 1 and line.isprintable()) or line[:-1].isprintable()
    (found,) = Graph().parse(data=line.replace(f" <{g}>", ""), format="nt").objects()
    assert found == Literal(words)


@pytest.mark.parametrize(
    ("place", "start", "words", "label"),
    [
        ("Calmont", "2024-03-13", "rally", "strike, Calmont, 2024-03-13"),
        (None, "2024", "walkout", "strike, 2024"),
        (None, None, "walkout", "strike: walkout"),
        (None, None, "Strike", "strike"),
        (None, None, None, "strike"),
    ],
)
def test_events_are_called_by_place_and_day_or_else_by_their_words(
    place: str | None, start: str | None, words: str | None, label: str
) -> None:
    assert str(event_label("Strike", place, start, words)) == label


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert str(text("a\ud800b")) == "a\ufffdb"


def test_languages_and_types_are_written() -> None:
    assert term(Literal("grève", lang="fr")) == '"grève"@fr'
    assert term(number(3)) == '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'
