"""Tables for people: columns that fit the terminal, text that is shown as it is."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.terminal import plain


def show(columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Print a table on standard output; the columns whose numbers are in `right` are set to the right.

    Without a terminal it is 80 columns wide, or as wide as the variable COLUMNS says. A cell
    is never cut: what does not fit goes on in the next line.
    """
    table = Table(box=SIMPLE_HEAD if any(columns) else None, show_header=any(columns), pad_edge=False)
    numeric = set(right)
    for number, column in enumerate(columns):
        table.add_column(
            Text(plain(column)), justify="right" if number in numeric else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    console = Console(file=sys.stdout, highlight=False)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        print(line.rstrip())
