"""Which named graphs of a store are kg's: those that `kg.quads` names, under the base of a build."""

from __future__ import annotations

from collections.abc import Iterable

_ONTOLOGY = "graph/ontology"
_OURS = ("article/", "graph/")


def bases(graphs: Iterable[str]) -> tuple[str, ...]:
    """The bases of the builds that these graphs belong to: what their graphs of the ontology are named after.

    >>> bases(["https://x.example/graph/ontology", "https://x.example/article/a", "urn:other"])
    ('https://x.example/',)
    """
    ends = f"/{_ONTOLOGY}"
    return tuple(sorted(g.removesuffix(_ONTOLOGY) for g in graphs if g.endswith(ends)))


def under(base: str, graphs: Iterable[str]) -> tuple[str, ...]:
    """The graphs that a build of this base may have written, sorted.

    >>> under("https://x.example/", ["https://x.example/article/a", "https://x.example/notes"])
    ('https://x.example/article/a',)
    """
    ours = tuple(base + folder for folder in _OURS)
    return tuple(sorted(g for g in graphs if g.startswith(ours)))
