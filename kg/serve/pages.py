"""The pages: what is known of a thing and from whom, the questions and their answers, names, terms."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from rdflib import URIRef

from kg import parameter, terms, vocabulary
from kg.errors import UnknownName, UsageError
from kg.export import results
from kg.link.names import key
from kg.query import Answer as Truth
from kg.query import Query, Result, Table, catalogue, load, parse, run, select
from kg.serve import site
from kg.serve.answer import Answer, NotThere, negotiate
from kg.serve.evidence import articles
from kg.serve.html import page
from kg.serve.opened import Build, rows
from kg.serve.protocol import VARY, check
from kg.serve.tables import Cell, view

FILES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "jsonl": "application/jsonl",
    "md": "text/markdown",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
}
"""What an answer's address may end in, and the media type of that file."""
_FORMATS = {"md": "markdown", "ttl": "turtle", "nt": "ntriples"}
_TABLES, _TRIPLES = ("csv", "tsv", "json", "jsonl", "md"), ("ttl", "nt", "jsonld")
_THING = {
    "text/html": "",
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
}
_SECTIONS = (
    "crowds",
    "dates",
    "words",
    "statements",
    "offices",
    "events",
    "reports",
    "reported",
    "properties",
)
_FOUND = 50
_EXAMPLE = """\
PREFIX protest: <{protest}>
PREFIX rdfs: <{rdfs}>

SELECT ?event ?organizer ?start
WHERE {{
  ?event a protest:ProtestEvent ; protest:organizer ?organizer .
  OPTIONAL {{ ?event protest:start ?start }}
}}
ORDER BY ?start
LIMIT 100
"""


def home(build: Build) -> Answer:
    """The first page: what the graph holds, and what it can be asked."""
    return page("home", counts=build.counts, questions=_catalogue())


def question(build: Build, name: str, given: Mapping[str, str]) -> Answer:
    """A question that ships with kg, its form, and its answer for the values given."""
    asked = _known(name)
    values = {p.name: given[p.name] for p in asked.parameters if p.name in given}
    link = urlencode(values)
    try:
        shown = _shown(build, run(build.store, asked, values), asked)
        wrong = ""
    except UsageError as error:
        shown, wrong = {}, str(error)
    return page(
        "question", status=400 if wrong else 200, wrong=wrong, asked=asked, values=values, files=_TABLES,
        link=link and f"?{link}", address=f"/query/{name}", questions=_catalogue(), **shown,
    )  # fmt: skip


def sparql(build: Build, text: str) -> Answer:
    """The page for questions in SPARQL, with the answer if one is asked."""
    shown: Mapping[str, Any] = {}
    wrong = ""
    asked = parse("ASK { }", "query")
    if text.strip():
        try:
            check(text)
            asked = parse(text, "query")
            shown = _shown(build, run(build.store, asked), asked)
        except UsageError as error:
            wrong = str(error)
    return page(
        "sparql", status=400 if wrong else 200, wrong=wrong, asked=asked, questions=_catalogue(),
        text=text or _EXAMPLE.format(**terms.prefixes()), link=f"?{urlencode({'query': text})}",
        address="/query", files=_TRIPLES if "turtle" in shown else _TABLES, **shown,
    )  # fmt: skip


def file(build: Build, name: str, given: Mapping[str, str], suffix: str) -> Answer:
    """The answer to a question as a file; `name` "" is for the SPARQL in `given["query"]`."""
    if name:
        asked = _known(name)
        values = {p.name: given[p.name] for p in asked.parameters if p.name in given}
    else:
        check(given.get("query", ""))
        asked, values = parse(given.get("query", ""), "query"), {}
    return _file(run(build.store, asked, values), suffix, name or "answer")


def thing(build: Build, path: str, accept: str) -> Answer:
    """What is known of a thing, for people, or as RDF if the address or the client asks for that.

    Raises:
        NotThere: the graph says nothing of it.
    """
    for iri in site.meant(build.base, path):
        if head := _head(build, iri):
            type_ = negotiate(accept, list(_THING))
            if suffix := _THING[type_]:
                return _described(build, iri, suffix, path)
            return _thing(build, iri, head, site.THINGS + path)
    stem, dot, suffix = path.rpartition(".")
    if f".{suffix}" in site.SUFFIXES and dot:
        for iri in site.meant(build.base, stem):
            if _head(build, iri):
                return _described(build, iri, suffix, stem)
    raise NotThere(f"the graph says nothing of {site.meant(build.base, path)[-1]}")


def names(build: Build, words: str) -> Answer:
    """What has these words in one of its names; capitals and accents do not matter."""
    wanted = key(words).strip()
    ranked: dict[tuple[str, str], tuple[bool, bool]] = {}
    for name, label, iri in build.names if wanted else ():
        if wanted in name:
            rank = (name != wanted, not name.startswith(wanted))
            ranked[label, iri] = min(ranked.get((label, iri), rank), rank)
    found = sorted(ranked, key=lambda thing: (ranked[thing], thing))
    shown = found[:_FOUND]
    kinds = rows(build.store, _query("kinds", "pages"), "thing", [iri for _, iri in shown])
    types = {str(row["thing"]): str(row["type"]) for row in kinds}
    cells = [(Cell(label, site.href(build.base, iri)), types.get(iri, "")) for label, iri in shown]
    return page("names", words=words, things=cells, more=len(found) - len(shown))


