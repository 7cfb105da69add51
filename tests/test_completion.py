"""What shells complete after `kg query DIR NAME --param`, asked as bash, zsh and fish ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg import store, workfolder
from kg.cli.completion import parameters
from kg.cli.shell import inserted, joined
from kg.link import KnowledgeBase, link
from kg.quads import quads
from tests.builders import Draft, three_articles
from tests.conftest import Kg

SHELL = {shell: shutil.which(shell) for shell in ("bash", "zsh", "fish")}
HOSTILE = '$(touch pwned) `touch pwned` "; touch pwned #'


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store and nothing else that a build has; the names of two of its actors are traps."""
    d = Draft("trap", "A march", f"The Blue {HOSTILE} union and the Blue\\ Moon marched.")
    d.entity("e1", "Union", f"Blue {HOSTILE}")
    d.entity("e2", "Union", "Blue\\ Moon")
    d.event("v1", "March", ["marched"], organizers=["e1", "e2"])
    facts = [*three_articles(), d.facts()]
    folder = tmp_path_factory.mktemp("out")
    store.write(quads(facts, link(facts, KnowledgeBase())), folder / workfolder.STORE)
    workfolder.write_manifest(folder, workfolder.Manifest("https://w3id.org/protest-kg/id/", {}))
    return folder


def values(out: Path, name: str, typed: str) -> list[str]:
    return [value for value, _ in parameters(str(out), name, typed)]


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        pytest.param("protests", "", ["actor=", "place=", "type=", "from=", "to="], id="names"),
        pytest.param(
            "protests", "pl", ["place=", "place=Calmont", "place=Mill Square"], id="one: values too"
        ),
        pytest.param("protests", "fr", ["from=", "from=YYYY-MM-DD"], id="one: what is wanted"),
        pytest.param("protests", "actor=Blue", ["actor=Blue Watch Union"], id="labels, no traps"),
        pytest.param("protests", "actor=blue", [], id="shells complete letters as they are"),
        pytest.param("protests", "type=Ma", ["type=March"], id="classes"),
        pytest.param("acting-together", "type=M", ["type=Media", "type=Ministry"], id="classes of actors"),
        pytest.param("calendar", "by=", ["by=year", "by=month", "by=day"], id="choices"),
        pytest.param("dates", "basis=in", ["basis=inferred"], id="a choice"),
        pytest.param("demands", "word=x", [], id="any text"),
        pytest.param("protests", "month=", [], id="no such parameter"),
        pytest.param("protest", "", [], id="no such question"),
        pytest.param("stats", "", [], id="no parameters"),
    ],
)
def test_parameters(out: Path, name: str, typed: str, expected: list[str]) -> None:
    assert values(out, name, typed) == expected


def test_without_a_graph_there_are_no_labels(tmp_path: Path) -> None:
    assert values(tmp_path, "protests", "actor=B") == []
    assert values(tmp_path, "protests", "type=Ma") == ["type=March"]


@pytest.mark.parametrize(
    ("words", "at", "expected"),
    [
        pytest.param(["kg", "-p", "a", "=", "b"], 4, (["kg", "-p", "a=b"], 2), id="value"),
        pytest.param(["kg", "-p", "a", "="], 3, (["kg", "-p", "a="], 2), id="nothing yet"),
        pytest.param(["kg", "-p", "a", "=", "b", "c"], 5, (["kg", "-p", "a=b", "c"], 3), id="next word"),
        pytest.param(["kg", "-p", "a", "=", "b", ""], 5, (["kg", "-p", "a=b", ""], 3), id="next, empty"),
        pytest.param(["kg", "a", "=", "b", ":", "c"], 5, (["kg", "a=b:c"], 1), id="colon"),
        pytest.param(["kg", "query"], 1, (["kg", "query"], 1), id="nothing to join"),
        pytest.param(["kg"], 1, (["kg"], 1), id="behind the end"),
    ],
)
def test_words_that_bash_took_apart(words: list[str], at: int, expected: tuple[list[str], int]) -> None:
    assert joined(words, at) == expected


