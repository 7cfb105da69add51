"""A store that was filled holds what the source holds and what others put there, however often it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from kg.errors import StoreError, UsageError
from kg.facts import ArticleFacts
from kg.link import KnowledgeBase, link
from kg.quads import Quad, Triple, quads
from kg.store import Filled, OxigraphStore, Store, base_of, fill, memory, open_store, remote, write
from tests.builders import gazette, post, three_articles
from tests.store.conftest import STORES

BASE = "https://w3id.org/protest-kg/id/"
THEIRS: Triple = (URIRef("urn:test:a"), URIRef("urn:test:b"), Literal("not ours"))
OTHERS = ("urn:test:graph", "https://w3id.org/protest-kg/idle", f"{BASE}notes")
"""Graphs that are none of ours, some with names that look like it."""


@pytest.fixture(params=STORES)
def empty(request: pytest.FixtureRequest) -> Store:
    return STORES[request.param](request)


def dataset(*articles: ArticleFacts, base: str | None = None) -> OxigraphStore:
    return memory(quads(articles, link(articles, KnowledgeBase()), base=base))


def ours(store: Store) -> set[Quad]:
    return {q for q in store.quads() if str(q[3]).startswith((f"{BASE}article/", f"{BASE}graph/"))}


def test_twice_is_once(empty: Store) -> None:
    source = dataset(*three_articles())
    number = len(source.graphs())
    for _ in range(2):
        assert fill(empty, source) == Filled(number, len(list(source.quads())), ())
        assert ours(empty) == set(source.quads())


def test_what_is_gone_is_removed_and_what_is_not_ours_stays(empty: Store) -> None:
    for graph in OTHERS:
        empty.replace(graph, [THEIRS])
    fill(empty, dataset(*three_articles()))
    smaller = dataset(post(), gazette())
    done = fill(empty, smaller)
    assert done.removed == (f"{BASE}article/courrier-3",)
    assert ours(empty) == set(smaller.quads())
    assert [set(empty.quads(g)) for g in OTHERS] == [{(*THEIRS, URIRef(g))} for g in OTHERS]


def test_two_bases_live_side_by_side(empty: Store) -> None:
    other = dataset(gazette(), base="https://w3id.org/x/")
    fill(empty, dataset(post()))
    fill(empty, other)
    fill(empty, dataset(post()))
    assert {q for q in empty.quads() if q[3].startswith("https://w3id.org/x/")} == set(other.quads())
    with pytest.raises(UsageError, match=r"2 bases: .*/id/, .*/x/"):
        base_of(empty)


def test_after_an_interruption_it_is_done_again(empty: Store) -> None:
    class Broken(OxigraphStore):
        def quads(self, graph: str | None = None) -> Iterator[Quad]:
            if graph and graph.endswith("/post-12"):
                raise KeyboardInterrupt
            return super().quads(graph)

    source = dataset(*three_articles())
    with pytest.raises(KeyboardInterrupt):
        fill(empty, Broken(source._store))
    assert 0 < len(ours(empty)) < len(list(source.quads()))
    fill(empty, source)
    assert ours(empty) == set(source.quads())


def test_batches_add_up(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "BATCH", 5000)
    source = dataset(post())
    fill(empty, source)
    assert ours(empty) == set(source.quads())


@pytest.mark.parametrize("number", [0, 3])
def test_a_graph_is_replaced(empty: Store, number: int) -> None:
    graph = "urn:test:replaced"
    triples: Sequence[Triple] = [(THEIRS[0], THEIRS[1], Literal(f"new {n}")) for n in range(number)]
    empty.replace(graph, [THEIRS])
    empty.replace(graph, triples)
    assert {q[:3] for q in empty.quads(graph)} == set(triples)
    assert empty.graphs().get(graph, 0) == number
    empty.drop(graph)
    empty.drop(graph)
    assert graph not in empty.graphs()


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[str, int, int | None]] = []
    source = dataset(post())
    fill(memory(), source, progress=lambda *step: told.append(step))
    number = len(list(source.quads()))
    assert told[-1] == ("Pushing triples", number, number) and len(told) == 1 + number // 1000


def test_a_store_that_loses_triples_is_found_out() -> None:
    class Lossy(OxigraphStore):
        def replace(self, graph: str, triples: object) -> None:
            super().replace(graph, list(triples)[1:])  # type: ignore[call-overload]

    with pytest.raises(StoreError, match=r"article/post-12: was sent \d+ triples, but the store holds \d+"):
        fill(Lossy(memory()._store), dataset(post()))


def test_nothing_is_no_source() -> None:
    with pytest.raises(UsageError, match="no graph of kg"):
        fill(memory(), memory())


def test_what_is_opened_for_reading_is_not_changed(tmp_path: Path) -> None:
    write(dataset(post()).quads(), tmp_path / "store")
    with pytest.raises(StoreError, match="cannot be changed"):
        fill(open_store(tmp_path / "store"), dataset(post()))
