"""The commands on a folder, a file and an endpoint: the same answers, and the same errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import build
from kg.cli.graph import _paths
from kg.resources import folder
from tests.conftest import Kg
from tests.store import servers

ASKED = [
    ["query", "{graph}", "protests", "--format", "csv"],
    ["query", "{graph}", "offices"],
    ["query", "{graph}", "-e", "ASK { ?s ?p ?o }"],
    ["query", "{graph}", "-e", "CONSTRUCT WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }"],
    ["network", "{graph}", "-o", "-"],
    ["why", "{graph}", "SNIPAT"],
    ["why", "{graph}", "nobody at all"],
    ["stats", "{graph}"],
    ["crosswalk", "{graph}"],
    ["export", "{graph}", "-o", "-", "--format", "trig"],
    ["export", "{graph}", "-o", "-", "--format", "ttl"],
    ["export", "{graph}", "-o", "-", "--format", "jsonl"],
    ["query", "{graph}", "protest"],
    ["query", "{graph}", "protests", "--param", "typ=March"],
    ["query", "{graph}", "-e", "SELECT *"],
]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("built") / "out"
    build([folder("seeds")], made, on_error=pytest.fail)
    return made


@pytest.fixture(scope="module")
def graphs(out: Path, oxigraph_url: str) -> dict[str, str]:
    return {"trig": str(out / "graph.trig"), "url": oxigraph_url}


@pytest.mark.parametrize("command", ASKED, ids=lambda c: " ".join(c[::2])[:40])
@pytest.mark.parametrize("kind", ["trig", "url"])
def test_the_same_as_on_the_folder(
    kg: Kg, out: Path, graphs: dict[str, str], kind: str, command: list[str]
) -> None:
    if kind == "url":
        kg("push", out, graphs["url"])
    found = kg(*(part.replace("{graph}", graphs[kind]) for part in command))
    assert found == kg(*(part.replace("{graph}", str(out)) for part in command))


def test_turtle_answers_as_well_though_it_has_no_ontology(kg: Kg, out: Path) -> None:
    for name in ("protests", "attendance", "single-source"):
        command = ("query", out / "graph.ttl", name, "--format", "csv")
        assert kg(*command) == kg("query", out, name, "--format", "csv")


def triples(kg: Kg, folder: Path) -> str:
    """How many triples a build has, as kg stats writes it."""
    return next(
        line.split()[1] for line in kg("stats", folder).out.splitlines() if line.startswith("triples")
    )


def test_push_says_what_it_did(kg: Kg, out: Path, oxigraph_url: str) -> None:
    said = f"{oxigraph_url}: holds {triples(kg, out)} triples in 6 graphs of {out}\n"
    for _ in range(2):
        run = kg("push", out, oxigraph_url.replace("//", "//me:s3cret@"))
        assert (run.code, run.out, run.err) == (0, said, "")


def test_push_takes_a_finished_build_only(kg: Kg, tmp_path: Path, oxigraph_url: str) -> None:
    run = kg("push", tmp_path, oxigraph_url)
    assert run.code == 2 and "holds no finished build" in run.err


def test_build_fills_an_endpoint_and_takes_out_of_it_what_was_removed(kg: Kg, tmp_path: Path) -> None:
    if not servers.OXIGRAPH:
        pytest.skip("the Oxigraph server is not installed: pip install oxigraph")
    made, articles = tmp_path / "out", sorted(folder("seeds").glob("*.txt"))
    with servers.oxigraph() as url:
        run = kg("build", *articles, "-o", made, "--store", url)
        assert run.code == 0 and f"{url}: holds {triples(kg, made)} triples in 6 graphs of {made}" in run.out
        kg("build", articles[0], "-o", made, "--fresh")
        assert kg("push", made, url).out.endswith(f"graphs of {made}, 1 removed that {made} no longer has\n")
        assert kg("stats", url) == kg("stats", made)


def test_a_wrong_url_is_found_before_the_long_work(kg: Kg, tmp_path: Path) -> None:
    run = kg("build", folder("seeds"), "-o", tmp_path / "out", "--store", "localhost:7878")
    assert run.code == 2 and "is no URL of an endpoint" in run.err and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("graph.ttl", "<a> <b>", 1, "cannot be read as Turtle"),
        ("graph.nq", "\x00", 1, "cannot be read as N-Quads"),
        ("facts.jsonl", "{}", 2, "holds no finished build"),
        ("notes", "", 2, "holds no finished build"),
    ],
)
def test_files_that_hold_no_graph(
    kg: Kg, tmp_path: Path, name: str, content: str, code: int, says: str
) -> None:
    (tmp_path / name).write_text(content)
    run = kg("query", tmp_path / name, "protests")
    assert run.code == code and f"{tmp_path / name}: {says}" in run.err


def test_names_of_files_are_completed(tmp_path: Path) -> None:
    (tmp_path / "out [1]").mkdir()
    (tmp_path / "other.ttl").touch()
    assert _paths(f"{tmp_path}/o") == [f"{tmp_path}/other.ttl", f"{tmp_path}/out [1]/"]
    assert _paths(f"{tmp_path}/out [") == [f"{tmp_path}/out [1]/"]
