"""When nodes and edges were there, and how a dynamic GEXF file says so."""

import io
from datetime import date
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings

from kg.export import gexf
from kg.export.spells import Spell, merged, of_edge, spell_of
from tests.export.gephi.contract import GEXF, spells
from tests.export.networks import networks

Found = dict[str, list[tuple[str, str]]]


def read(g: nx.MultiDiGraph) -> Found:
    """The spells of each node, by id, and of each edge, by kind, in a dynamic file."""
    file = io.StringIO()
    gexf.write(g, file, dynamic=True)
    root = ElementTree.fromstring(file.getvalue())
    return {
        e.attrib.get("kind") or e.attrib["id"]: [(str(a), str(z)) for a, z in spells(e)]
        for e in root.iter()
        if e.tag in (f"{GEXF}node", f"{GEXF}edge")
    }


def network(*edges: tuple[str, str, dict[str, object]]) -> nx.MultiDiGraph:
    g = nx.MultiDiGraph()
    for n, (source, target, data) in enumerate(edges):
        g.add_edge(source, target, kind=f"k{n}", weight=1.0, **data)
    return g


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param({"days": ("2023-03-07",)}, [("2023-03-07", "2023-03-07")], id="one day"),
        pytest.param(
            {"days": ("2023-03-07", "2023-01-19"), "first": "2023-01-19", "last": "2023-03-07"},
            [("2023-01-19", "2023-01-19"), ("2023-03-07", "2023-03-07")],
            id="a spell a day, in order, and none between",
        ),
        pytest.param({"days": ("2023-03-07",) * 3}, [("2023-03-07", "2023-03-07")], id="no day twice"),
        pytest.param({"days": ("2023-03-07", "2023-03-08")}, [("2023-03-07", "2023-03-08")], id="touching"),
        pytest.param({"days": ("2023-03", "2023-03-07")}, [("2023-03-01", "2023-03-31")], id="overlapping"),
        pytest.param({"days": ["2024-02"]}, [("2024-02-01", "2024-02-29")], id="a month is all its days"),
        pytest.param({"days": ("2023",)}, [("2023-01-01", "2023-12-31")], id="a year is all its days"),
        pytest.param({"first": "2023-01-19", "last": "2023-03"}, [("2023-01-19", "2023-03-31")], id="range"),
        pytest.param({"first": "2023-03-07", "last": "2023-01"}, [("2023-01-01", "2023-03-07")], id="turned"),
        pytest.param({"first": "", "last": "2023-01-02"}, [("2023-01-02", "2023-01-02")], id="one known"),
        pytest.param({"days": ("--01-31",), "first": "2023", "last": "2023"}, [("2023-01-01", "2023-12-31")],
                     id="days without a year do not count"),
        pytest.param({"days": (), "first": "--01-31", "last": None}, [], id="undated"),
        pytest.param({"first": "2023-02-29", "last": "soon"}, [], id="no day of the calendar"),
        pytest.param({"days": ("9999-12-31", "9999-12-30")}, [("9999-12-30", "9999-12-31")], id="last"),
        pytest.param({"first": "2023-03-07T10:00:00Z"}, [("2023-03-07", "2023-03-07")], id="a time of day"),
    ],
)  # fmt: skip
def test_an_edge_and_its_nodes(data: dict[str, object], found: list[tuple[str, str]]) -> None:
    assert read(network(("a", "b", data))) == {"a": found, "b": found, "k0": found}


def test_a_node_is_there_when_one_of_its_edges_is() -> None:
    g = network(
        ("a", "b", {"days": ("2023-03-07",)}),
        ("a", "c", {"days": ("2023-03-08", "2023-05-01")}),
    )
    found = read(g)
    assert found["a"] == [("2023-03-07", "2023-03-08"), ("2023-05-01", "2023-05-01")]
    assert found["b"] == [("2023-03-07", "2023-03-07")]
    assert found["c"] == [("2023-03-08", "2023-03-08"), ("2023-05-01", "2023-05-01")]


def test_what_is_undated_has_no_spell_and_takes_none_from_its_neighbours() -> None:
    found = read(network(("a", "b", {"days": ("2023-03-07",)}), ("a", "c", {"first": "--01-31"})))
    assert found["k1"] == found["c"] == []
    assert found["a"] == [("2023-03-07", "2023-03-07")]


def test_a_static_file_keeps_the_days_as_columns() -> None:
    file = io.StringIO()
    gexf.write(network(("a", "b", {"days": ("2023-03-07", "2023-05"), "first": "2023-03-07"})), file)
    assert "[&quot;2023-03-07&quot;, &quot;2023-05&quot;]" in file.getvalue()
    assert "spell" not in file.getvalue()


def days(found: tuple[Spell, ...]) -> set[int]:
    return {day for s in found for day in range(s.start.toordinal(), s.end.toordinal() + 1)}


@settings(max_examples=100, deadline=None)
@given(networks())
def test_merging_neither_adds_nor_loses_a_day(g: nx.MultiDiGraph) -> None:
    for _, _, data in g.edges(data=True):
        every = [s for day in data["days"] if (s := spell_of(day))]
        assert days(merged(every)) == days(tuple(every))
        if every:
            assert of_edge(data) == merged(every)


def test_years_before_1000_are_whole_iso_dates() -> None:
    assert str(Spell(date(999, 1, 1), date(999, 1, 2))) == '<spell start="0999-01-01" end="0999-01-02"/>'
