"""Names, texts and numbers are alike as the rules of scoring have it."""

from __future__ import annotations

import pytest
from alike import close, is_acronym, match, names_alike, normal, token_f1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The CGT", "cgt", id="article"),
        pytest.param("L’Humanité", "humanite", id="elision-and-accent"),
        pytest.param("Britain's unions", "britain unions", id="possessive"),
        pytest.param("“Yellow-Vests”!", "yellow vests", id="punctuation"),
        pytest.param("…", "", id="nothing"),
    ],
)
def test_a_normal_form(text: str, expected: str) -> None:
    assert normal(text) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param("higher pay", "Higher pay!", 1.0, id="same"),
        pytest.param("higher pay", "pay", 2 / 3, id="half"),
        pytest.param("no no no", "no", 0.5, id="repeated"),
        pytest.param("pay", "rest", 0.0, id="other"),
        pytest.param("…", "!", 1.0, id="both-empty"),
        pytest.param("…", "pay", 0.0, id="one-empty"),
    ],
)
def test_shared_words(a: str, b: str, expected: float) -> None:
    assert token_f1(a, b) == token_f1(b, a) == expected


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        pytest.param("NUM", "National Union of Mineworkers", True, id="capitals"),
        pytest.param("NUOM", "National Union of Mineworkers", True, id="all-words"),
        pytest.param("N.U.M.", "National Union of Mineworkers", True, id="dots"),
        pytest.param("Num", "National Union of Mineworkers", False, id="small-letters"),
        pytest.param("P", "Police", False, id="one-word"),
        pytest.param("RMT", "National Union of Mineworkers", False, id="other"),
    ],
)
def test_acronyms(short: str, long: str, expected: bool) -> None:
    assert is_acronym(short, long) is expected
    assert (names_alike(long, short) > 0) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param(1000, 1010, True, id="within-one-percent"),
        pytest.param(1000, 1020, False, id="beyond"),
        pytest.param(0, 0, True, id="nought"),
        pytest.param(None, None, True, id="both-missing"),
        pytest.param(None, 5, False, id="one-missing"),
    ],
)
def test_close_numbers(a: int | None, b: int | None, expected: bool) -> None:
    assert close(a, b) is close(b, a) is expected


def test_the_most_alike_are_matched_first_and_once() -> None:
    assert match([10, 20], [19, 11, 12], lambda a, b: 1 - abs(a - b) / 10, 0.5) == {0: 1, 1: 0}
    assert match([10], [10, 10], lambda a, b: float(a == b), 1) == {0: 0}
    assert match([10], [15], lambda a, b: 1 - abs(a - b) / 10, 0.6) == {}
