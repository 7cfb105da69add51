"""A table as a data frame of pandas or polars, with the types that its values have.

    whole numbers      Int64
    other numbers      Float64
    true and false     boolean
    `list` columns     lists of strings (pandas: objects)
    anything else      strings; a date as it is written, so that it keeps its precision: 2024-05

A missing value is missing, in columns of every type. All columns are there, the keys included, also where the
table has no rows.

Columns named in `days` hold dates, such as `start`. Beside each, two more say the first and the last day
that it can mean: `start_first` and `start_last`, missing where no year is known.

pandas and polars are extras: `pip install 'protest-kg[pandas]'`, `pip install 'protest-kg[polars]'`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.errors import UnknownName, UsageError
from kg.export.parquet import typed
from kg.query import Table, Value
from kg.things import Day

if TYPE_CHECKING:
    import pandas
    import polars

_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}|--[0-9]{2}-[0-9]{2}")
_PANDAS = {"list": "object", "bool": "boolean", "integer": "Int64", "double": "Float64", "string": "string"}


def to_pandas(table: Table, *, days: Iterable[str] = ()) -> pandas.DataFrame:
    """The table as a pandas frame.

    Raises:
        UsageError: pandas is not installed.
        UnknownName: a column named in `days` is none of the table's.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise UsageError("a pandas frame needs pandas: pip install 'protest-kg[pandas]'") from error
    frame = pd.DataFrame(
        {name: pd.Series(values, dtype=_PANDAS[kind]) for name, kind, values in typed(table)}
    )
    for name, first, last in _days(table, days):
        at = frame.columns.get_loc(name)
        frame.insert(at + 1, f"{name}_first", pd.Series(first, dtype="datetime64[s]"))
        frame.insert(at + 2, f"{name}_last", pd.Series(last, dtype="datetime64[s]"))
    return frame


def to_polars(table: Table, *, days: Iterable[str] = ()) -> polars.DataFrame:
    """The table as a polars frame.

    Raises:
        UsageError: polars is not installed.
        UnknownName: a column named in `days` is none of the table's.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise UsageError("a polars frame needs polars: pip install 'protest-kg[polars]'") from error
    types: dict[str, Any] = {
        "list": pl.List(pl.String),
        "bool": pl.Boolean,
        "integer": pl.Int64,
        "double": pl.Float64,
        "string": pl.String,
    }
    frame = pl.DataFrame([pl.Series(name, values, types[kind]) for name, kind, values in typed(table)])
    for name, first, last in _days(table, days):
        at = frame.columns.index(name)
        frame.insert_column(at + 1, pl.Series(f"{name}_first", first, pl.Date))
        frame.insert_column(at + 2, pl.Series(f"{name}_last", last, pl.Date))
    return frame


def _days(table: Table, names: Iterable[str]) -> list[tuple[str, list[date | None], list[date | None]]]:
    """Of each column of dates the first and last days that they can mean."""
    found = []
    for name in names:
        if name not in table.variables:
            raise UnknownName(f"days: no column {name!r}; the answer has {', '.join(table.variables)}")
        at = table.variables.index(name)
        dates = [_day(row[at]) for row in table.rows()]
        found.append((name, [d.first if d else None for d in dates], [d.last if d else None for d in dates]))
    return found


def _day(value: Value) -> Day | None:
    return Day(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
