"""SPARQL 1.1 Protocol (W3C): what a request asks, and its answer in the format that the client wants.

Read-only; no query calls another server. The default graph is the union of all named graphs, unless the query
(FROM) or the request (default-graph-uri, named-graph-uri) says otherwise. The request overrides the query.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox

from kg import syntax
from kg.parameter import tokens
from kg.serve.answer import Answer, Forbidden, NotSupported, Refused, TooLarge, negotiate
from kg.serve.opened import Build

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_DESCRIPTION = Path(__file__).with_name("service.ttl")
_FIELDS = 1000

Format = ox.QueryResultsFormat | ox.RdfFormat

_JSON, _XML, _CSV, _TSV = (
    ox.QueryResultsFormat.JSON,
    ox.QueryResultsFormat.XML,
    ox.QueryResultsFormat.CSV,
    ox.QueryResultsFormat.TSV,
)
RESULTS: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": _JSON,
    "application/json": _JSON,
    "application/sparql-results+xml": _XML,
    "application/xml": _XML,
    "text/xml": _XML,
    "text/csv": _CSV,
    "text/tab-separated-values": _TSV,
}
TRIPLES: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the graphs to ask if the request names them, and the formats that the client accepts."""

    text: str
    accept: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def question(method: str, url_query: str, content_type: str, body: bytes, accept: str) -> Question | None:
    """What a request asks; None if it asks nothing, which a GET may, for the service description.

    Raises:
        Refused: it is malformed, or would change the graph.
    """
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().lower()
    asked = _fields(url_query)
    if method == "POST":
        if kind == UPDATE:
            raise Forbidden("this server is read-only: no update is carried out")
        if kind not in (FORM, QUERY):
            raise NotSupported(f"{content_type or 'no Content-Type'}: send {FORM} or {QUERY}")
        if "charset=" in parameters.lower() and "utf-8" not in parameters.lower():
            raise NotSupported(f"{parameters.strip()}: send UTF-8")
        sent = _decoded(body)
        asked = _fields(sent) if kind == FORM else {**asked, "query": [sent]}
    if "update" in asked:
        raise Forbidden("this server is read-only: no update is carried out")
    texts = asked.get("query", [])
    if len(texts) != 1:
        if not texts and method != "POST":
            return None
        raise Refused(f"there must be one query, there are {len(texts)}")
    graphs = (tuple(asked.get(name, ())) for name in ("default-graph-uri", "named-graph-uri"))
    return Question(texts[0], accept, *graphs)


def ask(build: Build, asked: Question, limit: int) -> Answer:
    """The answer to a question, of at most `limit` bytes.

    Raises:
        UsageError: it is no SPARQL; the message shows where.
        Refused: the answer is too large, or its format not accepted, or the query calls another server.
    """
    check(asked.text)
    try:
        found = _found(build.engine, asked)
        formats: Mapping[str, Format] = TRIPLES if isinstance(found, ox.QueryTriples) else RESULTS
        type_ = negotiate(asked.accept, list(formats))
        body = _Bounded(limit)
        found.serialize(body, formats[type_])  # type: ignore[arg-type]
    except (OSError, RuntimeError, ValueError) as error:
        raise Refused(f"the query cannot be answered: {error}") from error
    served = formats[type_].media_type
    return Answer(
        body.getvalue(), served if "charset" in served else f"{served}; charset=utf-8", headers=VARY
    )


VARY = {"Vary": "Accept"}


def check(text: str) -> None:
    """Nothing, if the text is a query that this server answers.

    Raises:
        UsageError: it is no SPARQL; the message shows where.
        Forbidden: it calls another server.
    """
    syntax.check(text, "query")
    if syntax.calls_out(text):
        raise Forbidden("SERVICE is switched off: this server calls no other")


def description(build: Build, endpoint: str, accept: str) -> Answer:
    """What the endpoint at this URL can do, as SPARQL 1.1 Service Description has it."""
    type_ = negotiate(accept, list(TRIPLES))
    triples = ox.parse(_DESCRIPTION.read_bytes(), ox.RdfFormat.TURTLE, base_iri=endpoint)
    body = ox.serialize((quad.triple for quad in triples), format=TRIPLES[type_])
    return Answer(body or b"", f"{TRIPLES[type_].media_type}; charset=utf-8", headers=VARY)


def _found(engine: ox.Store, asked: Question) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The result over the graphs that the request names, else those of the query, else the union of all."""
    if not asked.default_graphs and not asked.named_graphs:
        words = (t[0].upper() for t in tokens(asked.text) if t.lastgroup == "word")
        return engine.query(asked.text, use_default_graph_as_union="FROM" not in words)
    return engine.query(
        asked.text,
        default_graph=[ox.NamedNode(g) for g in asked.default_graphs],
        named_graphs=[ox.NamedNode(g) for g in asked.named_graphs],
    )


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Refused("the question is not UTF-8 text") from error


def _fields(encoded: str) -> dict[str, list[str]]:
    try:
        return parse_qs(encoded, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError as error:
        raise Refused(f"the fields of the request cannot be read: {error}") from error


class _Bounded(io.BytesIO):
    """Bytes up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: object) -> int:
        written = super().write(data)  # type: ignore[arg-type]
        if self.tell() > self._limit:
            raise TooLarge(
                f"the answer is larger than {self._limit:,} bytes; ask for less, for example with LIMIT"
            )
        return written
