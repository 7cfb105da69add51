"""The order in which people read a graph: the things of the world, then article by article.

    events · people · organisations · groups · places · offices · who held them · article 1 and its facts · …

In the world, kinds come as the ontology declares them, protests first. In an article, each event is followed
by what is said of it, then each actor by what it says, holds and supports, then come sentences and mentions.

Every writer of RDF follows it, so that the same content gives the same bytes whatever order it came in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from rdflib import PROV, RDF, RDFS, SKOS, URIRef

from kg import terms
from kg.quads import Object, Triple
from kg.quads.literals import class_name
from kg.terms import protest

_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
Order = tuple[str | int, ...]
Graph = Mapping[URIRef, set[tuple[URIRef, Object]]]
_WORLD = ("event", "person", "organization", "group", "place", "office", "tenure")


@dataclass(frozen=True, slots=True)
class Block:
    """All triples of one subject: predicates in reading order, each with its objects in order."""

    subject: URIRef
    pairs: tuple[tuple[URIRef, tuple[Object, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that belong together: `name` is a kind of thing of the world, or an article's local name."""

    name: str
    blocks: tuple[Block, ...]


class Prefixes:
    """Shortens IRIs: one prefix a kind of thing under `base`, and those of the ontology files."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.used: dict[str, str] = {}
        self._known = {namespace: prefix for prefix, namespace in terms.prefixes().items()}
        self._short: dict[str, tuple[str, str] | None] = {}

    def split(self, iri: str) -> tuple[str, str] | None:
        """Prefix and local name, or None for an IRI that has no such short form."""
        if iri not in self._short:
            self._short[iri] = self._split(iri)
        return self._short[iri]

    def _split(self, iri: str) -> tuple[str, str] | None:
        namespace, local = re.fullmatch(r"(.*?)([^/#]*)", iri, re.DOTALL).groups()  # type: ignore[union-attr]
        kind = namespace[len(self.base) : -1] if namespace.startswith(self.base) else ""
        prefix = kind if _LOCAL.fullmatch(kind) else self._known.get(namespace)
        if prefix is None or not _LOCAL.fullmatch(local):
            return None
        self.used[prefix] = namespace
        return prefix, local


def outline(triples: Iterable[Triple], base: str) -> list[Section]:
    """The triples in reading order."""
    of_subject: dict[URIRef, set[tuple[URIRef, Object]]] = defaultdict(set)
    for s, p, o in triples:
        of_subject[s].add((p, o))
    places = {s: _place(s, of_subject, base) for s in of_subject}
    subjects = sorted(of_subject, key=lambda s: (places[s], s))
    return [
        Section(name, tuple(_block(s, of_subject[s]) for s in group))
        for name, group in groupby(subjects, key=lambda s: _section(s, base))
    ]


def _block(subject: URIRef, pairs: Iterable[tuple[URIRef, Object]]) -> Block:
    objects: dict[URIRef, list[Object]] = defaultdict(list)
    for p, o in pairs:
        objects[p].append(o)
    ordered = sorted(objects, key=lambda p: (_rank(p), p))
    return Block(subject, tuple((p, _in_order(objects[p])) for p in ordered))


def _in_order(objects: list[Object]) -> tuple[Object, ...]:
    return tuple(sorted(objects, key=_value) if len(objects) > 1 else objects)


def _section(subject: str, base: str) -> str:
    kind, _, name = subject.removeprefix(base).partition("/")
    if not subject.startswith(base) or kind in _WORLD:
        return kind if subject.startswith(base) else ""
    return name.split("--")[0]


def _place(subject: URIRef, graph: Graph, base: str) -> tuple[int, str, Order, Order]:
    """Where a subject stands: in the world or which article; then with whom it stands there, and where."""
    kind, _, name = subject.removeprefix(base).partition("/")
    if not subject.startswith(base):
        return len(_WORLD), "", (0,), _natural(subject)
    if kind in _WORLD:
        types = (URIRef(o) for p, o in graph[subject] if p == RDF.type)
        narrowest = max((terms.order().get(t, 0) for t in types), default=0)
        return _WORLD.index(kind), "", (narrowest,), _natural(name)
    owner = _owner(subject, graph)
    of = (_kinds().get(_kind(owner, base), 0), *_natural(_value_of(owner, protest.factId, graph)))
    rank = _value_of(subject, protest.rank, graph)
    told = _value_of(subject, PROV.wasDerivedFrom, graph).removeprefix(base)
    inside = (subject != owner, _kinds().get(kind, 0), *_natural(f"{rank}/{told}/{name}"))
    return len(_WORLD) + 1, name.split("--")[0], of, inside


def _owner(subject: URIRef, graph: Graph) -> URIRef:
    """The report that a fact is told under: who holds, says or supports, or the event it is about."""
    for predicate in (protest.holder, protest.speaker, protest.about):
        for p, o in graph[subject]:
            if p == predicate and o in graph:
                return URIRef(o)
    return subject


def _value_of(subject: URIRef, predicate: URIRef, graph: Graph) -> str:
    return min((str(o) for p, o in graph[subject] if p == predicate), default="")


def _kind(subject: str, base: str) -> str:
    return subject.removeprefix(base).partition("/")[0]


def _natural(name: str) -> Order:
    return tuple(int(part) if n % 2 else part for n, part in enumerate(re.split(r"([0-9]+)", name)))


@cache
def _kinds() -> Mapping[str, int]:
    return {class_name(term): place for term, place in terms.order().items() if term in protest.classes()}


@cache
def _rank(predicate: URIRef) -> int:
    """What it is, what it is called, then as the ontology declares its properties, then terms of others."""
    first = (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.exactMatch)
    if predicate in first:
        return first.index(predicate)
    return len(first) + terms.order().get(predicate, len(terms.order()))


def _value(o: Object) -> tuple[bool, int, Order, str, str]:
    """Classes from special to general, then by name or text with numbers in their order; literals last."""
    if isinstance(o, URIRef):
        above = len(terms.supertypes(o)) if o in protest else 0
        return False, -above, _natural(o), "", ""
    return True, 0, (o,), str(o.datatype or ""), o.language or ""
