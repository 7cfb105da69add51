"""`kg remove`"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg import build as run
from kg.cli.build import Corrections, Kb, check, counts
from kg.cli.progress import progress
from kg.cli.table import show
from kg.link import load_with
from kg.link.corrections import read
from kg.workfolder import CORRECTIONS


def remove(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")],
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of articles, or - for one a line.")],
    kb: Kb = None,
    corrections: Corrections = None,
) -> None:
    """Remove articles from a graph.

    Afterwards the graph is as if they had never been in it. An article that changed need not be
    removed: kg build replaces it.

    \b
    Examples:
      kg remove out echo-2024-17
      kg remove out - < retracted.txt
    """
    wanted = [id for given in ids for id in (_lines() if given == "-" else [given])]
    with progress() as told:
        built = run.remove(
            wanted,
            folder,
            knowledge=load_with(kb or ()),
            decisions=read(corrections or folder / CORRECTIONS),
            progress=told,
        )
    show(("", "", ""), counts(built), right=[1])
    check(built, folder)


def _lines() -> list[str]:
    return [line for line in sys.stdin.read().splitlines() if line]
