"""`kg report`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import report as reports
from kg.workfolder import open_store


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to, such as report.html; or -.")
    ],
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="The heading; says how many articles there are if left out.")
    ] = "",
) -> None:
    """Write a page that shows a graph with the sentences behind it.

    One HTML file to open, send and keep: network, timeline, map, crowd sizes and tables. It needs no
    network and no server. kg build writes one without a title to DIR/report.html.

    \b
    Examples:
      kg report out -o report.html
      kg report out -o police.html --title "Police protests in France"
    """
    reports.write(open_store(folder), output, title=title)
