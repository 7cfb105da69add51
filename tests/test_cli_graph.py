"""The commands that ask a build: what they print, in which formats, and how they refuse."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg import network, store, workfolder
from kg.build import build_from_facts
from kg.cli import load
from kg.export import results
from kg.query import catalogue
from kg.terms import protest
from tests.builders import three_articles
from tests.conftest import Kg
from tests.export.gephi.contract import broken

COUNT = "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of three articles."""
    folder = tmp_path_factory.mktemp("out")
    build_from_facts(three_articles(), folder, digests={f.article.id: "" for f in three_articles()})
    return folder


# --- query ---------------------------------------------------------------------------------------


def test_query_lists_all_questions(kg: Kg, out: Path) -> None:
    run = kg("query", out, "--list")
    assert (run.code, run.err) == (0, "")
    assert len(catalogue()) >= 10
    for query in catalogue():
        assert re.search(rf"^ *{query.name} ", run.out, re.MULTILINE)


@pytest.mark.parametrize("name", [query.name for query in catalogue()])
def test_every_question_prints_a_table_of_80_columns(kg: Kg, out: Path, name: str) -> None:
    run = kg("query", out, name)
    assert (run.code, run.err) == (0, "")
    assert max(map(len, run.out.splitlines())) <= 80


def test_a_query_comes_from_a_file_standard_input_or_the_command_line(
    kg: Kg, out: Path, tmp_path: Path
) -> None:
    file = tmp_path / "count.rq"
    file.write_text(COUNT, encoding="utf-8")
    from_file, from_pipe, from_argument = (
        kg("query", out, file, "-f", "csv"),
        kg("query", out, "-", "-f", "csv", stdin=COUNT),
        kg("query", out, "-e", COUNT, "-f", "csv"),
    )
    assert from_file.code == from_pipe.code == from_argument.code == 0
    assert from_file.out == from_pipe.out == from_argument.out
    assert int(from_file.out.splitlines()[1]) > 100


def test_a_parameter_narrows_the_answer(kg: Kg, out: Path) -> None:
    everything = kg("query", out, "protests", "-f", "jsonl").out.splitlines()
    marches = kg("query", out, "protests", "-f", "jsonl", "--param", "type=March").out.splitlines()
    assert 0 < len(marches) < len(everything)
    assert {json.loads(row)["type"] for row in marches} == {"March"}


@pytest.mark.parametrize("format_", ["table", *results.FORMATS])
def test_every_format_says_the_same(kg: Kg, out: Path, format_: str) -> None:
    question = (
        "CONSTRUCT WHERE { ?s a ?type }"
        if format_ in ("turtle", "ntriples", "jsonld")
        else "SELECT ?type { ?s a ?type } ORDER BY ?type"
    )
    run = kg("query", out, "-", "--format", format_, stdin=question)
    assert (run.code, run.err) == (0, "")
    rows = {
        "table": lambda: run.out.splitlines()[2:],
        "csv": lambda: list(csv.reader(io.StringIO(run.out)))[1:],
        "tsv": lambda: run.out.splitlines()[1:],
        "json": lambda: json.loads(run.out)["results"]["bindings"],
        "jsonl": lambda: [json.loads(line) for line in run.out.splitlines()],
        "markdown": lambda: run.out.splitlines()[2:],
        "turtle": lambda: list(Graph().parse(data=run.out, format="turtle")),
        "ntriples": lambda: run.out.splitlines(),
        "jsonld": lambda: list(ox.parse(run.out, ox.RdfFormat.JSON_LD)),
    }[format_]()
    types = [q for q in workfolder.open_store(out).quads() if q[1].endswith("#type")]
    assert len([row for row in rows if row]) == len({q[:3] for q in types})


