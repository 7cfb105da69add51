"""Prints how long it takes to write a network as GEXF, beside NetworkX's own `write_gexf`.

    python bench/gexf.py [--edges 100000] [--rounds 2]

Both write the same nodes and edges with the same attributes, colours, sizes and positions, in turns, to
memory; the fastest round of each counts, in CPU time. NetworkX cannot write the kind of an edge: to it, that
is one more column.
Ours reads lists and missing values as well, which NetworkX refuses, so there are none.
"""

from __future__ import annotations

import argparse
import io
import random
import time
from collections.abc import Callable

import networkx as nx

from kg.export import gexf
from kg.export.appearance import dress

SEED = 5
KINDS = {"acts with": False, "targets": True, "supports": True, "opposes": True}
TYPES = ("Union", "Party", "Person", "Group", "Association", "GovernmentBody")


def network(edges: int) -> nx.MultiDiGraph:
    """A network with so many edges, a tenth as many nodes, and the attributes of `kg network`."""
    draw = random.Random(SEED)
    g = nx.MultiDiGraph(description="a network of chance")
    names = [f"https://w3id.org/protest-kg/id/organization/actor-{n}" for n in range(max(2, edges // 10))]
    for n, name in enumerate(names):
        g.add_node(name, label=f"Actor & Söhne {n}", type=draw.choice(TYPES), events=draw.randint(0, 99))
        g.nodes[name].update(degree=draw.randint(1, 50), strength=float(draw.randint(1, 99)))
        g.nodes[name].update(betweenness=round(draw.random(), 6), community=draw.randint(1, 40))
        g.nodes[name].update(x=round(draw.uniform(-500, 500), 2), y=round(draw.uniform(-500, 500), 2))
    joined: set[tuple[str, str, str]] = set()
    while len(joined) < edges:
        (source, target), kind = sorted(draw.sample(names, 2)), draw.choice(list(KINDS))
        joined.add((source, target, kind))
        day = f"20{draw.randint(10, 25)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        g.add_edge(
            source, target, key=kind, kind=kind, weight=float(draw.randint(1, 9)), directed=KINDS[kind]
        )
        g.edges[source, target, kind].update(articles=draw.randint(1, 9), first=day, last=day)
    dress(g)
    return g


def theirs(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The same network with colours, sizes and positions where NetworkX looks for them."""
    g = nx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        own = {k: v for k, v in data.items() if k not in ("colour", "size", "x", "y")}
        red, green, blue = data["colour"]
        place = {"x": data["x"], "y": data["y"], "z": 0.0}
        g.add_node(
            node, **own, viz={"color": {"r": red, "g": green, "b": blue, "a": 1.0}, "size": data["size"]}
        )
        g.nodes[node]["viz"]["position"] = place
    for number, (source, target, key, data) in enumerate(network.edges(keys=True, data=True)):
        g.add_edge(source, target, key=number, id=f"{source}|{key}|{target}", **data)
    return g


def seconds(work: Callable[[], object]) -> float:
    """How much CPU time some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edges", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    own = network(args.edges)
    other = theirs(own)
    rounds: dict[str, list[float]] = {"static": [], "dynamic": [], "networkx": []}
    for _ in range(args.rounds):
        rounds["static"].append(seconds(lambda: gexf.write(own, io.StringIO())))
        rounds["dynamic"].append(seconds(lambda: gexf.write(own, io.StringIO(), dynamic=True)))
        rounds["networkx"].append(seconds(lambda: nx.write_gexf(other, io.BytesIO(), version="1.3")))
    best = {name: min(times) for name, times in rounds.items()}
    print(f"nodes               {own.number_of_nodes():,}")
    print(f"edges               {own.number_of_edges():,}")
    print(f"kg                  {best['static']:.2f} s")
    print(f"kg, dynamic         {best['dynamic']:.2f} s")
    print(f"networkx            {best['networkx']:.2f} s")
    print(f"kg / networkx       {best['static'] / best['networkx']:.2f}")
    print(f"kg, dynamic / networkx  {best['dynamic'] / best['networkx']:.2f}")


if __name__ == "__main__":
    main()
