"""The dates of a text: the words that give them and the day, month or year they mean."""

from __future__ import annotations

import pytest

from tests.annotate.marks import annotated, dated


def nurses(words: str) -> str:
    return f"Nurses marched in Leeds {words}."


@pytest.mark.parametrize(
    ("words", "found", "value"),
    [
        pytest.param("on Monday", "Monday", "2024-03-11", id="weekday"),
        pytest.param("on Thursday", "Thursday", "2024-03-14", id="the-day-of-publication"),
        pytest.param("last Thursday", "Thursday", "2024-03-07", id="last-weekday"),
        pytest.param("last weekend", "weekend", "2024-03-09", id="last-weekend"),
        pytest.param("on 12 March", "12 March", "2024-03-12", id="day-and-month"),
        pytest.param("on March 12", "March 12", "2024-03-12", id="month-and-day"),
        pytest.param("on 31 December", "31 December", "2023-12-31", id="before-new-year"),
        pytest.param("on 3 May 2021", "3 May 2021", "2021-05-03", id="with-year"),
        pytest.param("on May 3, 2021", "May 3, 2021", "2021-05-03", id="with-year-american"),
        pytest.param("on Tuesday, 12 March", "Tuesday, 12 March", "2024-03-12", id="weekday-and-date"),
        pytest.param("on Feb. 3", "Feb. 3", "2024-02-03", id="abbreviated"),
        pytest.param("on 1st February", "1st February", "2024-02-01", id="ordinal"),
        pytest.param("in April 2023", "April 2023", "2023-04", id="month-and-year"),
        pytest.param("in February", "February", "2024-02", id="month"),
        pytest.param("in 2019", "2019", "2019", id="year"),
        pytest.param("yesterday", "yesterday", "2024-03-13", id="yesterday"),
        pytest.param("today", "today", "2024-03-14", id="today"),
        pytest.param("two days ago", "two days ago", "2024-03-12", id="days-ago-in-words"),
        pytest.param("10 days ago", "10 days ago", "2024-03-04", id="days-ago-in-digits"),
        pytest.param("three weeks ago", "three weeks ago", "2024-02", id="weeks-ago"),
        pytest.param("last week", "last week", "2024-03", id="last-week"),
        pytest.param("last month", "last month", "2024-02", id="last-month"),
        pytest.param("last year", "last year", "2023", id="last-year"),
        pytest.param("on 2024-03-12", "2024-03-12", "2024-03-12", id="iso"),
        pytest.param("on the 5th of March", "5th of March", "2024-03-05", id="ordinal-of-month"),
        pytest.param("in July last year", "July last year", "2023-07", id="month-of-last-year"),
        pytest.param("in January of this year", "January of this year", "2024-01", id="month-of-this-year"),
        pytest.param("last night", "last night", "2024-03-13", id="last-night"),
        pytest.param("this morning", "this morning", "2024-03-14", id="this-morning"),
        pytest.param("on New Year's Eve", "New Year's Eve", "2023-12-31", id="feast"),
        pytest.param("a year ago", "a year ago", "2023", id="a-year-ago"),
    ],
)
def test_past(words: str, found: str, value: str) -> None:
    assert dated(nurses(words)) == [(found, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("Nurses will march in Leeds on Monday.", "2024-03-18", id="weekday"),
        pytest.param("Nurses will march in Leeds next Thursday.", "2024-03-21", id="next-weekday"),
        pytest.param("Nurses will march in Leeds on 2 January.", "2025-01-02", id="after-new-year"),
        pytest.param("Nurses will march in Leeds tomorrow.", "2024-03-15", id="tomorrow"),
        pytest.param("Nurses will march in Leeds next month.", "2024-04", id="next-month"),
        pytest.param("A march is planned for Saturday in Leeds.", "2024-03-16", id="planned-weekday"),
        pytest.param("Unions have called for a march on Monday.", "2024-03-18", id="called-for"),
        pytest.param("Unions urge nurses to march on Monday.", "2024-03-18", id="urged"),
        pytest.param("Nurses could march in Leeds on Monday.", "2024-03-18", id="could"),
        pytest.param("She faces trial in June.", "2024-06", id="month-of-the-present"),
        pytest.param("Trains stop ahead of Friday's march.", "2024-03-15", id="nearest-weekday"),
    ],
)
def test_future(text: str, value: str) -> None:
    assert [v for _, v in dated(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("They had called for a march on Monday.", "2024-03-11", id="pluperfect"),
        pytest.param("The march was set up on Monday.", "2024-03-11", id="set-up-is-no-plan"),
        pytest.param("They have been marching since Saturday.", "2024-03-09", id="since"),
        pytest.param("The talks followed Monday's march.", "2024-03-11", id="of-a-noun"),
    ],
)
def test_tense_decides_on_the_side_of_publication(text: str, value: str) -> None:
    assert [v for _, v in dated(text)] == [value]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("the next day", ("the next day", "2024-03-06"), id="next-day"),
        pytest.param("two days later", ("two days later", "2024-03-07"), id="days-later"),
        pytest.param("two days earlier", ("two days earlier", "2024-03-03"), id="days-earlier"),
        pytest.param("the week before", ("the week before", "2024-02"), id="week-before"),
        pytest.param("the previous Tuesday", ("Tuesday", "2024-02-27"), id="previous-weekday"),
    ],
)
def test_a_date_that_counts_from_the_one_before(words: str, expected: tuple[str, str]) -> None:
    assert dated(f"Nurses marched on 5 March. Drivers marched {words}.")[-1] == expected


