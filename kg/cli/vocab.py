"""`kg vocab`"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Annotated

import typer
from rdflib import URIRef

from kg.cli.table import show
from kg.export.vocabulary import write_entry, write_page
from kg.terms import protest
from kg.vocabulary import Entry, entry, find, short, tree


def vocab(
    term: Annotated[
        str | None,
        typer.Argument(
            metavar="TERM",
            help="A class or property by name, label or IRI; all if left out.",
            autocompletion=protest.names,
        ),
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print it as a page of Markdown.")] = False,
) -> None:
    """Show the ontology, or one of its terms.

    \b
    Examples:
      kg vocab
      kg vocab March
      kg vocab protest:organizer
      kg vocab --markdown > ontology.md
    """
    if markdown:
        write_entry(entry(find(term)), sys.stdout) if term else write_page(sys.stdout)
    elif term is None:
        show(("class", "what it is"), _classes())
        print()
        show(("property", "from → to", "what it says"), _properties())
    else:
        show(("", ""), _rows(entry(find(term))))


def _classes() -> Iterator[tuple[str, str]]:
    return (("  " * depth + short(term), entry(term).definitions["en"]) for depth, term in tree())


def _properties() -> Iterator[tuple[str, str, str]]:
    for term in protest.properties():
        of = entry(term)
        yield short(term), f"{_names(of.of) or 'any'} → {_names(of.value) or 'any'}", of.definitions["en"]


def _rows(of: Entry) -> Iterator[tuple[str, str]]:
    """All that the ontology says of a term, what it does not say left out."""
    rows = [
        ("term", f"protest:{short(of.iri)}"),
        ("IRI", str(of.iri)),
        ("English", f"{of.labels['en']}: {of.definitions['en']}"),
        ("French", f"{of.labels['fr']} : {of.definitions['fr']}"),
        ("example", ", ".join(of.examples)),
        ("kind of", _names(of.kind_of)),
        ("kinds", _names(of.kinds)),
        ("of", _names(of.of)),
        ("value", _names(of.value)),
        ("has", _names(of.has)),
        ("near to", _names(chain.from_iterable(of.near.values()))),
        ("coded as", ", ".join(of.codes)),
    ]
    return ((key, value) for key, value in rows if value)


def _names(terms: Iterable[URIRef]) -> str:
    return ", ".join(map(short, terms))
