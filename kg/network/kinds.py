"""The kinds of network: what rows make the edges of each.

Every query in `queries/networks/` is a kind. Queries whose header names the same larger network

    # network: actors

are together one more kind, of that name: all are asked, side by side, and the rows of all make its edges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain

from kg.parameter import Parameter
from kg.query import SUFFIX, Query, Value, catalogue, check, load, select, unknown
from kg.store import Store

FOLDER = "networks"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of network: its name, and the queries whose rows make its edges."""

    name: str
    parts: tuple[Query, ...]

    @property
    def summary(self) -> str:
        """Who is joined and how."""
        if len(self.parts) == 1:
            return self.parts[0].summary
        return f"All in one: {', '.join(part.name for part in self.parts)}"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Those of any part, each once."""
        named: dict[str, Parameter] = {}
        for parameter in chain.from_iterable(part.parameters for part in self.parts):
            named.setdefault(parameter.name, parameter)
        return tuple(named.values())

    def rows(self, store: Store, values: Mapping[str, str]) -> list[dict[str, Value]]:
        """The rows of all parts but those that lack a parameter that is given: these have nothing to say.

        Raises:
            BadParameter: no part has the parameter, or the value does not fit.
        """
        check(self.name, self.parameters, values)
        defaults = {p.name: p.default for p in self.parameters}
        given = {name: value for name, value in values.items() if value != defaults[name]}
        asked = [part for part in self.parts if given.keys() <= {p.name for p in part.parameters}]
        with ThreadPoolExecutor(max(len(asked), 1)) as pool:
            found = pool.map(lambda part: select(store, part, given), asked)
            return list(chain.from_iterable(found))


def kinds() -> tuple[Kind, ...]:
    """The kinds of network that ship with the package, sorted by name."""
    alone, larger = {}, defaultdict(list)
    for query in catalogue(FOLDER):
        alone[query.name] = Kind(query.name, (query,))
        if query.network:
            larger[query.network].append(query)
    made = alone | {name: Kind(name, tuple(parts)) for name, parts in larger.items()}
    return tuple(made[name] for name in sorted(made))


def kind_of(name: str) -> Kind:
    """The kind of a name, or that of a `.rq` file of one's own.

    Raises:
        UnknownName: there is no such kind; the message names the nearest ones.
        InputError: the file cannot be read.
        UsageError: it is no SPARQL, or its header and its text do not agree.
    """
    if name.endswith(SUFFIX):
        return Kind(name, (load(name),))
    known = {kind.name: kind for kind in kinds()}
    if name not in known:
        raise unknown(name, known, "network")
    return known[name]
