"""The command line explains itself, and ends with a line and an exit code when something is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg import __version__
from kg.cli import SUMMARIES, load
from kg.terms import protest
from tests.conftest import Kg

COMMANDS = [
    "extract",
    "relevance",
    "build",
    "remove",
    "query",
    "network",
    "report",
    "export",
    "validate",
    "why",
    "link",
    "crosswalk",
    "stats",
    "vocab",
]


def test_the_commands_are_those_promised() -> None:
    assert list(SUMMARIES) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_an_example_in_its_help_and_is_listed_by_its_first_line(kg: Kg, name: str) -> None:
    run = kg(name, "--help")
    assert run.code == 0 and run.err == ""
    assert f"Usage: kg {name} " in run.out
    assert re.search(rf"^ +Examples:\n +kg {name}\b", run.out, re.MULTILINE)
    assert load(name).help.splitlines()[0] == SUMMARIES[name]


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_help_lists_every_command_with_its_summary(kg: Kg, arguments: tuple[str, ...]) -> None:
    run = kg(*arguments)
    for name, summary in SUMMARIES.items():
        assert re.search(rf"^ +{name} +{re.escape(summary)}$", run.out + run.err, re.MULTILINE)


def test_the_version_is_printed(kg: Kg) -> None:
    run = kg("--version")
    assert (run.code, run.out) == (0, f"protest-kg {__version__}\n")


@pytest.mark.parametrize("arguments", ["--help", "--version"])
def test_help_loads_nothing_heavy(arguments: str) -> None:
    heavy = "{'spacy', 'rdflib', 'pyoxigraph', 'networkx', 'numpy', 'rich'}"
    program = (
        f"import sys; sys.argv = ['kg', '{arguments}']\n"
        "from kg.cli import main\n"
        "try: main()\n"
        f"finally: print(sorted({heavy} & set(sys.modules)), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stderr == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(("quer",), "No such command 'quer'. Did you mean 'query'?", id="unknown command"),
        pytest.param(("extract",), "Missing argument 'PATH...'", id="no path"),
        pytest.param(("vocab", "--all"), "No such option: --all", id="unknown option"),
        pytest.param(
            ("vocab", "Marsh"), "kg: error: protest:Marsh: no such term; did you mean", id="unknown term"
        ),
    ],
)
def test_wrong_use_is_said_in_a_line_and_exits_with_2(
    kg: Kg, arguments: tuple[str, ...], message: str
) -> None:
    run = kg(*arguments)
    assert (run.code, run.out) == (2, "")
    assert message in run.err and "Traceback" not in run.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("kg qu", {"query"}, id="command"),
        pytest.param("kg query out prot", {"protests"}, id="question"),
        pytest.param("kg query out protests --format js", {"json", "jsonl", "jsonld"}, id="format"),
        pytest.param("kg network out --kind st", {"stances"}, id="kind"),
        pytest.param("kg vocab Marc", {"March"}, id="term"),
    ],
)
def test_the_shell_completes_names(
    kg: Kg, monkeypatch: pytest.MonkeyPatch, words: str, expected: set[str]
) -> None:
    monkeypatch.setenv("_KG_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    assert set(kg().out.split()) == expected


# --- vocab ---------------------------------------------------------------------------------------


def test_vocab_shows_every_class_and_property_once(kg: Kg) -> None:
    listed = re.findall(r"^ *(\w+) {2,}\S", kg("vocab").out, re.MULTILINE)
    terms = [term.rpartition("#")[2] for term in (*protest.classes(), *protest.properties())]
    assert sorted(listed) == sorted(["class", "property", *terms])


@pytest.mark.parametrize(
    "name", ["March", "march", "protest:March", "https://w3id.org/protest-kg/ontology#March"]
)
def test_vocab_finds_a_term_by_any_of_its_names(kg: Kg, name: str) -> None:
    run = kg("vocab", name)
    assert run.code == 0
    assert re.search(r"^ *IRI +https://w3id.org/protest-kg/ontology#March$", run.out, re.MULTILINE)
    assert re.search(r"^ *kind of +ProtestEvent$", run.out, re.MULTILINE)


def test_vocab_shows_where_a_property_leads(kg: Kg) -> None:
    run = kg("vocab", "organiser")
    assert re.search(r"^ *of +Event$", run.out, re.MULTILINE)
    assert re.search(r"^ *value +Actor$", run.out, re.MULTILINE)


@pytest.mark.parametrize("arguments", [("vocab",), ("vocab", "March"), ("--help",)])
def test_what_is_piped_has_no_terminal_codes_and_no_trailing_spaces(
    kg: Kg, arguments: tuple[str, ...]
) -> None:
    lines = kg(*arguments).out.split("\n")
    assert not any("\x1b" in line or line != line.rstrip() for line in lines)
    assert max(map(len, lines)) <= 80


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("command", ["vocab", "extract -"])
def test_a_full_standard_output_is_a_line_and_exit_code_2(command: str) -> None:
    article = '{"id": "a", "title": "A march", "text": "Tram drivers marched in Tarn."}'
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "kg.cli", *command.split()],
            input=article,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    message = "kg: error: standard output: cannot be written: No space left on device\n"
    assert (run.returncode, run.stderr) == (2, message)
