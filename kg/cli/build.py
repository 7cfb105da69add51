"""`kg build`"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from kg import build as run
from kg.cli.progress import progress
from kg.cli.push import pushed
from kg.cli.table import show
from kg.cli.terminal import Failures, plain, say
from kg.link import load_with
from kg.link.corrections import read
from kg.store.endpoint import endpoint
from kg.workfolder import CORRECTIONS, FACTS, NETWORK, REPORT, STORE, TRIG, TURTLE

ARTICLES = "articles"  # the group of queries/stats.rq that counts them
_FILES = {
    FACTS: "what each article reports, one a line",
    TURTLE: "the graph, to read and to load anywhere",
    TRIG: "the same with a named graph for each article",
    NETWORK: "who acts with whom, for Gephi",
    STORE: "the same in a store, for kg query",
    REPORT: "all of it to look at, with the sentences, in a browser",
}


Kb = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="Your own actors, .ttl or .csv; may be given more than once."),
]
Corrections = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="What people decided about linking; DIR/corrections.tsv if there is."),
]


def build(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="A .txt, a folder of them, a .jsonl, a .csv, or - for JSON Lines."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to build in.")],
    base: Annotated[
        str | None, typer.Option(metavar="IRI", help="Under which IRI things are named; ends in / or #.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="How many processes read at a time.")] = 1,
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, metavar="X", help="Leave out what is less sure, 0 to 1.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Keep nothing of a build that DIR holds.")] = False,
    kb: Kb = None,
    corrections: Corrections = None,
    store: Annotated[
        str | None,
        typer.Option(metavar="URL", help="A SPARQL endpoint to put the graph into, as kg push."),
    ] = None,
) -> None:
    """Build a knowledge graph from articles in a folder.

    Facts are extracted, linked across articles, turned into RDF, validated, stored, and written
    as Turtle, TriG, a network for Gephi and a page to look at. What cannot be read is reported,
    and the rest goes on.

    If DIR holds a build, the articles are added to it: those with an id that it holds replace the
    old ones, and what has not changed is not read again. The same articles give the same files,
    at once or one by one, in whatever order. A run that was killed goes on when started again.

    \b
    Examples:
      kg build seeds -o out
      kg build articles.jsonl more/ -o out --workers 4
      kg build articles.jsonl -o out --fresh
      kg build articles.jsonl -o out --min-confidence 0.7
      kg build articles.jsonl -o out --kb my-actors.csv --corrections corpus/corrections.tsv
      kg build articles.jsonl -o out --store http://localhost:7878
      zcat articles.jsonl.gz | kg build - -o out
    """
    failures = Failures()
    if store:
        endpoint(store)  # a wrong URL shows before the long work
    with progress() as told:
        built = run.build(
            paths,
            output,
            base=base,
            workers=workers,
            min_confidence=min_confidence,
            fresh=fresh,
            knowledge=load_with(kb or ()),
            decisions=read(corrections or output / CORRECTIONS),
            on_error=failures,
            progress=told,
        )
    show(("", "", ""), counts(built, failed=failures.count), right=[1])
    print()
    show(("", ""), [(str(output / name), what) for name, what in _FILES.items()])
    if store:
        print(f"\n{pushed(output, store)}")
    print("\nWhat to try next:\n")
    for command in _next(built, output):
        print(f"  {plain(command)}")
    check(built, output)
    failures.leave()


def check(built: run.Built, folder: Path) -> None:
    """Name the decisions that no longer apply, and exit with 1 if the build breaks a rule of the ontology."""
    for stale in built.stale:
        say(f"kg: warning: a decision no longer applies: {stale}")
    if not built.report.conforms:
        where = quote(str(folder))
        say(f"kg: error: {folder}: breaks a rule of the ontology; kg validate {where} says which")
        raise typer.Exit(1)


def counts(built: run.Built, *, failed: int = 0) -> Iterator[tuple[str, str, str]]:
    """Group, total, and the kinds in it with their numbers; for articles, what the run did to them."""
    for group, found in groupby(built.counts, key=lambda count: count.group):
        kinds = list(found)
        named = [f"{k.number} {k.kind}" for k in kinds if k.kind]
        if group == ARTICLES:
            named = [f"{n} {what}" for what, n in asdict(built.changes).items() if n]
        yield group, f"{sum(k.number for k in kinds):,}", ", ".join(named) if len(named) > 1 else ""
    if built.report.findings:
        of = f"{len(built.report.violations)} violations, {len(built.report.warnings)} warnings"
        yield "to check", str(len(built.report.findings)), of
    if built.doubts:
        yield "to decide", str(built.doubts), "pairs that may be one; kg link review asks you"
    if failed:
        yield "not read", str(failed), "articles, see above"


def _next(built: run.Built, folder: Path) -> Iterator[str]:
    yield f"kg query {quote(str(folder))} --list"
    yield f"kg query {quote(str(folder))} protests"
    if built.example:
        yield f"kg why {quote(str(folder))} {quote(built.example)}"
    yield f"kg validate {quote(str(folder))}"
