"""`kg network`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import network as networks
from kg.cli.table import show
from kg.errors import UsageError
from kg.export.network import FORMATS, write
from kg.parameter import assignments
from kg.workfolder import open_store


def network(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=f"Where to, ending in {', '.join(f'.{f}' for f in FORMATS)}; or -.",
        ),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            "-k",
            help="Who is joined and how, see --list; or a file FILE.rq.",
            autocompletion=lambda: [k.name for k in networks.kinds()],
        ),
    ] = networks.DEFAULT_KIND,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A value for a parameter; may be repeated."),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help=f"{', '.join(FORMATS)}; by the suffix if left out."
        ),
    ] = "",
    dynamic: Annotated[
        bool, typer.Option("--dynamic", help="With days of nodes and edges for Gephi's timeline; .gexf only.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", "-l", help="List the kinds and their parameters.")] = False,
) -> None:
    """Write a network of a graph for Gephi.

    Nodes carry type, label, position and measures (degree, strength, betweenness, community);
    edges their kind, weight and evidence.

    \b
    Examples:
      kg network out -o actors.gexf
      kg network out --list
      kg network out --kind stances -o stances.graphml
      kg network out -o actors-in-time.gexf --dynamic
      kg network out -o figure.svg
    """
    store = open_store(folder)
    if list_:
        rows = [(k.name, k.summary, ", ".join(p.name for p in k.parameters)) for k in networks.kinds()]
        show(("kind", "who is joined and how", "parameters"), rows)
    elif output is None:
        raise UsageError("where to? name a file with -o, such as actors.gexf; - is standard output")
    else:
        default = "gexf" if str(output) == "-" else ""
        built = networks.build(store, kind, assignments(parameters or []))
        write(built, output, format_ or default, dynamic=dynamic)
