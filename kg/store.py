"""The graph in a store: Oxigraph in a folder, which appears only when it is complete, or in memory.

    >>> store = memory([])
    >>> bool(store.query("ASK { ?s ?p ?o }"))
    False

Queries see the union of all named graphs as their default graph.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
from rdflib import XSD, Literal, URIRef

from kg.errors import BuildNotFound, InputError, OutputError
from kg.quads import Object, Quad
from kg.quads.lines import nquads

Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

# The file by which Oxigraph's storage knows its own folders.
_SIGN = "CURRENT"
_AT_ONCE = 4096  # lines that are handed to Oxigraph together


class Store(Protocol):
    """What the rest asks of a store, whichever engine is behind it."""

    def query(self, text: str) -> Found:
        """The result of a SPARQL 1.1 query over the union of all graphs.

        Raises:
            SyntaxError: the text is no SPARQL.
        """

    def quads(self) -> Iterator[Quad]:
        """All quads, as they were written, in no particular order."""


class OxigraphStore:
    """An Oxigraph store, read-only."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def query(self, text: str) -> Found:
        return self._store.query(text, use_default_graph_as_union=True)

    def quads(self) -> Iterator[Quad]:
        for quad in self._store:
            yield (
                _iri(quad.subject),
                _iri(quad.predicate),
                _iri_or_literal(quad.object),
                _iri(quad.graph_name),
            )


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


def memory(quads: Iterable[Quad]) -> OxigraphStore:
    """A store of these quads in memory."""
    store = ox.Store()
    _load(store, quads)
    return OxigraphStore(store)


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


def _load(store: ox.Store, quads: Iterable[Quad]) -> None:
    store.bulk_load(io.BufferedReader(_Lines(quads), 1 << 20), format=ox.RdfFormat.N_QUADS)


class _Lines(io.RawIOBase):
    """Quads as a stream of N-Quads, so that a corpus of any size goes through."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._lines = nquads(quads)
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


def _iri(term: object) -> URIRef:
    if not isinstance(term, ox.NamedNode):
        raise InputError(f"{term}: the graph holds IRIs and literals only, in named graphs")
    return URIRef(term.value)


def _iri_or_literal(term: object) -> Object:
    if not isinstance(term, ox.Literal):
        return _iri(term)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    if datatype == XSD.string:
        return Literal(term.value)
    # Oxigraph shortens 1.0 to 1; kg.quads.literals writes decimals as Turtle abbreviates them.
    shortened = datatype == XSD.decimal and "." not in term.value
    return Literal(f"{term.value}.0" if shortened else term.value, datatype=datatype, normalize=False)
