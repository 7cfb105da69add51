"""A build holds all that its articles report, is the same whatever their order, and is whole or not there."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse

from kg import jsonlines, workfolder
from kg.article import Article, read_articles
from kg.build import Built, build, build_from_facts
from kg.confidence import at_least
from kg.errors import BadParameter, InputError, OutputError
from kg.export import rdf
from kg.quads.lines import nquads
from kg.resources import folder
from tests.builders import three_articles

ARTICLES = Path(__file__).parent / "articles"
SAME = (
    workfolder.FACTS,
    workfolder.TURTLE,
    workfolder.TRIG,
    workfolder.NETWORK,
    workfolder.REPORT,
    workfolder.MANIFEST,
)


def articles() -> list[Article]:
    return list(read_articles([folder("seeds"), ARTICLES], on_error=pytest.fail))


def lines(path: Path, of: list[Article]) -> Path:
    """The articles as a file of JSON Lines."""
    path.write_text("".join(json.dumps(asdict(article)) + "\n" for article in of), encoding="utf-8")
    return path


def contents(build: Path) -> dict[str, bytes]:
    return {name: (build / name).read_bytes() for name in SAME}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the seeds and the test articles."""
    target = tmp_path_factory.mktemp("built") / "deep" / "out"
    build([folder("seeds"), ARTICLES], target, on_error=pytest.fail)
    return target


def test_a_build_has_its_files_and_nothing_else(built: Path) -> None:
    assert sorted(p.name for p in built.iterdir()) == sorted([*SAME, workfolder.STORE])


def test_facts_are_sorted_by_article(built: Path) -> None:
    with (built / workfolder.FACTS).open(encoding="utf-8") as file:
        ids = [facts.article.id for facts in jsonlines.read(file)]
    assert ids == sorted(article.id for article in articles())


def test_what_is_less_sure_is_left_out(built: Path, tmp_path: Path) -> None:
    build([folder("seeds"), ARTICLES], tmp_path, min_confidence=0.9, on_error=pytest.fail)
    with (
        (built / workfolder.FACTS).open(encoding="utf-8") as every,
        (tmp_path / workfolder.FACTS).open(encoding="utf-8") as sure,
    ):
        assert list(jsonlines.read(sure)) == [at_least(facts, 0.9) for facts in jsonlines.read(every)]


def test_every_file_of_the_graph_says_what_the_store_says(built: Path) -> None:
    lines = "".join(nquads(workfolder.open_store(built).quads()))
    store = set(parse(lines, format=RdfFormat.N_QUADS))
    assert set(parse(path=built / workfolder.TRIG, format=RdfFormat.TRIG)) == store
    triples = {quad.triple for quad in store if not quad.graph_name.value.endswith("graph/ontology")}
    assert {quad.triple for quad in parse(path=built / workfolder.TURTLE, format=RdfFormat.TURTLE)} == triples


def test_the_network_is_xml_with_an_edge_for_those_who_act_together(built: Path) -> None:
    root = ElementTree.parse(built / workfolder.NETWORK).getroot()
    space = {"g": "http://gexf.net/1.3"}
    assert root.findall(".//g:node", space) and root.findall(".//g:edge", space)


@pytest.mark.parametrize("workers", [1, 2])
def test_another_order_of_articles_gives_the_same_bytes(built: Path, tmp_path: Path, workers: int) -> None:
    backwards = lines(tmp_path / "articles.jsonl", articles()[::-1])
    build([backwards], tmp_path / "out", workers=workers, on_error=pytest.fail)
    assert contents(tmp_path / "out") == contents(built)


def test_building_afresh_keeps_nothing_of_what_was_there(tmp_path: Path) -> None:
    build([ARTICLES, folder("seeds")], tmp_path / "again", min_confidence=0.5, on_error=pytest.fail)
    build([folder("seeds")], tmp_path / "again", fresh=True, on_error=pytest.fail)
    build([folder("seeds")], tmp_path / "once", on_error=pytest.fail)
    assert contents(tmp_path / "again") == contents(tmp_path / "once")


