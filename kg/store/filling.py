"""From one store into another, so that the other answers the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import StoreError, UsageError
from kg.progress import Progress, silent
from kg.quads import Triple
from kg.store.interface import Store
from kg.store.names import bases, under

_STEP = 1000  # triples after which progress is told


@dataclass(frozen=True, slots=True)
class Filled:
    """What was done: how many named graphs and triples were written, and which graphs were removed."""

    graphs: int
    triples: int
    removed: tuple[str, ...]


def fill(target: Store, source: Store, *, progress: Progress = silent) -> Filled:
    """Make a store hold what another holds, graph by graph; what else is in it stays.

    Each named graph takes the place of the one of its name. Those whose articles are gone are removed: graphs
    named as `kg.quads` names them, under the base of the source. Doing it twice changes nothing, and after an
    interruption it can be done again.

    Raises:
        StoreError: a store failed, or does not hold afterwards what it was given.
        UsageError: the source holds no graph, or those of two bases.
    """
    base = base_of(source)
    wanted = source.graphs()
    told = _Told(sum(wanted.values()), progress)
    for graph in sorted(wanted):
        target.replace(graph, told.triples(source, graph))
    held = target.graphs()
    gone = tuple(g for g in under(base, held) if g not in wanted)
    for graph in gone:
        target.drop(graph)
    for graph, number in sorted(wanted.items()):
        if held.get(graph) != number:
            raise StoreError(
                f"{graph}: was sent {number} triples, but the store holds {held.get(graph, 0)}; "
                "is something else writing to it?"
            )
    return Filled(len(wanted), sum(wanted.values()), gone)


def base_of(store: Store) -> str:
    """The IRI under which a store's things are named: what its graph of the ontology is named after.

    Raises:
        UsageError: it holds no such graph, or several.
    """
    found = bases(store.graphs())
    if len(found) != 1:
        what = f"graphs of {len(found)} bases: {', '.join(found)}" if found else "no graph of kg"
        raise UsageError(f"the store holds {what}; one is needed")
    return found[0]


class _Told:
    """Triples on their way, of which progress is told now and then."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def triples(self, source: Store, graph: str) -> Iterator[Triple]:
        for s, p, o, _ in source.quads(graph):
            yield s, p, o
            self._done += 1
            if self._done % _STEP == 0 or self._done == self._total:
                self._progress("Pushing triples", self._done, self._total)
