"""A store gives back what was put in, appears only when it is whole, and says where there is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import store
from kg.errors import BuildNotFound, InputError, OutputError
from kg.link import link, load
from kg.quads import Quad, quads
from tests.builders import gazette, three_articles


@pytest.fixture(scope="module")
def content() -> list[Quad]:
    articles = three_articles()
    return list(quads(articles, link(articles, load())))


def rows(opened: store.Store, text: str) -> list[tuple[str, ...]]:
    found = opened.query(text)
    return [tuple(str(value.value) for value in row) for row in found]  # type: ignore[union-attr]


MARCHES = """PREFIX protest: <https://w3id.org/protest-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?label WHERE { ?march a protest:March ; rdfs:label ?label } ORDER BY ?label"""


def test_what_goes_in_comes_out(content: list[Quad], tmp_path: Path) -> None:
    store.write(content, tmp_path / "out" / "store")
    assert set(store.open_store(tmp_path / "out" / "store").quads()) == set(content)
    assert set(store.memory(content).quads()) == set(content)


def test_queries_see_the_union_of_all_graphs_once(content: list[Quad]) -> None:
    assert rows(store.memory(content), MARCHES) == [("march, Calmont",), ("march, Calmont, 2024-03-13",)]


def test_two_may_read_at_once(content: list[Quad], tmp_path: Path) -> None:
    store.write(content, tmp_path / "store")
    one, other = store.open_store(tmp_path / "store"), store.open_store(tmp_path / "store")
    assert rows(one, MARCHES) == rows(other, MARCHES)


def test_a_new_store_replaces_the_old_one_whole(content: list[Quad], tmp_path: Path) -> None:
    store.write(content, tmp_path / "store")
    smaller = list(quads([gazette()], link([gazette()], load())))
    store.write(smaller, tmp_path / "store")
    assert set(store.open_store(tmp_path / "store").quads()) == set(smaller)
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


def failing(content: list[Quad]) -> Iterator[Quad]:
    yield from content[:100]
    raise InputError("article 'x': is broken")


def test_a_build_that_fails_leaves_the_old_store(content: list[Quad], tmp_path: Path) -> None:
    store.write(content, tmp_path / "store")
    with pytest.raises(InputError, match="article 'x': is broken"):
        store.write(failing(content), tmp_path / "store")
    assert set(store.open_store(tmp_path / "store").quads()) == set(content)
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


def test_a_first_build_that_fails_leaves_nothing(content: list[Quad], tmp_path: Path) -> None:
    with pytest.raises(InputError):
        store.write(failing(content), tmp_path / "store")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("made", [None, "empty", "file", "broken"])
def test_no_store_is_named(tmp_path: Path, made: str | None) -> None:
    path = tmp_path / "store"
    if made == "file":
        path.write_text("x")
    elif made:
        path.mkdir()
    if made == "broken":
        (path / "CURRENT").write_text("MANIFEST-999\n")
    with pytest.raises(BuildNotFound, match=str(path)):
        store.open_store(path)


def test_what_is_no_store_is_not_overwritten(content: list[Quad], tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.mkdir()
    (path / "thesis.txt").write_text("three years of work")
    with pytest.raises(OutputError, match="is no store"):
        store.write(content, path)
    assert (path / "thesis.txt").read_text() == "three years of work"


def test_a_place_that_cannot_be_written_is_named(content: list[Quad], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="store: cannot be written"):
        store.write(content, tmp_path / "file" / "store")


def test_broken_sparql_is_a_syntax_error(content: list[Quad]) -> None:
    with pytest.raises(SyntaxError):
        store.memory([]).query("SELECT")
