"""Records: what files hold before anyone has looked at it as an article.

    paths → Record (raw fields and where they stand) or InputError

An error is a value here, so that one broken line does not end the file it stands in.
"""

from __future__ import annotations

import codecs
import csv
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from kg.errors import InputError

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

TABLE = "articles.csv"
COLUMNS = ("file", "id", "title", "source", "url", "published", "lang")
LONGEST = 8 * 2**20  # bytes of a line, or of a text file

_JSON_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of an article as a file gives them; `where` is `file` or `file:line`."""

    where: str
    fields: Mapping[str, object]


Found = Record | InputError


class _Line(NamedTuple):
    data: bytes
    offset: int
    number: int


def at(where: str | Path, cause: object) -> InputError:
    """An error that names its place."""
    return InputError(f"{where}: {cause}")


def find(paths: Iterable[Path]) -> Iterator[Found]:
    """What the paths hold; text files that stand side by side share one look at their table."""
    for folder, group in groupby(paths, key=lambda p: p.parent if _is_text(p) else None):
        if folder is not None:
            yield from _texts(folder, group)
        else:
            for path in group:
                yield from _read(path)


def count(paths: Iterable[Path]) -> int | None:
    """How many records the paths hold if every line is good, to say how far a run has come.

    None where nobody can know before it is read: a pipe, a table, what is missing.
    """
    total = 0
    for path in paths:
        if _is_text(path):
            total += 1
        elif path.is_dir():
            total += sum(1 for _ in _walk(path))
        elif path.suffix.lower() in _JSON_LINES and path.is_file():
            try:
                with path.open("rb") as file:
                    total += sum(1 for _ in _lines(file))
            except OSError:
                return None
        else:
            return None
    return total


def _is_text(path: Path) -> bool:
    return path.suffix.lower() == ".txt" and not path.is_dir()


def _read(path: Path) -> Iterator[Found]:
    """What one path that is no text file holds."""
    try:
        if str(path) == "-":
            yield from _json_lines(sys.stdin.buffer, "standard input")
        elif path.is_dir():
            yield from _folder(path)
        else:
            with path.open("rb") as file:
                yield from _format(path)(file, str(path))
    except OSError as error:
        yield at(path, error.strerror or error)
    except InputError as error:
        yield error


def _format(path: Path) -> Callable[[BinaryIO, str], Iterator[Found]]:
    suffix = path.suffix.lower()
    if suffix in _JSON_LINES or path.is_fifo():
        return _json_lines
    if suffix == ".csv":
        return _table
    raise at(path, f"cannot read {suffix or 'a file without suffix'}; give .txt, .jsonl, .csv or a folder")


def _folder(path: Path) -> Iterator[Found]:
    empty = True
    for folder, files in groupby(_walk(path), key=lambda file: file.parent):
        empty = False
        yield from _texts(folder, files)
    if empty:
        yield at(path, "no .txt file in this folder; name .jsonl and .csv files one by one")


def _walk(path: Path) -> Iterator[Path]:
    """The text files of a folder and of those below it, sorted, the hidden ones left out."""
    for parent, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, f) for f in sorted(files) if _is_text(Path(f)) and not f.startswith("."))


# --- text files and the table beside them -----------------------------------------------------


def _texts(folder: Path, files: Iterable[Path]) -> Iterator[Found]:
    rows: dict[str, Record] = {}
    for found in _metadata(folder):
        if isinstance(found, InputError):
            yield found
        else:
            rows[str(found.fields["file"])] = found
    for path in files:
        try:
            yield _text(path, rows.get(path.name))
        except OSError as error:
            yield at(path, error.strerror or error)
        except InputError as error:
            yield at(path, error)


def _text(path: Path, row: Record | None) -> Record:
    """The record of a text file; under another title from the table, its first line stays in the text."""
    with path.open("rb") as file:
        content = _decoded(file.read(LONGEST + 1)).strip()
    if not content:
        raise InputError("empty file")
    first, *below = re.split(r"\s*[\r\n]\s*", content, maxsplit=1)
    given = {key: value for key, value in row.fields.items() if value} if row else {}
    title = given.get("title", first)
    text = "".join(below) if title == first else content
    if not text:
        raise InputError("nothing below the title, which is the first line")
    return Record(row.where if row else str(path), {"id": path.stem, **given, "title": title, "text": text})


def _metadata(folder: Path) -> Iterator[Found]:
    """The rows of the folder's table, each for a file of its own that is there."""
    path = folder / TABLE
    try:
        with path.open("rb") as file:
            header, rows = _rows(file, str(path))
            for column in sorted(set(header) - set(COLUMNS)):
                yield at(f"{path}:1", f"unknown column {column!r}; known: {', '.join(COLUMNS)}")
            yield from _of_files(folder, rows)
    except FileNotFoundError:
        return
    except OSError as error:
        yield at(path, error.strerror or error)
    except InputError as error:
        yield error


