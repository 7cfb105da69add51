"""The graph in Oxigraph: in a folder, which appears only when it is complete, or in memory.

>>> store = memory([])
>>> bool(store.query("ASK { ?s ?p ?o }"))
False
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef

from kg import terms
from kg.errors import BuildNotFound, InputError, OutputError, StoreError, UnknownName
from kg.quads import Quad, Triple, ontology_quads
from kg.quads.lines import nquads, ntriples
from kg.store.interface import Found
from kg.store.terms import quad

# The file by which Oxigraph's storage knows its own folders.
_SIGN = "CURRENT"
_AT_ONCE = 4096  # lines that are handed to Oxigraph together


class OxigraphStore:
    """An Oxigraph store, on disk or in memory."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def query(self, text: str) -> Found:
        return self._store.query(text, use_default_graph_as_union=True)

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        name = None if graph is None else ox.NamedNode(graph)
        for found in self._store.quads_for_pattern(None, None, None, name):
            yield quad(found.subject, found.predicate, found.object, found.graph_name)

    def graphs(self) -> Mapping[str, int]:
        found = self._store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        assert isinstance(found, ox.QuerySolutions)
        return {row["g"].value: int(row["n"].value) for row in found}

    def replace(self, graph: str, triples: Iterable[Triple]) -> None:
        name, lines = ox.NamedNode(graph), ntriples((s, p, o, URIRef(graph)) for s, p, o in triples)
        with _changing():
            self._store.remove_graph(name)
            self._store.load(_reader(lines), format=ox.RdfFormat.N_TRIPLES, to_graph=name)

    def drop(self, graph: str) -> None:
        with _changing():
            self._store.remove_graph(ox.NamedNode(graph))


def open_store(path: Path) -> OxigraphStore:
    """The store in a folder, opened for reading; several programs may do so at once.

    Raises:
        BuildNotFound: there is none.
    """
    if not (path / _SIGN).is_file():
        raise BuildNotFound(f"{path}: holds no graph; make one with kg build")
    try:
        return OxigraphStore(ox.Store.read_only(str(path)))
    except OSError as error:
        raise BuildNotFound(f"{path}: cannot be opened: {error}; build it again") from error


def memory(quads: Iterable[Quad] = ()) -> OxigraphStore:
    """A store of these quads in memory."""
    store = ox.Store()
    _load(store, quads)
    return OxigraphStore(store)


def is_rdf(path: Path) -> bool:
    """Whether this is a file with the suffix of a format of RDF.

    >>> is_rdf(Path("no-such-file.ttl"))
    False
    """
    return path.is_file() and _format_of(path) is not None


def read_file(path: Path) -> OxigraphStore:
    """A store in memory of what a file of RDF holds: .trig, .nq, .ttl, .nt, .jsonld or .rdf.

    A file without named graphs makes one graph, which the file's IRI names. Where the file has not the
    ontology, as `graph.ttl` has not, it is added: questions ask it what is a kind of what.

    Raises:
        UnknownName: no format of RDF has this suffix.
        InputError: the file cannot be read.
    """
    format_ = _format_of(path)
    if format_ is None:
        raise UnknownName(f"{path}: is no file of RDF; such a file ends in .trig, .nq, .ttl, .nt or .jsonld")
    store = ox.Store()
    name = None if format_.supports_datasets else ox.NamedNode(path.resolve().as_uri())
    try:
        with path.open("rb") as file:
            store.bulk_load(file, format=format_, to_graph=name)
    except SyntaxError as error:
        raise InputError(f"{path}: cannot be read as {format_.name}: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if not store.query(f"ASK {{ GRAPH ?g {{ <{terms.protest.Article}> ?p ?o }} }}"):
        _load(store, ontology_quads())
    return OxigraphStore(store)


def _format_of(path: Path) -> ox.RdfFormat | None:
    return ox.RdfFormat.from_extension(path.suffix.removeprefix("."))


def write(quads: Iterable[Quad], path: Path) -> None:
    """Write a store of these quads to a folder, in place of the store that was there.

    It is made beside the folder and moved there when it is complete: whatever happens, the folder holds
    the old store or the new one.

    Raises:
        OutputError: the place cannot be written, or holds something else than a store.
    """
    if path.exists() and not (path / _SIGN).is_file() and not _is_empty_folder(path):
        raise OutputError(f"{path}: is no store of kg build; move it away or choose another folder")
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _fill(part, quads)
        _swap(part, path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _fill(path: Path, quads: Iterable[Quad]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(path, ignore_errors=True)
    store = ox.Store(str(path))
    _load(store, quads)
    store.flush()


def _swap(new: Path, path: Path) -> None:
    old = new.with_name(f"{new.name}.old")
    if path.exists():
        path.rename(old)
    new.rename(path)
    shutil.rmtree(old, ignore_errors=True)


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


@contextmanager
def _changing() -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the store cannot be changed: {error}") from error


def _load(store: ox.Store, quads: Iterable[Quad]) -> None:
    store.bulk_load(_reader(nquads(quads)), format=ox.RdfFormat.N_QUADS)


def _reader(lines: Iterator[str]) -> io.BufferedReader:
    return io.BufferedReader(_Lines(lines), 1 << 20)


class _Lines(io.RawIOBase):
    """Lines as a stream of bytes, so that a corpus of any size goes through."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = memoryview("".join(islice(self._lines, _AT_ONCE)).encode())
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
