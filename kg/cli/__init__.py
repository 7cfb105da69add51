"""The command line. Every command is a function of its own name in a module of its own name.

A command's module is imported when the command is run, since what it needs (spaCy, rdflib) takes
seconds to load: `kg --help` and completion of command names need none of it. This is the one
place where a module is imported by name.
"""

from __future__ import annotations

import os
import sys
from errno import EDQUOT, EFBIG, EIO, ENOSPC, EPIPE
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg import __version__
from kg.cli import shell, terminal
from kg.errors import KgError, OutputError, UsageError

SUMMARIES = {
    "extract": "Print the facts of articles as JSON Lines.",
    "relevance": "Say which articles report a protest event.",
    "build": "Build a knowledge graph from articles in a folder.",
    "remove": "Remove articles from a graph.",
    "query": "Put a question to a graph.",
    "push": "Put a graph into a SPARQL endpoint.",
    "serve": "Serve a graph: pages for people, SPARQL for programs.",
    "network": "Write a network of a graph for Gephi, or measure it.",
    "report": "Write a page that shows a graph with the sentences behind it.",
    "export": "Write a graph as Turtle, TriG or JSON-LD, or its facts.",
    "validate": "Check a graph against its shapes.",
    "why": "Show the sentences behind a name or an IRI.",
    "link": "Decide which pairs are one thing, and see why.",
    "crosswalk": "Print what every reported entity and event was linked to.",
    "stats": "Count what a graph holds.",
    "vocab": "Show the ontology, or one of its terms.",
}

# Standard output that nobody reads any more, or whose disk is full or broken.
_UNWRITABLE = (EPIPE, ENOSPC, EDQUOT, EFBIG, EIO)


class _OnDemand(TyperGroup):
    """Commands that are listed by their summary and loaded when they are run."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # typer keeps these types to itself
        """Name, command and remaining arguments of a command line."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, name and load(name), rest


app = typer.Typer(
    cls=_OnDemand,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def load(name: str) -> Any:
    """The command of a name, with its options; one with commands of its own is an app (`kg link review`)."""
    command = getattr(import_module(f"{__name__}.{name}"), name)
    if isinstance(command, typer.Typer):
        return typer.main.get_command(command)
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name)(command)
    return typer.main.get_command(single)


def _listed() -> None:
    """Stands for a command where it is listed."""


for _name, _summary in SUMMARIES.items():
    app.command(_name, help=_summary)(_listed)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"protest-kg {__version__}")
        raise typer.Exit


@app.callback()
def _kg(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Read protest news, build a knowledge graph where every value leads to its sentence, and ask it.

    \b
    Examples:
      kg build seeds -o out    read the articles in seeds/ into a graph in out/
      kg query out --list      see which questions it answers
      kg why out SNIPAT        see the sentences behind a name
    """


def main() -> None:
    """Run the command line and exit: 0 fine, 1 something failed, 2 wrong use, 130 interrupted."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale: articles speak all languages
    try:
        try:
            with shell.completing(os.environ):
                app(prog_name="kg")
        finally:
            sys.stdout.flush()
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno != EPIPE:
            terminal.say(f"kg: error: standard output: cannot be written: {error.strerror}")
        sys.exit(1 if error.errno == EPIPE else 2)
    except KgError as error:
        terminal.report(error)
        sys.exit(2 if isinstance(error, UsageError | OutputError) else 1)
