"""The actors and places known before anything is read: names in several languages, kind, ids of others.

>>> load().find("organization", "Confédération générale du travail").label
'General Confederation of Labour'
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.term import Node

from kg.errors import ResourceError
from kg.link.names import key
from kg.resources import folder
from kg.terms import local_name, protest, supertypes

Family = Literal["person", "organization", "group", "place"]
_SHOWN_FIRST = ("en", "fr")


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A label in a language (None: of none); a thing has one preferred name a language, and others."""

    text: str
    lang: str | None
    preferred: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A known actor or place. `label` is what people see, `names` are all labels, `matches` ids of others."""

    iri: str
    type: str
    label: str
    names: tuple[Name, ...]
    matches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Known things and the names they go by. A name that two of them share finds neither."""

    known: tuple[Known, ...] = ()
    _index: Mapping[tuple[Family, str], Known | None] = field(default_factory=dict, repr=False)
    _iris: frozenset[str] = frozenset()

    @classmethod
    def of(cls, known: Iterable[Known]) -> KnowledgeBase:
        """The base of these things, in the order of their IRIs."""
        ordered = tuple(sorted(known, key=lambda k: k.iri))
        found: dict[tuple[Family, str], set[Known]] = defaultdict(set)
        for thing in ordered:
            for name in thing.names:
                found[family(thing.type), key(name.text)].add(thing)
        index = {k: next(iter(v)) if len(v) == 1 else None for k, v in found.items()}
        return cls(ordered, index, frozenset(k.iri for k in ordered))

    def find(self, family: Family, name: str) -> Known | None:
        """The one thing of this family that goes by this name, whatever its case and accents."""
        return self._index.get((family, key(name)))

    def has(self, iri: str) -> bool:
        """Whether one of the known things has this IRI."""
        return iri in self._iris


def family(type: str) -> Family:
    """The kind of thing that a type of the codebook belongs to; things of two families are never one."""
    above = supertypes(protest[type])
    if protest.Place in above:
        return "place"
    if protest.Organization in above:
        return "organization"
    return "person" if protest.Person in above else "group"


def load(path: Path | None = None) -> KnowledgeBase:
    """The knowledge base of a Turtle file, by default the one that ships: seeds/actors.ttl.

    Raises:
        ResourceError: the file is no Turtle, or a thing in it has no label or no type of the codebook.
    """
    path = path or folder("seeds") / "actors.ttl"
    try:
        graph = Graph().parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise ResourceError(f"{path}: cannot be read as Turtle: {error}") from error
    return KnowledgeBase.of(_known(graph, thing, path) for thing in set(graph.subjects()))


def _known(graph: Graph, thing: Node, path: Path) -> Known:
    types = [t for t in graph.objects(thing, RDF.type) if isinstance(t, URIRef) and t in protest]
    preferred = [_name(o, True) for o in graph.objects(thing, SKOS.prefLabel)]
    if len(types) != 1 or not preferred:
        raise ResourceError(f"{path}: <{thing}> needs one rdf:type of the ontology and a skos:prefLabel")
    others = [_name(o, False) for o in graph.objects(thing, SKOS.altLabel)]
    return Known(
        iri=str(thing),
        type=local_name(types[0]),
        label=min(preferred, key=lambda n: (_rank(n.lang), n.text)).text,
        names=tuple(sorted(preferred + others, key=lambda n: (not n.preferred, n.lang or "", n.text))),
        matches=tuple(sorted(str(o) for o in graph.objects(thing, SKOS.exactMatch))),
    )


def _name(label: Node, preferred: bool) -> Name:
    return Name(str(label), getattr(label, "language", None), preferred)


def _rank(language: str | None) -> int:
    return _SHOWN_FIRST.index(language) if language in _SHOWN_FIRST else len(_SHOWN_FIRST)
