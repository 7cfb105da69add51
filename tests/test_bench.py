"""The measurements of speed run, and say what they measured."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

from kg.query import catalogue, load
from kg.store import OxigraphStore

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "tests" / "articles"


def run(*arguments: object, script: str = "speed.py") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "bench" / script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_figures_are_printed_and_agree() -> None:
    done = run(ARTICLES, "--articles", 6, "--rounds", 1)
    assert (done.returncode, done.stderr) == (0, "")
    found = re.findall(r"^(.+?) {2,}([\d.,]+)", done.stdout, re.MULTILINE)
    figures = {name: float(value.replace(",", "").rstrip(".")) for name, value in found}
    assert figures["articles"] == 6 and 50 < figures["peak memory"] < 10_000
    ratio = figures["plain spaCy"] / figures["kg extract"]
    assert abs(figures["kg extract / spaCy"] / ratio - 1) < 0.05
    assert figures["kg extract / relevance"] > 10


def test_linking_is_measured_and_grows_with_the_mentions() -> None:
    command = [sys.executable, str(ROOT / "bench" / "linking.py"), "--mentions", "4800", "--steps", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    compared = re.findall(r"([\d,]+) pairs, 1 in ([\d,]+) of all", done.stdout)
    assert len(compared) == 2 and all(int(share.replace(",", "")) > 100 for _, share in compared)


def test_a_path_without_articles_is_an_error(tmp_path: Path) -> None:
    done = run(tmp_path / "none.txt")
    assert done.returncode == 1 and "none.txt" in done.stderr and "Traceback" not in done.stderr


def test_growing_is_measured_beside_building_from_scratch() -> None:
    done = run("--articles", 3, script="growing.py")
    assert (done.returncode, done.stderr) == (0, "")
    found = dict(re.findall(r"^(.+?) {2,}([\d.]+)", done.stdout, re.MULTILINE))
    assert found.pop("articles") == "3"
    assert len(found) == 3 and all(float(value) > 0 for value in found.values())


def test_writing_gexf_is_measured_beside_networkx() -> None:
    done = run("--edges", 3000, "--rounds", 1, script="gexf.py")
    assert (done.returncode, done.stderr) == (0, "")
    found = {
        k: float(v.replace(",", ""))
        for k, v in re.findall(r"^(.+?) {2,}([\d.,]+)", done.stdout, re.MULTILINE)
    }
    assert (found["nodes"], found["edges"]) == (300, 3000)
    assert found["kg / networkx"] < 1 and found["kg, dynamic / networkx"] < 1


def test_loading_is_measured_beside_other_loaders() -> None:
    done = run("--triples", 3000, "--rounds", 1, script="loading.py")
    assert (done.returncode, done.stderr) == (0, "")
    found = re.findall(r"^(.+?) {2,}([\d.,]+)", done.stdout, re.MULTILINE)
    figures = {name: float(value.rstrip(",").replace(",", "")) for name, value in found}
    assert 2000 < figures["triples"] < 6000
    assert set(figures) == {
        "triples", "plain pyoxigraph", "kg.store.write", "kg / pyoxigraph", "kg.store.read_file",
        "rdflib Graph.parse", "rdflib / kg",
    }  # fmt: skip


def test_queries_are_measured_at_each_size(tmp_path: Path) -> None:
    arguments = ("--triples", 3000, 6000, "--rounds", 1, "--rdflib", 3000, "--only", "crowds", "stances")
    done = run(*arguments, "--folder", tmp_path, script="queries.py")
    assert (done.returncode, done.stderr) == (0, "")
    lines = re.findall(r"^(\S+(?: \w+=\S+)?) +([\d.]+) +[\d.]+ +(\d+)", done.stdout, re.MULTILINE)
    names = [name for name, _, _ in lines]
    assert names[:2] == ["crowds", "crowds event=march"] and "networks/stances polarity=support" in names
    assert int(lines[0][2]) >= int(lines[1][2])
    assert re.search(r"^above 2 s +0 of \d+$", done.stdout, re.MULTILINE)
    assert (tmp_path / "store-6000").is_dir()


def test_a_generated_graph_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    made = [tmp_path / name for name in ("one.nq", "two.nq")]
    for file in made:
        assert run(file, "--triples", 20_000, script="graphs.py").returncode == 0
    lines = made[0].read_text(encoding="utf-8").splitlines()
    assert made[1].read_text(encoding="utf-8").splitlines() == lines
    assert 0.9 < len(set(lines)) / 20_000 < 1.3
    graph = ox.Store()
    graph.bulk_load(path=str(made[0]), format=ox.RdfFormat.N_QUADS)
    assert [q.name for q in catalogue("checks") if list(OxigraphStore(graph).query(q.text))] == []
    kinds = {str(row["kind"]) for row in OxigraphStore(graph).query(load("stats").text)}  # type: ignore[index]
    assert kinds >= {f'"{kind}"' for kind in ("Participation", "Stance", "CrowdEstimate", "Slogan", "March")}
