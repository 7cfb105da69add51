"""Tables as HTML for notebooks: what `_repr_html_` gives. Text of articles is shown as text, whatever it is.

>>> print(to_html(("said",), [("<script>alert(1)</script>",)]))
<table>
<thead><tr><th>said</th></tr></thead>
<tbody>
<tr><td><bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi></td></tr>
</tbody>
</table>
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from kg.export.results import cell
from kg.query import Value

SHOWN = 20
"""Rows that a notebook shows; the others are counted."""

# What no page may hold, and marks that turn the direction of what follows; `bdi` keeps the others inside.
_TRICKS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def to_html(columns: Sequence[str], rows: Sequence[Sequence[Value]], *, shown: int = SHOWN) -> str:
    """A table of the first rows, and how many there are if they are more."""
    head = "".join(f"<th>{safe(column)}</th>" for column in columns)
    body = ("<tr>" + "".join(f"<td>{_inside(value)}</td>" for value in row) + "</tr>" for row in rows[:shown])
    lines = [f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>", *body, "</tbody>\n</table>"]
    if len(rows) > shown:
        lines.append(f"<p>the first {shown} of {len(rows):,} rows</p>")
    return "\n".join(lines)


def safe(text: str) -> str:
    """The text for HTML, without what plays tricks on readers."""
    return escape(_TRICKS.sub("", text))


def _inside(value: Value) -> str:
    if isinstance(value, tuple):
        return "<br>".join(f"<bdi>{safe(part)}</bdi>" for part in value)
    if isinstance(value, str):
        return f"<bdi>{safe(value)}</bdi>"
    return safe(cell(value))
