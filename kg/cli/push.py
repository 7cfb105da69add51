"""`kg push`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.progress import progress
from kg.cli.terminal import plain
from kg.store import RemoteStore, fill
from kg.store.connection import shown
from kg.store.endpoint import endpoint
from kg.workfolder import open_store, read_manifest


def push(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")],
    url: Annotated[str, typer.Argument(metavar="URL", help="The URL of a SPARQL endpoint.")],
) -> None:
    """Put a graph into a SPARQL endpoint.

    Each named graph of DIR takes the place of the one of its name at the endpoint. Graphs of articles
    that are gone are removed; all others are left alone. Doing it twice changes nothing, and after an
    interruption it can be done again. Then kg query, network, why, stats and export take the URL for DIR.

    A login is read from the environment (KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN) or
    from ~/.netrc. docs/stores.md says which URLs the servers have, and what to set up in them.

    \b
    Examples:
      kg push out http://localhost:7878
      KG_STORE_USER=dba KG_STORE_PASSWORD=… kg push out http://localhost:8890/sparql
      kg query http://localhost:8890/sparql protests
    """
    read_manifest(folder)
    print(pushed(folder, url))


def pushed(folder: Path, url: str) -> str:
    """A line that says what was done: `folder` has been put into the endpoint."""
    there = RemoteStore(endpoint(url))
    with progress() as told:
        done = fill(there, open_store(folder), progress=told)
    gone = f", {len(done.removed):,} removed that {folder} no longer has" if done.removed else ""
    return plain(f"{shown(url)}: holds {done.triples:,} triples in {done.graphs:,} graphs of {folder}{gone}")
