"""`kg query`"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg import network as networks
from kg import query as queries
from kg.cli.completion import parameters as completed
from kg.cli.table import show
from kg.errors import InputError, UnknownName, UsageError
from kg.export import network, parquet, results
from kg.output import writing
from kg.parameter import Parameter, assignments
from kg.query import Query, Result, Table, Triples, Value
from kg.workfolder import open_store

TABLE, PARQUET, GEXF = "table", "parquet", "gexf"
FILES = (PARQUET, GEXF)
"""The formats that are no text, or more than the answer, and go to a file only."""
FORMATS = [TABLE, *results.FORMATS, *FILES]
_SUFFIXES = {".md": "markdown", ".ttl": "turtle", ".nt": "ntriples"}


def _parameters(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """What an option without its value may become; the arguments before it are not read yet."""
    folder, name, *_ = (*ctx.args, "", "")
    return list(completed(folder, name, incomplete))


def query(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")],
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME|FILE.rq|-",
            help="A question from --list, a file of SPARQL, or - for SPARQL on standard input.",
            autocompletion=lambda: [q.name for q in queries.catalogue()],
        ),
    ] = None,
    sparql: Annotated[
        str | None,
        typer.Option(
            "--sparql",
            "-e",
            metavar="SPARQL",
            help="The question itself, in SPARQL, in quotes; prefixes of the ontology need no declaration.",
        ),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            "-p",
            metavar="NAME=VALUE",
            help="A value for a parameter; may be repeated.",
            autocompletion=_parameters,
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"{', '.join(FORMATS)}; if left out, by the suffix of FILE, or a table.",
            autocompletion=lambda: FORMATS,
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to; if left out, standard output."),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", "-l", help="List the questions and their parameters.")
    ] = False,
    describe: Annotated[
        bool, typer.Option("--describe", "-d", help="Say what a question answers, and with which parameters.")
    ] = False,
) -> None:
    """Put a question to a graph.

    \b
    Examples:
      kg query out --list
      kg query out protests
      kg query out protests --describe
      kg query out protests --param from=2023 --format csv
      kg query out protests -o protests.parquet
      kg query out acting-together -o unions.gexf --param type=Union
      kg query out -e 'SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }'
      kg query out -e 'SELECT ?march { ?march a protest:March }'
      kg query out -e 'CONSTRUCT WHERE { ?s a ?class }' --format jsonld
      echo 'ASK { ?s ?p ?o }' | kg query out -
    """  # fmt: skip
    store = open_store(folder)
    if list_:
        show(("question", "what it answers", "parameters"), map(_row, queries.catalogue()))
    elif describe:
        _describe(_load(name, sparql))
    else:
        chosen = _format(format_, output)
        asked = _load(name, sparql)
        result = queries.run(store, asked, assignments(parameters or []))
        if chosen == TABLE:
            _print(result)
        elif chosen == GEXF and isinstance(result, Table) and output:
            network.write(networks.from_table(store, result, asked), output, GEXF)
        else:
            _write(result, output or Path("-"), chosen)


def _describe(asked: Query) -> None:
    """Print what the header of a question says."""
    show(("", ""), [("question", asked.name), ("answers", asked.summary or "its header does not say")])
    if asked.parameters:
        print()
        show(("parameter", "type", "if left out", "what it is"), map(_parameter, asked.parameters))
    if asked.columns:
        print()
        show(("column", "type", "what it is"), [(c.name, c.type, c.help) for c in asked.columns])


def _parameter(of: Parameter) -> tuple[str, str, str, str]:
    return of.name, ", ".join(of.choices) or of.type, of.default, of.help


def _row(listed: Query) -> tuple[str, str, str]:
    return listed.name, listed.summary, ", ".join(p.name for p in listed.parameters)


def _load(name: str | None, sparql: str | None) -> Query:
    if sparql is not None:
        if name is not None:
            raise UsageError(f"{name} or -e? A question has a name or is written out, not both")
        return _parse(sparql.encode(errors="surrogateescape"), "-e", declare=True)
    if name is None:
        raise UsageError("which question? kg query DIR --list shows them all")
    if name == "-":
        return _parse(sys.stdin.buffer.read(), "standard input")
    try:
        return queries.load(name)
    except InputError as error:
        raise UsageError(str(error)) from error


def _parse(sparql: bytes, name: str, *, declare: bool = False) -> Query:
    try:
        return queries.parse(sparql.decode(), name, declare=declare)
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: is not UTF-8 text") from error


def _format(format_: str, output: Path | None) -> str:
    """The format asked for by its name or by the suffix of a file."""
    suffix = output.suffix if output else ""
    chosen = format_ or _SUFFIXES.get(suffix, suffix.removeprefix(".")) or TABLE
    if chosen not in FORMATS:
        raise UnknownName(f"{chosen!r}: no such format; one of {', '.join(FORMATS)}")
    if chosen == TABLE and output and str(output) != "-":
        raise UsageError(f"{output}: a table is for the screen; give --format, such as csv or markdown")
    if chosen in FILES and (output is None or str(output) == "-"):
        raise UsageError(f"{chosen} is no text: name a file with -o, such as answer.{chosen}")
    return chosen


def _write(result: Result, path: Path, format_: str) -> None:
    if format_ not in FILES:
        with writing(path) as file:
            results.write(result, file, format_)
    elif isinstance(result, Table):
        parquet.write(result, path)
    else:
        raise UsageError(f"{format_} holds the rows of a SELECT, no triples and no yes or no")


def _print(result: Result) -> None:
    if isinstance(result, Table):
        rows = [tuple(map(_cell, row)) for row in result.labelled()]
        show(result.columns, rows, right=results.numeric(result))
    else:
        results.write(result, sys.stdout, "turtle" if isinstance(result, Triples) else "csv")


def _cell(value: Value) -> str:
    return "; ".join(value) if isinstance(value, tuple) else results.cell(value)
