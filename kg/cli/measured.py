"""What `kg network` prints of measures and slices: tables that fit 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx

from kg.cli.table import show
from kg.network.slices import Change
from kg.network.whole import EDGES, WHOLE

TOP = 10
_NODES = ("degree", "strength", "betweenness", "closeness", "community")
_FLOAT = 3  # digits after the point


def show_measures(network: nx.MultiDiGraph) -> None:
    """Print the measures of the whole network, then the strongest nodes with the most asked of theirs."""
    found = network.graph["measures"]
    about = {m.name: m.help for m in (EDGES, *WHOLE)}
    show(("measure", "value", ""), [(_words(n), _cell(v), about[n]) for n, v in found.items()], right=[1])
    strongest = sorted(network.nodes(data=True), key=lambda n: (-n[1]["strength"], n[0]))[:TOP]
    if strongest:
        print()
        columns = [name for name in _NODES if any(name in data for _, data in strongest)]
        rows = [
            (str(data.get("label") or node), *(_cell(data.get(name)) for name in columns))
            for node, data in strongest
        ]
        show(("", *columns), rows, right=range(1, len(columns) + 1))
    if len(network) > TOP:
        print(f"\n{TOP} of {len(network):,} nodes; -o FILE.csv writes all, with all measures")
    if sampled := network.graph.get("sampled"):
        print(f"\nBetweenness and closeness are estimated from {sampled:,} nodes; --exact takes all")


def show_slices(slices: Sequence[tuple[str, nx.MultiDiGraph]], changes: Sequence[Change | None]) -> None:
    """Print how many nodes and edges each slice has, and what changed since the one before.

    Overlap is the share of nodes, or edges, of either slice that are in both.
    """
    columns = ("slice", "nodes", "new", "gone", "overlap", "edges", "new", "gone", "overlap", "ranks")
    rows = []
    for (name, network), c in zip(slices, changes, strict=True):
        nodes = (c.nodes_gained, c.nodes_lost, c.node_overlap) if c else (None,) * 3
        edges = (c.edges_gained, c.edges_lost, c.edge_overlap) if c else (None,) * 3
        counts = (len(network), *nodes, network.number_of_edges(), *edges, c.ranks if c else None)
        rows.append((name, *(_cell(value, 2) for value in counts)))
    show(columns, rows, right=range(1, len(columns)))


def _words(name: str) -> str:
    return name.replace("_", " ")


def _cell(value: float | bool | None, digits: int = _FLOAT) -> str:
    if value is None:
        return ""
    return f"{value:.{digits}f}" if isinstance(value, float) else f"{value:,}"
