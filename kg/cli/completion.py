"""What the shell completes after `kg query DIR NAME --param`: names of parameters, then their values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import query as queries
from kg.errors import KgError
from kg.parameter import Parameter
from kg.query import select
from kg.terms import local_name, protest, supertypes
from kg.workfolder import open_store

_CLASSES = {"actor": "Actor", "place": "Place", "event": "Event"}
"""Parameters that are part of the label of something, and its class."""
_WANTED = {
    "string": "TEXT",
    "integer": "NUMBER",
    "decimal": "NUMBER",
    "date": "YYYY-MM-DD",
    "iri": "IRI",
    "class": "CLASS",
}
# Shells may run what they complete (typer's script for zsh evaluates it): no quotes, escapes, or patterns.
_HARMLESS = re.compile(r"[\w .,:’/+–-]+")


def parameters(folder: str, name: str, typed: str) -> Iterator[tuple[str, str]]:
    """What `typed`, a `name=value` or the beginning of one, may become, each with a word of help.

    Where one name is left, its values are given too, or a word for what is wanted: of one candidate alone, a
    shell takes it that nothing follows, and adds a blank.
    """
    key, equals, begun = typed.partition("=")
    try:
        known = [p for p in queries.load(name).parameters if p.name == key or not equals]
        matching = [p for p in known if p.name.startswith(key)]
        found = [] if equals else [(f"{p.name}=", p.help) for p in matching]
        if len(matching) == 1:
            (of,) = matching
            values = _values(of, folder, begun)
            hint = [] if equals or len(values) > 1 else [_WANTED[of.type]]
            found += [(f"{of.name}={value}", "") for value in [*values, *hint]]
    except KgError:
        return  # the command itself says what is wrong; a shell can only be silent
    yield from found


def _values(of: Parameter, folder: str, begun: str) -> list[str]:
    if of.type == "class":
        alike = supertypes(protest[of.default]) if of.default else frozenset(protest.classes())
        known = [local_name(c) for c in protest.classes() if supertypes(c) & alike]
    elif of.choices or of.name not in _CLASSES:
        known = list(of.choices)
    else:
        asked = {"type": _CLASSES[of.name], "begin": begun}
        known = [
            str(row["label"]) for row in select(open_store(folder), queries.load("called", "lookup"), asked)
        ]
    return [value for value in known if value.startswith(begun) and _HARMLESS.fullmatch(value)]
