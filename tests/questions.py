"""The list of all questions in docs/queries.md, made of their headers: `make docs` writes it.

And how to ask each of a whole graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg import parameter
from kg.query import Query, Table, catalogue, load, run, select
from kg.store import Store

PAGE = Path(__file__).parents[1] / "docs" / "queries.md"
MARK = "<!-- What follows is written by make docs. -->\n"


def refreshed(page: str) -> str:
    """The page with the questions as their headers are now."""
    head, mark, _ = page.partition(MARK)
    return "\n".join([head + mark, *map(_entry, catalogue())])


def answer(store: Store, query: Query) -> Table:
    """The answer about the whole graph."""
    table = run(store, of_all(store, query))
    assert isinstance(table, Table)
    return table


def of_all(store: Store, query: Query) -> Query:
    """The query; where it asks of one article unless it is told of what, of all of them."""
    if query.name != "evidence":
        return query
    articles = (str(row["article"]) for row in select(store, load("articles", "report")))
    everything = " ".join(parameter.term("iri", article) for article in sorted(articles))
    return replace(query, text=parameter.fill(query.text, {"thing": everything}))


def _entry(query: Query) -> str:
    return "\n".join(
        [f"### {query.name}", "", f"{query.summary}.", "", *_parameters(query), *_columns(query)]
    )


def _parameters(query: Query) -> Iterator[str]:
    for p in query.parameters:
        default = f", if left out `{p.default}`" if p.default else ""
        yield f"- `{p.name}` ({', '.join(p.choices) or p.type}{default}): {_plain(p.help)}"
    if query.parameters:
        yield ""


def _columns(query: Query) -> Iterator[str]:
    yield "Columns: " + " · ".join(f"`{c.name}` {_plain(c.help)}" for c in query.columns if c.type != "key")
    yield ""


def _plain(text: str) -> str:
    return text.replace("|", r"\|").replace("<", r"\<").replace("*", r"\*")


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
