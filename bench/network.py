"""Prints how long the measures and the layout of a large network take, beside plain NetworkX.

    python bench/network.py [--nodes 10000] [--edges 100000] [--sources 20] [--small 1500]

The network is invented: nodes tie themselves to those that have many ties (Barabási & Albert 1999), with
weights of which few are large. NetworkX's betweenness is measured from `--sources` nodes, as is ours beside
it, since from all it would take hours; its layout on a network of `--small` nodes, since its memory grows
with the square of the nodes. On that, exact betweenness is measured too, with NetworKit if it is installed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

import networkx as nx
import numpy as np

from kg.network import layout, paths
from kg.network.forms import forms
from kg.network.measures import measure, measure_all
from kg.network.rows import from_rows

SEED = 1


def invented(nodes: int, edges: int) -> nx.MultiDiGraph:
    """A network of so many nodes and about so many edges."""
    ties = nx.barabasi_albert_graph(nodes, max(1, edges // nodes), seed=SEED)
    weights = np.minimum(np.random.RandomState(SEED).zipf(2.2, ties.size()), 500)
    rows = zip(ties.edges(), weights, strict=True)
    return from_rows(
        {"source": f"n{a}", "target": f"n{b}", "kind": "ties", "weight": int(w), "directed": False}
        for (a, b), w in rows
    )


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ours(ties: nx.Graph, sources: int) -> None:
    """Betweenness and closeness from some nodes."""
    paths._from(paths._lengths(ties), [np.arange(sources)], is_exact=False)


def theirs(ties: nx.Graph, sources: int) -> None:
    """Betweenness from as many nodes by NetworkX."""
    for _, _, data in ties.edges(data=True):
        data["distance"] = 1.0 / data["weight"]
    nx.betweenness_centrality(ties, k=sources, weight="distance", seed=SEED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, default in (("nodes", 10_000), ("edges", 100_000), ("sources", 20), ("small", 1500)):
        parser.add_argument(f"--{name}", type=int, default=default)
    args = parser.parse_args()
    network = invented(args.nodes, args.edges)
    ties = forms(network).ties
    measured = {
        "default measures": seconds(lambda: measure(network)),
        "layout": seconds(lambda: layout.lay_out(network)),
        "all measures": seconds(lambda: measure_all(network)),
        f"paths of {args.sources} nodes": seconds(lambda: ours(ties, args.sources)),
        f"NetworkX, paths of {args.sources} nodes": seconds(lambda: theirs(ties, args.sources)),
        "NetworkX, Louvain": seconds(lambda: nx.community.louvain_communities(ties, seed=SEED)),
    }
    small = forms(invented(args.small, 5 * args.small)).ties
    measured[f"layout of {args.small} nodes"] = seconds(lambda: layout.positions(small))
    measured[f"NetworkX, layout of {args.small} nodes"] = seconds(lambda: nx.spring_layout(small, seed=SEED))
    if find_spec("networkit"):
        measured[f"NetworKit, all paths of {args.small}"] = seconds(lambda: paths.paths(small, exact=True))
        sys.modules["networkit"] = None  # type: ignore[assignment]  # as if it were not installed
    measured[f"all paths of {args.small} nodes"] = seconds(lambda: paths.paths(small, exact=True))
    print(f"{'nodes':<36}{args.nodes:,}")
    print(f"{'edges':<36}{network.number_of_edges():,}")
    for name, value in measured.items():
        print(f"{name:<36}{value:.2f} s")


if __name__ == "__main__":
    main()
