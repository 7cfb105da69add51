"""Articles, read one at a time from text files, tables and JSON Lines.

Every source is read alike:

- UTF-8, with or without a byte order mark. Line ends become `\\n` before anything is counted.
- Control characters other than tab and newline become a space, lone surrogates and the two
  non-characters that XML forbids become U+FFFD: one for one, so offsets stay.
- `published` is a date or a timestamp, kept as `YYYY-MM-DD`; `lang` is looked up or, where it
  is missing, recognised (`kg.language`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kg.errors import InputError
from kg.language import identify, supported
from kg.record import at, find

LONGEST = 1_000_000  # characters: what spaCy reads in one piece

_NOT_TEXT = {
    **dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], " "),
    **dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd"),
}


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


def read_articles(paths: Iterable[Path], *, on_error: Callable[[InputError], None]) -> Iterator[Article]:
    """The articles of files and folders, in the order given, one in memory at a time.

    A path is one of

    - a `.txt`: its first line is the title, its name the id. Metadata may stand in a table
      `articles.csv` beside it, by `file`: `id, title, source, url, published, lang`, all optional.
    - a folder: its `.txt` files and those of the folders below it, sorted by path.
    - a `.jsonl`: lines with `id, title, text` and optionally `lang, source, url, published`, or
      with such an object under `article`. Other keys are ignored.
    - a `.csv` with those columns.
    - `-`: JSON Lines on standard input; a named pipe is read so too.

    What cannot be read goes to `on_error` with its place and cause, and the rest goes on.

    >>> from kg.resources import folder
    >>> [article.id for article in read_articles([folder("seeds")], on_error=print)]
    ['seed-1', 'seed-2']
    """
    places: dict[str, str] = {}
    for found in find(paths):
        if isinstance(found, InputError):
            on_error(found)
            continue
        try:
            article = _article(found.fields)
            if article.id in places:
                raise InputError(f"id {article.id!r} is already that of {places[article.id]}")
        except InputError as error:
            on_error(at(found.where, error))
            continue
        places[article.id] = found.where
        yield article


def _article(fields: Mapping[str, object]) -> Article:
    """The article of raw fields, each checked and cleaned."""
    missing = [key for key in ("id", "title", "text") if key not in fields]
    if missing:
        raise InputError(f"no {', no '.join(missing)}")
    title, text = _line(fields, "title"), clean(_string(fields, "text"))
    if not text.strip():
        raise InputError("empty text")
    if len(title) + len(text) > LONGEST:
        raise InputError(f"longer than {LONGEST:,} characters")
    lang = _line(fields, "lang").strip()
    return Article(
        id=_identity(fields),
        title=title,
        text=text,
        lang=supported(lang) if lang else identify(f"{title}\n\n{text}"),
        source=_line(fields, "source").strip() or None,
        url=_line(fields, "url").strip() or None,
        published=_published(_line(fields, "published").strip()),
    )


def clean(text: str) -> str:
    """The text with line ends made one and what is no text replaced, one for one.

    >>> clean("one\\r\\ntwo\\x1b[31m")
    'one\\ntwo [31m'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_NOT_TEXT)


def _string(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{key} is no text but {type(value).__name__}")
    return value


def _line(fields: Mapping[str, object], key: str) -> str:
    return clean(_string(fields, key)).replace("\n", " ")


def _identity(fields: Mapping[str, object]) -> str:
    """The id, which may be a whole number in JSON."""
    value = fields["id"]
    number = isinstance(value, int) and not isinstance(value, bool)
    found = str(value) if number else _line(fields, "id").strip()
    if not found:
        raise InputError("empty id")
    return found


def _published(value: str) -> str | None:
    """The day of an ISO date or timestamp, as it is written there.

    >>> _published("2021-05-19T23:30:00+02:00")
    '2021-05-19'
    """
    if not value:
        return None
    try:
        date.fromisoformat(value[:10])
        datetime.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"published {value!r} is no date; write it like 2021-05-19") from error
    return value[:10]
