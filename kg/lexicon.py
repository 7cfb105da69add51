"""A language's words as data: the TOML files of `kg/lexicons/<lang>/`.

A file is a table of tables of words. What its keys mean stands in the comment that opens it;
adding a word needs no Python. Words are lower case; where a file says "lemma" it means spaCy's.

>>> events = lexicon("en", "events")
>>> "walkout" in events.words("Strike", "nouns")
True
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import ResourceError
from kg.resources import lexicon_folder


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One file of words. `where` names it in errors, `tables` is its parsed content."""

    where: str
    tables: dict[str, Any]

    def sections(self) -> tuple[str, ...]:
        """The names of its tables, in the order of the file."""
        return tuple(k for k, v in self.tables.items() if isinstance(v, dict))

    def words(self, *path: str) -> frozenset[str]:
        """The set of words at a path such as `("Strike", "nouns")`.

        Raises:
            ResourceError: there is no list of words there.
        """
        return frozenset(self.word_list(*path))

    def word_list(self, *path: str) -> tuple[str, ...]:
        """The words at a path in the order of the file.

        Raises:
            ResourceError: there is no list of words there.
        """
        found = self._at(path)
        if not isinstance(found, list) or not all(isinstance(w, str) and w for w in found):
            raise ResourceError(f"{self.where}: {'.'.join(path)} must be a list of words")
        return tuple(found)

    def tables_of(self, *keys: str) -> dict[str, str]:
        """Word → the table in one of whose lists `keys` it stands; the last one where it stands in several.

        Raises:
            ResourceError: a table lacks one of the lists.
        """
        return {word: name for name in self.sections() for key in keys for word in self.word_list(name, key)}

    def groups(self, *path: str) -> tuple[tuple[str, ...], ...]:
        """The lists of words at a path, such as names of one thing.

        Raises:
            ResourceError: there is no list of lists of words there.
        """
        found = self._at(path)
        if not isinstance(found, list) or not all(isinstance(g, list) and g for g in found):
            raise ResourceError(f"{self.where}: {'.'.join(path)} must be a list of lists of words")
        return tuple(tuple(map(str, g)) for g in found)

    def numbers(self, *path: str) -> dict[str, int]:
        """The words at a path with the number each stands for.

        Raises:
            ResourceError: there is no table of numbers there.
        """
        found = self._at(path)
        if not isinstance(found, dict) or not all(isinstance(n, int) for n in found.values()):
            raise ResourceError(f"{self.where}: {'.'.join(path)} must give each word a whole number")
        return dict(found)

    def _at(self, path: tuple[str, ...]) -> Any:
        found: Any = self.tables
        for key in path:
            if not isinstance(found, dict) or key not in found:
                raise ResourceError(f"{self.where}: {'.'.join(path)} is missing")
            found = found[key]
        return found


@cache
def lexicon(lang: str, name: str) -> Lexicon:
    """The lexicon `kg/lexicons/<lang>/<name>.toml`.

    Raises:
        ResourceError: the file is missing, empty or no valid TOML.
    """
    path = lexicon_folder(lang) / f"{name}.toml"
    where = f"kg/lexicons/{lang}/{name}.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ResourceError(f"{where}: not found; every language needs this file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ResourceError(f"{where}: {error}") from error
    if not tables:
        raise ResourceError(f"{where}: holds no words")
    return Lexicon(where, tables)
