"""What the documentation shows is what happens."""

from __future__ import annotations

import re
import subprocess

import pytest

from kg.cli import SUMMARIES
from kg.query import catalogue
from tests import questions
from tests.readme import README, ROOT, commands, refreshed

TEXT = README.read_text(encoding="utf-8")


def test_readme_shows_what_its_commands_print() -> None:
    assert len(commands(TEXT)) >= 5
    assert refreshed(TEXT) == TEXT, "make docs writes what the commands print now"


def test_make_run_is_what_the_readme_takes_it_for() -> None:
    command = ["make", "--no-print-directory", "--dry-run", "--always-make", "run"]
    recipe = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert recipe.splitlines()[-1] == ".venv/bin/kg build seeds -o out"


def test_all_questions_stand_in_the_documentation() -> None:
    page = questions.PAGE.read_text(encoding="utf-8")
    assert questions.refreshed(page) == page, "make docs writes the questions as they are now"
    by_hand = page.partition(questions.MARK)[0]
    assert [q.name for q in catalogue() if f"`{q.name}`" not in by_hand and q.name != "stats"] == []


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert re.search(rf"^\| `kg {name}\b", TEXT, re.MULTILINE)


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    links = [
        (document.parent / link).resolve()
        for document in documents
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
    ]
    assert len(documents) >= 4 and links
    assert [link for link in links if not link.exists()] == []