def test_the_manifest_tells_which_article_has_changed(built: Path, tmp_path: Path) -> None:
    changed = [replace(a, published="2024-01-01") if a.id == "seed-1" else a for a in articles()]
    build([lines(tmp_path / "a.jsonl", changed)], tmp_path / "out", on_error=pytest.fail)
    before, after = (workfolder.read_manifest(path).articles for path in (built, tmp_path / "out"))
    assert [id_ for id_ in before if before[id_] != after[id_]] == ["seed-1"]


def test_a_base_of_ones_own_names_all_things(tmp_path: Path) -> None:
    build([ARTICLES], tmp_path, base="https://example.org/strikes/", on_error=pytest.fail)
    subjects = {str(s) for s, _, _, g in workfolder.open_store(tmp_path).quads() if "ontology" not in str(g)}
    assert workfolder.read_manifest(tmp_path).base == "https://example.org/strikes/"
    assert subjects and not any("w3id.org/protest-kg/id" in s for s in subjects)


def test_counts_tell_what_there_is(tmp_path: Path) -> None:
    digests = {facts.article.id: "" for facts in three_articles()}
    found = build_from_facts(three_articles(), tmp_path, digests=digests)
    numbers = {(c.group, c.kind): c.number for c in found.counts}
    assert numbers["articles", ""] == 3
    assert numbers["actors", "Union"] >= 1 and numbers["protests", "March"] >= 1
    assert isinstance(found, Built) and found.example


# --- what goes wrong ------------------------------------------------------------------------------


def test_articles_that_cannot_be_read_are_told_and_the_rest_built(tmp_path: Path) -> None:
    errors: list[InputError] = []
    build([tmp_path / "none.txt", ARTICLES], tmp_path / "out", on_error=errors.append)
    assert [str(error) for error in errors] == [f"{tmp_path}/none.txt: No such file or directory"]
    assert len(workfolder.read_manifest(tmp_path / "out").articles) == 4


def test_without_any_article_a_build_is_left_as_it_was(built: Path, tmp_path: Path) -> None:
    before = contents(built)
    with pytest.raises(InputError, match="no article could be read, so nothing is built"):
        build([tmp_path / "none.txt"], built, on_error=lambda error: None)
    assert contents(built) == before


def test_a_base_that_is_none_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="base 'strikes'"):
        build([ARTICLES], tmp_path / "out", base="strikes", on_error=pytest.fail)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["file", "file/out", "/proc/none", "x" * 300])
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"cannot be written: "):
        build([ARTICLES], tmp_path / name, on_error=pytest.fail)


def test_a_store_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / workfolder.STORE / "my-thesis.txt"
    mine.parent.mkdir()
    mine.write_text("years of work")
    with pytest.raises(OutputError, match="no build, but has a store that one would replace"):
        build([ARTICLES], tmp_path, on_error=pytest.fail)
    assert mine.read_text() == "years of work"


@pytest.mark.parametrize("name", [workfolder.TURTLE, workfolder.FACTS, workfolder.MANIFEST])
def test_a_file_that_no_build_wrote_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"my": "thesis"}')
    with pytest.raises(OutputError, match=f"no build, but has a {name} that one would replace"):
        build([ARTICLES], tmp_path, on_error=pytest.fail)
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {name: '{"my": "thesis"}'}


def test_a_build_that_breaks_off_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([ARTICLES], tmp_path, on_error=pytest.fail)
    before = contents(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OutputError("graph.ttl: cannot be written: No space left on device")

    monkeypatch.setattr(rdf, "write", full)
    with pytest.raises(OutputError, match="No space left"):
        build([folder("seeds")], tmp_path, on_error=pytest.fail)
    assert contents(tmp_path) == before
    assert set(workfolder.open_store(tmp_path).quads())
    monkeypatch.undo()
    build([folder("seeds")], tmp_path, on_error=pytest.fail)
    assert len(workfolder.read_manifest(tmp_path).articles) == 6
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*SAME, workfolder.STORE])


def test_progress_is_told_from_the_first_article_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    build([ARTICLES], tmp_path, on_error=pytest.fail, progress=lambda *step: told.append(step))
    assert told[:4] == [("Reading articles", n, 4) for n in (1, 2, 3, 4)]
    ends = {stage: (done, total) for stage, done, total in told}
    assert len(ends) >= 5 and all(done == total for done, total in ends.values())
