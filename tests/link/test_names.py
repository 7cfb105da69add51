"""Spellings that are one name have one key; names that differ never share a slug."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts import Source
from kg.link.names import is_acronym, is_description, key, local_names, name_slug, slug
from tests.builders import Draft


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Laurent Nuñez", "laurent nunez"),
        ("ministère de l’Intérieur", "Ministère de l'Intérieur"),
        ("Unité SGP Police-FO", "unite sgp police fo"),
        ("Blue  Watch\nUnion", "Blue Watch Union"),
    ],
    ids=["accents", "apostrophes", "hyphens", "spaces"],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("BWU", "Blue Watch Union", True),
        ("CGT", "Confédération générale du travail", True),
        ("UDS", "Union des soignants", True),
        ("BWU", "Big Harbour Lobby", False),
        ("Bwu", "Blue Watch Union", False),
        ("B", "Blue Watch Union", False),
        ("AB", "Abacus", False),
        ("NWU", "Blue Watch Union", False),
    ],
)
def test_acronyms(short: str, long: str, expected: bool) -> None:
    assert is_acronym(short, long) is expected


@given(st.text(max_size=100), st.text(max_size=100))
def test_different_texts_have_different_valid_slugs(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) is (one == other)
    assert slug(one).replace("-", "").replace("_", "").isascii()
    assert slug(one)[0].isalnum() and "--" not in slug(one)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Blue Watch Union", "blue-watch-union"),
        ("Nuñez", "nunez"),
        ("警察", "x__"),
        ("!!!", "x__"),
        ("a/b\\c", "a-b-c"),
    ],
)
def test_slugs_of_names(name: str, expected: str) -> None:
    assert name_slug(name).startswith(expected)


def test_descriptions_are_groups_and_words_without_capitals() -> None:
    d = Draft("a", "t", "The government met Officers and the Senate.")
    d.entity("e1", "GovernmentBody", "government")
    d.entity("e2", "Group", "Officers")
    d.entity("e3", "GovernmentBody", "Senate")
    assert [is_description(e) for e in d.entities] == [True, True, False]


def test_local_names_are_readable_and_unique_in_the_article() -> None:
    d = Draft("a", "t", "The Assembly voted in the Assembly. A march and a march.")
    d.entity("e1", "GovernmentBody", "Assembly")
    d.entity("e2", "Place", ("Assembly", 1))
    d.entity("e3", "Person", "voted")
    d.event("v1", "March", ["march"])
    d.event("v2", "March", [("march", 1)])
    names = local_names(d.facts())
    assert names["e3"] == "voted" and names["e1"] == "assembly--e1"
    assert len(set(names.values())) == 5
    assert d.facts().article == Source("a", "en", "t")
