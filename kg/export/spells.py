"""When the nodes and edges of a network were there: spells of whole days, the first and the last included.

An edge was there on each of its `days`; where it has none, from its `first` day to its `last`. A day that is
told by its month or year only is taken for the whole of it. A node was there when one of its edges was.
What has no day of the calendar (`--01-31` has no year) has no spell, and Gephi shows it at all times.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import networkx as nx

from kg.export.columns import Attributes

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?", re.ASCII)
Edge = tuple[Hashable, Hashable, Hashable]


@dataclass(frozen=True, slots=True, order=True)
class Spell:
    """Days without a gap; `end` is the last of them."""

    start: date
    end: date

    def __str__(self) -> str:
        """As GEXF has it in its `timeformat="date"`."""
        return f'<spell start="{self.start.isoformat()}" end="{self.end.isoformat()}"/>'


def of_network(
    network: nx.MultiDiGraph,
) -> tuple[dict[Hashable, tuple[Spell, ...]], dict[Edge, tuple[Spell, ...]]]:
    """The spells of each node and of each edge that has any."""
    edges: dict[Edge, tuple[Spell, ...]] = {}
    at: dict[Hashable, set[Spell]] = {}
    for source, target, key, data in network.edges(keys=True, data=True):
        if spells := of_edge(data):
            edges[source, target, key] = spells
            at.setdefault(source, set()).update(spells)
            at.setdefault(target, set()).update(spells)
    return {node: merged(spells) for node, spells in at.items()}, edges


def of_edge(data: Attributes) -> tuple[Spell, ...]:
    """The spells of an edge, in order.

    >>> [str(s) for s in of_edge({"days": ("2023-03-08", "2023-03-07", "2023-02"), "first": "2023"})]
    ['<spell start="2023-02-01" end="2023-02-28"/>', '<spell start="2023-03-07" end="2023-03-08"/>']
    >>> [str(s) for s in of_edge({"first": "2023-03-07", "last": "2023-04"})]
    ['<spell start="2023-03-07" end="2023-04-30"/>']
    >>> of_edge({"first": "--01-31", "last": ""})
    ()
    """
    if days := [spell for day in data.get("days") or () if (spell := spell_of(str(day)))]:
        return merged(days)
    ends = [spell for key in ("first", "last") if (spell := spell_of(str(data.get(key) or "")))]
    return (Spell(min(s.start for s in ends), max(s.end for s in ends)),) if ends else ()


def merged(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """The same days in as few spells as there can be: what overlaps, or follows the next day, is one."""
    found: list[Spell] = []
    for spell in sorted(spells):
        if found and spell.start.toordinal() <= found[-1].end.toordinal() + 1:
            found[-1] = Spell(found[-1].start, max(found[-1].end, spell.end))
        else:
            found.append(spell)
    return tuple(found)


@lru_cache(maxsize=2**16)
def spell_of(day: str) -> Spell | None:
    """The days that an ISO date, a month or a year stands for; None if it is no date of the calendar.

    >>> str(spell_of("2024-02")), spell_of("2023-02-29")
    ('<spell start="2024-02-01" end="2024-02-29"/>', None)
    """
    if not (found := _DATE.fullmatch(day)):
        return None
    year, month, number = (int(part) if part else 0 for part in found.groups())
    try:
        start = date(year, month or 1, number or 1)
    except ValueError:
        return None
    last = month or 12
    return Spell(start, date(year, last, number or monthrange(year, last)[1]))
