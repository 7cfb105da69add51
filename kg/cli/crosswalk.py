"""`kg crosswalk`"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.graph import Graph
from kg.output import writing
from kg.query import load, select
from kg.workfolder import open_store


def crosswalk(
    graph: Graph,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - for standard output.")
    ] = Path("-"),
) -> None:
    """Print what every reported entity and event was linked to.

    One JSON object a line: each has the article, the id of its entity or event in facts.jsonl, its kind
    (entity or event) and type, the IRI of what it was linked to, and how sure that is (0 to 1).

    \b
    Examples:
      kg crosswalk out
      kg crosswalk out -o crosswalk.jsonl
    """
    rows = select(open_store(graph), load("crosswalk", "lookup"))
    with writing(output) as file:
        for row in rows:
            line = {**row, "score": float(str(row["score"]))}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
