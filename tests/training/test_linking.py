"""The measures of linking are those of the literature, and the main event is what an article is about."""

from __future__ import annotations

import pytest
from linking import Truth, b_cubed, main_event, most_told, pairs

from tests.builders import Draft

TRUE = {(id, ""): story for id, story in zip("abcde", "xxxyy", strict=True)}


@pytest.mark.parametrize(
    ("found", "b3", "pairwise"),
    [
        ("11122", "1.000 1.000 1.000", "1.000 1.000 1.000"),
        ("12345", "1.000 0.400 0.571", "0.000 0.000 0.000"),
        ("11111", "0.520 1.000 0.684", "0.400 1.000 0.571"),
        ("11222", "0.733 0.733 0.733", "0.500 0.500 0.500"),
    ],
    ids=["perfect", "apart", "together", "one astray"],
)
def test_measures(found: str, b3: str, pairwise: str) -> None:
    clusters = dict(zip(TRUE, found, strict=True))
    assert (str(b_cubed(TRUE, clusters)), str(pairs(TRUE, clusters))) == (b3, pairwise)


def test_the_main_event_is_of_these_days_and_no_riot() -> None:
    d = Draft(
        "a",
        "t",
        "Riot, riots, rioting; a rally, a protest; marches, marched, marching, march.",
        published="2024-03-14",
    )
    d.event("v1", "Riot", ["Riot", "riots", "rioting"])
    d.event("v2", "Demonstration", ["rally", "protest"], start=d.when("2024-03-13", "rally"))
    d.event("v3", "March", ["marches", "marched", "marching", "march"], start=d.when("2023-11", "march"))
    main, told = main_event(d.facts()), most_told(d.facts())
    assert main and told and (main.id, told.id) == ("v2", "v3")


def test_truth_is_by_name_unless_the_table_says_else() -> None:
    d = Draft("en-0050", "t", "The Interior Ministry and Mr Castaner; the police of Macron.")
    d.entity("e1", "Ministry", "Interior Ministry")
    d.entity("e2", "Person", "Castaner")
    truth = Truth()
    ministry, minister = d.facts().entities
    assert truth.thing("en-0050", ministry) == "interior ministry"
    assert truth.thing("en-0001", ministry) == "french interior ministry"
    assert truth.thing("en-0050", minister) == "christophe castaner"
