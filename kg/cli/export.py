"""`kg export`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.graph import Graph
from kg.export import rdf
from kg.output import writing
from kg.store import base_of
from kg.workfolder import open_store


def export(
    graph: Graph,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE", help="Where to; - is standard output."),
    ],
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"{', '.join(rdf.FORMATS)}; by the suffix if left out.",
            autocompletion=lambda: list(rdf.FORMATS),
        ),
    ] = "",
) -> None:
    """Write a graph as Turtle, TriG or JSON-LD, or its facts.

    ttl (Turtle), nt (N-Triples), jsonld and rdf (RDF/XML) hold one graph of all there is; trig
    and nq (N-Quads) keep a named graph for each article, and the ontology. jsonl gives back the
    facts that the graph was made of, as kg extract prints them.

    \b
    Examples:
      kg export out -o graph.ttl
      kg export out -o dataset.nq
      kg export out -o facts.jsonl
      kg export out -o - --format jsonld
    """  # fmt: skip
    store = open_store(graph)
    format_ = rdf.format_known(format_) if format_ else rdf.format_of(output)
    with writing(output) as file:
        rdf.write(store.quads(), file, format_=format_, base=base_of(store))
