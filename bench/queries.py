"""Prints how long each query that ships takes on generated graphs, how that grows, and how long rdflib takes.

    python bench/queries.py [--triples 200000 2000000] [--rounds 3] [--limit 60] [--rdflib 50000]
                            [--only NAME...]

Every query of `queries/` is asked as it is, and again with a parameter that narrows it (`NARROWED`), in a
store on disk as `kg query` opens it, each time in a process of its own that opens the store anew. A line has
for each size the median and the worst of the rounds in seconds, rows included, and how many times the first
size's median the last one's is. With `--rdflib` a graph of that size is loaded into rdflib as well, each
query is asked there once as it is, and `rdflib` is how many times longer it took than in a store of the same
graph; `>` marks what was not done after `--rdflib-limit` seconds. `--rdflib 0` leaves it out.

Graphs are made in `--folder` and kept there for the next run; without it they are thrown away.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import geometric_mean, median

import pyoxigraph as ox
from apart import Done, apart
from graphs import write
from rdflib import Graph, URIRef

from kg import store
from kg.query import Query, bind, catalogue

FOLDERS = ("", "networks", "lookup", "checks", "pages", "report")
NARROWED = {
    "actor": "mar", "place": "san", "event": "march", "word": "pay", "kind": "arrested", "basis": "stated",
    "estimator": "police", "office": "the", "polarity": "for", "police": "sol", "type": "Strike",
    "thing": "https://w3id.org/protest-kg/id/organization/k0",
}  # fmt: skip
"""What the first parameter of these is set to; k0 is the actor that most articles name."""
NEVER_WHOLE = ("lookup/labels", "lookup/nodes")
"""Lookups that are asked about things that are known, as pages are; about all at once nobody asks them."""


@dataclass(frozen=True, slots=True)
class Case:
    """A query with values for its parameters."""

    query: Query
    folder: str
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        """networks/targets type=Strike"""
        path = f"{self.folder}/{self.query.name}" if self.folder else self.query.name
        return " ".join([path, *(f"{n}={v.rpartition('/')[2]}" for n, v in self.values.items())])

    @property
    def text(self) -> str:
        """Its SPARQL."""
        return bind(self.query, self.values)


def cases(only: list[str]) -> Iterator[Case]:
    """Every query as it is, and narrowed."""
    for folder in FOLDERS:
        for query in catalogue(folder):
            if only and query.name not in only:
                continue
            of_one = folder == "pages" and query.parameters
            if not of_one and f"{folder}/{query.name}" not in NEVER_WHOLE:
                yield Case(query, folder, {})
            narrowing = [p.name for p in query.parameters if p.name in NARROWED][:1]
            values = {name: NARROWED[name] for name in narrowing}
            if values and (folder, query.name) == ("lookup", "said"):
                values["kind"] = "Statement"
            if "polarity" in values and folder == "networks":
                values["polarity"] = "support"
            if values:
                yield Case(query, folder, values)


def made(folder: Path, triples: int) -> Path:
    """A store of the generated graph of that size."""
    path = folder / f"store-{triples}"
    if not path.exists():
        file = folder / f"graph-{triples}.nq"
        write(file, triples)
        loaded = ox.Store(str(path))
        loaded.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
        loaded.flush()
    return path


def ask(path: Path, text: str) -> int:
    """How many rows the answer has, each fetched."""
    return sum(1 for _ in store.open_store(path).query(text))


def times(path: Path, case: Case, rounds: int, limit: float) -> list[Done]:
    """The rounds, fewer if one takes too long."""
    found: list[Done] = []
    for _ in range(rounds):
        done = apart(lambda: ask(path, case.text), limit=limit)
        if done is None:
            break
        found.append(done)
    return found


class Beside:
    """The same graph in rdflib and in a store."""

    def __init__(self, path: Path, limit: float) -> None:
        self.path = path
        self.limit = limit
        self.graph = Graph()
        for s, p, o, _ in store.open_store(path).quads():
            self.graph.add((URIRef(s), p, o))

    def ratio(self, case: Case) -> tuple[float, bool]:
        """How many times longer rdflib takes, and whether it came to an end."""
        ours = min(d.seconds for d in times(self.path, case, 3, self.limit))
        done = apart(lambda: sum(1 for _ in self.graph.query(case.text)), limit=self.limit)
        return (done.seconds if done else self.limit) / ours, done is not None


def line(case: Case, measured: list[list[Done]], beside: Beside | None) -> tuple[list[float], float | None]:
    """Print one query; its medians, and its ratio to rdflib."""
    medians = [median(d.seconds for d in rounds) if rounds else float("inf") for rounds in measured]
    shown = [
        f"{m:7.2f} {max((d.seconds for d in rounds), default=m):7.2f} {rounds[-1].value if rounds else '':>7}"
        for m, rounds in zip(medians, measured, strict=True)
    ]
    growth = f"{medians[-1] / medians[0]:6.1f}" if len(medians) > 1 else ""
    ratio = None
    words = ""
    if beside and not case.values:
        ratio, ended = beside.ratio(case)
        words = f"{'' if ended else '>'}{ratio:,.0f}"
    print(f"{case.name:40} {'  '.join(shown)} {growth} {words:>7}".rstrip(), flush=True)
    return medians, ratio


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, nargs="+", default=[200_000, 2_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--rdflib", type=int, default=50_000)
    parser.add_argument("--rdflib-limit", type=float, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as thrown_away:
        folder = args.folder or Path(thrown_away)
        folder.mkdir(parents=True, exist_ok=True)
        stores = [made(folder, triples) for triples in sorted(args.triples)]
        beside = Beside(made(folder, args.rdflib), args.rdflib_limit) if args.rdflib else None
        sizes = "".join(f"{triples:>22,} triples" for triples in sorted(args.triples))
        print(f"{'':32}{sizes}\n{'query':40}{'  median   worst    rows ' * len(stores)}growth  rdflib")
        figures = [
            line(case, [times(path, case, args.rounds, args.limit) for path in stores], beside)
            for case in cases(args.only)
        ]
    last = [medians[-1] for medians, _ in figures]
    print(f"slowest                 {max(last):.2f} s")
    print(f"above 2 s               {sum(m > 2 for m in last)} of {len(last)}")
    if ratios := [ratio for _, ratio in figures if ratio is not None]:
        print(f"rdflib, median          {median(ratios):.0f} times longer")
        print(f"rdflib, geometric mean  {geometric_mean(ratios):.0f} times longer")


if __name__ == "__main__":
    main()
