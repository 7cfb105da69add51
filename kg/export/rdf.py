"""The graph as a file: Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML, or the facts in it.

ttl     for people: prefixes, headings, one subject a paragraph
trig    the same, graph by graph
nt, nq  one triple or quad a line, sorted; what every store loads fastest
jsonld  with a context
rdf     RDF/XML
jsonl   what each article reports, one a line: facts.jsonl as `kg extract` prints it

trig and nq hold the whole dataset, the ontology's graph included; the other formats of RDF the union of the
rest. The same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TextIO

from kg import jsonlines, terms
from kg.errors import UnknownName
from kg.export.jsonld import write_jsonld
from kg.export.rdfxml import write_rdfxml
from kg.export.turtle import write_trig, write_turtle
from kg.quads import Quad
from kg.quads.lines import nquads, ntriples
from kg.quads.reading import read_facts

_OTHER_NAMES = {
    "turtle": "ttl",
    "nquads": "nq",
    "ntriples": "nt",
    "json": "jsonld",
    "json-ld": "jsonld",
    "xml": "rdf",
}


def write(quads: Iterable[Quad], file: TextIO, *, format_: str, base: str | None = None) -> None:
    """Write the quads; `format_` is one of `FORMATS`, `base` the IRI that names of things begin with.

    Raises:
        UnknownName: there is no such format.
        InputError: the facts are asked for, and some of them are broken.
    """
    base = base or terms.base()
    format_ = format_known(format_)
    if format_ not in _DATASET:
        ontology = f"{base}graph/ontology"
        quads = (q for q in quads if str(q[3]) != ontology)
    FORMATS[format_](quads, file, base)


def format_known(name: str) -> str:
    """The format of this name.

    Raises:
        UnknownName: there is none; the message lists those there are.
    """
    format_ = _OTHER_NAMES.get(name.lower(), name.lower())
    if format_ not in FORMATS:
        raise UnknownName(f"{name!r}: no such format; one of {', '.join(FORMATS)}")
    return format_


def format_of(path: Path) -> str:
    """The format that a file's suffix asks for: graph.ttl → ttl.

    Raises:
        UnknownName: no format has this suffix.
    """
    if not path.suffix:
        raise UnknownName(
            f"{path}: no suffix that names a format; give --format, one of {', '.join(FORMATS)}"
        )
    return format_known(path.suffix.removeprefix("."))


def _write_nquads(quads: Iterable[Quad], file: TextIO, base: str) -> None:
    file.writelines(sorted(set(nquads(quads))))


def _write_ntriples(quads: Iterable[Quad], file: TextIO, base: str) -> None:
    file.writelines(sorted(set(ntriples(quads))))


def _write_facts(quads: Iterable[Quad], file: TextIO, base: str) -> None:
    jsonlines.write(read_facts(quads), file)


FORMATS: Mapping[str, Callable[[Iterable[Quad], TextIO, str], None]] = {
    "ttl": write_turtle,
    "trig": write_trig,
    "nt": _write_ntriples,
    "nq": _write_nquads,
    "jsonld": write_jsonld,
    "rdf": write_rdfxml,
    "jsonl": _write_facts,
}
_DATASET = ("trig", "nq")
