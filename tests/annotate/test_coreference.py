"""Names of one thing are one entity, names of two things are two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.coreference import Clusters, acronyms, normal
from tests.annotate.marks import annotated, clusters


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Laurent Nuñez’s", "laurent nunez"), ("Workers' Union", "workers union"), ("O'Brien", "o brien"),
        ("  Port\nAllen ", "port allen"), ("Strauß", "strauss"), ("A.C.M.E.", "a c m e"), ("…", ""), ("", ""),
    ],
)  # fmt: skip
def test_normal(name: str, expected: str) -> None:
    assert normal(name) == expected


@given(st.text(max_size=40))
def test_normal_changes_nothing_twice(name: str) -> None:
    assert normal(normal(name)) == normal(name)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Trades Union Congress", "TUC"), ("Confederation of Dock Workers", "CDW"),
        ("Confederation of Dock Workers", "CODW"), ("Franco-Belgian Rail Union", "FBRU"),
    ],
)  # fmt: skip
def test_acronyms(name: str, short: str) -> None:
    assert short in acronyms(name)


def test_no_letters_no_acronym() -> None:
    assert acronyms("…  -") == set()


def test_clusters_are_named_by_their_first() -> None:
    found = Clusters(5)
    found.join(3, 1)
    found.join(4, 3)
    assert found.by_first() == [(0, [0]), (1, [1, 3, 4]), (2, [2])]


@pytest.mark.parametrize(
    ("text", "one"),
    [
        pytest.param(
            "Anna Kowalski spoke at the rally in Leeds. The crowd cheered when Kowalski left.",
            ("Anna Kowalski", "Kowalski"),
            id="surname",
        ),
        pytest.param(
            "The Harbour Workers Union (HWU) called a strike in Leeds. The HWU asks for more pay.",
            ("HWU", "Harbour Workers Union"),
            id="acronym-in-parentheses",
        ),
        pytest.param(
            "The Confederation of Dock Workers called a strike in Leeds. The CDW asks for more pay.",
            ("CDW", "Confederation of Dock Workers"),
            id="acronym-later",
        ),
    ],
)
def test_one_entity(text: str, one: tuple[str, ...]) -> None:
    assert one in clusters(text)


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        pytest.param(
            "Anna Kowalski met John Miller in Leeds.", ("Anna Kowalski", "John Miller"), id="two-persons"
        ),
        pytest.param("Nurses marched in Leeds and in Manchester.", ("Leeds", "Manchester"), id="two-places"),
    ],
)
def test_two_entities(text: str, apart: tuple[str, str]) -> None:
    assert {(name,) for name in apart} <= clusters(text)


def test_ids_follow_the_order_of_first_mention() -> None:
    doc = annotated("Anna Kowalski met John Miller in Leeds. Miller left Leeds before Kowalski did.")
    firsts = list(dict.fromkeys(span.id_ for span in doc.spans["mentions"]))
    assert firsts == [f"e{n}" for n in range(1, len(firsts) + 1)] and len(firsts) == 3
