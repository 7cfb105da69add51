"""Every rule of Gephi's importer holds of any network, and each rule is one that a broken file breaks."""

import io

import networkx as nx
import pytest
from hypothesis import given, settings

from kg.export import gexf
from tests.export.gephi.contract import broken
from tests.export.networks import networks


def written(g: nx.MultiDiGraph, *, dynamic: bool = False) -> str:
    file = io.StringIO()
    gexf.write(g, file, dynamic=dynamic)
    return file.getvalue()


def network() -> nx.MultiDiGraph:
    g = nx.MultiDiGraph()
    g.add_node(
        "a", label="A", type="Union", events=3, also=("x", "y"), x=1.0, y=2.0, size=9.0, colour=(1, 2, 3)
    )
    g.add_node("b", label="B", share=0.5)
    g.add_edge("a", "b", key="k", kind="opposes", weight=2.0, directed=True, sure=True, days=("2023-03-07",))
    g.add_edge("a", "b", key="m", kind="meets", weight=1.0, directed=False, days=("2023-03-07", "2023-05"))
    return g


@settings(max_examples=150, deadline=None)
@given(networks())
def test_any_network_keeps_every_rule(g: nx.MultiDiGraph) -> None:
    assert broken(written(g)) == []
    assert broken(written(g, dynamic=True)) == []


EDGE = (
    '<edge id="a|opposes|b" source="a" target="b" type="directed" '
    'kind="opposes" label="opposes" weight="2.0">'
)
BOTH = [
    ("head", 'xmlns:viz="http://gexf.net/1.3/viz"', 'xmlns:viz="http://www.gexf.net/1.2draft/viz"'),
    ("head", 'version="1.3"', 'version="1.2"'),
    ("graph", '<graph mode="', '<graph defaultedgetype="directed" mode="'),
    ("order", "<nodes>", "<attributes/><nodes>"),
    ("column id", 'id="events" title', 'id="Events" title'),
    ("column id", 'id="node_type" title="type"', 'id="type" title="type"'),
    ("column id", 'id="share" title', 'id="events" title'),
    ("column:", 'title="events" type="long"', 'title="events" type="anyURI"'),
    ("column without a value", "<attributes class=", '<attributes class="node" mode="static">'
     '<attribute id="empty" title="empty" type="long"/></attributes><attributes class='),
    ("value", 'for="events" value="3"', 'for="events" value="many"'),
    ("value", 'for="share" value="0.5"', 'for="share" value="nan"'),
    ("value", 'for="sure" value="true"', 'for="sure" value="True"'),
    ("value without column", 'for="events" value', 'for="none" value'),
    ("viz", 'b="3"/>', 'b="3" a="0.5"/>'),
    ("viz", '<viz:color r="1" g="2" b="3"/>', '<viz:color hex="#010203"/>'),
    ("viz", '<viz:size value="9.0"/>', '<viz:size value="0.0"/>'),
    ("node id", 'node id="b"', 'node id="a"'),
    ("node:", 'label="B"', 'label=""'),
    ("dangling", EDGE, EDGE.replace('target="b"', 'target="c"')),
    ("edge id", 'edge id="a|meets|b"', 'edge id="a|opposes|b"'),
    ("merged", 'type="undirected" kind="meets"', 'type="directed" kind="opposes"'),
    ("edge:", EDGE, EDGE.replace(' kind="opposes"', "")),
    ("edge type", EDGE, EDGE.replace('type="directed"', 'type="mutual"')),
    ("weight", 'weight="2.0"', 'weight="0.0"'),
    ("weight", 'weight="2.0"', 'weight="[(1.0, 2, 3)]"'),
]  # fmt: skip
MAY = '<spell start="2023-05-01" end="2023-05-31"/>'
DYNAMIC = [
    ("days", '"2023-05-31"', '"2023-05"'),
    ("start after end", 'start="2023-05-01"', 'start="2023-06-01"'),
    ("overlap", MAY, f'{MAY}<spell start="2023-05-20" end="2023-06-01"/>'),
    ("touch", MAY, f'{MAY}<spell start="2023-06-01" end="2023-06-01"/>'),
    ("overlap", MAY, MAY + MAY),
    ("when its node is not", f"{MAY}</spells><viz", "</spells><viz"),
    ("no spell", MAY, f"{MAY}</spells><spells>"),
    ("graph", ' timeformat="date"', ""),
]


@pytest.mark.parametrize(
    ("rule", "right", "wrong", "dynamic"),
    [
        *((*case, False) for case in BOTH),
        *((*case, True) for case in BOTH),
        *((*case, True) for case in DYNAMIC),
    ],
)
def test_what_breaks_a_rule_is_told(rule: str, right: str, wrong: str, dynamic: bool) -> None:
    text = written(network(), dynamic=dynamic)
    assert broken(text) == [] and right in text
    assert any(rule in line for line in broken(text.replace(right, wrong, 1)))


def test_a_static_file_has_no_time() -> None:
    text = written(network()).replace("</attvalues>", f"</attvalues><spells>{MAY}</spells>", 1)
    assert any("time in a static file" in line for line in broken(text))
