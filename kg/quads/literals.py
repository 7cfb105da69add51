"""Values as RDF literals, and the labels and names that are made of them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from rdflib import XSD, Literal, URIRef

from kg import terms
from kg.link.names import key
from kg.terms import protest

Object = URIRef | Literal
Triple = tuple[URIRef, URIRef, Object]
Pairs = list[tuple[URIRef, Object]]

_SURROGATE = re.compile("[\ud800-\udfff]")
_KEPT = 1 << 16  # literals of each sort: a graph has few different numbers, dates and words like "occurred"


@lru_cache(maxsize=_KEPT)
def text(words: str) -> Literal:
    """The words as a plain literal; half of a surrogate pair, which no file can hold, becomes U+FFFD."""
    return Literal(_SURROGATE.sub("\ufffd", words))


@lru_cache(maxsize=_KEPT, typed=True)
def number(value: int | float) -> Literal:
    """An xsd:integer, or an xsd:decimal of at most four places in the form Turtle abbreviates: 1.0, 0.85."""
    if isinstance(value, int):
        return Literal(str(value), datatype=XSD.integer, normalize=False)
    digits = f"{Decimal(repr(round(value, 4))):f}"
    return Literal(digits if "." in digits else f"{digits}.0", datatype=XSD.decimal, normalize=False)


@lru_cache(maxsize=_KEPT)
def day(value: str) -> Literal:
    """A date of the precision it is written in; what is no date stays plain text, a violation."""
    for whole, datatype in (
        (value, XSD.date),
        (f"{value}-01", XSD.gYearMonth),
        (f"{value}-01-01", XSD.gYear),
        (f"2000{value[1:]}", XSD.gMonthDay),
    ):
        if len(whole) == 10 and _is_date(whole):
            return Literal(value, datatype=datatype, normalize=False)
    return text(value)


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=_KEPT)
def event_label(type_: str, place: str | None, start: str | None, words: str | None) -> Literal:
    """What people read for an event: "march, Paris, 2024-03-13", or by words "election: regional vote"."""
    name = terms.label(protest[type_])
    if place or start or not words or key(words) == key(name):
        return text(", ".join(filter(None, (name, place, start))))
    return text(f"{name}: {words}")


@cache
def class_name(type_: URIRef) -> str:
    """The class as part of an IRI: CrowdEstimate → crowd-estimate."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", terms.local_name(type_)).lower()
