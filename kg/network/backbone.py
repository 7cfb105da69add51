"""The ties that are too strong for chance: the disparity filter (Serrano, Boguñá & Vespignani 2009)."""

from __future__ import annotations

import networkx as nx

from kg.errors import BadParameter
from kg.network.forms import forms


def significance(ties: nx.Graph) -> dict[tuple[int, int], float]:
    """For each tie (a, b), a < b, how likely an end has so strong a tie if its strength is cut at random.

    Of a node with k ties, one with the share p of its strength has (1 − p)^(k − 1); with one tie only, 1.
    Of the two ends, the smaller counts.

    >>> significance(nx.Graph([(0, 1, {"weight": 3}), (0, 2, {"weight": 1})]))
    {(0, 1): 0.25, (0, 2): 0.75}
    """
    strength = dict(ties.degree(weight="weight"))
    return {
        (min(a, b), max(a, b)): min(
            (1 - weight / strength[end]) ** (ties.degree(end) - 1) if ties.degree(end) > 1 else 1.0
            for end in (a, b)
        )
        for a, b, weight in ties.edges(data="weight")
    }


def backbone(network: nx.MultiDiGraph, alpha: float) -> nx.MultiDiGraph:
    """The network with only the edges between nodes whose tie has a significance below `alpha`; loops go.

    Raises:
        BadParameter: `alpha` is not between 0 and 1.
    """
    if not 0 < alpha <= 1:
        raise BadParameter(f"backbone: {alpha:g} is no level of significance; one such as 0.05 is wanted")
    taken = forms(network)
    kept = {frozenset(pair) for pair, value in significance(taken.ties).items() if value < alpha}
    number = {name: i for i, name in enumerate(taken.names)}
    return network.edge_subgraph(
        [e for e in network.edges(keys=True) if frozenset((number[e[0]], number[e[1]])) in kept]
    ).copy()
