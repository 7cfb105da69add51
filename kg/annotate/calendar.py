"""Dates with the precision that the words give, resolved against the day of publication.

Names of days, months and units, and phrases such as "last month", are dateparser's, in every language it has.
How news means them is decided here (ECOSYSTEM §8.2): a weekday is the last such day up to and including that
of publication, the next one when the clause is about the future; a month without a year is the nearest in
that direction; a period never becomes a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import import_module

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SATURDAY = 5
LONG_AGO = 8  # months
LEAP = 2000  # a year that has every day
RELATIVE = re.compile(r"(?:in )?(\d+) (day|week|month|year)(?: ago)?")
SHORTEST = 3  # letters of an abbreviated name


@dataclass(frozen=True, slots=True)
class Names:
    """Lower-case word → number: Monday is 0, January 1. `phrases` maps words to signed (number, unit)."""

    weekdays: dict[str, int]
    months: dict[str, int]
    units: dict[str, str]
    ago: frozenset[str]
    phrases: dict[tuple[str, ...], tuple[int, str]]


@cache
def names(lang: str) -> Names:
    """dateparser's date words of a language."""
    info = import_module(f"dateparser.data.date_translation_data.{lang}").info
    phrases: dict[tuple[str, ...], tuple[int, str]] = {}
    for meaning, texts in info["relative-type"].items():
        found = RELATIVE.fullmatch(meaning)
        if found:
            sign = 1 if meaning.startswith("in ") else -1
            phrases |= {tuple(t.replace("'", "' ").split()): (sign * int(found[1]), found[2]) for t in texts}
    return Names(
        {w.lower(): i for i, d in enumerate(WEEKDAYS) for w in info[d] if len(w) >= SHORTEST},
        {w.lower(): i for i, m in enumerate(MONTHS, 1) for w in info[m] if len(w) >= SHORTEST},
        {w.lower(): u for u in ("day", "week", "month", "year") for w in info[u] if len(w) > 1},
        frozenset(w for text in info["ago"] for w in text.split()[-1:]),
        phrases,
    )


def nearest_weekday(day: int, published: date, direction: int, strict: bool) -> date:
    """The day of the week at or before (-1), or at or after (+1) publication; `strict` leaves it out."""
    shift = (published.weekday() - day) % 7 if direction < 0 else (day - published.weekday()) % 7
    if strict and shift == 0:
        shift = 7
    return published + direction * timedelta(days=shift)


def nearest_year(month: int, day: int | None, published: date, direction: int) -> int:
    """The year that puts a month, or a day of it, nearest before or after publication.

    A date that would lie `LONG_AGO` or more in the past is the coming one: news says the year of old dates.
    """
    ahead = (month - published.month) % 12
    if ahead == 0:
        gone = day is not None and day < published.day
        return published.year + (gone and direction > 0)
    coming = published.year + (published.month + ahead - 1) // 12
    return coming if direction > 0 or 12 - ahead >= LONG_AGO else coming - 1


def shifted(number: int, unit: str, published: date) -> str | None:
    """A number of days, weeks, months or years from publication: a day for days, else the month or year.

    None when that lies outside the calendar.
    """
    months = published.year * 12 + published.month - 1 + number * {"month": 1, "year": 12}.get(unit, 0)
    try:
        day = published + timedelta(days=number * {"day": 1, "week": 7}.get(unit, 0))
        first = date(months // 12, months % 12 + 1, 1)
    except (OverflowError, ValueError):
        return None
    return {
        "day": day.isoformat(),
        "week": day.isoformat()[:7],
        "month": first.isoformat()[:7],
        "year": first.isoformat()[:4],
    }[unit]


def whole(year: int | None, month: int, day: int | None) -> str | None:
    """`YYYY-MM-DD`, `YYYY-MM` or `--MM-DD`; None when there is no such day, or neither day nor year."""
    if year is None:
        return f"--{month:02d}-{day:02d}" if day and whole(LEAP, month, day) else None
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
