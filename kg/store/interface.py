"""What the rest of `kg` asks of a store, whichever engine is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import pyoxigraph as ox

from kg.quads import Quad, Triple

Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""Rows, a yes or no, or triples, in terms of pyoxigraph."""


class Store(Protocol):
    """Triples in named graphs. All methods raise StoreError if the store fails, or may not be written."""

    def query(self, text: str) -> Found:
        """The result of a SPARQL 1.1 query, whose default graph is the union of all named graphs.

        Raises:
            SyntaxError: the text is no SPARQL.
        """

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """The quads of one named graph, or of all of kg, as they were written, in no particular order."""

    def graphs(self) -> Mapping[str, int]:
        """How many triples each named graph holds; one without any may be missing."""

    def replace(self, graph: str, triples: Iterable[Triple]) -> None:
        """Make a named graph hold these triples and no others; they are taken in batches."""

    def drop(self, graph: str) -> None:
        """Remove a named graph, if it is there."""
