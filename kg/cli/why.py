"""`kg why`"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import plain
from kg.why import Reason
from kg.why import why as reasons
from kg.workfolder import open_store


def why(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")],
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
    for (article, published), facts in groupby(
        reasons(open_store(folder), term), key=lambda r: (r.article, r.published)
    ):
        print(plain(f"{article}, {published}" if published else article))
        for (begin, end, sentence), read in groupby(facts, key=lambda r: (r.begin, r.end, r.sentence)):
            print(plain(f"  {begin}–{end}  “{' '.join(sentence.split())}”"))
            for fact in read:
                print(plain(f"    {_said(fact)}"))


def _said(fact: Reason) -> str:
    said = " – ".join(filter(None, (fact.subject, fact.relation, fact.object)))
    return f"{said}  ({fact.component}, {fact.confidence})"
