"""What bash does to words like `actor=Blue`, undone.

Completion runs `kg` with the words that were typed in the environment. For bash, `actor=Blue` are three of
them, and it replaces the last by what it is given, as it is; zsh and fish take one word, and quote it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, redirect_stdout

_ASKED, _BASH = "_KG_COMPLETE", "complete_bash"
_BREAKS = ("=", ":")
_PLAIN = re.compile(r"[^\w.,/%+=:@-]")


@contextmanager
def completing(environment: MutableMapping[str, str]) -> Iterator[None]:
    """A block in which completions for bash are found for whole words, and printed as bash wants them."""
    split = environment.get("COMP_WORDS", "").split("\n")
    if environment.get(_ASKED) != _BASH or len(split) == 1:
        yield
        return
    words, at = joined(split, int(environment["COMP_CWORD"]))
    environment["COMP_WORDS"], environment["COMP_CWORD"] = "\n".join(words), str(at)
    typed = words[at] if at < len(words) else ""
    found = io.StringIO()
    try:
        with redirect_stdout(found):
            yield
    finally:
        for value in found.getvalue().splitlines():
            print(inserted(value, typed))


def joined(words: list[str], at: int) -> tuple[list[str], int]:
    """The words with those put together that bash took apart, and the place there of the one at `at`.

    >>> joined(["kg", "-p", "actor", "=", "Blue"], 4)
    (['kg', '-p', 'actor=Blue'], 2)
    """
    whole: list[str] = []
    for number, word in enumerate(words):
        if whole and (word in _BREAKS or words[number - 1] in _BREAKS):
            whole[-1] += word
        else:
            whole.append(word)
        if number == at:
            found = len(whole) - 1
    return whole, found if at < len(words) else len(whole)


def inserted(value: str, typed: str) -> str:
    """What bash is given to complete what was typed to a value: the part behind the last break, escaped.

    >>> print(inserted("actor=Blue Watch", "actor=Bl"))
    Blue\\ Watch
    """
    kept = max(typed.rfind(mark) + 1 for mark in _BREAKS)
    return _PLAIN.sub(r"\\\g<0>", value[kept:])
