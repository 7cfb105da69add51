"""`kg_quotes`: the quoted stretches of a text, `doc.spans["quotes"]`, without their quotation marks.

A quotation that is not closed ends with its paragraph; one that opens again at the next paragraph (the
newspaper convention for long quotations) gives one span a paragraph. Straight and single marks, which do not
say whether they open or close, open after a space and close before one.
"""

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

KEY = "quotes"
PAIRS = {"“": "”", "„": "“", "«": "»", '"': '"', "‘": "’", "'": "'", "``": "''"}
APOSTROPHES = {"’", "'"}
LONGEST_SINGLE = 60  # tokens; a longer stretch between apostrophes is no quotation


@Language.component("kg_quotes", assigns=["doc.spans"])
def kg_quotes(doc: Doc) -> Doc:
    """The doc with `doc.spans["quotes"]`."""
    spans: list[Span] = []
    opened: int | None = None  # the token after the opening mark
    closer = ""
    for token in doc:
        text = token.text
        if opened is None:
            if text in PAIRS and _opens(token):
                opened, closer = token.i + 1, PAIRS[text]
        elif token.is_space and "\n" in text:
            if closer not in APOSTROPHES:
                _add(doc, spans, opened, token.i)
            opened = None
        elif text == closer and _closes(token):
            if closer not in APOSTROPHES or token.i - opened <= LONGEST_SINGLE:
                _add(doc, spans, opened, token.i)
            opened = None
    if opened is not None and closer not in APOSTROPHES:
        _add(doc, spans, opened, len(doc))
    doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans)
    return doc


def _opens(token: Token) -> bool:
    if token.text not in {'"', "'", "‘"}:
        return True
    before = token.nbor(-1) if token.i else None
    free = before is None or bool(before.whitespace_) or before.is_space or before.is_punct
    return free and not token.whitespace_


def _closes(token: Token) -> bool:
    if token.text not in APOSTROPHES:
        return True
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return bool(token.whitespace_) or after is None or after.is_space or after.is_punct


def _add(doc: Doc, spans: list[Span], start: int, end: int) -> None:
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    if end > start:
        spans.append(doc[start:end])
