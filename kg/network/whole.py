"""The measures of a whole network: name, how it is computed, what it is, as in docs/networks.md."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np

from kg.network.communities import modularity
from kg.network.ground import Ground, Measure, Number, is_directed, is_signed, is_two_mode, modes


def _density(ground: Ground) -> Number:
    ties = ground.forms.ties
    if is_two_mode(ground):
        return float(ties.size() / math.prod(modes(ground)))
    return float(nx.density(ties)) if len(ties) > 1 else None


def _components(ground: Ground) -> list[int]:
    return sorted((len(c) for c in nx.connected_components(ground.forms.ties)), reverse=True)


def _centralization(ground: Ground) -> Number:
    """Freeman's (1979): differences to the highest degree, by those of a star."""
    degrees = [d for _, d in ground.forms.ties.degree()]
    most = (len(degrees) - 1) * (len(degrees) - 2)
    return sum(max(degrees) - d for d in degrees) / most if most > 0 else None


def _degree_assortativity(ground: Ground) -> Number:
    ties = ground.forms.ties
    ends = np.array([(ties.degree(a), ties.degree(b)) for a, b in ties.edges()], dtype=float).reshape(-1, 2)
    both = np.vstack((ends, ends[:, ::-1]))
    return float(np.corrcoef(both.T)[0, 1]) if len(both) and np.ptp(both) > 0 else None


def _type_assortativity(ground: Ground) -> Number:
    types = ground.forms.types
    names = sorted({types[node] for edge in ground.forms.ties.edges() for node in edge})
    if len(names) < 2:
        return None
    mixing = np.zeros((len(names), len(names)))
    for a, b in ground.forms.ties.edges():
        i, j = names.index(types[a]), names.index(types[b])
        mixing[i, j] += 1
        mixing[j, i] += 1
    mixing /= mixing.sum()
    by_chance = float((mixing.sum(axis=0) * mixing.sum(axis=1)).sum())
    return float((np.trace(mixing) - by_chance) / (1 - by_chance))


EDGES = Measure("edges", lambda g: None, "edges of all kinds")
"""Counted on the network itself, which is no form of it."""

WHOLE: tuple[Measure, ...] = (
    Measure("nodes", lambda g: len(g.forms.names), "nodes"),
    Measure("ties", lambda g: int(g.forms.ties.size()), "pairs of nodes with an edge"),
    Measure("density", _density, "ties by those that could be"),
    Measure(
        "mean_degree",
        lambda g: 2 * g.forms.ties.size() / len(g.forms.names) if g.forms.names else None,
        "ties of a node",
    ),
    Measure("components", lambda g: len(_components(g)), "parts that no tie joins"),
    Measure("largest_component", lambda g: max(_components(g), default=0), "nodes in the largest of them"),
    Measure("centralization", _centralization, "how much the ties are those of one node"),
    Measure(
        "transitivity", lambda g: float(nx.transitivity(g.forms.ties)), "share of open triads that are closed"
    ),
    Measure(
        "reciprocity",
        lambda g: float(nx.overall_reciprocity(g.forms.directed)),
        "share of directed edges that are returned",
        is_directed,
    ),
    Measure("degree_assortativity", _degree_assortativity, "whether the much tied are tied to the much tied"),
    Measure("type_assortativity", _type_assortativity, "whether ties are within types"),
    Measure("communities", lambda g: len(g.communities), "groups by Louvain's method"),
    Measure(
        "modularity",
        lambda g: modularity(g.forms.ties, g.communities),
        "how much ties are within these groups",
    ),
    Measure("bridges", lambda g: len(g.bridges), "ties without which a part falls off"),
    Measure(
        "cut_points",
        lambda g: sum(1 for _ in nx.articulation_points(g.forms.ties)),
        "nodes without which a part falls off",
    ),
    Measure("signed_triads", lambda g: g.balance.triads, "closed triads with signs", is_signed),
    Measure("balance", lambda g: g.balance.share, "share of them that are balanced", is_signed),
    Measure(
        "frustration",
        lambda g: g.balance.frustration,
        "signed ties that two camps cannot explain, at most",
        is_signed,
    ),
)
"""The measures of the whole network."""
