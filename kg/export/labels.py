"""Labels that stand beside what they name and do not overlap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.export.columns import clean

LONGEST = 34
"""Characters of a label; the rest becomes `…`."""
HEIGHT, ASCENT = 1.15, 0.9  # of a line and above its base line, in font sizes
GAP = 3.0

_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # how much of a text stands before its anchor
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NARROW, _BROAD = frozenset("iljtfrI.,:;'’|!()[]- "), frozenset("mwMW@%")

Segment = tuple[tuple[float, float], tuple[float, float]]
"""Both ends of a straight line."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have more than an edge in common."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def crosses(self, line: Segment) -> bool:
        """Whether a straight line goes through the rectangle (Liang & Barsky 1984)."""
        (x, y), (to_x, to_y) = line
        enters, leaves = 0.0, 1.0
        for start, way, low, high in (
            (x, to_x - x, self.left, self.right),
            (y, to_y - y, self.top, self.bottom),
        ):
            if way == 0.0:
                if not low < start < high:
                    return False
                continue
            first, last = sorted(((low - start) / way, (high - start) / way))
            enters, leaves = max(enters, first), min(leaves, last)
        return enters < leaves

    def holds(self, other: Box) -> bool:
        """Whether the other lies within this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Dot:
    """A round thing with a name."""

    x: float
    y: float
    radius: float
    label: str
    font: float

    @property
    def box(self) -> Box:
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True, slots=True)
class Label:
    """A text with the place of its anchor (start, middle or end) on the base line, and its font size."""

    text: str
    x: float
    y: float
    font: float
    anchor: str


def place(dots: Sequence[Dot], lines: Sequence[Segment], area: Box) -> list[Label | None]:
    """A label for each dot, in their order; None for one that would overlap another label or another dot.

    Earlier dots choose first, among the places about them within the area the one that crosses fewest lines.
    """
    placed: list[Box] = []
    labels: list[Label | None] = []
    boxes = [dot.box for dot in dots]
    for number, dot in enumerate(dots):
        taken = [*placed, *boxes[:number], *boxes[number + 1 :]]
        free = [
            (label, box)
            for label, box in _choices(dot)
            if area.holds(box) and not any(box.meets(other) for other in taken)
        ]
        if free:
            label, box = min(free, key=lambda choice: sum(choice[1].crosses(line) for line in lines))
            placed.append(box)
            labels.append(label)
        else:
            labels.append(None)
    return labels


def shown(label: str, longest: int = LONGEST) -> str:
    """A label as it is drawn: one line, not too long, without marks that turn the direction of writing.

    >>> shown("a\\u202eb  c\\n" + "d" * 40)
    'ab c dddddddddddddddddddddddddddd…'
    """
    line = " ".join(_TURNING.sub("", clean(label)).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def width(text: str, font: float) -> float:
    """How broad a text is at most in the common sans-serif fonts, which differ by a tenth."""
    return font * sum(map(_advance, text))


def _advance(character: str) -> float:
    if character in _NARROW:
        return 0.4
    if character in _BROAD or unicodedata.east_asian_width(character) in "WF":
        return 1.02
    if unicodedata.combining(character):
        return 0.0
    return 0.72 if character.isupper() else 0.62


def _choices(dot: Dot) -> Iterator[tuple[Label, Box]]:
    """The places about a dot, best first: beside, below, above, aslant, then the same a little further."""
    words = shown(dot.label)
    if not words:
        return
    broad, high = width(words, dot.font), HEIGHT * dot.font
    for away in (dot.radius + GAP, dot.radius + 3 * GAP):
        aslant = 0.7 * away
        beside, below, above = dot.y - high / 2, dot.y + away, dot.y - away - high
        for anchor, x, top in (
            ("start", dot.x + away, beside),
            ("end", dot.x - away, beside),
            ("middle", dot.x, below),
            ("middle", dot.x, above),
            ("start", dot.x + aslant, dot.y + aslant),
            ("start", dot.x + aslant, dot.y - aslant - high),
            ("end", dot.x - aslant, dot.y + aslant),
            ("end", dot.x - aslant, dot.y - aslant - high),
        ):
            left = x - broad * _BEFORE[anchor]
            label = Label(words, x, top + ASCENT * dot.font, dot.font, anchor)
            yield label, Box(left, top, left + broad, top + high)
