"""`kg stats`"""

from __future__ import annotations

from kg.cli.graph import Graph
from kg.cli.table import show
from kg.query import load, select
from kg.workfolder import open_store


def stats(
    graph: Graph,
) -> None:
    """Count what a graph holds.

    \b
    Examples:
      kg stats out
    """
    rows = select(open_store(graph), load("stats"))
    show(("", "", "number"), [(str(r["group"]), str(r["kind"]), f"{r['number']:,}") for r in rows], right=[2])
