"""A build as the processes of the server see it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg import workfolder
from kg.link.names import key
from kg.query import load, select
from kg.store import Store
from kg.why import Thing


class Build:
    """A build as a process sees it; what is read of it is kept until another build takes its place."""

    def __init__(self, folder: Path) -> None:
        self.stamp = stamp(folder)
        self.manifest = workfolder.read_manifest(folder)
        self.store: Store = workfolder.open_store(folder)
        self.engine = ox.Store.read_only(str(folder / workfolder.STORE))

    @property
    def base(self) -> str:
        """The IRI that names of things begin with."""
        return self.manifest.base

    @cached_property
    def counts(self) -> dict[str, int]:
        """How much there is of what, in the order of `queries/stats.rq`."""
        totals: dict[str, int] = {}
        for row in select(self.store, load("stats")):
            group = str(row["group"])
            totals[group] = totals.get(group, 0) + int(str(row["number"]))
        return totals

    @cached_property
    def names(self) -> list[tuple[str, Thing]]:
        """Every name of what articles speak of, without case and accents, with what it names."""
        rows = select(self.store, load("names", "lookup"))
        return [(key(str(r["name"])), Thing(str(r["label"]), str(r["type"]), str(r["thing"]))) for r in rows]


def stamp(folder: Path) -> tuple[int, int]:
    """What changes when another build takes the folder's place."""
    try:
        status = (folder / workfolder.MANIFEST).stat()
    except OSError:
        return 0, 0
    return status.st_ino, status.st_mtime_ns
