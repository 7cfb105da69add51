"""A figure with a place or day of its own tells of an event of its own, though its word is left out."""

from __future__ import annotations

import pytest

from kg.annotate.turnouts import turnouts
from kg.article import Article
from kg.facts import Event
from kg.pipeline import extract
from tests.annotate.marks import annotated


def hosts(text: str) -> dict[str, list[int]]:
    doc = annotated(text)
    return {doc[i].text: numbers for i, numbers in turnouts(doc).hosts.items()}


def stand_ins(text: str) -> list[tuple[str, str]]:
    """Figures and the words that they stand for."""
    doc = annotated(text)
    return [(doc[i].text, doc[word].text) for i, word in turnouts(doc).gaps.items()]


def test_a_crowd_is_found_at_its_host() -> None:
    assert hosts("About 3,000 nurses marched in Leeds.") == {"marched": [0]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Some 5,000 people marched in Leeds and 2,000 in York.", [("2,000", "marched")], id="in-a-row"
        ),
        pytest.param(
            "Some 5,000 people marched across Britain, including 2,000 in Leeds.",
            [("2,000", "marched")],
            id="part-of-the-whole",
        ),
        pytest.param(
            "About 5,000 nurses marched on Saturday, down from 9,000 the week before.",
            [("9,000", "marched")],
            id="day",
        ),
        pytest.param(
            "Some 5,000 people marched in Leeds. In York there were about 2,000.",
            [("2,000", "marched")],
            id="next-sentence",
        ),
        pytest.param(
            "Some 5,000 people marched in Leeds. Police in Leeds counted 2,000.", [], id="other-count"
        ),
        pytest.param(
            "Some 5,000 people marched on 2 March. Police counted 3,000 demonstrators on 9 March.",
            [("3,000", "demonstrators")],
            id="count-of-another-day",
        ),
        pytest.param("Between 2,000 and 5,000 people marched in Leeds on Saturday.", [], id="range"),
        pytest.param("Some 5,000 people marched in Leeds and 2,000 rallied in York.", [], id="own-word"),
    ],
)
def test_a_figure_stands_for_the_word_it_leaves_out(text: str, expected: list[tuple[str, str]]) -> None:
    assert stand_ins(text) == expected


FAR = "The union was founded in Leeds. Its hall is large. Its members are many. "


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        pytest.param(
            f"Some 50,000 people marched in Leeds. {FAR}About 800 nurses rallied there.", True, id="far"
        ),
        pytest.param(
            "Some 50,000 people marched in Leeds. About 800 nurses rallied there.", True, id="next-sentence"
        ),
        pytest.param(
            "Some 50,000 people marched in Leeds. The union said 80,000 marched.", False, id="other-count"
        ),
        pytest.param(
            f"Some 50,000 people marched in Leeds. {FAR}The union said 80,000 marched.",
            True,
            id="told-far-away",
        ),
        pytest.param(
            f"Thousands of people marched in Leeds. {FAR}Some 50,000 people marched.", False, id="vague"
        ),
        pytest.param(
            f"Hundreds of people marched in Leeds. {FAR}Some 50,000 people marched.", True, id="too-few"
        ),
    ],
)
def test_figures_that_cannot_both_be_right_tell_of_two_events(text: str, apart: bool) -> None:
    first, second = turnouts(annotated(text)).crowds.values()
    assert first.is_apart(second) == second.is_apart(first) == apart


def events_with_crowds(text: str) -> list[Event]:
    (found,) = extract([Article("a", "Nurses march", text, "en", published="2024-03-18")])
    return [v for v in found.events if v.crowds]


def test_each_city_has_its_event() -> None:
    text = "Some 5,000 nurses marched in Leeds on Saturday and 2,000 in York."
    leeds, york = events_with_crowds(text)
    assert [(c.low, v.triggers[-1].text) for v in (leeds, york) for c in v.crowds] == [
        (5000, "marched"),
        (2000, "marched"),
    ]


def test_crowds_that_cannot_be_one_are_of_two_events() -> None:
    text = f"Some 50,000 nurses marched in Leeds on Saturday. {FAR}About 800 nurses marched there in March."
    first, second = events_with_crowds(text)
    assert [c.low for v in (first, second) for c in v.crowds] == [50_000, 800]
