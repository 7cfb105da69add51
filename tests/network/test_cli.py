"""`kg network` as a user types it."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build import build_from_facts
from tests.conftest import Kg
from tests.corpus import corpus


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    build_from_facts(corpus(), folder, digests={f.article.id: "" for f in corpus()})
    return folder


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", ["actors", "acting-together", "demands", "events", "speakers"])
def test_measures_fit_80_columns(kg: Kg, out: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run = kg("network", out, "--kind", kind, "--measures")
    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("density") for line in lines)
    assert sum("betweenness" in line for line in lines) == 1, "one table of nodes, not a list of each"


def test_measures_are_written_beside_the_network(kg: Kg, out: Path, tmp_path: Path) -> None:
    run = kg("network", out, "--measures", "-o", tmp_path / "a.csv")
    assert (run.code, run.out, run.err) == (0, "", "")
    whole = {row["measure"]: row["value"] for row in table(tmp_path / "a-measures.csv")}
    nodes, edges = table(tmp_path / "a-nodes.csv"), table(tmp_path / "a.csv")
    assert (int(whole["nodes"]), int(whole["edges"])) == (len(nodes), len(edges))
    assert {"constraint", "effective_size", "gatekeeper", "core", "pagerank"} <= nodes[0].keys()
    assert sum(row["bridge"] in ("true", "True") for row in edges) >= int(whole["bridges"]) > 0
    assert [p.name for p in sorted(tmp_path.iterdir())] == ["a-measures.csv", "a-nodes.csv", "a.csv"]


def test_measures_go_into_gexf(kg: Kg, out: Path, tmp_path: Path) -> None:
    assert kg("network", out, "--measures", "-o", tmp_path / "a.gexf").code == 0
    assert 'title="constraint" type="double"' in (tmp_path / "a.gexf").read_text(encoding="utf-8")


def test_options_choose_what_is_measured(kg: Kg, out: Path, tmp_path: Path) -> None:
    together = ("network", out, "--kind", "acting-together", "-o", tmp_path / "a.csv")
    choices = (
        "--from",
        "2024-03",
        "--to",
        "2024-05",
        "--type",
        "March",
        "--only",
        "Organization",
        "--only",
        "Group",
    )
    assert kg(*together, *choices, "--min-confidence", "0.5", "--ego", "BWU").code == 0
    assert {row["label"] for row in table(tmp_path / "a-nodes.csv")} == {
        "Blue Watch Union", "Firefighters", "Police officers",
    }  # fmt: skip


def test_slices_are_shown_and_written(kg: Kg, out: Path, tmp_path: Path) -> None:
    run = kg("network", out, "--kind", "acting-together", "--slice", "month")
    assert (run.code, run.err) == (0, "")
    rows = [line.split() for line in run.out.splitlines() if line.startswith("2024")]
    assert [row[0] for row in rows] == ["2024-03", "2024-05", "2024-06"]
    assert rows[2] == ["2024-06", "2", "0", "0", "1.00", "1", "0", "0", "1.00"]
    assert kg("network", out, "--slice", "month", "-o", tmp_path / "a.gexf").code == 0
    assert [p.name for p in sorted(tmp_path.iterdir())] == [
        "a-2024-03.gexf", "a-2024-05.gexf", "a-2024-06.gexf", "a-changes.csv",
    ]  # fmt: skip
    assert [row["slice"] for row in table(tmp_path / "a-changes.csv")] == ["2024-03", "2024-05", "2024-06"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(["--ego", "Blue Wacth Union"], "did you mean:\n  Blue Watch Union (Union)", id="ego"),
        pytest.param(
            ["--kind", "offices", "--place", "Calmont"], "offices: no parameter 'place'", id="place"
        ),
        pytest.param(["--from", "May"], "is no date", id="date"),
        pytest.param(["--only", "Onion"], "'Onion': no such kind of actor", id="class"),
        pytest.param(["--project", "source"], "not two-mode", id="projection"),
        pytest.param(["--backbone", "5"], "no level of significance", id="backbone"),
        pytest.param(["--slice", "week"], "'week': no such slice", id="slice"),
        pytest.param(["--groups", "colour"], "one of type, community", id="groups"),
        pytest.param(["--min-confidence", "sure"], "no decimal number", id="confidence"),
    ],
)
def test_wrong_use_is_named(
    kg: Kg, out: Path, options: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = kg("network", out, *options, "-o", "a.gexf")
    assert (run.code, run.out) == (2, "") and message in run.err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_network_is_measured_and_written(kg: Kg, out: Path, tmp_path: Path) -> None:
    empty = ("network", out, "--from", "2099")
    assert kg(*empty, "--measures").code == 0
    assert kg(*empty, "-o", tmp_path / "a.gexf").code == 0
    run = kg(*empty, "--slice", "year")
    assert run.code == 1 and "no edge has a date" in run.err


def test_the_same_bytes_whatever_the_hash_seed(out: Path, tmp_path: Path) -> None:
    written = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        command = [
            sys.executable, "-m", "kg.cli", "network", str(out), "--kind", "demands", "--project", "source",
            "--measures", "-o", str(folder / "a.csv"),
        ]  # fmt: skip
        subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, check=True)
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert written[0] == written[1] and len(written[0]) == 3
