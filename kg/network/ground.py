"""What measures are computed from, each part once, and what a measure is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from kg.network.balance import Balance, balance
from kg.network.brokerage import brokerage
from kg.network.communities import communities
from kg.network.forms import Forms
from kg.network.paths import Paths, paths

Number = int | float | bool | None
GROUPS = ("type", "community")
"""What brokers stand between."""


@dataclass(frozen=True)
class Ground:
    """What measures are computed from, each part once."""

    forms: Forms
    exact: bool
    groups: str

    @cached_property
    def paths(self) -> Paths:
        return paths(self.forms.ties, exact=self.exact)

    @cached_property
    def communities(self) -> list[set[int]]:
        return communities(self.forms.ties)

    @cached_property
    def community(self) -> list[Number]:
        return spread(self, {n: i for i, group in enumerate(self.communities, 1) for n in group})

    @cached_property
    def brokers(self) -> Mapping[str, list[int]]:
        return brokerage(self.forms.arcs, self.community if self.groups == "community" else self.forms.types)

    @cached_property
    def balance(self) -> Balance:
        return balance(self.forms.signs)

    @cached_property
    def bridges(self) -> list[tuple[int, int]]:
        return list(nx.bridges(self.forms.ties))


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: how to compute it (of nodes: a value for each, in order), and what it is."""

    name: str
    of: Callable[[Ground], Sequence[Number] | Number]
    help: str
    applies: Callable[[Ground], bool] = lambda ground: True


def spread(ground: Ground, values: Mapping[int, Number]) -> list[Number]:
    return [values[node] for node in ground.forms.ties]


def is_directed(ground: Ground) -> bool:
    return bool(ground.forms.directed.size() > 0)


def is_two_mode(ground: Ground) -> bool:
    return bool(ground.forms.first_mode)


def is_signed(ground: Ground) -> bool:
    return bool(ground.forms.signs.size() > 0)


def modes(ground: Ground) -> tuple[int, int]:
    first = len(ground.forms.first_mode)
    return first, len(ground.forms.names) - first
