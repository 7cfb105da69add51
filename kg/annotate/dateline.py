"""The dateline of a report: where it was filed and who filed it, "LISBON, March 3 (Reuters) -".

Agencies and newspapers open a report so (AP Stylebook, "datelines"). The place is most often where what is
reported happened; the agency is no source that the text cites.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from kg.annotate.columns import Columns

LONGEST = 10  # tokens before the agency or the dash
AGENCY = 4  # tokens between parentheses
MARKS = {"-", "--", "–", "—", ":"}
ENDS = {"(", *MARKS}
INSIDE = {"PROPN", "PUNCT", "NUM", "SYM"}
LOUD = 3  # letters
PARAGRAPHS = 3  # a byline may stand before it


@dataclass(frozen=True, slots=True)
class Dateline:
    """Tokens of the place and day, and those of the agency with its parentheses; either may be empty."""

    place: range
    agency: range


NOTHING = Dateline(range(0), range(0))


def dateline(c: Columns) -> Dateline:
    """The dateline of an article, in one of the first paragraphs below the title; empty if there is none.

    One with an agency may be in small letters, "Paris (CNN)"; one without opens in capitals, "DHAKA -".
    """
    opening = (i for i in range(1, len(c)) if c.paragraph[i] > c.paragraph[i - 1] and not c.is_space[i])
    return next((found for i in islice(opening, PARAGRAPHS) if (found := _at(c, i)) is not None), NOTHING)


def _at(c: Columns, start: int) -> Dateline | None:
    """The dateline that opens with token `start`."""
    end = next((i for i in range(start, min(start + LONGEST, len(c))) if c.text[i] in ENDS), None)
    if end is None or not all(c.pos[i] in INSIDE or c.text[i][0].isupper() for i in range(start, end)):
        return None
    place = range(start, end)
    if c.text[end] != "(":
        loud = end > start and len(c.text[start]) >= LOUD and c.text[start].isupper()
        return Dateline(place, range(0)) if loud else None
    close = next((i for i in range(end + 2, min(end + AGENCY + 2, len(c))) if c.text[i] == ")"), None)
    if close is None or not c.text[end + 1][0].isupper():
        return None
    behind = next((i for i in range(close + 1, len(c)) if not c.is_space[i]), None)
    opens = behind is not None and (c.text[behind] in MARKS or c.text[behind][0].isupper())
    return Dateline(place, range(end, close + 1)) if opens else None
