"""Known things are found by any of their labels, and only among things of their kind."""

from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.link.knowledge import KnowledgeBase, Known, Name, family
from kg.link.known_files import load


@pytest.fixture(scope="module")
def seeds() -> KnowledgeBase:
    return load()


def test_what_ships_is_found_in_both_languages(seeds: KnowledgeBase) -> None:
    english = seeds.find("organization", "General Confederation of Labour")
    assert english and english == seeds.find("organization", "CONFEDERATION GENERALE DU TRAVAIL")
    assert english.label == "General Confederation of Labour" and english.type == "Union"
    assert len(seeds.known) > 300


def test_kinds_never_mix(seeds: KnowledgeBase) -> None:
    assert seeds.find("place", "Paris") and not seeds.find("person", "Paris")


def test_every_seed_goes_by_names_of_its_own(seeds: KnowledgeBase) -> None:
    for thing in seeds.known:
        country = {name.text: thing.country if name.kind == "hidden" else None for name in thing.names}
        assert all(seeds.find(family(thing.type), name, of) == thing for name, of in country.items())


def test_a_name_that_two_share_finds_neither() -> None:
    shared = Name("FO", "fr", "other")
    two = [
        Known(f"http://x.example/{i}", "Union", f"Union {i}", (shared, Name(f"Union {i}", None)))
        for i in "ab"
    ]
    knowledge = KnowledgeBase.of(two)
    assert knowledge.find("organization", "fo") is None
    assert knowledge.find("organization", "union a") == two[0]


@pytest.mark.parametrize(
    ("turtle", "says"),
    [
        ("<http://x.example/a> <http://x.example/p> 1 .", "needs one rdf:type"),
        ("no turtle", "cannot be read as Turtle"),
    ],
    ids=["no label", "no turtle"],
)
def test_a_broken_base_says_what_is_wrong(tmp_path: Path, turtle: str, says: str) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(turtle)
    with pytest.raises(ResourceError, match=says) as caught:
        load(path)
    assert "mine.ttl" in str(caught.value)
