"""How an article is set changes nothing of what is found in it, nor where."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from kg.annotate.reading import common_words, plain
from kg.article import Article
from kg.pipeline import base, extract

TITLE = "Thousands of nurses march in Leeds as union calls strike"
BODY = """\
Some 3,000 nurses marched through Leeds on Saturday, police said, after the Health Workers Union called a \
strike.

"We will not give in to the ministry," said Anna Kowalski, who leads the Health Workers Union in the north \
of England and has worked in the same hospital for twenty years. Police arrested 12 people near the station.

The union wants higher pay. Talks with the ministry failed on Thursday, and no new date was set for them."""


@pytest.fixture(scope="module")
def is_common() -> Callable[[str], bool]:
    return common_words(base("en"))


@pytest.mark.parametrize(
    ("title", "body", "read"),
    [
        pytest.param(
            "Police Clash With Students at Brown University Rally",
            "He left Brown University. The clash came late.",
            "Police clash with students at Brown University rally",
            id="title-case",
        ),
        pytest.param(
            "MACRON MEETS THE UNIONS AFTER CLASHES IN LYON",
            "Unions met President Macron in Lyon.",
            "Macron meets the unions after clashes in Lyon",
            id="capitals",
        ),
        pytest.param(
            "Strikes Spread Through Kenya, Uganda",
            "It rained.",
            "Strikes spread through Kenya, Uganda",
            id="places-the-body-leaves-out",
        ),
        pytest.param(
            "U.S. Workers Strike Over Amazon’s Pay",
            "Many strike. They left Amazon.",
            "U.S. workers strike over Amazon’s pay",
            id="abbreviation-and-possessive",
        ),
        pytest.param(
            "Anna Kowalski and Piotr Nowak win",
            "It rained.",
            "Anna Kowalski and Piotr Nowak win",
            id="names",
        ),
        pytest.param(TITLE, BODY, TITLE, id="ordinary"),
        pytest.param("Nurses March", "It rained.", "Nurses March", id="too-short-to-tell"),
        pytest.param("İZMİR MARCH GROWS AS STRIKE SPREADS", "x", None, id="letters-that-would-grow"),
    ],
)
def test_headlines(title: str, body: str, read: str | None, is_common: Callable[[str], bool]) -> None:
    found = plain(title, body, is_common)
    assert len(found) == len(title) + len(body) + 2
    assert read is None or found == f"{read}\n\n{body}"


@pytest.mark.parametrize(
    ("body", "read"),
    [
        pytest.param(textwrap.fill(BODY.split("\n\n")[1], 70), BODY.split("\n\n")[1], id="column"),
        pytest.param("We want:\n- more pay\n- more time\n- more staff", None, id="list"),
        pytest.param(
            "One paragraph of forty or more characters.\nAnother one.\nA third.", None, id="paragraphs"
        ),
        pytest.param("a\u00a0b\u202fc\u2009d\u200be\tf", "a b c d e f", id="spaces"),
        pytest.param("", "", id="nothing"),
        pytest.param(
            "The march was called off despite\n\nconcessions\n\nby the ministry.\n\nIt rained.",
            "The march was called off despite  concessions  by the ministry.\n\nIt rained.",
            id="links-on-lines-of-their-own",
        ),
        pytest.param(
            "Many nurses were out again in\n\nlast weekend\n\n's marches.",
            "Many nurses were out again in  last weekend  's marches.",
            id="link-in-the-possessive",
        ),
        pytest.param("Police lined the avenue near\n\nThe ministry is silent.", None, id="new-sentence"),
        pytest.param("Hide caption of the photo Two\n\n1 of 39", None, id="caption"),
        pytest.param("world\n\nnews\n\neurope", None, id="labels"),
    ],
)
def test_bodies(body: str, read: str | None, is_common: Callable[[str], bool]) -> None:
    assert plain("News", body, is_common) == f"News\n\n{body if read is None else read}"


def wrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(paragraph, 64) for paragraph in text.split("\n\n"))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param(TITLE.title(), BODY, id="title-case"),
        pytest.param(TITLE.upper(), BODY, id="capitals"),
        pytest.param(TITLE, wrapped(BODY), id="column"),
        pytest.param(TITLE, BODY.replace(" ", "\u00a0"), id="no-break-spaces"),
    ],
)
def test_the_same_facts_are_found_and_stand_as_they_are_set(title: str, body: str) -> None:
    ordinary, other = (
        Article("a", TITLE, BODY, "en", published="2024-03-18"),
        Article("a", title, body, "en", published="2024-03-18"),
    )
    expected, found = extract([ordinary, other])
    assert [(s.start, s.end) for s in found.spans()] == [(s.start, s.end) for s in expected.spans()]
    assert all(other.content[s.start : s.end] == s.text for s in found.spans())
    assert [e.name.casefold() for e in found.entities] == [e.name.casefold() for e in expected.entities]
    assert {v.type for v in expected.events} >= {"March", "Strike", "Arrest"}
