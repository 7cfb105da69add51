"""A graph in Python: questions, frames, things with their sentences, networks, and what a notebook shows."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import Graph, store, workfolder
from kg.errors import BadParameter, BuildNotFound, UnknownName, UsageError
from kg.export import frames, parquet
from kg.export.notebook import SHOWN, to_html
from kg.graph import Rows
from kg.link import KnowledgeBase, link, load
from kg.quads import quads
from kg.query import Table
from kg.store import memory
from kg.terms import protest
from kg.things import Day
from tests.builders import Draft, three_articles
from tests.corpus import corpus
from tests.invented import sample

MARCH = "march, Calmont, 2024-03-13"


@pytest.fixture(scope="module")
def graph() -> Graph:
    facts = corpus()
    return Graph(memory(quads(facts, link(facts, KnowledgeBase()))))


# --- opening -------------------------------------------------------------------------------------


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = (
        "import sys, kg; kg.__version__\n"
        "print(sorted({'spacy', 'rdflib', 'pyoxigraph', 'networkx', 'numpy', 'pandas'} & set(sys.modules)))\n"
        "from kg import Graph; print(Graph.__name__, 'pandas' in sys.modules, 'polars' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\nGraph False False\n"


def test_a_name_that_the_package_has_not() -> None:
    import kg

    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'Grph'"):
        kg.Grph  # noqa: B018


def test_a_build_is_opened(tmp_path: Path) -> None:
    facts = three_articles()
    store.write(quads(facts, link(facts, KnowledgeBase())), tmp_path / workfolder.STORE)
    workfolder.write_manifest(tmp_path, workfolder.Manifest("https://x.example/", {}))
    assert len(Graph.open(tmp_path).articles()) == len(Graph.open(str(tmp_path)).articles()) == 3


def test_a_folder_without_a_build(tmp_path: Path) -> None:
    with pytest.raises(BuildNotFound, match="holds no finished build"):
        Graph.open(tmp_path)


# --- questions -----------------------------------------------------------------------------------


def test_a_question_by_name_file_or_in_sparql(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "marches.rq"
    sparql = "SELECT ?march { ?march a protest:March }"
    file.write_text(f"PREFIX protest: <{protest.March.removesuffix('March')}>\n{sparql}", encoding="utf-8")
    assert len(graph.select(sparql)) == len(graph.select(str(file))) == 3
    assert [row["event"] for row in graph.select("protests", actor="port auth")] == [
        "blockade, Lowell, 2024-05-20"
    ]


def test_parameters_are_texts_numbers_or_things_and_may_be_words_of_python(graph: Graph) -> None:
    assert len(graph.select("protests", from_="2024-05", to="2024-05")) == 2
    assert len(graph.select("reports", min=2)) == 2
    (march,) = (event for event in graph.events("March") if event.label == MARCH)
    assert len(graph.select("evidence", thing=march)) == len(march.evidence) > 10


def test_rows_are_plain_values(graph: Graph) -> None:
    rows = graph.select("reports", min=2)
    assert rows.columns[0] == "event" and rows[0]["articles"] == 2
    assert isinstance(rows[0]["score"], Decimal) and rows[0]["published"] == "2024-03-14"
    assert [row["event"] for row in rows[:2]] == [MARCH, MARCH]
    assert graph.select("protests", actor="bwu")[0]["participants"] == (
        "Ana Duvall", "Firefighters", "Police officers",
    )  # fmt: skip
    assert next(iter(graph.select("attendance", actor="bwu")))["offices"] == ()


def test_other_forms_of_questions(graph: Graph) -> None:
    assert graph.ask("ASK { ?x a protest:Blockade }") and not graph.ask(
        "ASK { ?x a protest:Company, protest:Union }"
    )
    triples = graph.construct("DESCRIBE ?x { ?x a protest:Blockade }")
    assert isinstance(triples, rdflib.Graph)
    assert {str(o) for o in triples.objects(None, protest.start)} == {"2024-05-20"}


@pytest.mark.parametrize(
    ("method", "question", "given", "error", "says"),
    [
        pytest.param("select", "protest", {}, UnknownName, "did you mean protests", id="name"),
        pytest.param("select", "protests", {"actr": "x"}, BadParameter, "did you mean actor", id="parameter"),
        pytest.param("select", "protests", {"actor": None}, BadParameter, "=None: give a text", id="none"),
        pytest.param("select", "protests", {"actor": True}, BadParameter, "actor=True", id="no value"),
        pytest.param("select", "protests", {"from_": "May"}, BadParameter, "is no date", id="value"),
        pytest.param("select", "ASK { }", {}, UsageError, "is no SELECT", id="ASK"),
        pytest.param("ask", "protests", {}, UsageError, "protests: is no ASK", id="SELECT"),
        pytest.param("construct", "protests", {}, UsageError, "no CONSTRUCT", id="no triples"),
        pytest.param("select", "SELECT * { ?x ?y }", {}, UsageError, "SPARQL:1:12: not", id="syntax"),
        pytest.param("network", "actor", {}, UnknownName, "did you mean actors", id="network"),
        pytest.param("why", "Nobody Atall", {}, UnknownName, "nothing in the graph", id="why"),
    ],
)  # fmt: skip
def test_wrong_use(
    graph: Graph, method: str, question: str, given: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        getattr(graph, method)(question, **given)


# --- frames --------------------------------------------------------------------------------------


def test_a_pandas_frame_has_types_and_missing_values(graph: Graph) -> None:
    pd = pytest.importorskip("pandas", reason="needs the extra 'pandas'")
    frame = graph.select("crowds").pandas(days=["start"])
    assert list(frame.columns[:5]) == ["event", "start", "start_first", "start_last", "low"]
    types = {name: str(frame[name].dtype) for name in ("event", "start_first", "low", "start")}
    assert types == {"event": "string", "start_first": "datetime64[s]", "low": "Int64", "start": "string"}
    assert frame["low"].isna().sum() == 1 and frame["low"].max() == 4000
    protests = graph.select("protests").pandas(days=["start"])
    whole_month = protests[protests["start"] == "2024-05"].iloc[0]
    assert (whole_month["start_first"], whole_month["start_last"]) == (
        pd.Timestamp("2024-05-01"), pd.Timestamp("2024-05-31"),
    )  # fmt: skip
    assert protests[protests["start"] == "--05-01"]["start_first"].isna().all()
    assert protests.explode("participants")["participants"].value_counts()["Police officers"] == 1


def test_a_polars_frame_has_the_same(graph: Graph) -> None:
    pl = pytest.importorskip("polars", reason="needs the extra 'polars'")
    frame = graph.select("protests").polars(days=["start"])
    assert frame.schema["articles"] == pl.Int64 and frame.schema["participants"] == pl.List(pl.String)
    assert frame.schema["start_first"] == pl.Date and frame.schema["end"] == pl.String
    row = frame.filter(pl.col("start") == "2024-05").row(0, named=True)
    assert (row["start_first"], row["start_last"]) == (date(2024, 5, 1), date(2024, 5, 31))
    assert frame.drop("start_first", "start_last").to_dicts() == [
        {name: list(v) if isinstance(v, tuple) else v for name, v in row.items()}
        for row in graph.select("protests")
    ]


@pytest.mark.parametrize("make", [frames.to_pandas, frames.to_polars], ids=["pandas", "polars"])
def test_an_empty_answer_keeps_its_columns(graph: Graph, make: Any) -> None:
    pytest.importorskip(make.__name__.removeprefix("to_"))
    rows = graph.select("protests", actor="nobody at all")
    frame = make(rows.table, days=["start"])
    assert frame.shape == (0, len(rows.columns) + 2)


@pytest.mark.parametrize("make", [frames.to_pandas, frames.to_polars], ids=["pandas", "polars"])
def test_days_of_a_column_that_is_not_there(graph: Graph, make: Any) -> None:
    pytest.importorskip(make.__name__.removeprefix("to_"))
    with pytest.raises(UnknownName, match="days: no column 'begin'; the answer has event, type"):
        make(graph.select("protests").table, days=["begin"])


@pytest.mark.parametrize("extra", ["pandas", "polars"])
def test_a_frame_without_its_library_says_what_to_install(
    graph: Graph, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, extra, None)
    with pytest.raises(UsageError, match=rf"pip install 'protest-kg\[{extra}\]'"):
        getattr(graph.select("protests"), extra)()


def test_frames_have_the_types_of_parquet(graph: Graph) -> None:
    """Whether by a file or not, a table is the same in pandas."""
    kinds = {name: kind for name, kind, _ in parquet.typed(graph.select("event-table").table)}
    assert (kinds["crowd_low"], kinds["notes"], kinds["event_date"]) == ("integer", "list", "string")


# --- things --------------------------------------------------------------------------------------


def test_an_event_knows_who_did_what(graph: Graph) -> None:
    (march,) = (event for event in graph.events("March") if event.label == MARCH)
    assert (march.type, march.status, str(march.start), march.end) == (
        "March",
        "occurred",
        "2024-03-13",
        None,
    )
    assert [actor.name for actor in march.organizers] == ["Blue Watch Union"]
    assert [actor.name for actor in march.targets] == ["Interior Ministry"]
    assert [actor.name for actor in march.absent] == ["Paul Okoro"]
    assert [place.name for place in march.places] == ["Calmont", "Mill Square"]
    assert "BWU" in march.organizers[0].names


def test_sentences_are_reached_from_everything(graph: Graph) -> None:
    things = [
        *graph.articles(), *graph.actors(), *graph.places(), *graph.events("Event"), *graph.demands(),
        *graph.slogans(), *graph.crowds(), *graph.casualties(), *graph.statements(), *graph.stances(),
        *graph.positions(),
    ]  # fmt: skip
    assert len({type(thing) for thing in things}) == 11
    assert all(thing.evidence and thing.evidence[0].sentence for thing in things)
    said = [*graph.demands(), *graph.slogans(), *graph.crowds(), *graph.casualties(), *graph.statements()]
    assert all(fact.words in fact.sentence for fact in said)
    assert all(fact.sentence in {reason.sentence for reason in fact.evidence} for fact in said)


def test_what_is_said_leads_to_whom_it_is_of(graph: Graph) -> None:
    crowd = next(c for c in graph.crowds() if c.words == "900")
    assert (crowd.low, crowd.event.label) == (900, "blockade, Lowell, 2024-05-20")
    assert getattr(crowd.estimator, "name", None) == "Harbour Workers League"
    assert {c.estimator for c in graph.crowds() if c.words == "300"} == {"police"}
    assert {(s.speaker.name, s.kind) for s in graph.statements()} >= {("Tom Reiss", "direct")}
    assert {(p.holder.name, p.words) for p in graph.positions()} >= {("Tom Reiss", "president")}
    (stance,) = (z for z in graph.stances() if z.polarity == "support")
    assert stance.target in graph.events("March")
    article = crowd.article
    assert (article.id, article.publisher, article.published) == (
        "ledger-9",
        "Lowell Ledger",
        date(2024, 5, 21),
    )


def test_things_are_frozen_and_one_whoever_asks(graph: Graph) -> None:
    march, again = graph.events("March")[0], Graph(graph.store).events("March")[0]
    assert march == again and march in {again} and march is not again
    assert march != graph.events("March")[1] and march != "march"
    with pytest.raises(FrozenInstanceError):
        march.label = "other"  # type: ignore[misc]
    assert "store" not in repr(march)


def test_kinds_narrow(graph: Graph) -> None:
    assert {actor.type for actor in graph.actors("Organization")} >= {"Union", "Association", "Company"}
    assert {event.type for event in graph.events("ContextEvent")} >= {"Arrest", "Attack", "Meeting"}
    with pytest.raises(UnknownName, match="did you mean protest:March"):
        graph.events("Marsh")


def test_all_of_a_larger_graph_can_be_read() -> None:
    facts = sample()[:12]
    graph = Graph(memory(quads(facts, link(facts, load()))))
    assert len(graph.articles()) == 12
    assert len(graph.demands()) == len(graph.select("demands")) > 5
    assert len(graph.crowds()) == len(graph.select("crowds")) > 5
    assert len(graph.statements()) == len(graph.select("statements")) > 20
    assert len(graph.events()) == len(graph.select("protests")) > 20
    assert any(place.latitude and place.country and place.precision for place in graph.places())


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        pytest.param("2024-02-29", "day", date(2024, 2, 29), date(2024, 2, 29), id="day"),
        pytest.param("2023-02", "month", date(2023, 2, 1), date(2023, 2, 28), id="month"),
        pytest.param("2023", "year", date(2023, 1, 1), date(2023, 12, 31), id="year"),
        pytest.param("--02-29", "day of any year", None, None, id="no year"),
    ],
)
def test_days(text: str, precision: str, first: date | None, last: date | None) -> None:
    day = Day(text)
    assert (str(day), day.precision, day.first, day.last) == (text, precision, first, last)


# --- networks and notebooks ----------------------------------------------------------------------


def test_a_network(graph: Graph) -> None:
    network = graph.network("acting-together", type="Blockade")
    labels = {data["label"] for _, data in network.nodes(data=True)}
    assert labels == {"Blue Watch Union", "Harbour Workers League"}


def test_why_takes_a_thing_or_its_name(graph: Graph) -> None:
    (union, *_) = graph.actors("Union")
    assert graph.why(union) == graph.why(union.iri) == graph.why("blue watch union") == union.evidence


HOSTILE = "<script>alert(1)</script> \u202ekcab \x1b[31m & \"quoted\" 'too'"


def test_hostile_text_is_text_in_a_notebook() -> None:
    d = Draft("a", f"A march of {HOSTILE}", f"The {HOSTILE} union marched.")
    d.entity("e1", "Union", HOSTILE)
    d.event("v1", "March", ["march"], organizers=["e1"])
    facts = [d.facts()]
    graph = Graph(memory(quads(facts, link(facts, KnowledgeBase()))))
    shown = graph.select("protests")._repr_html_() + graph._repr_html_()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown and "<script" not in shown
    assert not {"\u202e", "\x1b"} & set(shown)
    assert '"quoted"' not in shown


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_no_text_becomes_markup(text: str) -> None:
    shown = to_html(("a", "b"), [(text, (text, text))])
    assert shown.encode()  # no half of a character
    inside = shown.split("<tbody>")[1]
    for tag in ("<tr>", "<td>", "<bdi>", "<br>", "</bdi>", "</td>", "</tr>", "</tbody>", "</table>"):
        inside = inside.replace(tag, "")
    assert "<" not in inside


def test_a_notebook_shows_the_first_rows_and_counts_all(graph: Graph) -> None:
    rows = Rows(Table(("n",), ((None,),) * (SHOWN + 5)))
    assert rows._repr_html_().count("<tr>") == SHOWN + 1
    assert f"the first {SHOWN} of {SHOWN + 5} rows" in rows._repr_html_()


def test_a_notebook_shows_what_a_graph_holds(graph: Graph) -> None:
    shown = graph._repr_html_()
    assert "articles 6 · " in shown
    assert all(f"<bdi>{question.name}</bdi>" in shown for question in graph.questions())
