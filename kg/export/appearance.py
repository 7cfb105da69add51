"""How a network looks: the colour of a node says its class, its size the strength of its ties."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import networkx as nx

from kg.terms import local_name, protest, supertypes

Colour = tuple[int, int, int]

SMALLEST, LARGEST = 8.0, 40.0


def dress(network: nx.MultiDiGraph) -> None:
    """Adds `colour` (red, green, blue) by `type` and `size` by `strength` to each node that has these.

    The area of a node, not its radius, grows with its strength.
    """
    strongest = max((d.get("strength", 0.0) for _, d in network.nodes(data=True)), default=0.0)
    for _, data in network.nodes(data=True):
        if shade := colour(data.get("type", "")):
            data["colour"] = shade
        if strongest:
            share = math.sqrt(data.get("strength", 0.0) / strongest)
            data["size"] = round(SMALLEST + (LARGEST - SMALLEST) * share, 2)


@cache
def colour(type_: str) -> Colour | None:
    """The colour of a class, or of the nearest class above it that has one in `colours.json`; else None.

    >>> colour("March") == colour("ProtestEvent")
    True
    """
    if type_ not in protest.names():
        return None
    known = _colours()
    above = sorted(supertypes(protest[type_]), key=lambda c: len(supertypes(c)), reverse=True)
    return next((known[local_name(c)] for c in above if local_name(c) in known), None)


@cache
def _colours() -> dict[str, Colour]:
    path = Path(__file__).with_name("colours.json")
    return {name: (r, g, b) for name, (r, g, b) in json.loads(path.read_text(encoding="utf-8")).items()}