def term(build: Build, name: str) -> Answer:
    """What the ontology says of a term.

    Raises:
        NotThere: it is none.
    """
    try:
        found = vocabulary.entry(terms.protest[name])
    except UnknownName as error:
        raise NotThere(str(error)) from error
    near = [(terms.local_name(match), [Cell(vocabulary.short(i), site.href(build.base, i)) for i in iris])
            for match, iris in found.near.items()]  # fmt: skip
    groups = (("a kind of", found.kind_of), ("kinds", found.kinds), ("of", found.of), ("value", found.value),
              ("has", found.has))  # fmt: skip
    linked = [
        (t, [Cell(vocabulary.short(i), site.href(build.base, i)) for i in iris]) for t, iris in groups if iris
    ]
    return page("term", entry=found, name=name, groups=[*linked, *near])


@cache
def _catalogue() -> tuple[Query, ...]:
    return catalogue()


@cache
def _query(name: str, subfolder: str = "") -> Query:
    return load(name, subfolder)


def _known(name: str) -> Query:
    for asked in _catalogue():
        if asked.name == name:
            return asked
    raise NotThere(f"{name!r}: no such question")


def _shown(build: Build, result: Result, asked: Query) -> dict[str, Any]:
    """A result as a template takes it."""
    if isinstance(result, Table):
        return {"table": view(result, asked, build.base), "count": len(result.terms)}
    if isinstance(result, Truth):
        return {"truth": result.truth}
    return {"turtle": _text(result, "turtle"), "count": len(result.triples)}


def _text(result: Result, format_: str) -> str:
    text = io.StringIO()
    results.write(result, text, format_)
    return text.getvalue()


def _file(result: Result, suffix: str, name: str) -> Answer:
    body = _text(result, _FORMATS.get(suffix, suffix)).encode()
    headers = {"Content-Disposition": f'attachment; filename="{name}.{suffix}"'}
    return Answer(body, f"{FILES[suffix]}; charset=utf-8", headers=headers)


def _head(build: Build, iri: str) -> Mapping[str, object]:
    """What a thing is called and is; empty if the graph has nothing of it, or this is no IRI."""
    try:
        value = parameter.term("iri", iri)
    except UsageError:
        return {}
    found = run(build.store, _query("head", "pages"), {"thing": value.strip("<>")})
    assert isinstance(found, Table)
    return next((dict(zip(found.variables, row, strict=True)) for row in found.rows()), {})


def _described(build: Build, iri: str, suffix: str, path: str) -> Answer:
    found = run(build.store, _query("description", "pages"), {"thing": iri})
    body = _text(found, site.SUFFIXES[f".{suffix}"]).encode()
    headers = {**VARY, "Content-Location": f"{site.THINGS}{path}.{suffix}"}
    return Answer(body, f"{FILES[suffix]}; charset=utf-8", headers=headers)


def _thing(build: Build, iri: str, head: Mapping[str, object], address: str) -> Answer:
    sections = []
    for name in _SECTIONS:
        asked = _query(name, "pages")
        found = run(build.store, asked, {"thing": iri})
        if isinstance(found, Table) and found.terms:
            sections.append((name, asked.summary, view(found, asked, build.base).filled()))
    told = articles(build, iri, _query("facts", "pages"), _query("said", "pages"))
    return page(
        "thing", headers=VARY, iri=iri, head=head, address=address, title=_title(iri, head), told=told,
        names=select(build.store, _query("names", "pages"), {"thing": iri}), relations=_relations(build, iri),
        sections=sections, kind=_local(str(head["type_id"] or "")), suffixes=site.SUFFIXES,
    )  # fmt: skip


def _relations(build: Build, iri: str) -> dict[tuple[str, bool], list[Cell]]:
    """What a thing is related to, by relation and whether that leads to it, in the ontology's order."""
    found: dict[tuple[str, bool], list[Cell]] = {}
    for row in select(build.store, _query("relations", "pages"), {"thing": iri}):
        cell = Cell(str(row["other"]), site.href(build.base, str(row["other_id"])))
        found.setdefault((str(row["relation"]), bool(row["inverse"])), []).append(cell)
    order = {terms.label(term): n for term, n in terms.order().items()}
    return dict(sorted(found.items(), key=lambda item: (item[0][1], order[item[0][0]])))


def _title(iri: str, head: Mapping[str, object]) -> str:
    return str(head["label"] or head["type"] or _local(iri))


def _local(iri: str) -> str:
    return terms.local_name(URIRef(iri))
