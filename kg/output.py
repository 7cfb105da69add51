"""Files that appear only when they are complete."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from kg.errors import OutputError


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """A file to write UTF-8 text to, which takes its place when the block ends well; `-` is standard output.

    What stood there before stays until then. A device or a pipe is written to directly.

    Raises:
        OutputError: the place cannot be written.

    >>> with writing(Path("-")) as file:
    ...     print("2 articles", file=file)
    2 articles
    """
    if str(path) == "-":
        yield sys.stdout
        return
    try:
        if path.is_dir():
            raise OutputError(f"{path}: is a folder; name a file in it")
        is_device = path.exists() and not path.is_file()
        with _text(path) if is_device else _beside(path) as file:
            yield file
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error


@contextmanager
def _beside(path: Path) -> Iterator[TextIO]:
    part = path.with_name(f".{path.name}.{os.getpid()}")
    file = _text(part)
    try:
        with file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _text(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n")
