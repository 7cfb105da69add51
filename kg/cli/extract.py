"""`kg extract`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import jsonlines
from kg.article import read_articles
from kg.cli.progress import progress
from kg.cli.terminal import Failures
from kg.confidence import at_least
from kg.output import writing
from kg.progress import counted
from kg.record import count
from kg.relevance import judge
from kg.workers import extract as extract_facts


def extract(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="A .txt, a folder of them, a .jsonl, a .csv, or - for JSON Lines."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to; - is standard output.")
    ] = Path("-"),
    workers: Annotated[int, typer.Option(min=1, help="How many processes read at a time.")] = 1,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, metavar="X", help="Leave out what is less sure, 0 to 1.")
    ] = 0.0,
    relevant_only: Annotated[
        bool, typer.Option("--relevant-only", help="Skip articles that seem to report no protest event.")
    ] = False,
) -> None:
    """Print the facts of articles as JSON Lines.

    One object an article: entities, positions, events, links, statements and stances, each with
    the words it was read from and where they stand. What cannot be read is reported, and the
    rest goes on.

    \b
    Examples:
      kg extract seeds
      kg extract seeds -o facts.jsonl
      kg extract seeds --min-confidence 0.8
      kg extract news.jsonl --relevant-only
      cat articles.jsonl | kg extract - | jq .events
    """
    failures = Failures()
    articles = read_articles(paths, on_error=failures)
    if relevant_only:
        articles = (article for article in articles if judge(article).relevant)
    with writing(output) as file, progress() as told:
        facts = (at_least(f, min_confidence) for f in extract_facts(articles, workers=workers))
        jsonlines.write(counted(facts, "Reading", told, total=count(paths)), file)
    failures.leave()
