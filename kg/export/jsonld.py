"""JSON-LD of the union of the graphs, with a context: plain keys, one object a subject.

Names of things are relative to the base ("person/ana-duvall"), terms are keys without a prefix.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from rdflib import RDF, XSD, URIRef

from kg import terms
from kg.export.outline import Prefixes, outline
from kg.quads import Object, Quad

Json = dict[str, Any]


def write_jsonld(quads: Iterable[Quad], file: TextIO, base: str) -> None:
    """Write `{"@context": …, "@graph": [one object a subject]}`."""
    sections = outline((q[:3] for q in quads), base)
    blocks = [block for section in sections for block in section.blocks]
    links = _links(pair for block in blocks for pair in block.pairs)
    prefixes = Prefixes(base)
    nodes = [
        {"@id": _short(b.subject, prefixes)} | dict(_member(p, o, prefixes, links) for p, o in b.pairs)
        for b in blocks
    ]
    context = _context(links, prefixes)
    file.write('{"@context": ' + json.dumps(context, ensure_ascii=False, indent=1) + ',\n"@graph": [\n')
    file.write(",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes))
    file.write("\n]}\n")


def _links(pairs: Iterable[tuple[URIRef, Sequence[Object]]]) -> dict[URIRef, bool]:
    """Predicate → whether all its objects are IRIs."""
    found: dict[URIRef, bool] = {}
    for predicate, objects in pairs:
        found[predicate] = found.get(predicate, True) and all(isinstance(o, URIRef) for o in objects)
    return found


def _context(links: dict[URIRef, bool], prefixes: Prefixes) -> Json:
    ours = terms.prefixes()["protest"]
    named: Json = {}
    for predicate in sorted(links):
        name, whole = _key(predicate), _short(predicate, prefixes)
        if predicate != RDF.type and (links[predicate] or not predicate.startswith(ours)):
            named[name] = {"@id": whole, "@type": "@id"} if links[predicate] else whole
    known = {p: n for p, n in sorted(prefixes.used.items()) if p in terms.prefixes()}
    return {"@base": prefixes.base, "@vocab": ours, **known, **named}


def _key(predicate: URIRef) -> str:
    """The predicate's key: its local name, that of rdfs:label included."""
    return "@type" if predicate == RDF.type else terms.local_name(predicate)


def _member(
    predicate: URIRef, objects: Sequence[Object], prefixes: Prefixes, links: dict[URIRef, bool]
) -> tuple[str, Any]:
    if predicate == RDF.type:
        values: list[Any] = [terms.local_name(URIRef(o)) for o in objects]
    else:
        values = [_value(o, prefixes, links[predicate]) for o in objects]
    return _key(predicate), values[0] if len(values) == 1 else values


def _value(o: Object, prefixes: Prefixes, is_link: bool) -> Any:
    if isinstance(o, URIRef):
        return _short(o, prefixes) if is_link else {"@id": _short(o, prefixes)}
    if o.language:
        return {"@value": str(o), "@language": o.language}
    if o.datatype == XSD.integer and str(int(o)) == str(o):
        return int(o)
    if o.datatype:
        return {"@value": str(o), "@type": _short(o.datatype, prefixes)}
    return str(o)


def _short(iri: URIRef, prefixes: Prefixes) -> str:
    short = prefixes.split(iri)
    if short and short[0] not in terms.prefixes():
        return iri.removeprefix(prefixes.base)
    return ":".join(short) if short else str(iri)
