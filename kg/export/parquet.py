"""A table as Apache Parquet, for pandas, polars, R and DuckDB: every column has a type, lists are lists.

    whole numbers      int64, where all fit; else text
    other numbers      double
    true and false     bool
    `list` columns     list of strings
    anything else      string: texts, days, IRIs

Needs pyarrow, which `pip install 'protest-kg[tables]'` brings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.export.results import cell
from kg.output import writing
from kg.query import Table, Value

_INT64 = range(-(2**63), 2**63)


def write(table: Table, path: Path) -> None:
    """Write all columns of a table, the keys included, to a file; the same table gives the same bytes.

    Raises:
        UsageError: pyarrow is not installed.
        OutputError: the file cannot be written.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow: pip install 'protest-kg[tables]'") from error
    types = {
        "list": pa.list_(pa.string()),
        "bool": pa.bool_(),
        "integer": pa.int64(),
        "double": pa.float64(),
        "string": pa.string(),
    }
    arrays = [pa.array(values, types[kind]) for _, kind, values in typed(table)]
    with writing(path) as file:
        parquet.write_table(pa.table(arrays, names=list(table.variables)), file.buffer)


def typed(table: Table) -> Iterator[tuple[str, str, list[Any]]]:
    """Name, kind of type (list, bool, integer, double or string) and values of each column, keys included."""
    columns = list(zip(*table.rows(), strict=True)) or [()] * len(table.variables)
    for name, column in zip(table.variables, columns, strict=True):
        kind = "list" if name in table.lists else _kind(column)
        yield name, kind, [_value(v, kind) for v in column]


def _kind(column: Sequence[Value]) -> str:
    """The narrowest type that holds all values of a column; of one without values, text."""
    values = [v for v in column if v is not None]
    if not values:
        return "string"
    if all(isinstance(v, bool) for v in values):
        return "bool"
    if any(isinstance(v, bool | str | tuple) for v in values):
        return "string"
    if all(isinstance(v, int) for v in values):
        return "integer" if all(v in _INT64 for v in values) else "string"
    return "double"


def _value(value: Value, kind: str) -> Any:
    if value is None or kind in ("bool", "integer", "list"):
        return value
    return float(value) if isinstance(value, int | float | Decimal) and kind == "double" else cell(value)
