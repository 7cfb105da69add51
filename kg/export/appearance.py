"""How a network looks: the colour of a node says its class, its size its strength, a line its kind."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx

from kg.terms import local_name, protest, supertypes

Colour = tuple[int, int, int]

SMALLEST, LARGEST = 8.0, 40.0
GREY: Colour = (160, 160, 160)
# For kinds that `kinds.json` does not name; also for those who do not see all colours (Okabe & Ito).
_OTHERS: tuple[Colour, ...] = ((0, 114, 178), (204, 121, 167), (0, 158, 115), (230, 159, 0), (86, 180, 233))


@dataclass(frozen=True, slots=True)
class Line:
    """How edges of a kind are drawn; `dash` is lengths of strokes and gaps, empty for a solid line."""

    colour: Colour
    dash: str = ""


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


def colour(type_: str) -> Colour | None:
    """The colour of a class, or of the nearest class above it that has one in `colours.json`; else None.

    >>> colour("March") == colour("ProtestEvent")
    True
    """
    name = family(type_)
    return _colours()[name] if name else None


@cache
def family(type_: str) -> str | None:
    """The class whose colour a class has: itself, or the nearest above it that `colours.json` names.

    >>> family("March"), family("Unheard")
    ('ProtestEvent', None)
    """
    if type_ not in protest.names():
        return None
    known = _colours()
    above = sorted(supertypes(protest[type_]), key=lambda c: len(supertypes(c)), reverse=True)
    return next((local_name(c) for c in above if local_name(c) in known), None)


def lines(kinds: Iterable[str]) -> dict[str, Line]:
    """How each kind of edge is drawn, sorted by kind: as `kinds.json` says, or in one of the other colours.

    >>> lines(["opposes"])["opposes"].dash
    '7 3'
    """
    known = _kinds()
    wanted = sorted(set(kinds))
    others = [kind for kind in wanted if kind not in known]
    dashes = ("", "6 3", "2 3")
    made = {
        kind: Line(_OTHERS[i % len(_OTHERS)], dashes[i // len(_OTHERS) % len(dashes)])
        for i, kind in enumerate(others)
    }
    return {kind: known.get(kind) or made[kind] for kind in wanted}


@cache
def _colours() -> dict[str, Colour]:
    return {name: (r, g, b) for name, (r, g, b) in _read("colours.json").items()}


@cache
def _kinds() -> dict[str, Line]:
    return {kind: Line(tuple(line["colour"]), line["dash"]) for kind, line in _read("kinds.json").items()}


def _read(name: str) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return content
