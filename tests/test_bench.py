"""The measurements of speed run, and say what they measured."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

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
