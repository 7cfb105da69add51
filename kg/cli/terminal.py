"""What the command line says: messages on standard error, and text that cannot play tricks on a terminal."""

from __future__ import annotations

import sys

import typer

from kg.errors import InputError, KgError

# Control characters (terminal escapes begin with one) and the marks that reorder what follows.
_TRICKS = dict.fromkeys(
    [*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def plain(text: str) -> str:
    """The text without control characters, save tab and line end, and without marks that turn its direction.

    >>> plain("\\x1b[31mred\\u202e")
    '[31mred'
    """
    return text.translate(_TRICKS).encode(errors="replace").decode()


def say(message: str) -> None:
    """Print a message for the person at the terminal."""
    print(plain(message), file=sys.stderr)


def report(error: KgError) -> None:
    """Print what went wrong, where, and what to do."""
    say(f"kg: error: {error}")


class Failures:
    """Counts and reports what could not be read, and ends the command accordingly."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: InputError) -> None:
        """Report one failure and go on."""
        self.count += 1
        report(error)

    def leave(self) -> None:
        """Exit with 1 if anything failed."""
        if self.count:
            raise typer.Exit(1)
