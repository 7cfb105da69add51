"""Pages of HTML from the templates, in which every text is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from kg import __version__
from kg.serve.answer import Answer

_TEMPLATES = Environment(
    loader=PackageLoader("kg.serve"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(
    template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> Answer:
    """The page of a template, `templates/<template>.html`, filled with values."""
    text = _TEMPLATES.get_template(f"{template}.html").render(version=__version__, **values)
    return Answer(text.encode(errors="replace"), status=status, headers=headers or {})
