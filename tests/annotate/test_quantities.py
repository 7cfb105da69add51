"""Numbers of people with their bounds; shares, money, times and ages are no numbers of people."""

from __future__ import annotations

import pytest

from kg.annotate.cardinals import cardinal
from tests.annotate.marks import counted


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("12", 12, 12), ("3,000", 3000, 3000), ("more than 3,000", 3000, None), ("over 1,500", 1500, None),
        ("at least 40", 40, None), ("no fewer than 30", 30, None), ("up to 500", None, 500),
        ("fewer than 50", None, 50), ("no more than 50", None, 50), ("about 100", 100, 100),
        ("nearly 5000", 5000, 5000), ("some 12,000", 12000, 12000), ("200 to 300", 200, 300),
        ("200-300", 200, 300), ("1.2 million", 1_200_000, 1_200_000), ("two million", 2_000_000, 2_000_000),
        ("three hundred", 300, 300), ("two thousand five hundred", 2500, 2500), ("dozens", 24, None),
        ("scores", 40, None), ("hundreds", 200, None), ("thousands", 2000, None),
        ("tens of thousands", 20_000, None), ("hundreds of thousands", 200_000, None),
        ("several hundred", 200, None), ("several hundred thousand", 200_000, None),
        ("a hundred thousand", 100_000, 100_000), ("5 lakh", 500_000, 500_000),
        ("1,50,000", 150_000, 150_000), ("two crore", 20_000_000, 20_000_000), ("lakhs", 200_000, None),
        ("300k", 300_000, 300_000), ("1.2m", 1_200_000, 1_200_000),
        ("thousands upon thousands", 2000, None),
    ],
)  # fmt: skip
def test_bounds(words: str, low: int | None, high: int | None) -> None:
    of = "of " if words.endswith("s") else ""
    assert counted(f"Police said {words} {of}people marched in Leeds.") == [(words, low, high)]


def test_between_gives_both_bounds() -> None:
    ((_, low, high),) = counted("Between 15,000 and 20,000 people marched.")
    assert (low, high) == (15_000, 20_000)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Prices rose 5 percent and 7% and wages fell by 12 per cent.", id="shares"),
        pytest.param("They asked for $500 and €20 and £3,000 and 40 euros.", id="money"),
        pytest.param("The march was 12 km long and took 3 hours.", id="measures"),
        pytest.param("It starts at 5 p.m. and at 10:30.", id="times"),
        pytest.param("He is 45 years old.", id="age"),
        pytest.param("A car burned beside a tree.", id="one-thing"),
        pytest.param("A large crowd gathered in the park.", id="one-crowd"),
        pytest.param("Strikes from 1995 to 2012 were studied.", id="years"),
    ],
)
def test_what_counts_no_people(text: str) -> None:
    assert counted(text) == []


@pytest.mark.parametrize("text", ["Police arrested a student.", "Police arrested a 36-year-old man."])
def test_a_person_counts_one(text: str) -> None:
    assert counted(text) == [("a", 1, 1)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Police arrested two dozen students.", 24, 24),
        ("Half a million people marched.", 500_000, 500_000),
        ("More than a thousand people marched.", 1000, None),
        ("Sixty-six people or more were hurt.", 66, None),
    ],
)
def test_round_numbers_and_what_stands_behind(text: str, low: int, high: int | None) -> None:
    ((_, *bounds),) = counted(text)
    assert bounds == [low, high]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("15,000", "en", 15000), ("15 000", "fr", 15000), ("1.500", "de", 1500), ("0", "en", 0),
        ("twenty-five", "en", 25), ("three hundred", "en", 300), ("vingt-cinq", "fr", 25),
        ("many", "en", None), ("", "en", None), ("1,5", "en", None), ("12th", "en", None),
        ("1,2,3", "en", None),
    ],
)  # fmt: skip
def test_cardinals(text: str, lang: str, expected: int | None) -> None:
    assert cardinal(text, lang) == expected
