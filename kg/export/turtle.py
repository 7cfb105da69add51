"""Turtle and TriG that a person might have written: prefixes, headings, one subject a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TextIO

from rdflib import RDF, RDFS, XSD, URIRef

from kg.export.outline import Block, Prefixes, Section, outline
from kg.quads import Object, Quad
from kg.quads.lines import quoted, term

_WIDTH = 100
_TYPE = RDF.type
# what Turtle takes for a number of this type when it stands there without quotes
_BARE = {str(XSD.integer): re.compile("[+-]?[0-9]+"), str(XSD.decimal): re.compile(r"[+-]?[0-9]*\.[0-9]+")}


def write_turtle(quads: Iterable[Quad], file: TextIO, base: str) -> None:
    """Write the union of the graphs as Turtle."""
    prefixes = Prefixes(base)
    body = "".join(_sections(outline((q[:3] for q in quads), base), prefixes, ""))
    file.write(_head(prefixes) + body)


def write_trig(quads: Iterable[Quad], file: TextIO, base: str) -> None:
    """Write every graph by itself as TriG, in the order of their IRIs."""
    prefixes = Prefixes(base)
    body = []
    ordered = sorted(quads, key=lambda q: q[3])
    for graph, group in groupby(ordered, key=lambda q: q[3]):
        sections = outline((q[:3] for q in group), base)
        inside = "".join(_sections(sections, prefixes, "    ")).strip("\n")
        body.append(f"\n\n{_term(graph, prefixes)} {{\n\n{inside}\n}}\n")
    file.write(_head(prefixes) + "".join(body))


def _head(prefixes: Prefixes) -> str:
    return "".join(f"@prefix {p}: <{namespace}> .\n" for p, namespace in sorted(prefixes.used.items()))


def _sections(sections: Sequence[Section], prefixes: Prefixes, indent: str) -> Iterator[str]:
    for section in sections:
        yield f"\n\n{indent}{_heading(section)}\n"
        for block in section.blocks:
            yield "\n" + _paragraph(block, prefixes, indent)


def _heading(section: Section) -> str:
    """The section's name, and for an article its headline."""
    first = section.blocks[0]
    labels = [o for p, objects in first.pairs if p == RDFS.label for o in objects]
    is_article = first.subject.endswith(f"article/{section.name}")
    title = f"── {section.name}{f' {quoted(labels[0])}' if is_article and labels else ''} "
    return f"# {title}{'─' * (_WIDTH - 2 - len(title))}".rstrip()


def _paragraph(block: Block, prefixes: Prefixes, indent: str) -> str:
    lines = [_predicate(p, objects, prefixes, indent) for p, objects in block.pairs]
    space = " " if block.pairs[0][0] == _TYPE else f"\n{indent}    "
    first = f"{indent}{_term(block.subject, prefixes)}{space}"
    return first + " ;\n".join(lines).lstrip() + " .\n"


def _predicate(predicate: URIRef, objects: Sequence[Object], prefixes: Prefixes, indent: str) -> str:
    name = "a" if predicate == _TYPE else _term(predicate, prefixes)
    written = [_term(o, prefixes) for o in objects]
    line = f"{indent}    {name} {', '.join(written)}"
    if len(line) <= _WIDTH or len(written) == 1:
        return line
    return f"{indent}    {name}\n" + ",\n".join(f"{indent}        {o}" for o in written)


def _term(value: Object, prefixes: Prefixes) -> str:
    if isinstance(value, URIRef):
        short = prefixes.split(value)
        return ":".join(short) if short else term(value)
    if value.datatype is None:
        return term(value)
    bare = _BARE.get(value.datatype)
    if bare and bare.fullmatch(value):
        return str(value)
    return f"{quoted(value)}^^{_term(value.datatype, prefixes)}"
