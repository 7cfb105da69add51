"""Every kind of store, empty, to be filled: each test that takes one runs on all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset

from kg.store import OxigraphStore, RdflibStore, RemoteStore, Store, memory
from kg.store.endpoint import endpoint
from tests import virtuoso
from tests.store import servers

# Seconds until a server that hangs fails the test that asked it.
PATIENCE = {"KG_STORE_TIMEOUT": "40"}
LOGIN = {"KG_STORE_USER": virtuoso.USER, "KG_STORE_PASSWORD": virtuoso.PASSWORD, **PATIENCE}


@pytest.fixture(scope="session")
def oxigraph_url() -> Iterator[str]:
    """An Oxigraph server, which does not show its named graphs in its default graph unless asked to."""
    if not servers.OXIGRAPH:
        pytest.skip("the Oxigraph server is not installed: pip install oxigraph")
    with servers.oxigraph() as url:
        yield url


@pytest.fixture(scope="session")
def virtuoso_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not (virtuoso.SERVER and virtuoso.CLIENT):
        pytest.skip(f"Virtuoso is not installed: {virtuoso.INSTALL}")
    with virtuoso.virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running.url


Made = Callable[[pytest.FixtureRequest], Store]


def _remote(request: pytest.FixtureRequest, name: str, environment: Mapping[str, str]) -> RemoteStore:
    """The endpoint of a fixture, emptied of what other tests put there."""
    store = RemoteStore(endpoint(request.getfixturevalue(name), environment))
    for graph in store.graphs():
        if graph.startswith(("https://w3id.org/", "urn:test")):
            store.drop(graph)
    return store


def _on_disk(request: pytest.FixtureRequest) -> Store:
    folder: Path = request.getfixturevalue("tmp_path_factory").mktemp("store")
    return OxigraphStore(ox.Store(str(folder)))


STORES: Mapping[str, Made] = {
    "disk": _on_disk,
    "memory": lambda request: memory(),
    "rdflib": lambda request: RdflibStore(Dataset()),
    "oxigraph server": lambda request: _remote(request, "oxigraph_url", PATIENCE),
    "virtuoso": lambda request: _remote(request, "virtuoso_url", LOGIN),
}