def test_bash_gets_what_follows_the_last_break_with_blanks_escaped() -> None:
    assert inserted("event=riot: Mill Square", "event=riot: M") == "\\ Mill\\ Square"
    assert inserted("query", "qu") == "query"


def completed(shell: str, program: str, out: Path, tmp_path: Path) -> list[str]:
    """What a program of a shell prints, one a line, after it has read the script that `kg` gives it."""
    if SHELL[shell] is None:
        pytest.skip(f"{shell} is not installed")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(tmp_path), "OUT": str(out)}
    script = subprocess.run(
        ["kg"],
        env={**environment, "_KG_COMPLETE": f"source_{shell}"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (tmp_path / "script").write_text(script, encoding="utf-8")
    run = subprocess.run(
        [str(SHELL[shell]), "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not (tmp_path / "pwned").exists()
    return run.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("--param type = Mar", ["March"], id="class"),
        pytest.param("-p actor = Blue", ["Blue\\ Watch\\ Union"], id="label"),
        pytest.param("-p actor = 'Blue\\ Wat'", ["Blue\\ Watch\\ Union"], id="label with a blank"),
        pytest.param("-p to", ["to=", "to=YYYY-MM-DD"], id="name"),
    ],
)
def test_bash(words: str, expected: list[str], out: Path, tmp_path: Path) -> None:
    program = f"""
        source ./script
        COMP_WORDS=(kg query "$OUT" protests {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _kg_completion kg
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    assert completed("bash", program, out, tmp_path) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("--param type=Mar", ["type=March"], id="class"),
        pytest.param("-p actor=Blue", ["actor=Blue Watch Union"], id="label"),
        pytest.param("-p to", ["to=", "to=YYYY-MM-DD"], id="name"),
    ],
)
def test_zsh(line: str, expected: list[str], out: Path, tmp_path: Path) -> None:
    program = f"""
        compdef() {{ }}
        _arguments() {{
            local action="${{1#*: :}}"
            eval "found=( ${{action[3,-3]}} )"
            print -l -- ${{found%%:*}}
        }}
        source ./script
        words=(kg query "$OUT" protests {line}); CURRENT=${{#words}}
        _kg_completion
    """
    assert completed("zsh", program, out, tmp_path) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("--param type=Mar", ["type=March"], id="class"),
        pytest.param("-p actor=Blue", ["actor=Blue Watch Union"], id="label"),
        pytest.param("-p to", ["to=", "to=YYYY-MM-DD"], id="name"),
    ],
)
def test_fish(line: str, expected: list[str], out: Path, tmp_path: Path) -> None:
    program = f'source ./script; complete -C "kg query $OUT protests {line}"'
    found = completed("fish", program, out, tmp_path)
    assert [value.split("\t")[0] for value in found] == expected


# --- what else a question says of itself ---------------------------------------------------------


def test_a_question_is_described(kg: Kg, out: Path) -> None:
    run = kg("query", out, "calendar", "--describe")
    assert (run.code, run.err) == (0, "")
    for words in ("calendar", "year, month, day", "ProtestEvent", "occurred", "period", "how many articles"):
        assert words in run.out
    assert max(map(len, run.out.splitlines())) <= 80


def test_a_question_of_ones_own_is_described_by_its_header(kg: Kg, out: Path) -> None:
    assert "its header does not say" in kg("query", out, "-e", "ASK { }", "--describe").out


def test_a_question_on_the_command_line_needs_no_prefixes(kg: Kg, out: Path) -> None:
    run = kg("query", out, "-e", "SELECT ?march { ?march a protest:March }", "-f", "jsonl")
    assert (run.code, len(run.out.splitlines())) == (0, 3)
    wrong = kg("query", out, "-e", "SELECT ?march {\n ?march a protest:March ; club:nick ?x }")
    assert wrong.code == 2
    assert wrong.err.splitlines()[0].startswith("kg: error: -e:2:27: not valid SPARQL: the prefix club:")
