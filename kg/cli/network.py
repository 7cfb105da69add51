"""`kg network`"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Annotated

import networkx as nx
import typer

from kg import network as networks
from kg.cli.graph import Graph
from kg.cli.measured import show_measures, show_slices
from kg.cli.table import show
from kg.errors import BadParameter, InputError, UsageError
from kg.export.measures import changes_csv, whole_csv
from kg.export.network import FORMATS, write
from kg.network.ground import GROUPS
from kg.network.projection import MODES, WEIGHTINGS
from kg.network.slices import PERIODS, Period
from kg.output import writing
from kg.parameter import assignments
from kg.terms import local_name, protest, supertypes
from kg.workfolder import open_store


def _events() -> list[str]:
    return [local_name(c) for c in protest.classes() if protest.Event in supertypes(c)]


def _actors() -> list[str]:
    return [local_name(c) for c in protest.classes() if protest.Actor in supertypes(c)]


def network(
    graph: Graph,
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
    from_: Annotated[
        str, typer.Option("--from", metavar="DATE", help="On or after this day, month or year.")
    ] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="DATE", help="On or before this day, month or year.")
    ] = "",
    type_: Annotated[
        str,
        typer.Option(
            "--type", metavar="CLASS", help="Events of this class, such as March.", autocompletion=_events
        ),
    ] = "",
    place: Annotated[
        str, typer.Option("--place", metavar="WORDS", help="Events at a place with this in its name.")
    ] = "",
    country: Annotated[
        str, typer.Option("--country", metavar="CODE", help="Events in this country, such as FR.")
    ] = "",
    min_confidence: Annotated[
        str,
        typer.Option("--min-confidence", metavar="X", help="Only what was read at least so surely, 0 to 1."),
    ] = "",
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="CLASS",
            help="Only actors of this class; may be repeated.",
            autocompletion=_actors,
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="CLASS",
            help="No actors of this class; may be repeated.",
            autocompletion=_actors,
        ),
    ] = None,
    project: Annotated[
        str,
        typer.Option(
            "--project",
            metavar="MODE",
            help="Join the sources, or targets, of a two-mode network by what they share.",
            autocompletion=lambda: list(MODES),
        ),
    ] = "",
    weighting: Annotated[
        str,
        typer.Option(
            "--weighting",
            metavar="NAME",
            help=f"What sharing weighs: {', '.join(WEIGHTINGS)}.",
            autocompletion=lambda: list(WEIGHTINGS),
        ),
    ] = "counts",
    min_weight: Annotated[
        float, typer.Option("--min-weight", metavar="W", help="Edges that weigh at least so much.")
    ] = 0.0,
    backbone: Annotated[
        float | None,
        typer.Option(
            "--backbone", metavar="ALPHA", help="Edges too strong for chance at this level, such as 0.05."
        ),
    ] = None,
    ego: Annotated[
        str, typer.Option("--ego", metavar="NAME", help="One node, by name or IRI, and those around it.")
    ] = "",
    depth: Annotated[int, typer.Option("--depth", metavar="N", help="How many steps around it.")] = 1,
    largest: Annotated[bool, typer.Option("--largest", help="The largest component only.")] = False,
    slice_: Annotated[
        str,
        typer.Option(
            "--slice",
            metavar="LENGTH",
            help=f"A network for each {', '.join(PERIODS)}, and what changes.",
            autocompletion=lambda: list(PERIODS),
        ),
    ] = "",
    measures: Annotated[
        bool, typer.Option("--measures", help="All measures: as a table, or in what is written.")
    ] = False,
    brokers: Annotated[
        str,
        typer.Option(
            "--groups",
            metavar="GROUPS",
            help=f"What brokers stand between: {' or '.join(GROUPS)}.",
            autocompletion=lambda: list(GROUPS),
        ),
    ] = GROUPS[0],
    exact: Annotated[
        bool, typer.Option("--exact", help="Measure betweenness and closeness from all nodes, however many.")
    ] = False,
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
    """Write a network of a graph for Gephi, or measure it.

    Nodes carry type, label, position and measures (degree, strength, betweenness, community; all with
    --measures); edges their kind, weight and evidence.

    \b
    Examples:
      kg network out -o actors.gexf
      kg network out --list
      kg network out --kind stances -o stances.graphml
      kg network out --measures
      kg network out --kind acting-together --measures -o together.csv
      kg network out --kind acting-together --from 2023 --country FR --only Organization --measures
      kg network out --kind events --project source --weighting newman -o shared.gexf
      kg network out --kind demands --project source --measures
      kg network out --without Group --min-weight 2 --largest -o strong.gexf
      kg network out --slice year
      kg network out -o actors-in-time.gexf --dynamic
      kg network out -o figure.svg
    """
    store = open_store(graph)
    if list_:
        rows = [(k.name, k.summary, ", ".join(p.name for p in k.parameters)) for k in networks.kinds()]
        show(("kind", "who is joined and how", "parameters"), rows)
        return
    if output is None and not (measures or slice_):
        raise UsageError("where to? name a file with -o, such as actors.gexf; - is standard output")
    if brokers not in GROUPS:
        raise BadParameter(f"--groups {brokers}: one of {', '.join(GROUPS)} is wanted")
    given = {
        "from": from_,
        "to": to,
        "type": type_,
        "place": place,
        "country": country,
        "confidence": min_confidence,
    }
    values = {**assignments(parameters or []), **{name: value for name, value in given.items() if value}}
    choices = networks.Choices(
        only=tuple(only or ()),
        without=tuple(without or ()),
        project=project,
        weighting=weighting,
        min_weight=min_weight,
        backbone=backbone,
        ego=ego,
        depth=depth,
        largest=largest,
    )
    if slice_:
        slices = networks.build_slices(store, slice_, kind, values, choices)
        for _, one in slices if measures else ():
            networks.measure_all(one, exact=exact, groups=brokers)
        _sliced(slices, output, format_, dynamic)
        return
    built = networks.build(store, kind, values, choices)
    if measures:
        networks.measure_all(built, exact=exact, groups=brokers)
    if output is None:
        show_measures(built)
        return
    write(built, output, format_ or ("gexf" if str(output) == "-" else ""), dynamic=dynamic)
    if measures and str(output) != "-":
        with writing(_beside(output, "measures")) as file:
            whole_csv(built, file)


def _sliced(
    slices: list[tuple[Period, nx.MultiDiGraph]], output: Path | None, format_: str, dynamic: bool
) -> None:
    """Print the slices, or write one file of each and one of the changes."""
    if not slices:
        raise InputError("no edge has a date that says to which slice it belongs; try a longer one")
    named = [(period.name, network) for period, network in slices]
    changes = [None, *(networks.change(before, after) for (_, before), (_, after) in pairwise(named))]
    if output is None:
        show_slices(named, changes)
        return
    if str(output) == "-":
        raise UsageError("slices are files: name them with -o, such as actors.gexf for actors-2023.gexf")
    for name, network in named:
        write(network, output.with_name(f"{output.stem}-{name}{output.suffix}"), format_, dynamic=dynamic)
    with writing(_beside(output, "changes")) as file:
        changes_csv([name for name, _ in named], changes, file)


def _beside(output: Path, what: str) -> Path:
    return output.with_name(f"{output.stem}-{what}.csv")
