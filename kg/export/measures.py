"""The measures of a network, and the changes between slices, as CSV that is safe in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import TextIO

import networkx as nx

from kg.export.results import safe
from kg.network.slices import Change


def whole_csv(network: nx.MultiDiGraph, file: TextIO) -> None:
    """Write the measures of the whole network (`kg.network.measure_all`), one a row."""
    sampled = network.graph.get("sampled")
    rows = list(network.graph["measures"].items()) + ([("sampled", sampled)] if sampled else [])
    _rows(("measure", "value"), rows, file)


def changes_csv(names: Sequence[str], changes: Iterable[Change | None], file: TextIO) -> None:
    """Write what changed in each slice since the one before; of the first, nothing."""
    columns = [field.name for field in fields(Change)]
    rows = (
        (name, *(asdict(c).values() if c else [None] * len(columns)))
        for name, c in zip(names, changes, strict=True)
    )
    _rows(("slice", *columns), rows, file)


def _rows(columns: Sequence[str], rows: Iterable[Sequence[object]], file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe(value) for value in row] for row in rows)  # type: ignore[arg-type]
