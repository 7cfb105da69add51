"""The graph in an rdflib Dataset, for who has one: `kg`'s questions work on it, slowly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox
from rdflib import Dataset, Literal, URIRef
from rdflib.plugins.sparql import CUSTOM_EVALS
from rdflib.plugins.sparql.evaluate import evalAggregateJoin

from kg.errors import InputError
from kg.quads import Quad, Triple
from kg.store.interface import Found
from kg.store.terms import asks_for_triples, triples


class RdflibStore:
    """A Dataset of rdflib; `default_union` is switched on in it, since queries see the union of its graphs.

    >>> RdflibStore(Dataset()).graphs()
    {}
    """

    def __init__(self, dataset: Dataset) -> None:
        dataset.default_union = True
        self._dataset = dataset

    def query(self, text: str) -> Found:
        wants_triples = asks_for_triples(text)
        with _no_empty_groups():
            result = self._dataset.query(text)
            data = result.serialize(format="nt" if wants_triples else "json") or b""
        if wants_triples:
            return triples(data, ox.RdfFormat.N_TRIPLES)
        return ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        for name in sorted(self.graphs()) if graph is None else (graph,):
            for s, p, o in self._dataset.graph(URIRef(name)):
                if not (isinstance(s, URIRef) and isinstance(p, URIRef) and isinstance(o, URIRef | Literal)):
                    raise InputError(f"{name}: the graph holds IRIs and literals only, not {s} {p} {o}")
                yield s, p, o, URIRef(name)

    def graphs(self) -> Mapping[str, int]:
        graphs = self._dataset.graphs()
        return {str(g.identifier): len(g) for g in graphs if isinstance(g.identifier, URIRef) and len(g)}

    def replace(self, graph: str, triples: Iterable[Triple]) -> None:
        self.drop(graph)
        held = self._dataset.graph(URIRef(graph))
        held.addN((s, p, o, held) for s, p, o in triples)

    def drop(self, graph: str) -> None:
        self._dataset.remove_graph(self._dataset.graph(URIRef(graph)))


@contextmanager
def _no_empty_groups() -> Iterator[None]:
    """Set right what rdflib does wrong: nothing to GROUP BY makes no row, not one without values."""
    CUSTOM_EVALS[__name__] = _groups
    try:
        yield
    finally:
        CUSTOM_EVALS.pop(__name__, None)


def _groups(context: Any, part: Any) -> Iterator[Any]:
    if part.name != "AggregateJoin":
        raise NotImplementedError  # by which rdflib is told to go on as usual
    return (found for found in evalAggregateJoin(context, part) if len(found) or part.p.expr is None)
