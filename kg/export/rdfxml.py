"""RDF/XML of the union of the graphs: one rdf:Description a subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from rdflib import RDF, URIRef

from kg import terms
from kg.errors import OutputError
from kg.export.outline import Block, Prefixes, outline
from kg.quads import Object, Quad

# What XML 1.0 cannot hold, not even as a reference.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_rdfxml(quads: Iterable[Quad], file: TextIO, base: str) -> None:
    """Write one rdf:RDF element. A character that XML cannot hold becomes U+FFFD."""
    prefixes = Prefixes(base)
    sections = outline((q[:3] for q in quads), base)
    body = [_description(block, prefixes) for section in sections for block in section.blocks]
    names = {"rdf": str(RDF)} | {p: n for p, n in prefixes.used.items() if p in terms.prefixes()}
    spaces = "".join(f"\n  xmlns:{p}={quoteattr(namespace)}" for p, namespace in sorted(names.items()))
    file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n')
    file.writelines(body)
    file.write("</rdf:RDF>\n")


def _description(block: Block, prefixes: Prefixes) -> str:
    lines = [f"\n<rdf:Description rdf:about={quoteattr(block.subject)}>\n"]
    lines += [_property(p, o, prefixes) for p, objects in block.pairs for o in objects]
    return "".join([*lines, "</rdf:Description>\n"])


def _property(predicate: URIRef, o: Object, prefixes: Prefixes) -> str:
    short = prefixes.split(predicate)
    if short is None or short[0] not in terms.prefixes():
        raise OutputError(f"<{predicate}>: RDF/XML needs a prefix for it; export as Turtle instead")
    name = ":".join(short)
    if isinstance(o, URIRef):
        return f"  <{name} rdf:resource={quoteattr(o)}/>\n"
    of = f" xml:lang={quoteattr(o.language)}" if o.language else ""
    of += f" rdf:datatype={quoteattr(o.datatype)}" if o.datatype else ""
    text = escape(_FORBIDDEN.sub("\ufffd", o), {"\r": "&#13;"})
    return f"  <{name}{of}>{text}</{name}>\n"
