"""One HTML file of a graph that opens anywhere: network, timeline, map, crowds, tables, and their sentences.

The file needs no network and no server. What it shows is gathered by `kg.report.contents` through
`queries/report/*.rq`; how it shows it is written in `web/report/` (JavaScript, CSS), whose built bundle
lies in this package. `kg.report.page` puts the two together.
"""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from kg import network as networks
from kg.output import writing
from kg.report.contents import gather
from kg.report.page import html
from kg.store import Store


def write(store: Store, path: Path, *, network: nx.MultiDiGraph | None = None, title: str = "") -> None:
    """Write the report of a graph to a file.

    Args:
        network: what `kg.network.build(store)` gives, if it is at hand; else it is built.
        title: the heading of the page; by default it says how many articles there are.

    Raises:
        OutputError: the file cannot be written.
    """
    contents = gather(store, networks.build(store) if network is None else network)
    with writing(path) as file:
        file.write(html(contents, title=title))
