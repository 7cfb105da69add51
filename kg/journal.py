"""What a build has read so far, kept until it is whole: a build that was killed goes on from there.

One line an article: the line of `kg.jsonlines`, with the digests of the article and of what read it. A line
that was cut short, or that is of another article, reader or shape, is as if it were not there.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from kg import jsonlines
from kg.errors import InputError, OutputError
from kg.facts import ArticleFacts


class Journal:
    """Facts by article and digest, on disk; `with` reads what is there and closes the file in the end."""

    def __init__(self, path: Path, *, reader: str) -> None:
        self.path = path
        self.reader = reader
        self._lines: dict[tuple[str, str], str] = {}
        self._file: TextIO | None = None

    def __enter__(self) -> Journal:
        if self.path.exists():
            self._lines = dict(self._whole_lines())
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def find(self, id: str, digest: str) -> ArticleFacts | None:
        """The facts of an article as it is now, if they were read already."""
        line = self._lines.get((id, digest))
        with suppress(InputError):
            return jsonlines.loads(line) if line else None
        return None

    def add(self, digest: str, facts: ArticleFacts) -> None:
        """Keep the facts of an article.

        Raises:
            OutputError: they cannot be written.
        """
        noted = {"digest": digest, "reader": self.reader, **jsonlines.to_json(facts)}
        try:
            if self._file is None:
                self._file = self.path.open("a", encoding="utf-8", newline="\n")
                self._file.write("\n")  # whatever a killed build left behind ends here
            self._file.write(json.dumps(noted, ensure_ascii=False) + "\n")
            self._file.flush()
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be written: {error.strerror or error}") from error

    def _whole_lines(self) -> list[tuple[tuple[str, str], str]]:
        found = []
        for data in self.path.read_bytes().split(b"\n"):
            try:
                noted = json.loads(data)
                if noted["reader"] == self.reader:
                    found.append(((noted["article"]["id"], noted["digest"]), data.decode()))
            except (ValueError, KeyError, TypeError):
                continue
        return found
