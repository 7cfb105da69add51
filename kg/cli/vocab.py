"""`kg vocab`"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated

import typer
from rdflib import OWL, RDF, RDFS, SKOS, Literal, URIRef

from kg import terms
from kg.cli.table import show
from kg.errors import UnknownName
from kg.terms import protest


def vocab(
    term: Annotated[
        str | None,
        typer.Argument(
            metavar="TERM",
            help="A class or property by name or IRI; all if left out.",
            autocompletion=protest.names,
        ),
    ] = None,
) -> None:
    """Show the ontology, or one of its terms.

    \b
    Examples:
      kg vocab
      kg vocab March
      kg vocab protest:organizer
    """
    if term is None:
        show(("class", "what it is"), _classes())
        print()
        show(("property", "from → to", "what it says"), _properties())
    else:
        show(("", ""), _entry(_find(term)))


def _find(name: str) -> URIRef:
    """The term of a local name, a prefixed name, an IRI or a label; capitals do not matter."""
    if (iri := URIRef(name)) in protest:
        return iri
    local = name.removeprefix("protest:")
    for known in protest.names():
        if local.lower() in (known.lower(), terms.label(protest[known]).lower()):
            return protest[known]
    if "://" in name:
        raise UnknownName(f"{name}: no term of the ontology; kg vocab lists them all")
    try:
        return protest[local]
    except UnknownName as error:
        raise UnknownName(f"{error} (kg vocab lists them all)") from error


def _classes() -> Iterator[tuple[str, str]]:
    """The classes as a tree, each once, below the first that it is a kind of."""
    below: dict[URIRef | None, list[URIRef]] = defaultdict(list)
    for term in protest.classes():
        below[next(iter(_above(term)), None)].append(term)

    def tree(above: URIRef | None, indent: str) -> Iterator[tuple[str, str]]:
        for term in below[above]:
            yield indent + _short(term), _text(term, SKOS.definition, "en")
            yield from tree(term, indent + "  ")

    return tree(None, "")


def _properties() -> Iterator[tuple[str, str, str]]:
    for term in protest.properties():
        of, value = (_terms(term, predicate) for predicate in (RDFS.domain, RDFS.range))
        yield _short(term), f"{of or 'any'} → {value or 'any'}", _text(term, SKOS.definition, "en")


def _entry(term: URIRef) -> Iterator[tuple[str, str]]:
    """All that the ontology says of a term, what it does not say left out."""
    kind = RDFS.subClassOf if term in protest.classes() else RDFS.subPropertyOf
    near = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    rows = [
        ("term", f"protest:{_short(term)}"),
        ("IRI", str(term)),
        ("English", f"{_text(term, RDFS.label, 'en')}: {_text(term, SKOS.definition, 'en')}"),
        ("French", f"{_text(term, RDFS.label, 'fr')} : {_text(term, SKOS.definition, 'fr')}"),
        ("example", ", ".join(map(str, terms.ontology().objects(term, SKOS.example)))),
        ("kind of", _terms(term, kind)),
        ("kinds", ", ".join(_short(c) for c in protest.classes() if term in _above(c))),
        ("of", _terms(term, RDFS.domain)),
        ("value", _terms(term, RDFS.range)),
        ("has", ", ".join(_short(p) for p in protest.properties() if _is_of(p, term))),
        ("near to", ", ".join(filter(None, (_terms(term, match) for match in near)))),
        ("coded as", ", ".join(sorted(map(str, terms.ontology().objects(term, SKOS.notation))))),
    ]
    return ((key, value) for key, value in rows if value)


def _is_of(term: URIRef, owner: URIRef) -> bool:
    domain = terms.ontology().value(term, RDFS.domain)
    return (owner, RDF.type, OWL.Class) in terms.ontology() and domain in terms.supertypes(owner)


def _above(term: URIRef) -> list[URIRef]:
    """The classes of ours right above, sorted."""
    return sorted(URIRef(str(c)) for c in terms.ontology().objects(term, RDFS.subClassOf) if c in protest)


def _terms(term: URIRef, predicate: URIRef) -> str:
    return ", ".join(sorted(_short(URIRef(str(o))) for o in terms.ontology().objects(term, predicate)))


def _short(term: URIRef) -> str:
    """The name of a term: without prefix if it is ours, with the one that the files bind if not."""
    return terms.ontology().namespace_manager.qname(term).removeprefix("protest:")


def _text(term: URIRef, predicate: URIRef, lang: str) -> str:
    found = (o for o in terms.ontology().objects(term, predicate) if isinstance(o, Literal))
    return next((str(text) for text in found if text.language == lang), "")
