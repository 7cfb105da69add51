"""Networks of all shapes, for properties that must hold of any export (Hypothesis)."""

from __future__ import annotations

import networkx as nx
from hypothesis import strategies as st

HOSTILE = [
    'a<b>&"c"\x00\x0b\ufffe\n=cmd()\u202e\U0001f525',
    "<script>alert(1)</script>",
    "]]>\\",
    "\\n \"quoted\" 'twice'",
    "a | b",
    "\x01",
    "",
    "  ",
    "Żółć, العربية",
]
KEYS = ["events", "Events", "Événement", "type", "label", "size", "x", "start", "__proto__", "9", "", "days"]
DAYS = ["2023-03-07", "2023-03-08", "2023-03", "2023", "2024-02", "--01-31", "no date", "", "2023-02-29"]

texts = st.sampled_from(HOSTILE) | st.text(max_size=8)
values = st.one_of(
    st.none(),
    texts,
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.lists(texts, max_size=3).map(tuple),
)
attributes = st.dictionaries(st.sampled_from(KEYS) | texts, values, max_size=4).map(
    lambda found: {k: v for k, v in found.items() if k not in ("x", "size", "label", "days")}
)
KINDS = {"acts with": False, "opposes": True, "a|b": True, "=cmd() <i>": True, "meets & greets": False}


@st.composite
def networks(draw: st.DrawFn) -> nx.MultiDiGraph:
    """A network as `kg.network` makes them, whatever its texts are."""
    g = nx.MultiDiGraph(description=draw(texts))
    names = draw(st.lists(texts, min_size=1, max_size=5, unique=True))
    for name in names:
        g.add_node(name, **{})
        g.nodes[name].update(draw(attributes), label=draw(texts), x=draw(st.floats(-500, 500)), y=1)
        g.nodes[name].update(strength=draw(st.floats(0, 9)), colour=(1, 2, 3), size=9.0)
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(sorted(KINDS)))
        ends = [draw(st.sampled_from(names)), draw(st.sampled_from(names))]
        source, target = ends if KINDS[kind] else sorted(ends)
        g.add_edge(source, target, key=kind)
        g.edges[source, target, kind].update(
            draw(attributes),
            kind=kind,
            directed=KINDS[kind],
            weight=draw(st.floats(1e-6, 1e6)),
            days=tuple(draw(st.lists(st.sampled_from(DAYS), max_size=3))),
            first=draw(st.sampled_from(DAYS)),
            last=draw(st.sampled_from(DAYS)),
        )
    return g
