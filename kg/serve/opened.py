"""A build as the processes of the server see it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg import workfolder
from kg.errors import ResourceError
from kg.link.names import key
from kg.parameter import fill, term
from kg.query import Query, Value, load, plain, select
from kg.store import Store

Row = dict[str, Value]


class Name(NamedTuple):
    """A name without case and accents, with the label and the IRI of what it names."""

    key: str
    label: str
    iri: str


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
    def names(self) -> list[Name]:
        """Every name of every actor, place and event."""
        found = rows(self.store, load("search", "pages"))
        return [Name(key(str(r["name"])), str(r["label"]), str(r["thing"])) for r in found]


def rows(store: Store, asked: Query, name: str = "", iris: Iterable[str] = ()) -> list[Row]:
    """The rows of a query of which a parameter takes many IRIs at once; no labels are looked up."""
    terms = sorted({term("iri", iri) for iri in iris})
    if name and not terms:
        return []
    found = store.query(fill(asked.text, {name: " ".join(terms)}))
    if not isinstance(found, ox.QuerySolutions):
        raise ResourceError(f"queries/pages/{asked.name}.rq: must be a SELECT")
    names = [v.value for v in found.variables]
    return [{name: plain(row[name]) for name in names} for row in found]


def stamp(folder: Path) -> tuple[int, int]:
    """What changes when another build takes the folder's place."""
    try:
        status = (folder / workfolder.MANIFEST).stat()
    except OSError:
        return 0, 0
    return status.st_ino, status.st_mtime_ns
