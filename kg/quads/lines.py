"""Quads as lines of N-Quads, and back from a store's own terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import URIRef

from kg.quads.literals import Object
from kg.quads.world import Quad

# Everything that may not stand in a quoted string of N-Quads or Turtle, and what no terminal should be sent.
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def nquads(quads: Iterable[Quad]) -> Iterator[str]:
    """One line of N-Quads each, with its line end."""
    join = "".join  # twice as fast as a format string, which asks each URIRef how to write it
    for s, p, o, g in quads:
        yield join(("<", s, "> <", p, "> ", term(o), " <", g, "> .\n"))


def ntriples(quads: Iterable[Quad]) -> Iterator[str]:
    """One line of N-Triples each, with its line end; the graphs are left out."""
    for s, p, o, _ in quads:
        yield f"<{s}> <{p}> {term(o)} .\n"


def term(value: Object) -> str:
    """An IRI or literal in N-Triples. Characters that hide or turn text are escaped."""
    if isinstance(value, URIRef):
        return "".join(("<", value, ">"))
    written = quoted(value)
    if datatype := value.datatype:
        return "".join((written, "^^<", datatype, ">"))
    return f"{written}@{value.language}" if value.language else written


def quoted(text: str) -> str:
    """The text as a quoted string of N-Triples and Turtle, on one line."""
    return "".join(('"', _ESCAPED.sub(_escape, text) if _ESCAPED.search(text) else text, '"'))


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"
