"""The ontology as a page of Markdown: every term, and what must hold of a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TextIO

from rdflib import SKOS, URIRef

from kg import terms, vocabulary
from kg.terms import protest
from kg.vocabulary import Entry, Rule, entry, short

_HEAD = """\
# The ontology

Written by `make docs` from `ontologies/`: [protest.ttl](../ontologies/protest.ttl) declares the terms,
[alignments.ttl](../ontologies/alignments.ttl) relates them to those of others,
[shapes.ttl](../ontologies/shapes.ttl) says what must hold of a graph. `kg vocab` shows the terms in the
terminal, `kg vocab March` one of them.

    an article  ──reports──▶  EntityReport, EventReport  ──refersTo──▶  Actor, Place, Event
                              what one article says                      what there is in the world

On the left everything is a [Fact](#fact) with its sentence, component and confidence. On the right stand the
everyday triples (`?march protest:organizer ?union`), derived from the facts by linking.
"""
_SEPARATOR = "| --- | --- | --- |"
_MATCHES = {
    SKOS.closeMatch: "near to",
    SKOS.broadMatch: "narrower than",
    SKOS.narrowMatch: "wider than",
    SKOS.relatedMatch: "related to",
}


def write_page(file: TextIO) -> None:
    """Write the whole ontology as one page."""
    namespace, classes, properties = terms.prefixes()["protest"], protest.classes(), protest.properties()
    file.write(f"{_HEAD}\nPrefix `protest:`, namespace `{namespace}`. ")
    file.write(f"There are {len(properties)} properties, below, and {len(classes)} classes:\n\n")
    file.writelines(f"{'  ' * depth}- {_links([term])}\n" for depth, term in vocabulary.tree())
    for heading, names in vocabulary.sections():
        file.write(f"\n## {heading}\n")
        for term in names:
            file.write("\n")
            write_entry(entry(term), file)
    file.write("\n## What must hold of a graph\n\n`kg validate` names what does not.\n\n")
    file.write("\n".join(_rules(vocabulary.rules())) + "\n")


def write_entry(of: Entry, file: TextIO) -> None:
    """Write what there is to say of one term."""
    file.write(f"### {short(of.iri)}\n\n")
    for language, text in of.definitions.items():
        file.write(f"**{of.labels[language]}** – {text}\n\n")
    file.writelines(f"- {key}: {value}\n" for key, value in _lines(of) if value)


def _lines(of: Entry) -> Iterator[tuple[str, str]]:
    yield "example", "; ".join(f"`{e}`" if e.startswith("?") else e for e in of.examples)
    yield "kind of", _links(of.kind_of)
    yield "kinds", _links(of.kinds)
    yield "of", _links(of.of)
    yield "value", _links(of.value)
    yield "has", _links(p for p in of.has if of.iri in entry(p).of)
    for match, others in of.near.items():
        yield _MATCHES[match], _links(others)
    yield "coded as", ", ".join(of.codes)


def _links(names: Iterable[URIRef]) -> str:
    """The terms by name, ours with a link to where they stand on the page."""
    return ", ".join(f"[{short(t)}](#{_anchors()[t]})" if t in protest else f"`{short(t)}`" for t in names)


@cache
def _anchors() -> Mapping[URIRef, str]:
    """The names by which pages of Markdown know their headings: Place → place, then place → place-1."""
    found: dict[str, int] = {}
    anchors = {}
    for _, names in vocabulary.sections():
        for term in names:
            name = short(term).lower()
            anchors[term] = f"{name}-{found[name]}" if name in found else name
            found[name] = found.get(name, 0) + 1
    return anchors


def _rules(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| what | property | what is said of one that breaks the rule |"
    yield _SEPARATOR
    for rule in rules:
        doubt = "" if rule.is_violation else " (a warning)"
        yield f"| {_links(rule.of)} | {_links(rule.paths)} | {rule.message}{doubt} |"
