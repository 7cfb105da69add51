"""A knowledge base is read from Turtle or a table, and says what is wrong with either."""

from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.link import link, load, load_with
from kg.link.knowledge import KnowledgeBase
from tests.link.test_entities import naming, paths

PREFIXES = """@prefix protest: <https://w3id.org/protest-kg/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <http://schema.org/> .
"""
TABLE = "name,type,also,lang,country,match\nBlue Watch Union,Union,BWU|Blue Watch,en,FR,https://x.example/1\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_adds_to_what_ships(table: Path) -> None:
    knowledge = load_with([table])
    found = knowledge.find("organization", "bwu")
    assert found and found.iri.endswith("/organization/blue-watch-union")
    assert (found.country, found.matches) == ("FR", ("https://x.example/1",))
    assert knowledge.find("organization", "CGT")
    assert len(knowledge.known) == len(load().known) + 1


def test_a_thing_of_the_same_iri_takes_the_place_of_the_one_that_ships(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,type\nCGT,Union\n", encoding="utf-8")
    found = load_with([path]).find("organization", "CGT")
    assert found and found.label == "CGT"


def test_turtle_with_offices_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        PREFIXES
        + """<http://x.example/ana> a protest:Person ; skos:prefLabel "Ana Duvall" .
<http://x.example/chair> a org:Post ; skos:prefLabel "chair of the Port" ; schema:addressCountry "FR" .
<http://x.example/t> a org:Membership ;
    org:member <http://x.example/ana> ; org:role <http://x.example/chair> ;
    schema:startDate "2020" ; schema:endDate "2022" .
""",
        encoding="utf-8",
    )
    knowledge = load(path)
    office = knowledge.office("Chair of the port", "FR")
    assert office and not knowledge.office("chair of the port", "DE")
    assert [k.label for k in knowledge.holders(office.iri, "2021-05-01")] == ["Ana Duvall"]
    assert [k.label for k in knowledge.holders(office.iri, "2022-12-31")] == ["Ana Duvall"]
    assert knowledge.holders(office.iri, "2023-01-01") == ()


BROKEN = {
    "no type": ("a.csv", "name,type\nCGT,\n", "a.csv:2: needs a name and a type"),
    "unknown type": ("a.csv", "name,type\nCGT,Guild\n", "a.csv:2: protest:Guild: no such term"),
    "unknown column": ("a.csv", "name,kind\nCGT,Union\n", "no column is called 'kind'"),
    "not UTF-8": ("a.csv", "name,type\n\udcff,Union\n", "cannot be read as a table"),
    "no label": ("a.ttl", "<http://x.example/a> a protest:Union .", "needs one rdf:type .* skos:prefLabel"),
    "holder unknown": (
        "a.ttl",
        "<http://x.example/t> a org:Membership ; org:member <http://x.example/a> ; org:role <http://x.example/>.",
        "holds an office, but is not described",
    ),
    "no role": (
        "a.ttl",
        "<http://x.example/t> a org:Membership ; org:member <http://x.example/a> .",
        "needs one role, has 0",
    ),
    "missing": ("b.ttl", None, "cannot be read as Turtle"),
}


@pytest.mark.parametrize(("name", "content", "says"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_wrong_is_said(tmp_path: Path, name: str, content: str | None, says: str) -> None:
    path = tmp_path / name
    if content is not None:
        text = PREFIXES + content if name.endswith("ttl") else content
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ResourceError, match=says):
        load(path)


def test_unknown_actors_have_stable_names_of_their_own(table: Path) -> None:
    known = link([naming("a", "Union", "BWU")], load_with([table]))
    unknown = link([naming("a", "Union", "Harbour Crews")], KnowledgeBase())
    assert paths(known)[0].endswith("/id/organization/blue-watch-union")
    assert paths(unknown) == ["organization/harbour-crews"]
