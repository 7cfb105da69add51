"""Whether a graph is as ontologies/shapes.ttl wants it, and in plain words where it is not.

>>> validate([]).conforms
True
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import pyshacl
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from kg import terms
from kg.errors import ResourceError
from kg.quads import Quad
from kg.resources import folder
from kg.terms import protest

Severity = Literal["violation", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is not as it should be: `focus` is its IRI, `label` what people call it.

    `path` is the property that is wrong, `value` what stands there (None: nothing does), `articles` are the
    titles of the articles that report it.
    """

    severity: Severity
    kind: str
    label: str
    message: str
    path: str | None
    value: str | None
    focus: str
    articles: tuple[str, ...]

    def __str__(self) -> str:
        """One line: demand “pay” must be for or against (protest:polarity maybe), in “Nurses strike”"""
        what = " ".join(filter(None, (self.path, self.value)))
        others = f" and {len(self.articles) - 1} more" if len(self.articles) > 1 else ""
        where = f", in “{self.articles[0]}”{others}" if self.articles else ""
        return f"{self.kind} “{self.label}” {self.message}{f' ({what})' if what else ''}{where}"


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All findings, violations first. A graph with warnings alone conforms."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """No violation."""
        return not self.violations

    @property
    def violations(self) -> tuple[Finding, ...]:
        """The findings that break the graph."""
        return tuple(f for f in self.findings if f.severity == "violation")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that a person should look at."""
        return tuple(f for f in self.findings if f.severity == "warning")


def validate(quads: Iterable[Quad]) -> ValidationReport:
    """What the shapes say of the union of the graphs."""
    graph = Graph(bind_namespaces="none")
    for s, p, o, _ in quads:
        graph.add((s, p, o))
    for triple in terms.ontology().triples((None, RDFS.subClassOf, None)):
        graph.add(triple)
    _, results, _ = pyshacl.validate(
        graph, shacl_graph=_shapes(), inference="none", inplace=True, advanced=False, meta_shacl=False
    )
    found = {_finding(graph, results, result) for result in results.objects(None, SH.result)}
    return ValidationReport(tuple(sorted(found, key=lambda f: (f.severity, f))))


@cache
def _shapes() -> Graph:
    path = folder("ontologies") / "shapes.ttl"
    try:
        return Graph().parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise ResourceError(f"{path}: cannot be read as Turtle: {error}") from error


def _finding(graph: Graph, results: Graph, result: Node) -> Finding:
    focus = results.value(result, SH.focusNode)
    path, value = results.value(result, SH.resultPath), results.value(result, SH.value)
    kinds = [t for t in graph.objects(focus, RDF.type) if isinstance(t, URIRef) and t in terms.order()]
    kind = max(sorted(kinds), key=lambda t: len(terms.supertypes(t)), default=None)
    return Finding(
        severity="warning" if results.value(result, SH.resultSeverity) == SH.Warning else "violation",
        kind=terms.label(kind) if kind else "",
        label=_label(graph, focus),
        message=str(results.value(result, SH.resultMessage)),
        path=_short(path) if isinstance(path, URIRef) else None,
        value=None if value is None or value == focus else _value(graph, value),
        focus=str(focus),
        articles=_articles(graph, focus),
    )


def _articles(graph: Graph, focus: Node | None) -> tuple[str, ...]:
    """Titles of the articles in which a fact or passage stands, or whose reports are of a thing, sorted."""
    if focus is None:
        return ()
    told = [focus, *graph.subjects(protest.refersTo, focus)]
    articles = {article for thing in told for article in graph.objects(thing, protest.article)}
    return tuple(sorted(_label(graph, article) for article in articles))


def _value(graph: Graph, value: Node) -> str:
    """What stands there as people call it, if it is a thing of the graph."""
    is_thing = isinstance(value, URIRef) and (value, RDFS.label, None) in graph
    return _label(graph, value) if is_thing else _short(value)


def _label(graph: Graph, node: Node | None) -> str:
    """Its label, else its words, else the last part of its IRI."""
    for p in (RDFS.label, protest.text):
        if text := graph.value(node, p, any=True):
            return str(text)
    return str(node).rsplit("/", 1)[-1]


def _short(node: Node) -> str:
    for prefix, namespace in terms.prefixes().items():
        if isinstance(node, URIRef) and node.startswith(namespace):
            return f"{prefix}:{node.removeprefix(namespace)}"
    return str(node)
