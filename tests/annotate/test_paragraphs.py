"""No sentence runs over a line break, and the questions about paragraphs are answered by line breaks."""

from itertools import pairwise

import pytest

from kg.annotate.syntax import paragraph_numbers, title_end
from tests.annotate.marks import annotated


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Teachers on strike\n\nTeachers in Leeds stopped work.", id="title"),
        pytest.param("Teachers and\nnurses marched.", id="inside-a-sentence"),
        pytest.param("- more pay\n- more staff\n- more time", id="list"),
        pytest.param("The union,\n\n \n\t\nwhich called the march, left.", id="several-breaks"),
        pytest.param("the union\r\n\r\nmarched", id="windows"),
    ],
)
def test_a_sentence_starts_after_every_line_break(text: str) -> None:
    doc = annotated(text)
    words = [token for token in doc if not token.is_space]
    firsts = [b for a, b in pairwise(words) if "\n" in doc.text[a.idx + len(a) : b.idx]]
    assert firsts and all(token.is_sent_start for token in firsts)
    assert not any("\n" in sentence.text.strip() for sentence in doc.sents)


def test_paragraphs_are_numbered_by_line_breaks() -> None:
    doc = annotated("One two\n\nThree\nFour five")
    numbers = paragraph_numbers(doc)
    assert {token.text: numbers[token.i] for token in doc if not token.is_space} == {
        "One": 0, "two": 0, "Three": 1, "Four": 2, "five": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [("One two\n\nThree", 2), ("One two", 2)], ids=["body", "no-body"]
)
def test_the_title_ends_at_the_first_line_break(text: str, expected: int) -> None:
    assert title_end(annotated(text)) == expected
