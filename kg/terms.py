"""The terms the graph is written in, read from ontologies/*.ttl: a typo in a term raises.

    >>> from kg.terms import protest
    >>> str(protest.March)
    'https://w3id.org/protest-kg/ontology#March'
    >>> protest.Marsh
    Traceback (most recent call last):
    ...
    kg.errors.UnknownName: protest:Marsh: no such term; did you mean protest:March?

`protest` and `schema` hold what the Turtle files declare. Terms of RDF, RDFS, SKOS, PROV, OWL and XSD come
from rdflib, whose namespaces are closed too.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.namespace import VOID

from kg.errors import ResourceError, UnknownName
from kg.resources import folder


@cache
def ontology() -> Graph:
    """The terms and their alignments as one graph, which binds their prefixes; do not change it."""
    graph = Graph(bind_namespaces="none")
    for name in ("protest.ttl", "alignments.ttl"):
        path = folder("ontologies") / name
        try:
            graph.parse(path, format="turtle")
        except (OSError, SyntaxError) as error:
            raise ResourceError(f"{path}: cannot be read as Turtle: {error}") from error
    return graph


@cache
def prefixes() -> dict[str, str]:
    """Prefix → namespace, as the ontology files bind them, sorted by prefix."""
    return dict(sorted((prefix, str(namespace)) for prefix, namespace in ontology().namespaces()))


@cache
def base() -> str:
    """The IRI under which things are named when nobody says otherwise, with a slash at its end."""
    spaces = list(ontology().objects(None, VOID.uriSpace))
    if len(spaces) != 1:
        raise ResourceError(f"ontologies/protest.ttl: needs one void:uriSpace, has {len(spaces)}")
    return str(spaces[0])


@cache
def supertypes(term: URIRef) -> frozenset[URIRef]:
    """The term's class and all classes of ours above it: March → March, ProtestEvent, Event."""
    above = ontology().transitive_objects(term, RDFS.subClassOf)
    return frozenset(c for c in above if isinstance(c, URIRef) and c in protest)


def label(term: URIRef, lang: str = "en") -> str:
    """The term's rdfs:label in a language.

    Raises:
        UnknownName: the ontology gives it none.
    """
    for text in ontology().objects(term, RDFS.label):
        if getattr(text, "language", None) == lang:
            return str(text)
    raise UnknownName(f"{term}: has no label in {lang!r}")


@cache
def order() -> dict[URIRef, int]:
    """Term → its place in protest.ttl, which declares terms in the order people read them in."""
    text = (folder("ontologies") / "protest.ttl").read_text(encoding="utf-8")
    return {
        protest[name]: n for n, name in enumerate(re.findall(r"^protest:(\w+) a owl:", text, re.MULTILINE))
    }


def local_name(term: URIRef) -> str:
    """The term without its namespace: protest:March → "March"."""
    return term[max(term.rfind("#"), term.rfind("/")) + 1 :]


class Vocabulary:
    """The terms of one namespace as attributes: those that ontologies/*.ttl describe, and no others.

    The files are read when the first term is asked for, so importing this module costs nothing.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def __getattr__(self, name: str) -> URIRef:
        if name.startswith("__"):
            raise AttributeError(name)
        term = self.__dict__[name] = self[name]  # found without this method the next time
        return term

    def __getitem__(self, name: str) -> URIRef:
        terms = _terms(self.prefix)
        if name not in terms:
            near = get_close_matches(name, terms, 1)
            hint = f"; did you mean {self.prefix}:{near[0]}?" if near else ""
            raise UnknownName(f"{self.prefix}:{name}: no such term{hint}")
        return terms[name]

    def __contains__(self, iri: object) -> bool:
        return iri in _iris(self.prefix)

    def names(self) -> list[str]:
        """The local names, sorted."""
        return sorted(_terms(self.prefix))

    def classes(self) -> list[URIRef]:
        """The classes, sorted."""
        return sorted(t for t in _terms(self.prefix).values() if (t, RDF.type, OWL.Class) in ontology())

    def properties(self) -> list[URIRef]:
        """The properties, sorted."""
        kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
        return sorted(
            t for t in _terms(self.prefix).values() if any((t, RDF.type, k) in ontology() for k in kinds)
        )


@cache
def _terms(prefix: str) -> dict[str, URIRef]:
    namespace = prefixes()[prefix]
    iris = {s for s in ontology().subjects() if isinstance(s, URIRef) and s.startswith(namespace)}
    return {iri.removeprefix(namespace): iri for iri in iris}


@cache
def _iris(prefix: str) -> frozenset[URIRef]:
    return frozenset(_terms(prefix).values())


protest = Vocabulary("protest")
schema = Vocabulary("schema")
