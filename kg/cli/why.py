"""`kg why`"""

from __future__ import annotations

from itertools import groupby
from shutil import get_terminal_size
from textwrap import fill
from typing import Annotated

import typer

from kg.cli.graph import Graph
from kg.cli.terminal import plain
from kg.why import Reason
from kg.why import why as reasons
from kg.workfolder import open_store


def why(
    graph: Graph,
    term: Annotated[str, typer.Argument(metavar="TERM", help="A name, words of a statement, or an IRI.")],
) -> None:
    """Show the sentences behind a name or an IRI.

    For every fact: what it says, the sentence it was read from, where that stands in the article
    (in characters from the start of its title), what read it and how surely.

    \b
    Examples:
      kg why out SNIPAT
      kg why out "Alliance Police Nationale"
      kg why out https://w3id.org/protest-kg/id/article/seed-2
    """
    found = reasons(open_store(graph), term)
    for (article, published), facts in groupby(found, key=lambda r: (r.article, r.published)):
        print(_wrapped(", ".join(filter(None, (article or "(no title)", published)))))
        for (begin, end, sentence), read in groupby(facts, key=lambda r: (r.begin, r.end, r.sentence)):
            print(_wrapped(f"  {begin}–{end}  “{' '.join(sentence.split())}”"))
            for fact in read:
                print(_wrapped(f"    {_said(fact)}"))


def _said(fact: Reason) -> str:
    said = " – ".join(filter(None, (fact.subject, fact.relation, fact.object)))
    return f"{said}  ({fact.component}, {fact.confidence:.2f})"


def _wrapped(line: str) -> str:
    """The line in as many as the terminal needs, the later ones set in as the first."""
    indent = " " * (len(line) - len(line.lstrip()))
    width = get_terminal_size().columns
    return fill(plain(line), width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
