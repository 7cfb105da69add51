"""The graph at a SPARQL 1.1 endpoint: asked by query, filled by the Graph Store Protocol or SPARQL Update."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox
import requests
from rdflib import URIRef

from kg.errors import BuildNotFound, StoreError
from kg.quads import Quad, Triple
from kg.quads.lines import ntriples
from kg.store.connection import Connection, Refused, shown, words
from kg.store.endpoint import Endpoint, endpoint
from kg.store.interface import Found
from kg.store.names import bases, under
from kg.store.terms import asks_for_triples, quad, triples
from kg.terms import protest

BATCH = 1 << 20
"""Bytes of triples that are sent at a time by the Graph Store Protocol."""
UPDATE_BATCH = 1 << 16
"""Bytes that are sent at a time by SPARQL Update, which servers compile like a program."""

_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_ANY_ARTICLE = f"?article a <{protest.Article}>"
# How a request asks that all named graphs be seen as one, where the server does not do so anyway.
_UNIONS: tuple[Mapping[str, str], ...] = (
    {},  # Virtuoso, GraphDB, RDF4J; Oxigraph and Fuseki if they were started so
    {"union-default-graph": ""},  # Oxigraph
    {"default-graph-uri": "urn:x-arq:UnionGraph"},  # Jena Fuseki
)
# The variable of the row with which Virtuoso says yes, in place of the boolean of the standard.
_VIRTUOSO_ASKED = "?__ASK_RETVAL"
# A pattern that any triple fits. Before a query with one, and before one that names no term of ours, Virtuoso
# is told to leave out its graphs about itself; before others not: compiling them then takes it much longer.
_ANYTHING = re.compile(r"[{.]\s*[?$]\w+\s+[?$]\w+\s+[?$]\w+\s*[.}]")
_OF_VIRTUOSO = "".join(
    f"define input:default-graph-exclude <{graph}> "
    for graph in (
        "http://www.openlinksw.com/schemas/virtrdf#",
        "http://www.w3.org/ns/ldp#",
        "http://localuriqaserver/sparql",
        "http://localhost:8890/DAV/",
        "http://www.w3.org/2002/07/owl#",
    )
)


class RemoteStore:
    """A SPARQL endpoint. The whole answer of a query, and the triples of one graph, must fit into memory."""

    def __init__(self, endpoint: Endpoint, connection: Connection | None = None) -> None:
        self._endpoint = endpoint
        self._connection = connection or Connection(endpoint.login, endpoint.timeout)
        self._union: Mapping[str, str] = {}
        self._is_virtuoso = False

    def query(self, text: str) -> Found:
        sees_all = _ANYTHING.search(text) or protest.prefix not in text
        preamble = _OF_VIRTUOSO if self._is_virtuoso and sees_all else ""
        return self._ask(preamble + text, self._union, wants_triples=asks_for_triples(text))

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        for name in self._ours() if graph is None else (graph,):
            node = ox.NamedNode(name)
            for row in self._rows(f"SELECT ?s ?p ?o {{ GRAPH {node} {{ ?s ?p ?o }} }}"):
                yield quad(row["s"], row["p"], row["o"], node)

    def _ours(self) -> tuple[str, ...]:
        """The graphs of kg: an endpoint may hold those of others, and some about itself."""
        held = self.graphs()
        found = tuple(name for base in bases(held) for name in under(base, held))
        return found or tuple(sorted(held))

    def graphs(self) -> Mapping[str, int]:
        rows = self._rows("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        return {row["g"].value: int(row["n"].value) for row in rows if isinstance(row["g"], ox.NamedNode)}

    def replace(self, graph: str, triples: Iterable[Triple]) -> None:
        lines = ntriples((s, p, o, URIRef(graph)) for s, p, o in triples)
        if self._endpoint.graphs is None:
            self.drop(graph)
            for part in _batches(lines, UPDATE_BATCH):
                self._update(f"INSERT DATA {{ GRAPH {ox.NamedNode(graph)} {{\n{part}}} }}")
            return
        method = "PUT"
        for part in _batches(lines, BATCH):
            self._on_graph(method, graph, part)
            method = "POST"
        if method == "PUT":
            self.drop(graph)

    def drop(self, graph: str) -> None:
        if self._endpoint.graphs is None:
            self._update(f"DROP SILENT GRAPH {ox.NamedNode(graph)}")
        else:
            self._on_graph("DELETE", graph)

    def find_graphs(self) -> None:
        """Find out how to see all named graphs as one.

        Raises:
            BuildNotFound: there is no graph of kg.
            StoreError: the server does not show named graphs in its default graph, or does not answer.
        """
        for union in _UNIONS:
            try:
                if self._ask(f"ASK {{ {_ANY_ARTICLE} }}", union):
                    self._union = union
                    return
            except Refused:
                if not union:
                    raise
                # else the server does not know this way to ask, and says so
        where = shown(self._endpoint.query)
        if self._ask(f"ASK {{ GRAPH ?graph {{ {_ANY_ARTICLE} }} }}"):
            raise StoreError(
                f"{where}: does not show its named graphs in its default graph; "
                "set it up so (union default graph, docs/stores.md)"
            )
        raise BuildNotFound(f"{where}: holds no graph; fill it with kg push DIR {where}")

    def _rows(self, text: str) -> ox.QuerySolutions:
        found = self._ask(text)
        if not isinstance(found, ox.QuerySolutions):
            raise StoreError(f"{shown(self._endpoint.query)}: answered a SELECT without rows")
        return found

    def _ask(
        self, text: str, parameters: Mapping[str, str] | None = None, *, wants_triples: bool = False
    ) -> Found:
        answer = self._send(text, _TRIPLES if wants_triples else _ROWS, parameters)
        self._is_virtuoso = answer.headers.get("Server", "").startswith("Virtuoso")
        media = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        try:
            if wants_triples:
                # Virtuoso calls N-Triples plain text
                format_ = ox.RdfFormat.from_media_type(media.replace("text/plain", "application/n-triples"))
                return triples(answer.content, format_ or ox.RdfFormat.TURTLE)
            rows = ox.QueryResultsFormat.from_media_type(media) or ox.QueryResultsFormat.JSON
            number = self._number(ox.parse_query_results(answer.content, format=rows), answer)
            found = ox.parse_query_results(answer.content, format=rows)
            is_asked = isinstance(found, ox.QuerySolutions) and _VIRTUOSO_ASKED in map(str, found.variables)
            return _truth(bool(number)) if is_asked else found
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                f"{shown(self._endpoint.query)}: answered no result of SPARQL but {media or 'something'}: "
                f"{words(answer)!r}"
            ) from error

    def _number(self, found: Found, answer: requests.Response) -> int:
        """How many rows there are: they are all read, so that what is broken shows here and not later."""
        number = sum(1 for _ in found) if isinstance(found, ox.QuerySolutions) else 0
        limit = answer.headers.get("X-SPARQL-MaxRows", "")
        if limit.isdigit() and number >= int(limit):
            raise StoreError(
                f"{shown(self._endpoint.query)}: cut off after {limit} rows; "
                "raise ResultSetMaxRows in its virtuoso.ini"
            )
        return number

    def _send(self, text: str, accept: str, parameters: Mapping[str, str] | None = None) -> requests.Response:
        """The answer to a query, by a form: the one way of POST that all servers know."""
        form = {"query": text, **(parameters or {})}
        return self._connection.send("POST", self._endpoint.query, body=form, headers={"Accept": accept})

    def _update(self, text: str) -> None:
        self._connection.send("POST", self._endpoint.update, body={"update": text})

    def _on_graph(self, method: str, graph: str, part: str | None = None) -> None:
        assert self._endpoint.graphs
        self._connection.send(
            method,
            self._endpoint.graphs,
            parameters={"graph": graph},
            body=part.encode() if part else None,
            headers={"Content-Type": "text/turtle"} if part else None,  # N-Triples are Turtle
            fine=(404,) if method == "DELETE" else (),
        )


def connect(url: str) -> RemoteStore:
    """The graph that an endpoint holds, for queries.

    Raises:
        UsageError: this is no URL.
        BuildNotFound: the endpoint holds no graph of kg.
        StoreError: it cannot be reached, or does not show its named graphs.
    """
    store = RemoteStore(endpoint(url))
    store.find_graphs()
    return store


def _truth(is_true: bool) -> Found:
    """A yes or no."""
    text = json.dumps({"head": {}, "boolean": is_true})
    return ox.parse_query_results(text.encode(), format=ox.QueryResultsFormat.JSON)


def _batches(lines: Iterable[str], size: int) -> Iterator[str]:
    """The lines, joined to texts of about this many characters."""
    part: list[str] = []
    length = 0
    for line in lines:
        part.append(line)
        length += len(line)
        if length >= size:
            yield "".join(part)
            part, length = [], 0
    if part:
        yield "".join(part)
