"""Prints how long a graph takes to load into the store of `kg build`, beside plain pyoxigraph and rdflib.

    python bench/loading.py [--triples 2000000] [--rounds 2] [--without-rdflib]

The graph is generated (`bench/graphs.py`). Plain pyoxigraph loads it from a file of N-Quads into a store on
disk (`bulk_load`, then `flush`); rdflib parses that file into memory (`Dataset.parse`); `kg.store.write`
is given what `kg build` gives it, quads in memory (about 200 bytes each), so that making their lines counts
as ours. Each runs in a process of its own, in turns, and the best round counts; rdflib runs once.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
from apart import Done, apart
from graphs import all_quads
from rdflib import Dataset

from kg import store
from kg.quads import Quad
from kg.quads.lines import nquads


def plain(file: Path, folder: Path) -> None:
    """Loads with pyoxigraph alone."""
    loaded = ox.Store(str(folder))
    loaded.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    loaded.flush()


def parsed(file: Path) -> None:
    """Parses with rdflib."""
    Dataset().parse(file, format="nquads")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--without-rdflib", action="store_true")
    args = parser.parse_args()
    gc.disable()  # or it looks through all quads again and again
    dataset = list(all_quads(args.triples))
    with tempfile.TemporaryDirectory() as work:
        file = Path(work) / "graph.nq"
        with file.open("w", encoding="utf-8") as opened:
            opened.writelines(nquads(dataset))
        print(
            f"triples             {len(dataset):,}, {file.stat().st_size / 2**20:,.0f} MB of N-Quads",
            flush=True,
        )
        measure(dataset, file, Path(work), args.rounds, with_rdflib=not args.without_rdflib)


def measure(dataset: list[Quad], file: Path, work: Path, rounds: int, *, with_rdflib: bool) -> None:
    """Load in turns, and print the figures."""
    beside: list[Done] = []
    ours: list[Done] = []
    for n in range(rounds):
        beside.append(_run(lambda n=n: plain(file, work / f"plain-{n}")))
        ours.append(_run(lambda n=n: store.write(dataset, work / f"ours-{n}")))
    best, least = (min(done.seconds for done in some) for some in (ours, beside))
    print(f"plain pyoxigraph    {least:.1f} s")
    print(f"kg.store.write      {best:.1f} s")
    print(f"kg / pyoxigraph     {best / least:.2f}", flush=True)
    if with_rdflib:
        slow = _run(lambda: parsed(file)).seconds
        print(f"rdflib parse        {slow:.1f} s")
        print(f"rdflib / kg         {slow / best:.1f}")


def _run(work: Callable[[], None]) -> Done:
    done = apart(work)
    assert done
    return done


if __name__ == "__main__":
    main()
