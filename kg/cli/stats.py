"""`kg stats`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.table import show
from kg.query import load, select
from kg.workfolder import open_store


def stats(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")],
) -> None:
    """Count what a graph holds.

    \b
    Examples:
      kg stats out
    """
    rows = select(open_store(folder), load("stats"))
    show(("", "", "number"), [(str(r["group"]), str(r["kind"]), f"{r['number']:,}") for r in rows], right=[2])
