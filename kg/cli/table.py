"""Tables for people: they fit the terminal, and text in them is shown as it is."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.terminal import plain

Row = Sequence[str]

_GAP = 3  # spaces between columns
_WORD = 20  # letters; a longer word may be broken
_LINES = 2  # a table may be so many times as wide as the terminal before it is printed row by row


def show(columns: Row, rows: Iterable[Row], *, right: Iterable[int] = ()) -> None:
    """Print a table on standard output; the columns whose numbers are in `right` are set to the right.

    Without a terminal it is 80 columns wide, or as wide as the variable COLUMNS says. More
    than three columns that do not fit are printed row by row, as names and values. Columns and values
    that are empty are left out; nothing is cut.
    """
    console = Console(file=sys.stdout, highlight=False)
    numeric = set(right)
    every = [
        _Column(plain(c), tuple(map(plain, cells)), n in numeric)
        for n, (c, *cells) in enumerate(zip(columns, *rows, strict=True))
    ]
    shown = [column for column in every if any(column.cells)] or every
    if _fits(shown, console.width):
        _print(console, _table(shown))
        return
    for number, row in enumerate(zip(*(column.cells for column in shown), strict=True)):
        if number:
            print()
        filled = [(column.name, cell) for column, cell in zip(shown, row, strict=True) if cell]
        _print(console, _table([_Column("", cells, False) for cells in zip(*filled, strict=True)]))


class _Column(NamedTuple):
    name: str
    cells: tuple[str, ...]
    is_right: bool

    @property
    def narrowest(self) -> int:
        """The width in which no word is broken."""
        words = (word for cell in (self.name, *self.cells) for word in cell.split())
        return min(_WORD, max(map(len, words), default=0))

    @property
    def widest(self) -> int:
        """The width in which no cell needs a second line."""
        return max(map(len, (self.name, *self.cells)))


def _fits(columns: Sequence[_Column], width: int) -> bool:
    gaps = _GAP * (len(columns) - 1)
    narrowest, widest = sum(c.narrowest for c in columns), sum(c.widest for c in columns)
    return len(columns) <= 3 or (narrowest + gaps <= width and widest + gaps <= width * _LINES)


def _table(columns: Sequence[_Column]) -> Table:
    has_head = any(column.name for column in columns)
    table = Table(
        box=SIMPLE_HEAD if has_head else None, show_header=has_head, show_edge=False, pad_edge=False
    )
    for column in columns:
        table.add_column(
            Text(column.name),
            justify="right" if column.is_right else "left",
            overflow="fold",
            min_width=column.narrowest,
        )
    for row in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*map(Text, row))
    return table


def _print(console: Console, table: Table) -> None:
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        print(line.rstrip())
