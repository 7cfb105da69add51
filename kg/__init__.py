"""A knowledge graph of protest news in which every value leads to its sentence.

    from kg import Graph

    graph = Graph.open("out")

`Graph` is loaded when it is asked for: what it needs (rdflib, pyoxigraph, networkx) takes a second.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["Graph", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name == "Graph":
        return import_module("kg.graph").Graph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
