"""What the knowledge base says of the things that articles refer to: names, ids, places, offices."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import DCTERMS, ORG, RDF, RDFS, SKOS, Literal, URIRef

from kg.link import Linked
from kg.link.knowledge import Known, Location, Office, Tenure
from kg.quads.literals import Pairs, Triple, day, number, text
from kg.terms import protest, schema


def of_known(known: Known) -> Pairs:
    """Names, ids and where it belongs. Hidden names are how linking finds it, not what it is called."""
    pairs: Pairs = [
        (SKOS.prefLabel if name.preferred else SKOS.altLabel, Literal(name.text, lang=name.lang))
        for name in known.names
        if name.kind != "hidden"
    ]
    pairs += [(SKOS.exactMatch, URIRef(iri)) for iri in known.matches]
    pairs += [(ORG.memberOf, URIRef(iri)) for iri in known.member_of]
    if known.replaced_by:
        pairs.append((DCTERMS.isReplacedBy, URIRef(known.replaced_by)))
    if known.country:
        pairs.append((schema.addressCountry, text(known.country)))
    return [*pairs, *_of_location(known.location)] if known.location else pairs


def _of_location(location: Location) -> Iterator[tuple[URIRef, URIRef | Literal]]:
    yield protest.precision, text(location.precision)
    if location.latitude is not None and location.longitude is not None:
        yield schema.latitude, number(location.latitude)
        yield schema.longitude, number(location.longitude)
    if location.within:
        yield schema.containedInPlace, URIRef(location.within)


def beside(linked: Linked) -> Iterator[Triple]:
    """The offices that known persons held, and what known things are members, predecessors or parts of.

    The latter get no type: an actor or place is what an article reports.
    """
    for thing in linked.things:
        for tenure in thing.known.tenures if thing.known else ():
            yield from _of_tenure(URIRef(thing.path), tenure)
    for office in linked.offices:
        yield from _of_office(office)
    for known in linked.related:
        subject = URIRef(known.iri)
        yield subject, RDFS.label, text(known.label)
        yield from ((subject, p, o) for p, o in of_known(known))


def _of_tenure(person: URIRef, tenure: Tenure) -> Iterator[Triple]:
    subject = URIRef(tenure.iri)
    yield subject, RDF.type, ORG.Membership
    yield subject, ORG.member, person
    yield subject, ORG.role, URIRef(tenure.office)
    for property_, value in ((schema.startDate, tenure.start), (schema.endDate, tenure.end)):
        if value:
            yield subject, property_, day(value)


def _of_office(office: Office) -> Iterator[Triple]:
    subject = URIRef(office.iri)
    yield subject, RDF.type, ORG.Post
    yield subject, RDFS.label, text(office.label)
    for name in office.names:
        if name.kind != "hidden":
            label = SKOS.prefLabel if name.preferred else SKOS.altLabel
            yield subject, label, Literal(name.text, lang=name.lang)
    if office.organization:
        yield subject, ORG.postIn, URIRef(office.organization)
    if office.country:
        yield subject, schema.addressCountry, text(office.country)
