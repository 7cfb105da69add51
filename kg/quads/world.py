"""The graphs that articles share: linking, the world behind the reports, the known things in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import RDF, RDFS, SKOS, URIRef

from kg import terms
from kg.facts import ArticleFacts, Stance
from kg.link import Happening, Linked, Thing
from kg.quads.article import relation_of, report_iris, role_of
from kg.quads.known import beside, of_known
from kg.quads.literals import Object, Pairs, Triple, day, event_label, number, text
from kg.terms import protest

Quad = tuple[URIRef, URIRef, Object, URIRef]


class World:
    """Writes the graphs that articles share."""

    def __init__(self, linked: Linked, base: str) -> None:
        self.linked = linked
        self.base = base
        self.world = URIRef(f"{base}graph/world")
        self.linking = URIRef(f"{base}graph/linking")
        self.knowledge = URIRef(f"{base}graph/kb")
        self.references: dict[str, dict[str, URIRef]] = {}
        for r in linked.references:
            self.references.setdefault(r.article, {})[r.id] = self._iri(r.path)
        self.why = {(r.article, r.id): r for r in linked.references}
        self.direct: set[Triple] = set()

    def of_article(self, facts: ArticleFacts) -> Iterator[Quad]:
        """The article's references, and its everyday triples if no article before it gave them."""
        to = self.references.get(facts.article.id, {})
        for id, report in report_iris(facts, self.base).items():
            reference = self.why[facts.article.id, id]
            yield report, protest.refersTo, to[id], self.linking
            yield report, protest.linkScore, number(float(reference.score)), self.linking
            yield report, protest.linkReason, text(reference.reason), self.linking
        for triple in _everyday(facts, to):
            if triple not in self.direct:
                self.direct.add(triple)
                yield *triple, self.world

    def of_all(self) -> Iterator[Quad]:
        """The things and events themselves."""
        for thing in self.linked.things:
            for p, o in _of_thing(thing):
                yield self._iri(thing.path), p, o, self.world
            for p, o in of_known(thing.known) if thing.known else ():
                yield self._iri(thing.path), p, o, self.knowledge
        yield from ((*triple, self.knowledge) for triple in beside(self.linked))
        for happening in self.linked.happenings:
            for p, o in _of_happening(happening):
                yield self._iri(happening.path), p, o, self.world
        for part in self.linked.parts:
            triple = (self._iri(part.part), protest.partOf, self._iri(part.whole))
            if triple not in self.direct:
                yield *triple, self.linking

    def _iri(self, path: str) -> URIRef:
        return URIRef(path if ":" in path else f"{self.base}{path}")


def _everyday(facts: ArticleFacts, to: Mapping[str, URIRef]) -> Iterator[Triple]:
    """The direct triples that an article gives between things of the world."""
    for v in facts.events:
        for a in v.arguments:
            yield to[v.id], role_of(a.role), to[a.entity]
    for k in facts.links:
        if to[k.source] != to[k.target]:
            yield to[k.source], relation_of(k), to[k.target]
    for z in facts.stances:
        yield to[z.holder], _stance(z), to[z.target]
    for p in facts.positions:
        yield to[p.person], protest.office, text(p.title.text)
        if p.organization:
            yield to[p.person], protest.officeIn, to[p.organization]


def _stance(stance: Stance) -> URIRef:
    return protest.supports if stance.polarity == "support" else protest.opposes


def _of_thing(thing: Thing) -> Pairs:
    types: Pairs = [(RDF.type, t) for t in sorted(terms.supertypes(protest[thing.type]))]
    names: Pairs = [(SKOS.altLabel, text(name)) for name in thing.other_names]
    return [*types, (RDFS.label, text(thing.label)), *names]


def _of_happening(h: Happening) -> Pairs:
    types: Pairs = [(RDF.type, t) for t in sorted(terms.supertypes(protest[h.type]))]
    dates: Pairs = [(p, day(value)) for p, value in ((protest.start, h.start), (protest.end, h.end)) if value]
    place = h.places[0] if h.places else None
    return [
        *types,
        (RDFS.label, text(h.label) if h.label else event_label(h.type, place, h.start, h.trigger)),
        (protest.status, text(h.status)),
        *dates,
    ]
