"""The address of an IRI on the server, and the IRIs that an address may mean.

    base https://w3id.org/protest-kg/id/
    IRI  https://w3id.org/protest-kg/id/organization/snipat        address  /id/organization/snipat

Terms of the ontology are at /term/. Other IRIs are addresses of their own, on the web.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from rdflib import URIRef

from kg import terms

THINGS, TERMS = "/id/", "/term/"
SUFFIXES = {".ttl": "turtle", ".nt": "ntriples", ".jsonld": "jsonld"}
"""What a page's address may end in, and the format that this asks for."""
_KEPT = "/:@!$&'()*+,;=~-._%"


def href(base: str, iri: str) -> str:
    """Where the page of an IRI is; "" for one that is no address of the web.

    >>> href("http://a.example/id/", "http://a.example/id/person/ana?b")
    '/id/person/ana%3Fb'
    >>> href("http://a.example/id/", "javascript:alert(1)")
    ''
    """
    if iri.startswith(base) and iri != base:
        return THINGS + quote(iri.removeprefix(base), safe=_KEPT)
    if URIRef(iri) in terms.protest:
        return TERMS + terms.local_name(URIRef(iri))
    return iri if iri.startswith(("https://", "http://")) else ""


def meant(base: str, path: str) -> tuple[str, ...]:
    """The IRIs that an address below /id/ may mean, as it was sent: with and without percent signs.

    >>> meant("http://a.example/id/", "person/ana%C3%AFs")
    ('http://a.example/id/person/ana%C3%AFs', 'http://a.example/id/person/anaïs')
    """
    return tuple(dict.fromkeys((base + path, base + unquote(path))))
