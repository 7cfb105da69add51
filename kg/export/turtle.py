"""Turtle and TriG that a person might have written: prefixes, headings, one subject a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import TextIO

from rdflib import RDF, RDFS, XSD, URIRef

from kg.export.outline import Block, Prefixes, Section, outline
from kg.quads import Object, Quad
from kg.quads.lines import quoted, term
from kg.terms import protest

_WIDTH = 100
# What a file says of itself on top.
_TURTLE_HEAD = """\
# Protest events as the news reports them. First what there is in the world: events, who acts in them, where.
# Then, article by article, what each reports: every fact with the sentence it was read from.
# Made by protest-kg; kg vocab explains the terms.
"""
_TRIG_HEAD = """\
# Protest events as the news reports them. The graph that an article's IRI names holds what that article
# reports; graph:linking what its reports are taken to be of, graph:world what there is in the world by that,
# graph:kb what was known of the actors and places in it before, graph:ontology the terms.
# Made by protest-kg; kg vocab explains the terms.
"""
_HEADINGS = {
    "event": "Events",
    "person": "People",
    "organization": "Organisations",
    "group": "Groups without a name",
    "place": "Places",
    "office": "Offices",
    "tenure": "Who held them",
}
_TYPE = RDF.type
# what Turtle takes for a number of this type when it stands there without quotes
_BARE = {XSD.integer: re.compile("[+-]?[0-9]+"), XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+")}


def write_turtle(quads: Iterable[Quad], file: TextIO, base: str) -> None:
    """Write the union of the graphs as Turtle."""
    prefixes = Prefixes(base)
    body = "".join(_sections(outline((q[:3] for q in quads), base), prefixes, ""))
    file.write(_head(_TURTLE_HEAD, prefixes) + body)


def write_trig(quads: Iterable[Quad], file: TextIO, base: str) -> None:
    """Write every graph by itself as TriG, in the order of their IRIs."""
    prefixes = Prefixes(base)
    body = []
    ordered = sorted(quads, key=lambda q: q[3])
    for graph, group in groupby(ordered, key=lambda q: q[3]):
        sections = outline((q[:3] for q in group), base)
        inside = "".join(_sections(sections, prefixes, "    ")).strip("\n")
        body.append(f"\n\n{_term(graph, prefixes)} {{\n\n{inside}\n}}\n")
    file.write(_head(_TRIG_HEAD, prefixes) + "".join(body))


def _head(words: str, prefixes: Prefixes) -> str:
    return f"{words}\n" + "".join(f"@prefix {p}: <{space}> .\n" for p, space in sorted(prefixes.used.items()))


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
    name = _HEADINGS.get(section.name, section.name)
    title = f"── {name}{f' {quoted(labels[0])}' if is_article and labels else ''} "
    return f"# {title}{'─' * (_WIDTH - 2 - len(title))}".rstrip()


def _paragraph(block: Block, prefixes: Prefixes, indent: str) -> str:
    """A subject with its predicates, of which some stand on the line of the one before them."""
    lines: list[str] = []
    before = None
    for predicate, objects in block.pairs:
        line = _predicate(predicate, objects, prefixes, indent)
        together = f"{lines[-1]} ; {line.lstrip()}" if before == _on_the_line_of().get(predicate, "") else ""
        if together and len(together) < _WIDTH and "\n" not in together:
            lines[-1] = together
        else:
            lines.append(line)
        before = predicate
    space = " " if block.pairs[0][0] == _TYPE else f"\n{indent}    "
    first = f"{indent}{_term(block.subject, prefixes)}{space}"
    return first + " ;\n".join(lines).lstrip() + " .\n"


@cache
def _on_the_line_of() -> Mapping[URIRef, URIRef]:
    """What people read in one: predicate → the one before it, whose line it shares if there is room."""
    return {
        protest.entity: protest.role,
        protest.relatedReport: protest.role,
        protest.high: protest.low,
        protest.endOffset: protest.beginOffset,
        protest.article: protest.endOffset,
        protest.linkReason: protest.linkScore,
        protest.confidence: protest.component,
    }


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
