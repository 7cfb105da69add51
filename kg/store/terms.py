"""From the terms of pyoxigraph to those of `kg.quads`, and from other engines to its results."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import XSD, Literal, URIRef

from kg.errors import InputError
from kg.quads import Object, Quad

_NO_IRI = "the graph holds IRIs and literals only, in named graphs"


def quad(subject: object, predicate: object, value: object, graph: object) -> Quad:
    """A quad of these terms.

    Raises:
        InputError: one of them is a blank node, or the graph has no name.
    """
    return _iri(subject), _iri(predicate), _iri_or_literal(value), _iri(graph)


def triples(data: bytes, format_: ox.RdfFormat) -> ox.QueryTriples:
    """The triples of a file as the result of a query.

    Raises:
        SyntaxError: the file is not in that format.
    """
    store = ox.Store()
    store.load(data, format=format_)
    found = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, ox.QueryTriples)
    return found


def asks_for_triples(text: str) -> bool:
    """Whether a query is a CONSTRUCT or DESCRIBE.

    Raises:
        SyntaxError: it is no SPARQL.

    >>> asks_for_triples("CONSTRUCT WHERE { ?s ?p ?o }"), asks_for_triples("ASK { ?s ?p ?o }")
    (True, False)
    """
    try:
        return isinstance(ox.Store().query(text), ox.QueryTriples)
    except (OSError, RuntimeError):
        return False  # an ASK with a SERVICE that does not answer, or a function that this engine has not


def _iri(term: object) -> URIRef:
    if not isinstance(term, ox.NamedNode):
        raise InputError(f"{term}: {_NO_IRI}")
    return URIRef(term.value)


def _iri_or_literal(term: object) -> Object:
    if not isinstance(term, ox.Literal):
        return _iri(term)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    if datatype == XSD.string:
        return Literal(term.value)
    # Stores shorten 1.0 to 1; kg.quads.literals writes decimals as Turtle abbreviates them.
    shortened = datatype == XSD.decimal and "." not in term.value
    return Literal(f"{term.value}.0" if shortened else term.value, datatype=datatype, normalize=False)
