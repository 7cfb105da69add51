"""kg crosswalk, kg link review and kg link explain: what they print, keep and refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.build import build_from_facts
from kg.link.corrections import Decision, read, write
from tests.builders import three_articles
from tests.conftest import Kg
from tests.link.test_entities import naming

DUVALL = ("entity-report/a--duvall", "entity-report/b--ana-duvall")
VOSS = ("entity-report/a--voss", "entity-report/b--nadia-voss")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A build with two pairs in doubt."""
    articles = [naming("a", "Person", "Duvall"), naming("b", "Person", "Ana Duvall")]
    articles = [*articles, naming("c", "Person", "Voss"), naming("d", "Person", "Nadia Voss")]
    build_from_facts(articles, tmp_path / "out", digests={f.article.id: "" for f in articles})
    return tmp_path / "out"


def test_a_crosswalk_has_a_line_for_every_entity_and_event(kg: Kg, tmp_path: Path) -> None:
    articles = three_articles()
    build_from_facts(articles, tmp_path, digests={f.article.id: "" for f in articles})
    run = kg("crosswalk", tmp_path)
    lines = [json.loads(line) for line in run.out.splitlines()]
    assert (run.code, run.err) == (0, "")
    assert all(list(line) == ["article", "id", "kind", "type", "iri", "score"] for line in lines)
    expected = {(f.article.id, x.id) for f in articles for x in (*f.entities, *f.events)}
    assert {(line["article"], line["id"]) for line in lines} == expected and len(lines) == len(expected)
    of = {(line["article"], line["id"]): line for line in lines}
    assert of["post-12", "v1"]["iri"] == of["gazette-7", "v1"]["iri"]
    assert of["post-12", "v1"]["kind"] == "event" and of["post-12", "e1"]["kind"] == "entity"
    assert 0 < of["post-12", "v1"]["score"] <= 1


def test_review_asks_keeps_and_goes_on_later(kg: Kg, out: Path) -> None:
    run = kg("link", "review", out, "--by", "Ana", stdin="y the same desk\nq\n")
    assert (run.code, run.err) == (0, "")
    assert "1 of 2" in run.out and "“Ana Duvall”" in run.out and "1 decided, 1 to go" in run.out
    (kept,) = read(out / "corrections.tsv")
    assert (kept.kind, kept.by, kept.why) == ("same", "Ana", "the same desk") and kept.one == DUVALL[0]
    run = kg("link", "review", out, stdin="what\nn\n")
    assert "1 of 1" in run.out and "Answer with one of" in run.out
    assert [d.kind for d in read(out / "corrections.tsv")] == ["different", "same"]
    assert "Nothing to decide" in kg("link", "review", out).out


def test_review_takes_an_answer_back(kg: Kg, out: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    write(file, [Decision("drop", "person/nobody", by="Bob")])
    run = kg("link", "review", out, "--corrections", file, stdin="y\nb\nu\n")
    assert run.out.count("1 of 2") == 2
    assert [d.kind for d in read(file)] == ["drop", "unsure"]
    assert not (out / "corrections.tsv").exists()


def test_explain_says_why(kg: Kg, out: Path) -> None:
    run = kg("link", "explain", out, "Duvall", "Ana Duvall")
    assert (run.code, run.err) == (0, "")
    assert "They are two." in run.out and "is the surname of" in run.out
    assert kg("link", "explain", out, "Duvall", "Nobody").code == 2


def test_a_build_applies_what_was_decided_and_names_what_is_stale(kg: Kg, tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    text = "The Blue Watch Union marched in Lowell on Monday."
    articles.write_text(json.dumps({"id": "a", "title": "Officers march", "text": text}), encoding="utf-8")
    table = tmp_path / "mine.csv"
    table.write_text("name,type,match\nBlue Watch Union,Union,https://x.example/7\n", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    write(
        out / "corrections.tsv",
        [Decision("rename", "organization/blue-watch-union", "BWU"), Decision("drop", "person/none")],
    )
    run = kg("build", articles, "-o", out, "--kb", table)
    assert run.code == 0
    assert "kg: warning: a decision no longer applies: drop person/none: " in run.err
    turtle = (out / "graph.ttl").read_text(encoding="utf-8")
    assert 'rdfs:label "BWU"' in turtle and "https://x.example/7" in turtle
    for command in (("build", articles, "-o", out), ("remove", out, "a"), ("link", "review", out)):
        run = kg(*command)
        assert run.code == 2 and "linked with actors of your own (mine.csv)" in run.err
    assert kg("link", "review", out, "--kb", table, stdin="q\n").code == 0
    assert kg("build", articles, "-o", out, "--fresh").code == 0
    assert "https://x.example/7" not in (out / "graph.ttl").read_text(encoding="utf-8")


def test_a_broken_file_is_refused_before_the_work_begins(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "c.tsv").write_text("join\ta\tb\n", encoding="utf-8")
    run = kg("build", "-", "-o", tmp_path / "out", "--corrections", tmp_path / "c.tsv", stdin="{}")
    assert run.code == 1 and "c.tsv:1" in run.err and not (tmp_path / "out").exists()


def test_hostile_names_play_no_tricks_on_the_terminal(kg: Kg, tmp_path: Path) -> None:
    articles = [naming("a", "Person", "Du\u202evall"), naming("b", "Person", "Ana Du\u202evall")]
    build_from_facts(articles, tmp_path, digests={f.article.id: "" for f in articles})
    assert "\u202e" not in kg("link", "review", tmp_path, stdin="q\n").out
