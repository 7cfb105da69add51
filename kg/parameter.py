"""The parameters of a query, bound as data: no value ever becomes part of the query's syntax.

A parameter stands in a query file as a data block that holds its default,

    VALUES ?_actor { "" }

so that the file is complete SPARQL 1.1 and runs as it is in any engine; the underscore tells it
from the columns. Binding puts one other RDF term into that block. This works the same in every
engine and over the SPARQL protocol, which has no binding of its own. `UNDEF` means: no value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pyoxigraph import NamedNode

from kg.errors import BadParameter
from kg.terms import protest

_UNDEF = "UNDEF"

# What SPARQL's lexer sees, as far as needed to tell data from strings, IRIs and comments.
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<word>[\w.:+%-]+)
    | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name, its type, the default as a user would write it ("" for none), and a line of help.

    `choices` are the only values that a `string` may have, beside none at all; empty for any.
    """

    name: str
    type: str
    default: str
    help: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the term of a data block `VALUES ?_name { term }` stands in a query's text."""

    name: str
    start: int
    end: int


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The tokens of a query; the group that matched (comment, iri, string, variable, word, other) says what.

    >>> [t[0] for t in tokens('ASK { ?s a "}" }')]
    ['ASK', '{', '?s', 'a', '"}"', '}']
    """
    return _TOKEN.finditer(text)


def slots(text: str) -> Iterator[Slot]:
    """The data blocks of parameters, in the order of the text.

    >>> [s.name for s in slots('# VALUES ?_a { 1 }\\nSELECT * { VALUES ?_b { "}" } VALUES ?c { 2 } }')]
    ['b']
    """
    read = [m for m in tokens(text) if m.lastgroup != "comment"]
    for at, token in enumerate(read[:-3]):
        name, brace = read[at + 1], read[at + 2]
        if token[0].upper() == "VALUES" and name[0].startswith(("?_", "$_")) and brace[0] == "{":
            close = next((i for i in range(at + 3, len(read)) if read[i][0] == "}"), at + 3)
            if close > at + 3:
                yield Slot(name[0][2:], read[at + 3].start(), read[close - 1].end())


def default(term: str) -> str:
    """The term of a data block as a user would write it.

    >>> default('"SNIPAT"'), default("protest:March"), default("UNDEF"), default("5")
    ('SNIPAT', 'March', '', '5')
    """
    first = _TOKEN.match(term)
    if first is not None and first.lastgroup == "string":
        return first[0][1:-1]
    if term.upper() == _UNDEF:
        return ""
    return term.strip("<>") if term.startswith("<") else term.rpartition(":")[2]


def assignments(given: list[str]) -> dict[str, str]:
    """The values of `name=value` arguments, such as the command line's `--param`.

    Raises:
        BadParameter: an argument has no `=`, or a name is given twice.

    >>> assignments(["actor=SNIPAT", "from="])
    {'actor': 'SNIPAT', 'from': ''}
    """
    values: dict[str, str] = {}
    for argument in given:
        name, equals, value = argument.partition("=")
        if not equals or not name.strip():
            raise BadParameter(f"{argument!r}: write a parameter as name=value, such as actor=SNIPAT")
        if name.strip() in values:
            raise BadParameter(f"{name.strip()}: given twice; a parameter takes one value")
        values[name.strip()] = value
    return values


def fill(text: str, values: Mapping[str, str]) -> str:
    """The query's text with other terms in its data blocks; `values` are terms made by `term`."""
    for slot in sorted(slots(text), key=lambda s: s.start, reverse=True):
        if slot.name in values:
            text = text[: slot.start] + values[slot.name] + text[slot.end :]
    return text


def term(type_: str, value: str) -> str:
    """A value as one SPARQL term of a parameter type.

    Raises:
        BadParameter: the value is not of that type; the message says what is wanted.

    >>> term("string", 'say "no"'), term("integer", "007"), term("date", "")
    ('"say \\\\"no\\\\""', '7', '""')
    """
    return TYPES[type_](value)


def bound(parameter: Parameter, value: str) -> str:
    """A value of a parameter as one SPARQL term.

    Raises:
        BadParameter: the value is not of the parameter's type, or none of its choices.

    >>> bound(Parameter("by", "string", "month", "how long", ("year", "month")), "year")
    '"year"'
    """
    if value and parameter.choices and value not in parameter.choices:
        near = get_close_matches(value, parameter.choices, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise BadParameter(f"is none of {', '.join(parameter.choices)}{hint}")
    return term(parameter.type, value)


def _string(value: str) -> str:
    """A quoted literal that means `value` in every engine.

    An engine may replace backslash-u escapes in the whole text before it parses (SPARQL 1.1, 19.2; rdflib
    does), even behind an escaped backslash. So a `u` that follows a backslash is itself written as one.
    """
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise BadParameter("is not valid Unicode text")
    escaped = re.sub(r"\\([uU]?)", lambda m: r"\\" + (f"\\U{ord(m[1]):08X}" if m[1] else ""), value)
    for raw, safe in (('"', r"\""), ("\n", r"\n"), ("\r", r"\r"), ("\t", r"\t"), ("\0", r"\u0000")):
        escaped = escaped.replace(raw, safe)
    return f'"{escaped}"'


def _date(value: str) -> str:
    """A string: dates of a year, a month or a day are compared by their first letters."""
    if value and not re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", value):
        raise BadParameter("is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
    return _string(value)


def _integer(value: str) -> str:
    if value and not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise BadParameter("is no whole number")
    return str(int(value)) if value else _UNDEF


def _decimal(value: str) -> str:
    if value and not re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", value):
        raise BadParameter("is no decimal number, such as 0.5")
    return (value if "." in value else f"{value}.0").lstrip("+") if value else _UNDEF


def _iri(value: str) -> str:
    if not value:
        return _UNDEF
    try:
        iri = str(NamedNode(value))
    except ValueError as error:
        raise BadParameter("is no IRI") from error
    if "\\" in iri:
        raise BadParameter("is no IRI")
    return iri


def _class(value: str) -> str:
    """The IRI of a class of the ontology, named as in the codebook: `March` or `protest:March`."""
    if not value:
        return _UNDEF
    name = value.removeprefix(f"{protest.prefix}:")
    classes = {str(c).rpartition("#")[2]: str(c) for c in protest.classes()}
    if name not in classes:
        folded = {c.casefold(): c for c in classes}
        near = [folded[n] for n in get_close_matches(name.casefold(), sorted(folded), n=1, cutoff=0.5)]
        hint = f"; did you mean {near[0]}?" if near else "; see kg vocab"
        raise BadParameter(f"is no class of the ontology{hint}")
    return _iri(classes[name])


TYPES: Mapping[str, Callable[[str], str]] = {
    "string": _string,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "iri": _iri,
    "class": _class,
}
