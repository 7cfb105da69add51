"""Whole numbers, in digits or in words, as text2num reads them in a language."""

from __future__ import annotations

import re
from functools import lru_cache

from text_to_num import text2num

LONGEST = 18  # characters; a longer figure counts nothing
DIGITS = re.compile(r"\d{1,3}(?:[,.\u00a0\u202f ]\d{2,3})*[,.\u00a0\u202f ]\d{3}|\d+")  # 1,50,000 in India


@lru_cache(maxsize=4096)
def cardinal(text: str, lang: str) -> int | None:
    """The number that `text` says, or None.

    >>> cardinal("15,000", "en"), cardinal("twenty-five", "en"), cardinal("many", "en")
    (15000, 25, None)
    """
    if text[:1].isdigit():
        return int(re.sub(r"\D", "", text)) if DIGITS.fullmatch(text) and len(text) <= LONGEST else None
    try:
        return int(text2num(text, lang))
    except ValueError:
        return None
