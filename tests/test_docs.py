"""What the documentation shows is what happens."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli import SUMMARIES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Example:
    """A command of a console block and what the block shows below it; `...` stands for anything."""

    command: str
    shown: str


def examples(text: str) -> list[Example]:
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    commands = (part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:])
    return [Example(*part.split("\n", 1)) for part in commands]


def test_readme_commands_print_what_readme_shows(tmp_path: Path) -> None:
    """They are run one after the other beside a copy of the seeds; `make run` as what it stands for."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "80", "NO_COLOR": "1"}
    shown = examples(README)
    assert len(shown) >= 6
    for example in shown:
        command = example.command.replace("make run", "kg build seeds -o out")
        run = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        same = doctest.OutputChecker().check_output(example.shown, run.stdout, doctest.ELLIPSIS)
        assert same, f"$ {command}\n{run.stdout}"


def test_make_run_is_what_the_readme_test_takes_it_for() -> None:
    command = ["make", "--dry-run", "--always-make", "run"]
    recipe = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert recipe.splitlines()[-1] == ".venv/bin/kg build seeds -o out"


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert re.search(rf"^\| `kg {name}\b", README, re.MULTILINE)


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    links = [
        (document.parent / link).resolve()
        for document in documents
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
    ]
    assert len(documents) >= 4 and links
    assert [link for link in links if not link.exists()] == []