@pytest.mark.parametrize(
    ("file", "format_"),
    [
        pytest.param("a.csv", "csv", id="csv"),
        pytest.param("a.md", "markdown", id="md"),
        pytest.param("a.txt", "json", id="the format goes before the suffix"),
    ],
)
def test_an_answer_goes_to_a_file(kg: Kg, out: Path, tmp_path: Path, file: str, format_: str) -> None:
    asked = ["-f", format_] if file.endswith(".txt") else []
    run = kg("query", out, "protests", "-o", tmp_path / file, *asked)
    assert (run.code, run.out, run.err) == (0, "", "")
    with (tmp_path / file).open(encoding="utf-8", newline="") as written:
        assert written.read() == kg("query", out, "protests", "-f", format_).out


def test_an_answer_as_parquet(kg: Kg, out: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra 'tables'")
    run = kg("query", out, "protests", "-o", tmp_path / "a.parquet")
    assert (run.code, run.out, run.err) == (0, "", "")
    rows = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert rows == [json.loads(line) for line in kg("query", out, "protests", "-f", "jsonl").out.splitlines()]


def test_an_answer_as_gexf(kg: Kg, out: Path, tmp_path: Path) -> None:
    sparql = f"""PREFIX protest: <{protest.March.removesuffix("March")}>
        SELECT DISTINCT ?a ?b {{ ?a a protest:Actor . ?b a protest:Actor FILTER(STR(?a) < STR(?b)) }}"""
    run = kg("query", out, "-e", sparql, "-o", tmp_path / "a.gexf")
    assert (run.code, run.out, run.err) == (0, "", "")
    edges = ElementTree.parse(tmp_path / "a.gexf").getroot().iter("{http://gexf.net/1.3}edge")
    rows = [json.loads(row) for row in kg("query", out, "-e", sparql, "-f", "jsonl").out.splitlines()]
    assert rows
    assert {(e.get("source"), e.get("target")) for e in edges} == {(row["a"], row["b"]) for row in rows}


@pytest.mark.parametrize(
    ("sparql", "printed"),
    [
        pytest.param("ASK { ?s ?p ?o }", "true\n", id="yes"),
        pytest.param("ASK { ?s ?s ?s }", "false\n", id="no"),
        pytest.param(
            "CONSTRUCT { <x:a> a <x:b>, <x:c> } WHERE { }",
            "<x:a> a <x:b> , <x:c> .\n",
            id="construct",
        ),
        pytest.param("DESCRIBE <x:nothing>", "", id="nothing is said of it"),
    ],
)
def test_every_form_of_query_is_printed(kg: Kg, out: Path, sparql: str, printed: str) -> None:
    run = kg("query", out, "-e", sparql)
    assert (run.code, run.out, run.err) == (0, printed, "")


# --- network, export, stats, why ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind.name for kind in network.kinds()])
def test_every_kind_of_network_is_written_as_gexf(kg: Kg, out: Path, tmp_path: Path, kind: str) -> None:
    for time in ([], ["--dynamic"]):
        run = kg("network", out, "--kind", kind, "-o", tmp_path / "n.gexf", *time)
        assert (run.code, run.out, run.err) == (0, "", "")
        assert ElementTree.parse(tmp_path / "n.gexf").getroot().tag == "{http://gexf.net/1.3}gexf"
        assert broken((tmp_path / "n.gexf").read_text(encoding="utf-8")) == []


def test_networks_are_listed(kg: Kg, out: Path) -> None:
    run = kg("network", out, "--list")
    assert all(re.search(rf"^ *{kind.name} ", run.out, re.MULTILINE) for kind in network.kinds())
    assert len(network.kinds()) >= 3


def test_a_network_goes_to_standard_output_in_a_format_by_name(kg: Kg, out: Path) -> None:
    assert kg("network", out, "-o", "-").out == (out / workfolder.NETWORK).read_text(encoding="utf-8")
    assert json.loads(kg("network", out, "-o", "-", "--format", "json").out)["nodes"]


def test_an_export_is_what_the_build_wrote(kg: Kg, out: Path, tmp_path: Path) -> None:
    for name in (workfolder.TURTLE, workfolder.TRIG):
        assert kg("export", out, "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()


def test_an_export_to_standard_output_can_be_read_back(kg: Kg, out: Path) -> None:
    run = kg("export", out, "-o", "-", "--format", "nq")
    dataset = ox.parse(run.out, format=ox.RdfFormat.N_QUADS)
    assert len(list(dataset)) == len(list(workfolder.open_store(out).quads()))


def test_stats_count_articles_and_triples(kg: Kg, out: Path) -> None:
    run = kg("stats", out)
    triples = len({quad[:3] for quad in workfolder.open_store(out).quads()})
    assert re.search(r"^ *articles +3$", run.out, re.MULTILINE)
    assert re.search(rf"^ *triples +{triples:,}$", run.out, re.MULTILINE)


@pytest.mark.parametrize("term", ["Blue Watch Union", "blue watch union"])
def test_why_shows_the_sentence_and_where_it_stands(kg: Kg, out: Path, term: str) -> None:
    run = kg("why", out, term)
    assert (run.code, run.err) == (0, "")
    assert re.search(r"^ +\d+–\d+  “.*Blue Watch Union", run.out, re.MULTILINE)
    assert re.search(r"^    .*Blue Watch Union.* – .*\(\w+, [01]\.\d\d\)$", run.out, re.MULTILINE)
    assert max(map(len, run.out.splitlines())) <= 80


# --- remove ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ids", "stdin"), [(["post-12"], ""), (["-"], "post-12\n\n")])
def test_articles_are_removed_by_their_ids(kg: Kg, tmp_path: Path, ids: list[str], stdin: str) -> None:
    build_from_facts(three_articles(), tmp_path, digests={f.article.id: "" for f in three_articles()})
    run = kg("remove", tmp_path, *ids, stdin=stdin)
    assert (run.code, run.err) == (0, "")
    assert re.search(r"^ *articles +2 +1 removed, 2 kept$", run.out, re.MULTILINE)
    facts = (tmp_path / workfolder.FACTS).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["article"]["id"] for line in facts] == ["courrier-3", "gazette-7"]


# --- wrong use ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "message"),
    [
        pytest.param(["query"], "which question? kg query DIR --list shows them all", id="no question"),
        pytest.param(
            ["query", "protest"], "'protest': no such query; did you mean protests", id="unknown query"
        ),
        pytest.param(["query", "none.rq"], "none.rq: cannot be read: No such file", id="no such file"),
        pytest.param(["query", "protests", "-e", COUNT], "protests or -e?", id="two questions"),
        pytest.param(["query", "-e", ""], "-e: is empty", id="empty question"),
        pytest.param(["query", "-e", "ASK { \udcff }"], "-e: is not UTF-8 text", id="bytes that are no text"),
        pytest.param(
            ["query", "protests", "-p", "actor"], "'actor': write a parameter as name=value", id="no ="
        ),
        pytest.param(
            ["query", "protests", "-p", "acter=x"], "no parameter 'acter'; did you mean actor?", id="typo"
        ),
        pytest.param(["query", "protests", "-p", "from=May"], "from='May' is no date", id="malformed value"),
        pytest.param(
            ["query", "protests", "-f", "xls"], "'xls': no such format; one of ", id="unknown format"
        ),
        pytest.param(["query", "protests", "-o", "a.xls"], "'xls': no such format", id="unknown suffix"),
        pytest.param(["query", "protests", "-o", "a"], "a: a table is for the screen", id="no suffix"),
        pytest.param(["query", "protests", "-f", "parquet"], "name a file with -o", id="parquet on screen"),
        pytest.param(
            ["query", "-e", "ASK { }", "-o", "a.parquet"],
            "parquet holds the rows of a SELECT",
            id="ASK, parquet",
        ),
        pytest.param(
            ["query", "protests", "-o", "a.gexf"], "protests: a network needs two columns", id="no two actors"
        ),
        pytest.param(
            ["query", "-e", "ASK { }", "-o", "a.gexf"], "gexf holds the rows of a SELECT", id="ASK, gexf"
        ),
        pytest.param(["network"], "where to? name a file with -o", id="no target"),
        pytest.param(
            ["network", "-k", "actor", "-o", "a.gexf"], "'actor': no such network", id="unknown kind"
        ),
        pytest.param(["network", "-o", "a.doc"], "a.doc: doc: no such format", id="unknown network format"),
        pytest.param(["export", "-o", "a.doc"], "'doc': no such format; one of ttl", id="unknown suffix"),
        pytest.param(
            ["export", "-o", "no/a.ttl"], "no/a.ttl: cannot be written: No such file", id="no folder"
        ),
        pytest.param(
            ["why", "Nobody Atall"], "'Nobody Atall': nothing in the graph has this name", id="unknown name"
        ),
        pytest.param(["why", "http://x.example/"], "the graph says nothing about this IRI", id="unknown IRI"),
    ],
)
def test_wrong_use_is_named_and_exits_with_2(
    kg: Kg, out: Path, command: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name, *arguments = command
    run = kg(name, out, *arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("kg: error: ") and message in run.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sparql", ["SELECT {", "", "DROP ALL", b"\xff\xfe"])
def test_what_is_no_query_is_refused(kg: Kg, out: Path, sparql: str | bytes) -> None:
    run = kg("query", out, "-", stdin=sparql)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("kg: error: standard input")


@pytest.mark.parametrize(
    "command",
    [
        ["query", "--list"],
        ["remove", "x"],
        ["network", "-o", "-"],
        ["export", "-o", "-"],
        ["stats"],
        ["why", "x"],
    ],
)
@pytest.mark.parametrize("place", ["nothing", "file", "folder", "unfinished"])
def test_a_folder_that_is_no_build_exits_with_2(
    kg: Kg, tmp_path: Path, command: list[str], place: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "unfinished").mkdir()
    (tmp_path / "unfinished" / workfolder.MANIFEST).write_text('{"base": ')
    name, *arguments = command
    run = kg(name, tmp_path / place, *arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(
        f"kg: error: {tmp_path / place}: holds no finished build; make one with kg build"
    )


def examples() -> list[str]:
    """What the help of these commands gives as examples, without pipes."""
    commands = ["query", "network", "export", "validate", "stats"]
    lines = [line.strip() for name in commands for line in load(name).help.splitlines()]
    return [line for line in lines if line.startswith("kg ") and "|" not in line]


@pytest.mark.parametrize("example", examples())
def test_the_examples_of_the_help_work(
    kg: Kg, example: str, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ".parquet" in example:
        pytest.importorskip("pyarrow", reason="needs the extra 'tables'")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").symlink_to(out)
    run = kg(*shlex.split(example)[1:])
    assert (run.code, run.err) == (0, "")


# --- validate ----------------------------------------------------------------------------------------


def test_a_build_conforms(kg: Kg, out: Path) -> None:
    run = kg("validate", out)
    assert (run.code, run.err) == (0, "")
    assert re.search(rf"^{re.escape(str(out))}: conforms, \d+ warnings$", run.out, re.MULTILINE)


def test_what_breaks_a_rule_is_named_and_exits_with_1(kg: Kg, out: Path, tmp_path: Path) -> None:
    quads = list(workfolder.open_store(out).quads())
    (victim, *_) = sorted({s for s, p, _, _ in quads if p.endswith("#confidence")})
    store.write([q for q in quads if q[:2] != (victim, protest.confidence)], tmp_path / workfolder.STORE)
    workfolder.write_manifest(tmp_path, workfolder.read_manifest(out))
    run = kg("validate", tmp_path)
    assert (run.code, run.err) == (1, "")
    assert "violation: " in run.out and re.search(r": \d+ violations, \d+ warnings$", run.out.strip())