def test_days_before_an_event_do_not_count_from_the_last_date() -> None:
    assert dated("Nurses marched on 5 March, two days before the vote.") == [("5 March", "2024-03-05")]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        pytest.param("from 6 to 9 March", "2024-03-06", "2024-03-09", id="from-to"),
        pytest.param("on 6-9 March", "2024-03-06", "2024-03-09", id="hyphen"),
        pytest.param("on March 6-9", "2024-03-06", "2024-03-09", id="american"),
        pytest.param("on 6, 7 and 9 March", "2024-03-06", "2024-03-09", id="list"),
        pytest.param("on 6 March", "2024-03-06", None, id="one-day"),
    ],
)
def test_ranges_have_an_end(words: str, start: str, end: str | None) -> None:
    group = annotated(nurses(words)).spans["dates"]
    assert group.attrs["values"][0][0] == start
    assert group.attrs["ends"] == [end]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("on 31 January", ["--01-31"], id="day-and-month"),
        pytest.param("on 3 May 2021", ["2021-05-03"], id="with-year"),
        pytest.param("in April 2023", ["2023-04"], id="month-and-year"),
        pytest.param("on Monday", [], id="weekday"),
        pytest.param("yesterday", [], id="yesterday"),
        pytest.param("in April", [], id="month"),
        pytest.param("last weekend", [], id="weekend"),
        pytest.param("last year", [], id="year"),
    ],
)
def test_without_a_date_of_publication_nothing_is_guessed(words: str, expected: list[str]) -> None:
    assert [value for _, value in dated(nurses(words), None)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("LEEDS, March 12, 2021 - Nurses marched on Monday.", "2021-03-08", id="wire"),
        pytest.param("By Jane Doe\n12 May 2021\nNurses marched on Friday.", "2021-05-07", id="own-line"),
    ],
)
def test_a_dateline_stands_in_for_the_date_of_publication(text: str, expected: str) -> None:
    assert dated(text, None)[-1][1] == expected


def test_publication_wins_over_the_dateline() -> None:
    assert dated("LEEDS, March 12, 2021 - Nurses marched on Monday.")[-1] == ("Monday", "2024-03-11")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The sun rose and the cat sat down.", id="sun-and-sat"),
        pytest.param("Protesters may march again, and may not.", id="may"),
        pytest.param("May it rain for ever.", id="may-first"),
        pytest.param("Ministers met Theresa May in Leeds.", id="may-the-minister"),
        pytest.param("He may be 12 years old.", id="may-and-a-number"),
        pytest.param("The second march of the year began.", id="march"),
        pytest.param("She bought 2000 apples.", id="number-like-a-year"),
        pytest.param("A dollar costs 1900 pesos.", id="price-like-a-year"),
        pytest.param("Nurses met on 30 February.", id="no-such-day"),
    ],
)
def test_words_that_are_no_dates(text: str) -> None:
    assert dated(text) == []


def test_basis_says_whether_the_words_give_the_date_whole() -> None:
    doc = annotated("Nurses marched on 3 May 2021 and on Monday.")
    assert [basis for _, basis in doc.spans["dates"].attrs["values"]] == ["stated", "relative"]
