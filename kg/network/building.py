"""A network from the graph: rows of a query, with what the graph knows of nodes, measures and positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import networkx as nx
from pyoxigraph import NamedNode

from kg import parameter
from kg.errors import UsageError
from kg.network.choices import Choices, choose, find
from kg.network.kinds import Kind, kind_of
from kg.network.layout import lay_out
from kg.network.measures import measure
from kg.network.rows import from_rows
from kg.network.slices import Period, only_dated, periods
from kg.query import Query, Table, Value, about, load, select
from kg.store import Store
from kg.terms import local_name, protest, supertypes

DEFAULT_KIND = "actors"
EVERYTHING = Choices()


def build(
    store: Store,
    kind: str = DEFAULT_KIND,
    values: Mapping[str, str] | None = None,
    choices: Choices = EVERYTHING,
) -> nx.MultiDiGraph:
    """The network of a kind, with measures and positions, nodes and edges in a fixed order.

    `kind` is a name of `kg.network.kinds` or a `.rq` file; `values` are its parameters.

    Raises:
        UnknownName: there is no such kind, or no such ego.
        BadParameter: a parameter is unknown or malformed.
        UsageError: a choice does not fit the network.
        InputError: the query has not the columns of a network, or a weight is not above zero.
    """
    network = _chosen(store, kind_of(kind), values or {}, choices)
    measure(network)
    lay_out(network)
    return network


def build_slices(
    store: Store,
    length: str,
    kind: str = DEFAULT_KIND,
    values: Mapping[str, str] | None = None,
    choices: Choices = EVERYTHING,
) -> list[tuple[Period, nx.MultiDiGraph]]:
    """The networks of each period of a length (`kg.network.slices.PERIODS`), in the order of time.

    A node is at the same place in all, that of the network of the whole time. An edge without a date
    that says to which period it belongs is in none; one that lasts is in each that it touches. Of
    choices, the ego is looked for in the whole, and those who are around it are looked for in each slice.

    Raises:
        see `build`; BadParameter also if the kind has no parameters `from` and `to`.
    """
    asked, given = kind_of(kind), dict(values or {})
    whole = _chosen(store, asked, given, choices)
    lay_out(whole)
    within = replace(choices, ego=find(store, whole, choices.ego)) if choices.ego else choices
    found = []
    for period in periods(whole, length):
        network = _chosen(store, asked, {**given, **_narrowed(period, given)}, within, length)
        for node in network:
            place = whole.nodes.get(node, {})
            network.nodes[node].update({axis: place[axis] for axis in "xy" if axis in place})
        measure(network)
        found.append((period, network))
    return found


def from_table(store: Store, table: Table, query: Query) -> nx.MultiDiGraph:
    """The network of a query's rows, with measures and positions: each row joins its two actors.

    The ends are the columns `source` and `target` or, where there are none, the first two columns that hold
    IRIs of actors and nothing else; a row without one of them joins nobody. Where `kind`, `weight` or
    `directed` are missing, an edge is called after the two columns, weighs as much as it has rows, and leads
    from the first to the second. `Table` holds the answer of `query`, whose summary describes the network.

    Raises:
        UsageError: there are no two such columns.
        InputError: see `from_rows`.
    """
    ends = _ends(store, table)
    if table.terms and not ends:
        raise UsageError(f"{query.name}: a network needs two columns with IRIs of actors")
    rows = (dict(zip(table.variables, row, strict=True)) for row in table.rows())
    joined = (_joined(row, *ends) for row in rows if row[ends[0]] and row[ends[1]]) if ends else ()
    network = from_rows(joined, name=query.name)
    _describe(store, network, query.summary)
    measure(network)
    lay_out(network)
    return network


def _chosen(
    store: Store, kind: Kind, values: Mapping[str, str], choices: Choices, length: str = ""
) -> nx.MultiDiGraph:
    """The network with what the graph knows of its nodes, without measures and positions."""
    network = from_rows(kind.rows(store, values), name=kind.name)
    if length:
        network = only_dated(network, length)
    _describe(store, network, kind.summary)
    return choose(store, network, choices)


def _narrowed(period: Period, values: Mapping[str, str]) -> dict[str, str]:
    """The bounds of a period, within those that the user gave."""
    start, end = values.get("from", ""), values.get("to", "")
    is_within = end and end < period.end[: len(end)]
    return {"from": max(start, period.start), "to": end if is_within else period.end}


def _ends(store: Store, table: Table) -> tuple[str, str] | None:
    """The two columns whose things a row joins, if there are two."""
    iris = {
        name: {term.value for term in column if isinstance(term, NamedNode)}
        for name, column in zip(table.variables, zip(*table.terms, strict=True), strict=False)
        if all(term is None or isinstance(term, NamedNode) for term in column)
    }
    if iris.get("source") and iris.get("target"):
        return "source", "target"
    classes = {local_name(c) for c in protest.classes() if protest.Actor in supertypes(c)}
    things = _nodes(store, sorted(set().union(*iris.values())))
    actors = {str(row["thing"]) for row in things if row["type"] in classes}
    first, second, *_ = *(name for name, values in iris.items() if values and values <= actors), "", ""
    return (first, second) if second else None


def _joined(row: Mapping[str, Value], source: str, target: str) -> dict[str, Value]:
    """The row as one of `from_rows`, with its two ends under the names that these have there."""
    kind = f"{source.removesuffix('_id')} – {target.removesuffix('_id')}"
    more = {column: value for column, value in row.items() if column not in (source, target)}
    return {"kind": kind, "weight": 1, **more, "source": row[source], "target": row[target]}


def _describe(store: Store, network: nx.MultiDiGraph, summary: str) -> None:
    """Adds `label`, `type` and whatever else `queries/lookup/nodes.rq` says of each node."""
    network.graph["description"] = summary
    for row in _nodes(store, list(network)):
        network.nodes[row["thing"]].update({c: v for c, v in row.items() if c != "thing"})


def _nodes(store: Store, iris: Iterable[str]) -> list[dict[str, Value]]:
    """What `queries/lookup/nodes.rq` says of things."""
    query, terms = load("nodes", "lookup"), [parameter.term("iri", iri) for iri in iris]
    asked = (Query(query.name, text, columns=query.columns) for text in about(query, terms))
    return [row for one in asked for row in select(store, one)]
