"""`kg validate`"""

from __future__ import annotations

import typer

from kg.cli.graph import Graph
from kg.cli.terminal import plain
from kg.query import catalogue, select
from kg.validate import validate as findings
from kg.workfolder import open_store


def validate(
    graph: Graph,
) -> None:
    """Check a graph against its shapes.

    The shapes of ontologies/shapes.ttl say what must hold (SHACL), the queries of queries/checks/
    what must not be found. Violations exit with 1; warnings are for a person to look at.

    \b
    Examples:
      kg validate out
    """
    store = open_store(graph)
    report = findings(store.quads())
    for finding in report.findings:
        print(plain(f"{finding.severity}: {finding}"))
    found = [(check, select(store, check)) for check in catalogue("checks")]
    broken = [(check, rows) for check, rows in found if rows]
    for check, rows in broken:
        print(plain(f"violation: {check.summary}: {len(rows)}, such as {rows[0]}"))
    violations = len(report.violations) + sum(len(rows) for _, rows in broken)
    verdict = f"{violations} violations" if violations else "conforms"
    print(f"{plain(graph)}: {verdict}, {len(report.warnings)} warnings")
    if violations:
        raise typer.Exit(1)
