"""Query results as csv, tsv, json, jsonl or markdown; triples as turtle, ntriples or jsonld.

csv     A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line end
        and is no number) gets an apostrophe in front, the sign for "this is text". The exact
        values are in tsv and json.
tsv     SPARQL 1.1 results, terms in N-Triples form: lossless.
json    SPARQL 1.1 results: lossless, read by every SPARQL client.
jsonl   One object a row, plain values, lists as lists; a missing value is null.
markdown  A table for people: labels in place of IRIs, without the columns that are keys.

The yes or no of an ASK is JSON as SPARQL 1.1 has it in json, and a line with true or false in the others.
The triples of a CONSTRUCT or DESCRIBE are sorted by subject; turtle declares the prefixes that it needs.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TextIO

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.plugins.serializers.jsonld import from_rdf
from rdflib.term import Node

from kg import terms
from kg.errors import UnknownName, UsageError
from kg.query import SEPARATOR, Answer, Result, Table, Term, Triples, Value

_FORMULA = tuple("=+-@\t\r\n")


def write(result: Result, file: TextIO, format_: str) -> None:
    """Write a result; `format_` is one of `FORMATS`.

    Raises:
        UnknownName: there is no such format.
        UsageError: the format cannot hold this kind of result.
    """
    if format_ not in FORMATS:
        raise UnknownName(f"{format_!r}: no such format; one of {', '.join(FORMATS)}")
    if isinstance(result, Triples):
        if format_ not in _TRIPLES:
            fitting = f"{', '.join(_TRIPLES)}, not {format_}"
            raise UsageError(f"a CONSTRUCT or DESCRIBE gives triples: use --format {fitting}")
        file.write(_TRIPLES[format_](result))
    elif format_ in _TRIPLES:
        raise UsageError(f"a SELECT or ASK gives no triples: use --format csv or json, not {format_}")
    elif isinstance(result, Answer):
        file.write(_answer(result, format_))
    else:
        _TABLES[format_](result, file)


def _turtle(result: Triples) -> str:
    known = terms.prefixes()
    text = _serialized(result, ox.RdfFormat.TURTLE, known)
    used = {prefix: space for prefix, space in known.items() if text.count(f"{prefix}:") > 1}  # 1: declared
    return _serialized(result, ox.RdfFormat.TURTLE, used)


def _ntriples(result: Triples) -> str:
    return _serialized(result, ox.RdfFormat.N_TRIPLES)


def _jsonld(result: Triples) -> str:
    """JSON-LD with a context of the prefixes that it needs, one object a subject."""
    if not result.triples:
        return "[]\n"
    text = _ntriples(result)
    used = {prefix: space for prefix, space in terms.prefixes().items() if f"<{space}" in text}
    found: Any = from_rdf(graph(result), context_data=used, auto_compact=True)  # type: ignore[no-untyped-call]
    nodes = found.get("@graph", [found] if "@id" in found else []) if isinstance(found, dict) else found
    ordered = sorted(map(_sorted, nodes), key=lambda node: str(node["@id"]))
    for node in ordered:
        node.pop("@context", None)
    body = json.dumps(ordered)
    context = {prefix: space for prefix, space in used.items() if f'"{prefix}:' in body}
    return json.dumps({"@context": context, "@graph": ordered}, ensure_ascii=False, indent=1) + "\n"


def _sorted(node: Any) -> Any:
    """The same JSON-LD with keys and values in order; only `@list` has an order that means something."""
    if isinstance(node, dict):
        return {key: v if key == "@list" else _sorted(v) for key, v in sorted(node.items())}
    if isinstance(node, list):
        return sorted(map(_sorted, node), key=lambda v: json.dumps(v, sort_keys=True))
    return node


def graph(result: Triples) -> Graph:
    """The triples as a graph of rdflib, with literals as they are written."""
    made = Graph(bind_namespaces="none")
    for prefix, space in terms.prefixes().items():
        made.bind(prefix, space)
    for triple in result.triples:
        made.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return made


def _node(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise UsageError(f"{term}: a triple about a triple, which RDF 1.1 does not know")
    if term.language:
        return Literal(term.value, lang=term.language)
    plain = term.datatype.value == str(XSD.string)
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)


def _serialized(result: Triples, format_: ox.RdfFormat, prefixes: Mapping[str, str] | None = None) -> str:
    file = io.BytesIO()
    ox.serialize(result.triples, file, format_, prefixes=dict(prefixes or {}))
    return file.getvalue().decode()


def cell(value: Value) -> str:
    """A value as people read it: a list joined, a missing value empty."""
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def safe(value: Value) -> str:
    """A cell of a csv file that no spreadsheet runs as a formula.

    >>> safe("=cmd()"), safe("-5"), safe(-5)
    ("'=cmd()", "'-5", '-5')
    """
    text = cell(value)
    return f"'{text}" if isinstance(value, str | tuple) and text.startswith(_FORMULA) else text


def _csv(table: Table, file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.variables)
    writer.writerows([safe(value) for value in row] for row in table.rows())


def _tsv(table: Table, file: TextIO) -> None:
    file.write("\t".join(f"?{c}" for c in table.variables) + "\n")
    for row in table.terms:
        file.write("\t".join("" if t is None else str(t).replace("\t", "\\t") for t in row) + "\n")


def _json(table: Table, file: TextIO) -> None:
    bindings = [
        {name: _term(t) for name, t in zip(table.variables, row, strict=True) if t is not None}
        for row in table.terms
    ]
    document = {"head": {"vars": list(table.variables)}, "results": {"bindings": bindings}}
    file.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def _term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if str(term).endswith('"'):  # a plain string: its datatype is understood
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _jsonl(table: Table, file: TextIO) -> None:
    for row in table.rows():
        values = {name: _plain(v) for name, v in zip(table.variables, row, strict=True)}
        file.write(json.dumps(values, ensure_ascii=False) + "\n")


def _plain(value: Value) -> Any:
    return float(value) if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value


def numeric(table: Table) -> list[int]:
    """The positions of those of its `columns` that hold numbers, which are set to the right."""
    values = list(zip(*table.labelled(), strict=True))
    return [i for i, column in enumerate(values) if _are_numbers(column)]


def _markdown(table: Table, file: TextIO) -> None:
    right = numeric(table)
    file.write(f"| {' | '.join(table.columns)} |\n")
    marks = ("---:" if i in right else "---" for i in range(len(table.columns)))
    file.write(f"| {' | '.join(marks)} |\n")
    for row in table.labelled():
        file.write(f"| {' | '.join(map(_escaped, row))} |\n")


def _escaped(value: Value) -> str:
    """A cell that Markdown shows as it is: no markup, no HTML, no line break, no end of the cell."""
    text = "; ".join(value) if isinstance(value, tuple) else cell(value)
    text = re.sub(r"([\\`*_\[\]|~])", r"\\\1", " ".join(text.split()))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _are_numbers(column: Sequence[Value]) -> bool:
    """Whether all values are numbers, of which there is one at least."""
    values = [v for v in column if v is not None]
    return bool(values) and all(
        isinstance(v, int | float | Decimal) and not isinstance(v, bool) for v in values
    )


def _answer(answer: Answer, format_: str) -> str:
    if format_ == "json":
        return json.dumps({"head": {}, "boolean": answer.truth}) + "\n"
    return f"{str(answer.truth).lower()}\n"


_TABLES: Mapping[str, Callable[[Table, TextIO], None]] = {
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "jsonl": _jsonl,
    "markdown": _markdown,
}
_TRIPLES: Mapping[str, Callable[[Triples], str]] = {
    "turtle": _turtle,
    "ntriples": _ntriples,
    "jsonld": _jsonld,
}
TABLES: tuple[str, ...] = tuple(_TABLES)
"""The names of those that hold the rows of a SELECT."""
FORMATS: tuple[str, ...] = (*_TABLES, *_TRIPLES)
"""The names of the formats, in the order in which help shows them."""
