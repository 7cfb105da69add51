"""An article, before anything is read from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. `published` is an ISO date or None; `lang` a two-letter code or None (unknown)."""

    id: str
    title: str
    text: str
    lang: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None

    @property
    def content(self) -> str:
        """The text that every offset refers to: the title, a blank line, the body."""
        return f"{self.title}\n\n{self.text}"
