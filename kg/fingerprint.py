"""What reads articles, as a digest: while it stays the same, the same article gives the same facts.

A build notes it, so that articles that another version read are read again rather than mixed with new ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

_PACKAGE = Path(__file__).parent
# What an article goes through before it is facts, besides the modules that lie beside this one.
_FOLDERS = ("annotate", "extract", "lexicons", "models")


@cache
def reader() -> str:
    """The SHA-256 of the code, words and models that read articles, and of the versions they build upon."""
    digest = sha256()
    for path in sorted(_files()):
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\n".encode())
        digest.update(sha256(path.read_bytes()).digest())
    for name in _requirements():
        with suppress(metadata.PackageNotFoundError):
            digest.update(f"{name} {metadata.version(name)}\n".encode())
    return digest.hexdigest()


def _requirements() -> list[str]:
    """The names of the packages that this one builds upon; none where it was not installed."""
    try:
        required = metadata.requires("protest-kg") or ()
    except metadata.PackageNotFoundError:
        return []
    return sorted(re.split(r"[^\w.-]", r)[0] for r in required if "extra ==" not in r)


def _files() -> Iterator[Path]:
    yield from _PACKAGE.glob("*.py")
    for folder in _FOLDERS:
        yield from (p for p in (_PACKAGE / folder).rglob("*") if p.is_file() and p.suffix != ".pyc")
