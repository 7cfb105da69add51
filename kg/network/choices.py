"""What of a network is kept: kinds of actors, strong ties, the surroundings of one actor, the largest part.

Times, places, types of events and confidence are chosen in the query, which counts anew what is left
(`kg.query.bind`). What a query cannot know is chosen here, in this order: kinds of actors, the projection,
the least weight, the backbone, the surroundings of an actor, the largest component.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

import networkx as nx

from kg.errors import BadParameter, UnknownName
from kg.link.names import key
from kg.network.backbone import backbone
from kg.network.projection import project
from kg.query import load, select
from kg.store import Store
from kg.terms import local_name, protest, supertypes

_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What to keep of a network; the defaults keep everything.

    Args:
        only: actors of these classes of the ontology, such as Person; nodes that are no actors stay.
        without: no actors of these classes.
        project: `source` or `target`, the mode of a two-mode network to project on.
        weighting: of the projection, see `kg.network.projection`.
        min_weight: edges of at least this weight.
        backbone: edges that are significant at this level, see `kg.network.backbone`.
        ego: the name or IRI of a node; it and those around it.
        depth: how many steps around it.
        largest: the largest component only.
    """

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    project: str = ""
    weighting: str = "counts"
    min_weight: float = 0.0
    backbone: float | None = None
    ego: str = ""
    depth: int = 1
    largest: bool = False


def choose(store: Store, network: nx.MultiDiGraph, choices: Choices) -> nx.MultiDiGraph:
    """What the choices leave of a network whose nodes have `type` and `label`.

    Raises:
        UsageError: a class, projection or weighting does not exist, or does not fit the network.
        UnknownName: nothing, or more than one thing, in the network has the name of the ego.
    """
    only, without = (tuple(map(_class, names)) for names in (choices.only, choices.without))
    if only or without:
        network = _with(network, lambda node: _is_wanted(network.nodes[node].get("type"), only, without))
    if choices.project:
        network = project(network, choices.project, weighting=choices.weighting)
    if choices.min_weight > 0:
        heavy = (e for e in network.edges(keys=True) if network.edges[e]["weight"] >= choices.min_weight)
        network = network.edge_subgraph(heavy).copy()
    if choices.backbone is not None:
        network = backbone(network, choices.backbone)
    if choices.ego:
        network = around(network, find(store, network, choices.ego), choices.depth)
    if choices.largest:
        parts = sorted(map(sorted, nx.weakly_connected_components(network)), key=lambda c: (-len(c), c))
        network = network.subgraph(parts[0] if parts else []).copy()
    return _sorted(network)


def around(network: nx.MultiDiGraph, node: str, depth: int) -> nx.MultiDiGraph:
    """A node, those at most `depth` steps away whichever way edges lead, and all edges among them.

    Raises:
        BadParameter: `depth` is below 1.
    """
    if depth < 1:
        raise BadParameter(f"depth: {depth} is too small; 1 are the neighbours, 2 also theirs")
    near = nx.single_source_shortest_path_length(network.to_undirected(as_view=True), node, cutoff=depth)
    return network.subgraph(near).copy()


def find(store: Store, network: nx.MultiDiGraph, name: str) -> str:
    """The node of a name: its IRI, its label, another name, or a part of them that means only one node.

    Case and accents do not matter.

    Raises:
        UnknownName: no node, or more than one, has this name; the message lists the nearest.
    """
    if name in network:
        return name
    names: dict[str, set[str]] = {}
    for node, label in network.nodes(data="label"):
        names.setdefault(key(str(label or node)), set()).add(node)
    for row in select(store, load("names", "lookup")):
        if row["thing"] in network:
            names.setdefault(key(str(row["name"])), set()).add(str(row["thing"]))
    wanted = key(name)
    if not wanted.strip():
        raise UnknownName("ego: name a node of the network, or give its IRI")
    means = names.get(wanted) or {t for other, things in names.items() if wanted in other for t in things}
    if len(means) == 1:
        return means.pop()
    if means:
        raise UnknownName(f"{name!r} may mean {len(means)} nodes; give an IRI:\n{_list(network, means)}")
    near = get_close_matches(wanted, sorted(names), n=5, cutoff=0.6)
    meant = {node for other in near for node in names[other]}
    hint = f"; did you mean:\n{_list(network, meant)}" if meant else ""
    raise UnknownName(f"{name!r}: nothing in this network has this name{hint}")


def _list(network: nx.MultiDiGraph, nodes: Iterable[str]) -> str:
    lines = sorted(
        f"  {network.nodes[n].get('label') or n} ({network.nodes[n].get('type')}) {n}" for n in nodes
    )
    more = [f"  and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return "\n".join(lines[:_SHOWN] + more)


def _class(name: str) -> str:
    """The name of a class of actors as the ontology has it.

    Raises:
        BadParameter: the ontology has no such class of actors.
    """
    actors = {local_name(c) for c in protest.classes() if protest.Actor in supertypes(c)}
    folded = {c.casefold(): c for c in actors} | {f"{c.casefold()}s": c for c in actors}
    if name.casefold() not in folded:
        raise BadParameter(f"{name!r}: no such kind of actor; one of {', '.join(sorted(actors))}")
    return folded[name.casefold()]


def _is_wanted(type_: str | None, only: tuple[str, ...], without: tuple[str, ...]) -> bool:
    above = {local_name(c) for c in supertypes(protest[type_])} if type_ in protest.names() else set()
    if local_name(protest.Actor) not in above:
        return True
    return (not only or not above.isdisjoint(only)) and above.isdisjoint(without)


def _with(network: nx.MultiDiGraph, is_kept: Callable[[str], bool]) -> nx.MultiDiGraph:
    """The network of some nodes, without those that lost all their edges thereby."""
    kept = network.subgraph([node for node in network if is_kept(node)])
    return kept.edge_subgraph(kept.edges(keys=True)).copy()


def _sorted(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The same with nodes and edges in order, which subgraphs do not keep."""
    ordered = nx.MultiDiGraph(**network.graph)
    ordered.add_nodes_from((node, network.nodes[node]) for node in sorted(network))
    for source, target, kind in sorted(network.edges(keys=True)):
        ordered.add_edge(source, target, key=kind)
        ordered.edges[source, target, kind].update(network.edges[source, target, kind])
    return ordered
