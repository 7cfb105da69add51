"""Days are resolved to the right side of publication, and a period never becomes a day."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.calendar import names, nearest_weekday, nearest_year, shifted, whole

THURSDAY = date(2024, 3, 14)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
SIDES = st.sampled_from([-1, 1])


@pytest.mark.parametrize(
    ("day", "direction", "strict", "expected"),
    [
        pytest.param(0, -1, False, "2024-03-11", id="monday-before"),
        pytest.param(0, 1, False, "2024-03-18", id="monday-after"),
        pytest.param(3, -1, False, "2024-03-14", id="the-day-itself-before"),
        pytest.param(3, 1, False, "2024-03-14", id="the-day-itself-after"),
        pytest.param(3, -1, True, "2024-03-07", id="last"),
        pytest.param(3, 1, True, "2024-03-21", id="next"),
        pytest.param(4, -1, False, "2024-03-08", id="tomorrow's-name-before"),
        pytest.param(2, 1, False, "2024-03-20", id="yesterday's-name-after"),
    ],
)
def test_weekdays(day: int, direction: int, strict: bool, expected: str) -> None:
    assert nearest_weekday(day, THURSDAY, direction, strict).isoformat() == expected


@given(st.integers(0, 6), DAYS, SIDES, st.booleans())
def test_a_weekday_lies_within_a_week_on_the_right_side(
    day: int, published: date, side: int, strict: bool
) -> None:
    found = nearest_weekday(day, published, side, strict)
    distance = (found - published).days * side
    assert found.weekday() == day
    assert (1 <= distance <= 7) if strict else (0 <= distance <= 6)


@pytest.mark.parametrize(
    ("month", "day", "published", "direction", "expected"),
    [
        pytest.param(3, 12, "2024-03-14", -1, 2024, id="this-month"),
        pytest.param(12, 31, "2024-01-02", -1, 2023, id="new-year's-eve-in-january"),
        pytest.param(1, 5, "2023-12-28", 1, 2024, id="january-in-december"),
        pytest.param(12, 31, "2023-12-31", -1, 2023, id="the-day-itself"),
        pytest.param(11, None, "2024-01-20", -1, 2023, id="month-before-new-year"),
        pytest.param(2, None, "2023-11-20", 1, 2024, id="month-after-new-year"),
        pytest.param(3, None, "2024-03-14", 1, 2024, id="the-month-itself"),
        pytest.param(5, 1, "2024-03-14", 1, 2024, id="ahead"),
        pytest.param(2, 1, "2024-03-14", 1, 2025, id="the-coming-one"),
        pytest.param(5, 1, "2024-03-14", -1, 2024, id="ten-months-ago-is-the-coming-one"),
        pytest.param(10, 1, "2024-03-14", -1, 2023, id="five-months-ago-is-past"),
    ],
)
def test_years(month: int, day: int | None, published: str, direction: int, expected: int) -> None:
    assert nearest_year(month, day, date.fromisoformat(published), direction) == expected


@given(st.integers(1, 12), st.integers(1, 28), DAYS, SIDES)
def test_a_day_of_a_month_lies_within_a_year_of_publication(
    month: int, day: int, published: date, side: int
) -> None:
    found = date(nearest_year(month, day, published, side), month, day)
    if side > 0:
        assert published <= found <= published + timedelta(days=366)
    else:
        assert published - timedelta(days=366) <= found < published + timedelta(days=31 * 5)


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        (-1, "day", "2024-03-13"), (0, "day", "2024-03-14"), (1, "day", "2024-03-15"),
        (-14, "day", "2024-02-29"),
        (-1, "week", "2024-03"), (-2, "week", "2024-02"), (1, "week", "2024-03"),
        (-1, "month", "2024-02"), (-3, "month", "2023-12"), (10, "month", "2025-01"),
        (-1, "year", "2023"), (1, "year", "2025"),
    ],
)  # fmt: skip
def test_shifts(number: int, unit: str, expected: str) -> None:
    assert shifted(number, unit, THURSDAY) == expected


@given(st.integers(-900, 900), st.sampled_from(["week", "month", "year"]), DAYS)
def test_a_period_never_becomes_a_day(number: int, unit: str, published: date) -> None:
    assert re.fullmatch(r"\d{4}" if unit == "year" else r"\d{4}-\d\d", shifted(number, unit, published))


@given(st.integers(-400, 400), DAYS)
def test_days_are_counted_exactly(number: int, published: date) -> None:
    assert date.fromisoformat(shifted(number, "day", published)) - published == timedelta(days=number)


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        pytest.param(2021, 5, 19, "2021-05-19", id="whole"),
        pytest.param(2021, 5, None, "2021-05", id="month"),
        pytest.param(None, 1, 31, "--01-31", id="no-year"),
        pytest.param(None, 1, None, None, id="month-alone"),
        pytest.param(2023, 2, 29, None, id="no-leap-year"),
        pytest.param(2024, 2, 29, "2024-02-29", id="leap-year"),
        pytest.param(2024, 4, 31, None, id="no-such-day"),
        pytest.param(None, 4, 32, None, id="no-such-day-in-any-month"),
    ],
)
def test_whole_dates(year: int | None, month: int, day: int | None, expected: str | None) -> None:
    assert whole(year, month, day) == expected


def test_english_names() -> None:
    known = names("en")
    assert [known.weekdays[w] for w in ("monday", "thursday", "sunday")] == [0, 3, 6]
    assert [known.months[w] for w in ("january", "may", "december")] == [1, 5, 12]
    assert known.phrases["yesterday",] == (-1, "day")
    assert known.phrases["last", "month"] == (-1, "month")
    assert known.phrases["next", "year"] == (1, "year")
    assert "ago" in known.ago


def test_french_names_come_without_a_line_of_code() -> None:
    known = names("fr")
    assert (known.weekdays["mercredi"], known.months["août"], known.phrases["hier",]) == (2, 8, (-1, "day"))
