"""What the ontology says of each of its terms, for people who look one up.

>>> march = entry(protest.March)
>>> march.labels["fr"], [local_name(above) for above in march.kind_of]
('défilé', ['ProtestEvent'])
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg import terms
from kg.errors import UnknownName
from kg.resources import folder
from kg.terms import local_name, protest

LANGUAGES = ("en", "fr")
_MATCHES = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)


@dataclass(frozen=True, slots=True)
class Entry:
    """All that the ontology says of a term.

    `kind_of` are the terms right above it, ours and others', `kinds` ours right below it; `of` and `value`
    are a property's domain and range, `has` the properties of a class; `near` are terms of others that mean
    nearly the same, by match, and `codes` codes of event data sets.
    """

    iri: URIRef
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    examples: tuple[str, ...]
    kind_of: tuple[URIRef, ...]
    kinds: tuple[URIRef, ...]
    of: tuple[URIRef, ...]
    value: tuple[URIRef, ...]
    has: tuple[URIRef, ...]
    near: Mapping[URIRef, tuple[URIRef, ...]]
    codes: tuple[str, ...]

    @property
    def is_class(self) -> bool:
        """Whether the term is a class; else it is a property."""
        return self.iri in protest.classes()


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold of a graph: of what, about which properties; else the message is shown."""

    of: tuple[URIRef, ...]
    paths: tuple[URIRef, ...]
    message: str
    is_violation: bool


def entry(term: URIRef) -> Entry:
    """What the ontology says of one of its terms."""
    of_class = term in protest.classes()
    return Entry(
        iri=term,
        labels=_texts(term, RDFS.label),
        definitions=_texts(term, SKOS.definition),
        examples=tuple(map(str, terms.ontology().objects(term, SKOS.example))),
        kind_of=_objects(term, RDFS.subClassOf if of_class else RDFS.subPropertyOf),
        kinds=tuple(c for c in protest.classes() if term in above(c)),
        of=_objects(term, RDFS.domain),
        value=_objects(term, RDFS.range),
        has=tuple(p for p in protest.properties() if of_class and _is_of(p, term)),
        near={match: found for match in _MATCHES if (found := _objects(term, match))},
        codes=tuple(sorted(map(str, terms.ontology().objects(term, SKOS.notation)))),
    )


def above(term: URIRef) -> tuple[URIRef, ...]:
    """The classes of ours right above, sorted."""
    return tuple(c for c in _objects(term, RDFS.subClassOf) if c in protest)


def tree() -> Iterator[tuple[int, URIRef]]:
    """The classes with their depth, each once, below the first that it is a kind of."""
    below: dict[URIRef | None, list[URIRef]] = defaultdict(list)
    for term in protest.classes():
        below[next(iter(above(term)), None)].append(term)

    def under(top: URIRef | None, depth: int) -> Iterator[tuple[int, URIRef]]:
        for term in below[top]:
            yield depth, term
            yield from under(term, depth + 1)

    return under(None, 0)


def short(term: URIRef) -> str:
    """The name of a term: without prefix if it is ours, with the one that the files bind if not."""
    return terms.ontology().namespace_manager.qname(term).removeprefix("protest:")


def find(name: str) -> URIRef:
    """The term of a local name, a prefixed name, an IRI or a label in any language; capitals do not matter.

    Raises:
        UnknownName: there is none.
    """
    if (iri := URIRef(name)) in protest:
        return iri
    local = name.removeprefix("protest:")
    for known in protest.names():
        names = [known, *_texts(protest[known], RDFS.label).values()]
        if local.lower() in (n.lower() for n in names):
            return protest[known]
    if "://" in name:
        raise UnknownName(f"{name}: no term of the ontology; kg vocab lists them all")
    try:
        return protest[local]
    except UnknownName as error:
        raise UnknownName(f"{error} (kg vocab lists them all)") from error


def sections() -> Iterator[tuple[str, list[URIRef]]]:
    """The headings of protest.ttl, each with the terms below it, in the order people read them in."""
    text = (folder("ontologies") / "protest.ttl").read_text(encoding="utf-8")
    for part in re.split(r"^# ── ", text, flags=re.MULTILINE)[1:]:
        heading = part.split(" ──")[0]
        if names := re.findall(r"^protest:(\w+) a owl:", part, re.MULTILINE):
            yield heading, [protest[name] for name in names]


def rules() -> list[Rule]:
    """The rules of shapes.ttl that have a message, in its order."""
    path = folder("ontologies") / "shapes.ttl"
    graph = Graph().parse(path, format="turtle")
    order = re.findall(r"^shape:(\S+) a sh:", path.read_text(encoding="utf-8"), re.MULTILINE)
    shapes = {local_name(URIRef(str(s))): s for s in graph.subjects(SH.message)}
    return [_rule(graph, shapes[name]) for name in order if name in shapes]


def _rule(graph: Graph, shape: Node) -> Rule:
    targets = [*graph.objects(shape, SH.targetClass), *graph.objects(shape, SH.targetSubjectsOf)]
    return Rule(
        of=tuple(sorted(URIRef(str(t)) for t in targets)),
        paths=tuple(_paths(graph, shape)),
        message=str(graph.value(shape, SH.message)),
        is_violation=graph.value(shape, SH.severity) != SH.Warning,
    )


def _paths(graph: Graph, shape: Node) -> Iterator[URIRef]:
    """The property that a shape is about, also of one that is read backwards or is one of several."""
    for path in graph.objects(shape, SH.path):
        inverse = graph.value(path, SH.inversePath)
        yield URIRef(str(path if inverse is None else inverse))
    for several in graph.objects(shape, SH["or"]):
        for part in Collection(graph, several):
            yield from _paths(graph, part)


def _is_of(term: URIRef, owner: URIRef) -> bool:
    domain = terms.ontology().value(term, RDFS.domain)
    return (owner, RDF.type, OWL.Class) in terms.ontology() and domain in terms.supertypes(owner)


def _objects(term: URIRef, predicate: URIRef) -> tuple[URIRef, ...]:
    return tuple(sorted(URIRef(str(o)) for o in terms.ontology().objects(term, predicate)))


def _texts(term: URIRef, predicate: URIRef) -> dict[str, str]:
    found: Iterable[Node] = terms.ontology().objects(term, predicate)
    texts = {o.language: str(o) for o in found if isinstance(o, Literal) and o.language}
    return {language: texts[language] for language in LANGUAGES if language in texts}
