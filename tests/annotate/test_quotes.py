"""Quotations are the words between the marks that editors use, and apostrophes open none."""

import pytest

from tests.annotate.marks import annotated, quoted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('He said "no more cuts" twice.', ["no more cuts"], id="straight"),
        pytest.param("He said “no more cuts” twice.", ["no more cuts"], id="curly"),
        pytest.param("She said 'no more cuts' twice.", ["no more cuts"], id="single"),
        pytest.param("She said ‘no more cuts’ twice.", ["no more cuts"], id="single-curly"),
        pytest.param("He said «plus jamais» in French.", ["plus jamais"], id="guillemets"),
        pytest.param("He said « plus jamais » in French.", ["plus jamais"], id="guillemets-with-spaces"),
        pytest.param('"One" and "two" and "three"', ["One", "two", "three"], id="several"),
        pytest.param('He said "we\'re tired" twice.', ["we're tired"], id="apostrophe-inside"),
        pytest.param(
            "She said: “We’ll win.” Then: ‘It’s over.’", ["We’ll win.", "It’s over."], id="curly-inside"
        ),
        pytest.param(
            "He said \"he told me 'go home' twice\" today.", ["he told me 'go home' twice"], id="nested"
        ),
        pytest.param(
            "“We will stay,” he said, “until June.”", ["We will stay,", "until June."], id="interrupted"
        ),
        pytest.param('They chanted ""Bread. Peace."" all day.', ["Bread. Peace."], id="doubled-marks"),
        pytest.param('They wrote ""Bread"", and an empty "" too.', ["Bread"], id="doubled-and-empty"),
    ],
)
def test_quoted_words(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The workers' union and the drivers' union met.", id="possessives"),
        pytest.param("It's the union's strike, isn't it?", id="contractions"),
        pytest.param("The strikes of the '90s and the '80s were long.", id="decades"),
        pytest.param('The 5" pipe and the 6" pipe burst.', id="inches"),
        pytest.param("The nurses’ march passed the dockers’ hall.", id="curly-possessives"),
        pytest.param("He said 'we go on and left.", id="single-never-closed"),
        pytest.param('An empty "" quotation.', id="empty"),
    ],
)
def test_no_quotation(text: str) -> None:
    assert quoted(text) == []


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert quoted('He said "we go on.\n\nThe march was over.') == ["we go on."]


def test_a_quotation_that_opens_again_gives_one_span_a_paragraph() -> None:
    assert quoted("“We go on.\n\n“And on,” she said.") == ["We go on.", "And on,"]


def test_marks_are_no_part_of_the_quotation() -> None:
    doc = annotated("He said “ no more cuts ” twice.")
    (span,) = doc.spans["quotes"]
    assert (doc[span.start - 1].text, doc[span.end].text) == ("“", "”")
