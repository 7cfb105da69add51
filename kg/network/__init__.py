"""A network of the graph: the rows of a query become nodes and edges with the field's measures.

A kind of network is a query in `queries/networks/`, or several whose header names the same larger one: adding
one needs no Python. Its columns

    source, target   IRIs of the nodes
    kind             how they are joined; one edge per kind, however many rows
    weight           above zero
    directed         true or false; true where the column is missing
    sign             1 or -1 where an edge is for or against something
    days: list       dates of what the edge rests on, as precise as known
    source_label, target_type, …   attributes of an end that the graph does not give it

make the edges; every other column becomes an attribute of the edge. Nodes get `label`, `type`,
`events` and `mentions` from the graph, and measures from the network itself.

The rows of any other SELECT with two columns of actors are a network too: see `from_table`.

    kinds        the kinds, and the rows of each
    rows         rows → a multigraph
    building     a kind, or any rows, → a network with choices, measures and positions
    choices      what is kept: kinds of actors, strong ties, an ego network, the largest component
    projection   a two-mode network → one of its modes
    backbone     the disparity filter
    slices       periods of time, and what changes between them
    forms        ties, arcs and signs: what measures are computed on
    measures     a network → the same with measures; `nodes` and `whole` are the tables of them
    paths, communities, brokerage, balance   those that NetworkX has not, or not fast enough
    layout       positions
"""

from kg.network.building import DEFAULT_KIND, EVERYTHING, build, build_slices, from_table
from kg.network.choices import Choices
from kg.network.kinds import kinds
from kg.network.layout import LAYOUT_WIDTH, lay_out
from kg.network.measures import measure, measure_all
from kg.network.rows import from_rows
from kg.network.slices import change, periods

__all__ = [
    "DEFAULT_KIND",
    "EVERYTHING",
    "LAYOUT_WIDTH",
    "Choices",
    "build",
    "build_slices",
    "change",
    "from_rows",
    "from_table",
    "kinds",
    "lay_out",
    "measure",
    "measure_all",
    "periods",
]
