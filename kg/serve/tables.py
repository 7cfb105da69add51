"""Results of queries as tables of a page, in which names lead to the pages of what they name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.export.results import cell, numeric
from kg.query import Query, Table, Value
from kg.serve.site import href

SHOWN = 1000
_OF = re.compile(r"the IRI of the (\w+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A text and where it leads; "" if nowhere."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name, what it means, and whether it holds numbers."""

    name: str
    help: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A table of a page: at most `SHOWN` rows, and how many more there are."""

    columns: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int = 0

    def filled(self) -> View:
        """The table without the columns in which nothing stands."""
        kept = [i for i in range(len(self.columns)) if any(row[i].text for row in self.rows)]
        rows = tuple(tuple(row[i] for i in kept) for row in self.rows)
        return View(tuple(self.columns[i] for i in kept), rows, self.more)


def view(table: Table, query: Query, base: str) -> View:
    """The table of a result. A key column (`event_id`) becomes the link of its column (`event`).

    Which column that is, its name says, or the header ("the IRI of the person"). A key of no column
    becomes a link at the end of the row.
    """
    helps = {c.name: c.help for c in query.columns}
    columns = table.columns
    links = _links(table, helps)
    beside = [key for key in table.variables if key in table.keys and key.endswith("_id")]
    beside = [key for key in beside if key not in links.values()]
    right = set(numeric(table))
    heads = [Head(name.replace("_", " "), helps.get(name, ""), i in right) for i, name in enumerate(columns)]
    heads += [Head(key.removesuffix("_id"), helps.get(key, "")) for key in beside]
    rows = []
    for values, shown in zip(table.rows()[:SHOWN], table.labelled(), strict=False):
        row = dict(zip(table.variables, values, strict=True))
        cells = [
            Cell(_text(value), _address(row[links.get(name, name)] or row[name], base))
            for name, value in zip(columns, shown, strict=True)
        ]
        cells += [Cell("see" if row[key] else "", _address(row[key], base)) for key in beside]
        rows.append(tuple(cells))
    return View(tuple(heads), tuple(rows), max(0, len(table.terms) - SHOWN))


def _links(table: Table, helps: dict[str, str]) -> dict[str, str]:
    """Column → the key column that holds its IRIs."""
    links: dict[str, str] = {}
    for key in sorted(table.keys):
        said = _OF.match(helps.get(key, ""))
        for name in (key.removesuffix("_id"), said[1] if said else ""):
            if name in table.columns and name not in links:
                links[name] = key
                break
    return links


def _address(value: Value, base: str) -> str:
    """Where a value leads: the page of an IRI, the web; "" for what is neither."""
    is_iri = isinstance(value, str) and value.startswith((base, "https://", "http://"))
    return href(base, str(value)) if is_iri else ""


def _text(value: Value) -> str:
    """A value as people read it: a list joined, thousands set apart.

    >>> _text(("a", "b")), _text(20000), _text(None)
    ('a; b', '20,000', '')
    """
    if isinstance(value, tuple):
        return "; ".join(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else cell(value)
