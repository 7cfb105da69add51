"""`kg link review` and `kg link explain`"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote
from shutil import get_terminal_size
from textwrap import fill
from typing import Annotated

import typer

from kg.cli.terminal import plain
from kg.corpus import check_known
from kg.judgement import Casebook, Question, Side, remaining
from kg.link import link as linked
from kg.link import load_with
from kg.link.corrections import Decision, read, write
from kg.workfolder import CORRECTIONS, read_facts, read_manifest

link = typer.Typer(
    help="""Decide which pairs are one thing, and see why.

    \b
    Examples:
      kg link review out
      kg link explain out Darmanin "Gérald Darmanin"
    """,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")]
Kb = Annotated[list[Path] | None, typer.Option(metavar="FILE", help="Your own actors, as for kg build.")]
Corrections = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Where decisions are kept; DIR/corrections.tsv if left out."),
]

_ANSWERS = {"y": "same", "n": "different", "u": "unsure"}
_UNDO, _QUIT = "b", "q"
_PROMPT = "same? y yes · n no · u unsure · b back · q quit; a reason may follow: "


@link.command()
def review(
    folder: Folder,
    kb: Kb = None,
    corrections: Corrections = None,
    by: Annotated[str, typer.Option(envvar="USER", metavar="NAME", help="Who decides.")] = "",
) -> None:
    """Go through the pairs that may be one thing, and decide.

    For each pair you see both sides with sentences that tell of them, and answer y, n or u, with a reason
    after it if you like. Each answer is kept at once: stop when you like and go on later. The next kg build
    applies them.

    \b
    Examples:
      kg link review out
      kg link review out --corrections corpus/corrections.tsv --by Ana
    """
    path = corrections or folder / CORRECTIONS
    kept = read(path)
    book = _book(folder, kb, kept)
    questions = remaining(book.questions(), kept)
    if not questions:
        print("Nothing to decide: no pair is in doubt.")
        return
    decided = _ask(questions, kept, path, by)
    print(f"\n{decided} decided, {len(questions) - decided} to go. {plain(str(path))} has the decisions;")
    print(f"kg build PATH... -o {quote(plain(str(folder)))} applies them.")


@link.command()
def explain(
    folder: Folder,
    one: Annotated[str, typer.Argument(metavar="A", help="A name, or the end of an IRI.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    kb: Kb = None,
    corrections: Corrections = None,
) -> None:
    """Say why two are or are not one thing.

    \b
    Examples:
      kg link explain out "Interior Ministry" "Laurent Nuñez"
      kg link explain out entity-report/seed-1--darmanin person/gerald-darmanin
    """
    found = _book(folder, kb, read(corrections or folder / CORRECTIONS)).explain(one, other)
    for side in (found.one, found.other):
        _show(side)
    print("They are one." if found.same else "They are two.")
    print(f"score {found.score:.2f}, {found.enough:.2f} is enough")
    for reason in found.reasons:
        print(_wrapped(f"  {reason}"))


def _book(folder: Path, kb: Sequence[Path] | None, decisions: Sequence[Decision]) -> Casebook:
    knowledge = load_with(kb or ())
    check_known(read_manifest(folder), knowledge)
    return Casebook(linked(read_facts(folder), knowledge, decisions), knowledge)


def _ask(questions: Sequence[Question], kept: Sequence[Decision], path: Path, by: str) -> int:
    """Ask until all is answered or the person stops, keep each answer at once; how many were decided."""
    given: list[Decision] = []
    while len(given) < len(questions):
        question = questions[len(given)]
        print(f"\n{len(given) + 1} of {len(questions)}")
        for line in _question(question):
            print(_wrapped(line))
        print(_PROMPT, end="", flush=True)
        answer, _, why = sys.stdin.readline().strip().partition(" ")
        print()
        if answer in ("", _QUIT):
            break
        if answer == _UNDO:
            given = given[:-1]
        elif answer in _ANSWERS:
            given.append(question.answer(_ANSWERS[answer], by=by, why=why.strip()))
        else:
            print("Answer with one of y, n, u, b and q.")
            continue
        write(path, [*kept, *given])
    return len(given)


def _question(question: Question) -> Iterator[str]:
    yield from _side(question.one)
    yield from _side(question.other)
    yield f"score {question.score:.2f}: {question.reason}"


def _show(side: Side) -> None:
    for line in _side(side):
        print(_wrapped(line))


def _side(side: Side) -> Iterator[str]:
    yield f"{side.label} – {side.type}, told by {side.reports}  [{side.report}]"
    for passage in side.passages:
        a = passage.article
        yield f"    {', '.join(filter(None, (a.title, a.source, a.published)))}"
        yield f"      “{' '.join(passage.sentence.text.split())}”"


def _wrapped(line: str) -> str:
    """The line in as many as the terminal needs, the later ones set in as the first."""
    indent = " " * (len(line) - len(line.lstrip()))
    width = get_terminal_size().columns
    return fill(plain(line), width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
