"""`kg_paragraphs`: no sentence runs over a line break. Stands before the parser, which keeps to it."""

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("kg_paragraphs", assigns=["token.is_sent_start"])
def kg_paragraphs(doc: Doc) -> Doc:
    """The doc with a sentence start after every line break."""
    after_break = False
    for token in doc:
        if token.is_space:
            after_break = after_break or "\n" in token.text
        elif after_break:
            token.is_sent_start = True
            after_break = False
    return doc
