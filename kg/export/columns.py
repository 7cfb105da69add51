"""Typed columns of the attributes of nodes or edges: what GEXF and GraphML declare before the values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from numbers import Integral, Real
from typing import Any
from xml.sax.saxutils import escape

from kg.export.results import cell

Attributes = Mapping[str, Any]

_INT64 = range(-(2**63), 2**63)
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile('[&<>"\t\n\r]|' + _ILLEGAL.pattern)
_QUOTES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def types(items: Iterable[Attributes], leave: frozenset[str] = frozenset()) -> dict[str, str]:
    """The type of every attribute that some item has a value of, sorted by name, without those to `leave`.

    Types are boolean, long (64 bits), double, string and liststring. Whole and broken numbers are double
    together; any other mixture is string.

    >>> types([{"a": 1, "b": None, "c": "x"}, {"a": 0.5, "c": ("x", "y")}])
    {'a': 'double', 'c': 'string'}
    """
    found: dict[str, set[str]] = {}
    for item in items:
        for key, value in item.items():
            if key not in leave and not missing(value):
                found.setdefault(key, set()).add(_type(value))
    return {key: _common(found[key]) for key in sorted(found)}


def missing(value: object) -> bool:
    """Whether there is nothing to write: None, no text that XML can hold, no number, a list of such.

    >>> [missing(value) for value in (None, "", (), ("",), float("nan"), "\\x00", 0, False)]
    [True, True, True, True, True, True, False, False]
    """
    if isinstance(value, str):
        return not value or not (value[0].isalnum() or clean(value))
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or (isinstance(value, list | tuple) and all(map(missing, value)))


def literal(value: Any, type_: str) -> str:
    """A value in the lexical form of its column's type, as Java and JavaScript read it; lists are joined.

    >>> literal(2, "double"), literal(True, "boolean"), literal(("a", "b"), "string"), literal(1e-9, "double")
    ('2.0', 'true', 'a | b', '1e-09')
    """
    if type_ == "double":
        return number(value)
    if isinstance(value, list | tuple):
        return cell(tuple(map(str, value)))
    return cell(value)


def number(value: float | Decimal) -> str:
    """A number as Java and JavaScript read it: the shortest decimal that gives the same double.

    >>> number(2), number(-0.0), number(float("inf"))
    ('2.0', '0.0', 'Infinity')
    """
    double = float(value) + 0.0
    return repr(double) if math.isfinite(double) else "Infinity" if double > 0 else "-Infinity"


def clean(value: object) -> str:
    """A value as text without the characters that XML 1.0 forbids.

    >>> clean("a\\x00\\x1bb")
    'ab'
    """
    return _ILLEGAL.sub("", str(value))


def text(value: object) -> str:
    """A value as XML text or attribute: escaped, without the characters that XML 1.0 forbids.

    >>> text('<b> & "c"\\x00')
    '&lt;b&gt; &amp; &quot;c&quot;'
    """
    plain = str(value)
    return escape(clean(plain), _QUOTES) if _SPECIAL.search(plain) else plain


def _type(value: object) -> str:
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, Integral):
        return "long" if int(value) in _INT64 else "string"
    if isinstance(value, Real | Decimal):
        return "double"
    return "liststring" if isinstance(value, list | tuple) else "string"


def _common(types_: set[str]) -> str:
    if len(types_) == 1:
        return next(iter(types_))
    return "double" if types_ == {"long", "double"} else "string"
