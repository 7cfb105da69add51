"""How far the work has come, told to whoever wants to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[str, int, int | None], None]
"""Is told a stage, how many things of it are done, and how many there are, if anyone knows."""

T = TypeVar("T")


def silent(stage: str, done: int, total: int | None) -> None:
    """Nothing: for those who do not want to know."""


def counted(items: Iterable[T], stage: str, progress: Progress, *, total: int | None = None) -> Iterator[T]:
    """The items, each told to `progress` once the caller has done with it.

    >>> list(counted("ab", "Reading", lambda *step: print(*step), total=2))
    Reading 1 2
    Reading 2 2
    ['a', 'b']
    """
    for done, item in enumerate(items, 1):
        yield item
        progress(stage, done, total)
