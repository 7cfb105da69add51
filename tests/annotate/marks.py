"""A short English text with every mark of the pipeline, and its marks as plain tuples.

spaCy's spans live only as long as their `Doc`: name it before you ask for them.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.pipeline import pipeline

PUBLISHED = "2024-03-14"  # a Thursday


def annotated(text: str, published: str | None = PUBLISHED) -> Doc:
    nlp = pipeline("en")
    doc = nlp.make_doc(text)
    doc._.published = published
    return nlp(doc)


def quoted(text: str) -> list[str]:
    doc = annotated(text)
    return [span.text for span in doc.spans["quotes"]]


def dated(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    """The words and the value of every date."""
    doc = annotated(text, published)
    group = doc.spans["dates"]
    return [(span.text, value) for span, (value, _) in zip(group, group.attrs["values"], strict=True)]


def counted(text: str) -> list[tuple[str, int | None, int | None]]:
    """The words and the bounds of every quantity."""
    doc = annotated(text)
    group = doc.spans["quantities"]
    return [(span.text, low, high) for span, (low, high) in zip(group, group.attrs["bounds"], strict=True)]


def clusters(text: str) -> set[tuple[str, ...]]:
    """The distinct words of every entity, sorted."""
    found: dict[str, set[str]] = {}
    doc = annotated(text)
    for span in doc.spans["mentions"]:
        found.setdefault(span.id_, set()).add(span.text)
    return {tuple(sorted(words)) for words in found.values()}
