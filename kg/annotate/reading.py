"""The text of an article as the pipeline reads it: its setting is taken back, one character for one.

Newspapers set the same sentence in many ways: headlines in Title Case or CAPITALS, lines broken at a column
or where a link stood, spaces of other widths before figures. Taggers and parsers know ordinary prose.
Offsets stay those of `Article.content`, and so does every text that is put out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from spacy.language import Language
from spacy.lookups import Lookups
from spacy.pipeline import Lemmatizer

from kg.annotate import gazetteer

WORD = re.compile(r"(?<![\w.])[^\W\d_]\w*(?!\.\w)")  # no parts of abbreviations such as U.S.
SHORT = 3  # letters; headlines leave such words small
ENOUGH = 4  # longer words that tell how a headline is set
MOST = 0.8  # of them
NARROWEST, WIDEST = 40, 160  # characters of a column
TORN = 25  # characters of a line that a sentence may go on from
BREAK = re.compile(r"[ \n]*\n[ \n]*")
OF_THE_WORD_BEFORE = {"'s", "’s"}
WRAPPED = 0.75  # of the line breaks of a text set in a column
_ODD_SPACES = "\t\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_NO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(map(chr, range(0x202A, 0x202F)))
_SPACES = str.maketrans(dict.fromkeys(_ODD_SPACES + _NO_WIDTH, " "))


def plain(title: str, body: str, is_common: Callable[[str], bool]) -> str:
    """Title, blank line and body as ordinary prose, as long as they are; `is_common` tells words from names.

    >>> plain("Thousands March in Lyon Again", "It rained.", {"march", "again"}.__contains__)
    'Thousands march in Lyon again\\n\\nIt rained.'
    """
    title, body = title.translate(_SPACES), _mended(_unwrapped(body.translate(_SPACES)))
    return f"{_cased(title, body, is_common)}\n\n{body}"


def _cased(title: str, body: str, is_common: Callable[[str], bool]) -> str:
    """A headline in Title Case or capitals with small letters where the body or the language has them."""
    words = [w for w in WORD.findall(title) if len(w) > SHORT]
    if len(words) < ENOUGH or sum(w[0].isupper() for w in words) < MOST * len(words):
        return title
    loud = sum(w.isupper() for w in words) >= MOST * len(words)
    told = _told(body, {w.lower() for w in WORD.findall(title)})
    opening = len(re.split(r"\w", title, maxsplit=1)[0])

    def cased(match: re.Match[str]) -> str:
        word, small = match[0], match[0].lower()
        form = told.get(small)
        if form is None:
            form = small if is_common(small) else word.capitalize() if loud and len(word) > SHORT else word
        if match.start() == opening:
            form = form[:1].upper() + form[1:]
        return form if len(form) == len(word) else word

    return WORD.sub(cased, title)


def _told(body: str, wanted: set[str]) -> dict[str, str]:
    """Lower-case word → how the body writes it within a sentence.

    That is most often; but small if that is at least half as often, since a word has capitals in names, too.
    """
    forms: dict[str, Counter[str]] = {}
    for match in WORD.finditer(body):
        small = match[0].lower()
        if small in wanted and re.search(r"[\w,;’'] $", body[max(match.start() - 2, 0) : match.start()]):
            forms.setdefault(small, Counter())[match[0]] += 1
    return {
        small: small if 2 * found[small] >= max(found.values()) else max(sorted(found), key=found.__getitem__)
        for small, found in forms.items()
    }


def _unwrapped(body: str) -> str:
    """A text set in a column with a space for each line break that the width of the column made."""
    lines = body.split("\n")
    width = max(map(len, lines))
    if not NARROWEST <= width <= WIDEST:
        return body
    joints = made = 0
    pieces = [lines[0]]
    for above, below in pairwise(lines):
        joint = bool(above.strip() and below.strip())
        full = joint and len(above.rstrip()) + 1 + len(below.split(maxsplit=1)[0]) > width
        pieces += (" " if full else "\n", below)
        joints, made = joints + joint, made + full
    return "".join(pieces) if made and made >= WRAPPED * joints else body


def _mended(body: str) -> str:
    """A text with spaces for the line breaks inside its sentences, as links leave them.

    A sentence goes on where a line of some length ends in a small letter or comma and the next begins with a
    small letter or "'s", or with a figure after a word in small letters.
    """
    pieces: list[str] = []
    start = end = 0  # of the line with what was joined to it, and of what is read
    for gap in BREAK.finditer(body):
        above, below = body[max(start, gap.start() - TORN) : gap.start()], body[gap.end() : gap.end() + 2]
        goes_on = len(above) == TORN and (above[-1].islower() or above[-1] == ",")
        figure = goes_on and below[:1].isdigit() and above.split()[-1].islower()
        goes_on = goes_on and (below[:1].islower() or below in OF_THE_WORD_BEFORE or figure)
        pieces += (body[end : gap.start()], " " * len(gap[0]) if goes_on else gap[0])
        start, end = start if goes_on else gap.end(), gap.end()
    return "".join((*pieces, body[end:]))


@cache
def common_words(nlp: Language) -> Callable[[str], bool]:
    """Whether a lower-case word is one of the language in some form and no name, as its model knows them."""
    stop = nlp.Defaults.stop_words
    lemmatizer = nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.component_names else None
    tables = lemmatizer.lookups if isinstance(lemmatizer, Lemmatizer) else Lookups()
    lemmas, rules, odd = (tables.get_table(f"lemma_{name}", {}) for name in ("index", "rules", "exc"))

    def is_form(word: str, pos: str) -> bool:
        known = lemmas.get(pos, ())
        bases = (word.removesuffix(end) + new for end, new in rules.get(pos, ()) if word.endswith(end))
        return word in known or word in odd.get(pos, ()) or any(base in known for base in bases)

    def is_common(word: str) -> bool:
        return (
            word in stop
            or any(is_form(word, pos) for pos in ("verb", "adj", "adv"))
            or (is_form(word, "noun") and gazetteer.kind(word) is None)
        )

    return is_common
