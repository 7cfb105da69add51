"""A network of the graph: the rows of a query become nodes and edges with the field's measures.

A kind of network is a query in `queries/networks/`: adding one needs no Python. Its columns

    source, target   IRIs of the nodes
    kind             how they are joined; one edge per kind, however many rows
    weight           above zero
    directed         true or false; true where the column is missing

make the edges; every other column becomes an attribute of the edge. Nodes get `label`, `type`,
`events` and `mentions` from the graph, and measures from the network itself.

The rows of any other SELECT with two columns of actors are a network too: see `from_table`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import networkx as nx
from pyoxigraph import NamedNode

from kg import parameter
from kg.errors import InputError, UsageError
from kg.query import Query, Table, Value, about, catalogue, load, select
from kg.store import Store
from kg.terms import local_name, protest, supertypes

FOLDER = "networks"
DEFAULT_KIND = "actors"
SEED = 20210519
EXACT_NODES = 3000
"""Up to so many nodes betweenness is exact; above, it is estimated from `SAMPLE` of them."""
SAMPLE = 200
LAYOUT_WIDTH = 1000.0

_ENDS = ("source", "target")
_REQUIRED = ("source", "target", "kind", "weight")


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """What makes an edge one; the ends of an undirected one are sorted."""

    source: str
    target: str
    kind: str


def kinds() -> tuple[Query, ...]:
    """The kinds of network that ship with the package, as queries, sorted by name."""
    return catalogue(FOLDER)


def build(store: Store, kind: str = DEFAULT_KIND, values: Mapping[str, str] | None = None) -> nx.MultiDiGraph:
    """The network of a kind, with measures and positions, nodes and edges in a fixed order.

    `kind` is a name in `queries/networks/` or a `.rq` file; `values` are its parameters.

    Raises:
        UnknownName: there is no such kind.
        BadParameter: a parameter is unknown or malformed.
        InputError: the query has not the columns of a network, or a weight is not above zero.
    """
    query = load(kind, FOLDER)
    network = from_rows(select(store, query, values or {}), name=query.name)
    _complete(store, network, query)
    return network


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
    _complete(store, network, query)
    return network


def _complete(store: Store, network: nx.MultiDiGraph, query: Query) -> None:
    network.graph["description"] = query.summary
    _describe(store, network)
    measure(network)
    lay_out(network)


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


def from_rows(rows: Iterable[Mapping[str, Value]], *, name: str = "network") -> nx.MultiDiGraph:
    """The network of edge rows: one edge per source, target and kind.

    Where two rows give the same edge, their weights are added and the first one's attributes kept.
    The graph is a directed multigraph whatever the edges: an undirected edge stands in it once, from the
    smaller IRI to the greater, with `directed` False.

    Raises:
        InputError: a row lacks an end, a kind or a weight above zero, or a kind has a direction in one
            row and none in another.

    >>> g = from_rows([{"source": "b", "target": "a", "kind": "ally", "weight": 2, "directed": False}])
    >>> list(g.edges(data="weight"))
    [('a', 'b', 2.0)]
    """
    edges: dict[Edge, dict[str, Value]] = {}
    directions: dict[str, Value] = {}
    for row in rows:
        edge, data = _edge(row, name)
        if directions.setdefault(edge.kind, data["directed"]) != data["directed"]:
            raise InputError(f"{name}: {edge.kind!r} is directed in one row and not in another")
        known = edges.setdefault(edge, data)
        if known is not data:
            known["weight"] = float(str(known["weight"])) + float(str(data["weight"]))
    network = nx.MultiDiGraph(name=name)
    network.add_nodes_from(sorted({end for e in edges for end in (e.source, e.target)}))
    for edge in sorted(edges):
        network.add_edge(edge.source, edge.target, key=edge.kind)
        network.edges[edge.source, edge.target, edge.kind].update(
            edges[edge]
        )  # whatever its columns are called
    return network


def measure(network: nx.MultiDiGraph) -> None:
    """Adds to each node what its place in the network is.

    degree       number of neighbours
    strength     sum of the weights of its edges (Barrat et al. 2004)
    betweenness  share of the shortest paths that pass through it (Freeman 1977), the length of an edge
                 being 1/weight; from a sample of sources above `EXACT_NODES` nodes
    community    number of its group by Louvain's method (Blondel et al. 2008), the largest group is 1

    All are computed on the simple undirected network: parallel edges are one, their weights added.
    """
    simple, names = _simple(network)
    sample = None if len(names) <= EXACT_NODES else SAMPLE
    between = nx.betweenness_centrality(simple, k=sample, weight="distance", seed=SEED)
    groups = nx.community.louvain_communities(simple, weight="weight", seed=SEED) if names else []
    ranked = sorted(groups, key=lambda group: (-len(group), min(group)))
    community = {node: number for number, group in enumerate(ranked, 1) for node in group}
    for node, name in enumerate(names):
        network.nodes[name].update(
            degree=simple.degree(node),
            strength=round(float(simple.degree(node, weight="weight")), 6),
            betweenness=round(between[node], 6),
            community=community[node],
        )


def lay_out(network: nx.MultiDiGraph) -> None:
    """Adds `x` and `y` to each node: Fruchterman and Reingold's spring layout from a fixed seed."""
    simple, names = _simple(network)
    if not names:
        return
    positions = nx.spring_layout(simple, weight="weight", seed=SEED, scale=LAYOUT_WIDTH / 2)
    for node, name in enumerate(names):
        x, y = positions[node]
        network.nodes[name].update(x=round(float(x), 2) + 0.0, y=round(float(y), 2) + 0.0)


