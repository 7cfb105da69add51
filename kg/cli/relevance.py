"""`kg relevance`"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.article import read_articles
from kg.cli.terminal import Failures
from kg.output import writing
from kg.relevance import judge


def relevance(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="A .txt, a folder of them, a .jsonl, a .csv, or - for JSON Lines."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to; - is standard output.")
    ] = Path("-"),
) -> None:
    """Say which articles report a protest event.

    One object an article: its id, a score from 0 to 1, and whether that is enough. It is read from
    the words alone, so that it takes a small part of the time that extraction takes.

    \b
    Examples:
      kg relevance seeds
      kg relevance articles.jsonl | jq -r 'select(.relevant) | .id'
    """
    failures = Failures()
    with writing(output) as file:
        for article in read_articles(paths, on_error=failures):
            file.write(json.dumps(asdict(judge(article)), ensure_ascii=False) + "\n")
    failures.leave()
