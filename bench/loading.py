"""Prints how long a graph takes to load into the store of `kg build`, beside plain pyoxigraph and rdflib.

    python bench/loading.py [--triples 2000000] [--rounds 2] [--without-rdflib]

The graph is generated (`bench/graphs.py`). On disk: plain pyoxigraph loads it from a file of N-Quads
(`bulk_load`, then `flush`); `kg.store.write` is given what `kg build` gives it, quads in memory (about 200
bytes each), so that making their lines counts as ours. In memory: `kg.store.read_file`, which reads what
`kg query FILE` is given, and rdflib's `Graph.parse`, both the same triples from one file of Turtle. Each runs
in a process of its own, in turns, and the best round counts; rdflib runs once.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from apart import Done, apart
from graphs import all_quads, write
from rdflib import Graph

from kg import store
from kg.terms import prefixes


def plain(file: Path, folder: Path) -> None:
    """Loads with pyoxigraph alone."""
    loaded = ox.Store(str(folder))
    loaded.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    loaded.flush()


def written(triples: int, folder: Path) -> float:
    """The seconds that it takes to write the quads once they are there."""
    gc.disable()  # or it looks through all quads again and again
    dataset = list(all_quads(triples))
    start = time.perf_counter()
    store.write(dataset, folder)
    return time.perf_counter() - start


def read(file: Path) -> None:
    """Reads with kg."""
    store.read_file(file)


def parsed(file: Path) -> None:
    """Parses with rdflib."""
    Graph().parse(file, format="turtle")


def as_turtle(file: Path) -> Path:
    """The triples of a file of N-Quads as Turtle beside it."""
    held = ox.Store()
    held.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    triples = (ox.Triple(q.subject, q.predicate, q.object) for q in held)
    path = file.with_suffix(".ttl")
    ox.serialize(triples, str(path), format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes()))
    return path


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--without-rdflib", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        file = Path(work) / "graph.nq"
        write(file, args.triples)
        size = file.stat().st_size / 2**20
        with file.open("rb") as lines:
            print(f"triples             {sum(1 for _ in lines):,}, {size:,.0f} MB of N-Quads", flush=True)
        least = on_disk(args.triples, file, Path(work), args.rounds)
        if not args.without_rdflib:
            in_memory(file, args.rounds, least)


def on_disk(triples: int, file: Path, work: Path, rounds: int) -> float:
    """Load in turns, print the figures, and return ours."""
    beside: list[float] = []
    ours: list[float] = []
    for n in range(rounds):
        beside.append(_run(lambda n=n: plain(file, work / f"plain-{n}")).seconds)
        ours.append(_run(lambda n=n: written(triples, work / f"ours-{n}")).value)
    best, least = min(ours), min(beside)
    print(f"plain pyoxigraph    {least:.1f} s, on disk")
    print(f"kg.store.write      {best:.1f} s, on disk")
    print(f"kg / pyoxigraph     {best / least:.2f}", flush=True)
    return best


def in_memory(file: Path, rounds: int, on_disk: float) -> None:
    """Read a file of RDF, once with rdflib, and print the figures; `on_disk` is what writing took."""
    turtle = _run(lambda: as_turtle(file)).value
    best = min(_run(lambda: read(turtle)).seconds for _ in range(rounds))
    slow = _run(lambda: parsed(turtle)).seconds
    print(f"kg.store.read_file  {best:.1f} s, Turtle in memory")
    print(f"rdflib Graph.parse  {slow:.1f} s, Turtle in memory")
    print(f"rdflib / kg         {slow / best:.1f} in memory, {slow / on_disk:.1f} on disk")


def _run(work: Callable[[], Any]) -> Done:
    done = apart(work)
    assert done
    return done


if __name__ == "__main__":
    main()
