"""`kg_quotes`: the quoted stretches of a text, `doc.spans["quotes"]`, without their quotation marks.

A quotation that is not closed ends with its paragraph; one that opens again at the next paragraph (the
newspaper convention for long quotations) gives one span a paragraph. Straight and single marks, which do not
say whether they open or close, open after a space and close before one. A doubled mark, as tables write it
(""No cuts""), is one.
"""

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate.columns import Columns, columns

KEY = "quotes"
PAIRS = {"“": "”", "„": "“", "«": "»", '"': '"', "‘": "’", "'": "'", "``": "''"}
MARKS = {*PAIRS, *PAIRS.values()}
APOSTROPHES = {"’", "'"}
LONGEST_SINGLE = 60  # tokens; a longer stretch between apostrophes is no quotation


@Language.component("kg_quotes", assigns=["doc.spans"])
def kg_quotes(doc: Doc) -> Doc:
    """The doc with `doc.spans["quotes"]`."""
    c = columns(doc)
    spans: list[Span] = []
    opened: int | None = None  # the token after the opening mark
    closer = ""
    for i, text in enumerate(c.text):
        if text in MARKS and _doubled(c, i) and not (opened == i and c.spaced[i]):
            opened = i + 1 if opened == i else opened
        elif opened is None:
            if text in PAIRS and _opens(c, i):
                opened, closer = i + 1, PAIRS[text]
        elif c.is_space[i] and "\n" in text:
            if closer not in APOSTROPHES:
                _add(doc, spans, opened, i)
            opened = None
        elif text == closer and _closes(c, i):
            if closer not in APOSTROPHES or i - opened <= LONGEST_SINGLE:
                _add(doc, spans, opened, i)
            opened = None
    if opened is not None and closer not in APOSTROPHES:
        _add(doc, spans, opened, len(c))
    doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans)
    return doc


def _doubled(c: Columns, i: int) -> bool:
    return i > 0 and c.text[i] == c.text[i - 1] and not c.spaced[i - 1]


def _opens(c: Columns, i: int) -> bool:
    if c.text[i] not in {'"', "'", "‘"}:
        return True
    free = i == 0 or c.spaced[i - 1] or c.is_space[i - 1] or c.is_punct[i - 1]
    return free and not c.spaced[i]


def _closes(c: Columns, i: int) -> bool:
    if c.text[i] not in APOSTROPHES:
        return True
    return c.spaced[i] or i + 1 == len(c) or c.is_space[i + 1] or c.is_punct[i + 1]


def _add(doc: Doc, spans: list[Span], start: int, end: int) -> None:
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    if end > start:
        spans.append(doc[start:end])
