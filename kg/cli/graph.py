"""The graph that a command asks: a folder, a file or an endpoint."""

from __future__ import annotations

from glob import escape
from pathlib import Path
from typing import Annotated

import typer


def _paths(incomplete: str) -> list[str]:
    """Files and folders that begin so, for completion in the shell."""
    folder, slash, name = incomplete.rpartition("/")
    found = sorted(Path(folder + slash or ".").glob(f"{escape(name)}*"))
    return [f"{folder}{slash}{path.name}{'/' if path.is_dir() else ''}" for path in found]


Graph = Annotated[
    str,
    typer.Argument(
        metavar="DIR",
        help="A folder that kg build wrote, a .trig or .ttl file, or the URL of a SPARQL endpoint.",
        autocompletion=_paths,
    ),
]