def _simple(network: nx.MultiDiGraph) -> tuple[nx.Graph, list[str]]:
    """The simple undirected network over the numbers of the nodes, with `weight` and `distance`."""
    names = list(network)
    number = {name: i for i, name in enumerate(names)}
    simple = nx.Graph()
    simple.add_nodes_from(range(len(names)))
    for source, target, weight in network.edges(data="weight"):
        if source != target:
            a, b = number[source], number[target]
            known = simple.edges[a, b]["weight"] if simple.has_edge(a, b) else 0.0
            simple.add_edge(a, b, weight=known + weight)
    for _, _, data in simple.edges(data=True):
        data["distance"] = 1.0 / data["weight"]
    return simple, names


def _edge(row: Mapping[str, Value], name: str) -> tuple[Edge, dict[str, Value]]:
    missing = [column for column in _REQUIRED if row.get(column) in (None, "")]
    if missing:
        raise InputError(f"{name}: a network needs a value in {', '.join(missing)} in every row")
    weight = _weight(row["weight"], name)
    directed = row.get("directed", True) is not False
    source, target = str(row["source"]), str(row["target"])
    if not directed and target < source:
        source, target = target, source
    own = (*_REQUIRED, "directed")
    more = {c: float(v) if isinstance(v, Decimal) else v for c, v in row.items() if c not in own}
    kind = str(row["kind"])
    return Edge(source, target, kind), {
        "kind": kind,
        "weight": weight,
        "directed": directed,
        **more,
    }


def _weight(value: Value, name: str) -> float:
    try:
        weight = float(str(value))
    except ValueError:
        weight = 0.0
    if not (math.isfinite(weight) and weight > 0):
        raise InputError(f"{name}: {value!r} is no weight: a number above zero is needed")
    return weight


def _describe(store: Store, network: nx.MultiDiGraph) -> None:
    """Adds `label`, `type` and whatever else `queries/lookup/nodes.rq` says of each node."""
    for row in _nodes(store, list(network)):
        network.nodes[row["thing"]].update({c: v for c, v in row.items() if c != "thing"})


def _nodes(store: Store, iris: Iterable[str]) -> list[dict[str, Value]]:
    """What `queries/lookup/nodes.rq` says of things."""
    query, terms = load("nodes", "lookup"), [parameter.term("iri", iri) for iri in iris]
    asked = (Query(query.name, text, columns=query.columns) for text in about(query, terms))
    return [row for one in asked for row in select(store, one)]
