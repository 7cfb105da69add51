"""Who stands between two others that have no tie, by the groups of the three (Gould & Fernandez 1989)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import networkx as nx

ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")
"""All of one group; between two of one other group; out of one's group; into it; of three groups."""


def brokerage(arcs: nx.DiGraph, groups: Sequence[Hashable]) -> Mapping[str, list[int]]:
    """How often each node 0, 1, … has each of `ROLES`: on ways a → node → c where no arc leads from a to c.

    >>> brokerage(nx.DiGraph([(0, 1), (1, 2)]), "xyx")["consultant"]
    [0, 1, 0]
    """
    counts = {role: [0] * len(groups) for role in ROLES}
    after = {node: set(arcs.successors(node)) for node in arcs}
    for broker in arcs:
        for first in arcs.predecessors(broker):
            for last in after[broker] - after[first] - {first}:
                counts[_role(groups[first], groups[broker], groups[last])][broker] += 1
    return counts


def _role(first: Hashable, broker: Hashable, last: Hashable) -> str:
    if first == last:
        return "coordinator" if first == broker else "consultant"
    if first == broker:
        return "representative"
    return "gatekeeper" if last == broker else "liaison"
