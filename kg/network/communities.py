"""Groups of nodes with many ties among them and few to others."""

from __future__ import annotations

import networkx as nx

SEED = 20210519


def communities(ties: nx.Graph) -> list[set[int]]:
    """The groups of Louvain's method (Blondel et al. 2008), the largest first.

    Louvain can leave a group in pieces that no tie joins (Traag et al. 2019); such a group is taken apart,
    which never lowers modularity.

    >>> communities(nx.Graph([(0, 1), (2, 3), (3, 4), (2, 4)]))
    [{2, 3, 4}, {0, 1}]
    """
    found = nx.community.louvain_communities(ties, weight="weight", seed=SEED) if len(ties) else []
    pieces = (piece for group in found for piece in nx.connected_components(ties.subgraph(group)))
    return sorted(pieces, key=lambda group: (-len(group), min(group)))


def modularity(ties: nx.Graph, groups: list[set[int]]) -> float | None:
    """Newman and Girvan's (2004) modularity of a partition; None where there are no ties."""
    return float(nx.community.modularity(ties, groups, weight="weight")) if ties.size() else None
