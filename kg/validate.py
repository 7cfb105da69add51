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

    `path` is the property that is wrong, `value` what stands there (None: nothing does).
    """

    severity: Severity
    kind: str
    label: str
    message: str
    path: str | None
    value: str | None
    focus: str

    def __str__(self) -> str:
        """One line: crowd estimate “4,000”: has a lower bound above its upper bound (protest:low 5000)."""
        where = " ".join(filter(None, (self.path, self.value)))
        return f"{self.kind} “{self.label}” {self.message}{f' ({where})' if where else ''}"


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
        value=None if value is None or value == focus else _short(value),
        focus=str(focus),
    )


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