def _of_files(folder: Path, rows: Iterator[Found]) -> Iterator[Found]:
    seen = set()
    for row in rows:
        if isinstance(row, Record):
            name = row.fields.get("file")
            if not isinstance(name, str) or Path(name).name != name or not (folder / name).is_file():
                yield at(row.where, f"no file {name!r} in {folder}" if name else "no file named")
                continue
            if name in seen:
                yield at(row.where, f"a second row for {name!r}; the first counts")
                continue
            seen.add(name)
        yield row


# --- tables and JSON Lines ---------------------------------------------------------------------


def _table(file: BinaryIO, name: str) -> Iterator[Found]:
    header, rows = _rows(file, name)
    missing = [column for column in ("id", "title", "text") if column not in header]
    if missing:
        raise at(f"{name}:1", f"no column {', '.join(missing)}")
    yield from rows


def _rows(file: BinaryIO, name: str) -> tuple[list[str], Iterator[Found]]:
    """The header and the rows of a table with commas, semicolons or tabs."""
    lines = _decoded_lines(file, name)
    first = next(lines, "")
    reader = csv.reader(chain([first], lines), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
    except csv.Error as error:
        raise at(f"{name}:1", error) from error
    if not any(header):
        raise at(name, "empty file")
    if len(set(header)) < len(header):
        raise at(f"{name}:1", "two columns of the same name")
    return header, _cells(reader, header, name)


def _decoded_lines(file: BinaryIO, name: str) -> Iterator[str]:
    for line in _lines(file):
        try:
            yield _decoded(line.data, offset=line.offset)
        except InputError as error:
            raise at(f"{name}:{line.number}", f"{error}; what follows is not read") from error


def _cells(reader: CsvReader, header: list[str], name: str) -> Iterator[Found]:
    where = f"{name}:{reader.line_num + 1}"
    try:
        for cells in reader:
            if len(cells) > len(header):
                yield at(where, f"{len(cells)} cells for {len(header)} columns")
            elif any(cells):
                yield Record(where, dict(zip(header, cells, strict=False)))
            where = f"{name}:{reader.line_num + 1}"
    except csv.Error as error:
        yield at(where, f"{error}; what follows is not read")


def _json_lines(file: BinaryIO, name: str) -> Iterator[Found]:
    empty = True
    for line in _lines(file):
        if line.data.strip():
            empty = False
            try:
                yield Record(f"{name}:{line.number}", _object(_decoded(line.data, offset=line.offset)))
            except InputError as error:
                yield at(f"{name}:{line.number}", error)
    if empty:
        yield at(name, "empty file")


def _object(line: str) -> Mapping[str, object]:
    try:
        value = json.loads(line.rstrip())
    except json.JSONDecodeError as error:
        raise InputError(f"broken JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"broken JSON: {error}") from error
    if isinstance(value, dict) and isinstance(value.get("article"), dict):
        value = value["article"]
    if not isinstance(value, dict):
        raise InputError("not a JSON object")
    return value


def _lines(file: BinaryIO) -> Iterator[_Line]:
    """The lines of a file; one that is too long is cut, so that no more than `LONGEST` is held."""
    number = offset = 0
    while data := file.readline(LONGEST + 1):
        number += 1
        yield _Line(data, offset, number)
        offset += len(data)
        while len(data) > LONGEST and not data.endswith(b"\n"):
            data = file.readline(LONGEST + 1)
            offset += len(data)


def _decoded(data: bytes, *, offset: int = 0) -> str:
    """UTF-8 as text, without a byte order mark; `offset` is where the bytes stand in their file."""
    if len(data) > LONGEST:
        raise InputError(f"longer than {LONGEST:,} bytes")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError("UTF-16; save it as UTF-8")
    if (nul := data.find(b"\0")) >= 0:
        raise InputError(f"no text: a NUL byte at byte {offset + nul}")
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8 at byte {offset + error.start} (0x{data[error.start]:02x}); save it as UTF-8"
        ) from error
