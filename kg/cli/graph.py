"""The graph that a command asks: a folder, a file or an endpoint."""

from __future__ import annotations

from typing import Annotated

import typer
from click import Path

Graph = Annotated[
    str,
    typer.Argument(
        metavar="DIR",
        help="A folder that kg build wrote, a .trig or .ttl file, or the URL of a SPARQL endpoint.",
        click_type=Path(),
    ),
]
