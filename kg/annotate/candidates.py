"""Spans that might name an entity: more of them than do, for `kg_mentions` to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kg.annotate.words import MentionWords

NAME_LABELS = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "PER", "MISC"}
LONGEST = 9  # tokens in a name


def candidates(doc: Doc, words: MentionWords) -> list[Span]:
    """Distinct spans in text order: entities of the model, capitalised runs, known names, nouns of actors."""
    found: set[tuple[int, int]] = set()
    for start, end in (*_model_entities(doc, words), *_capitalised(doc, words), *_nouns(doc, words)):
        trimmed = _trim(doc, start, end, words)
        if trimmed and trimmed[1] - trimmed[0] <= LONGEST:
            found.add(trimmed)
    return [doc[start:end] for start, end in sorted(found)]


def _model_entities(doc: Doc, words: MentionWords) -> Iterator[tuple[int, int]]:
    for ent in doc.ents:
        if ent.label_ in NAME_LABELS:
            yield ent.start, ent.end


def _capitalised(doc: Doc, words: MentionWords) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, as a whole, cut at "and" or a comma, and cut before a small connector."""
    run: list[int] = []
    for token in doc:
        if _is_name_word(token, words) or (
            run and token.lower_ in words.connectors and _goes_on(token, words)
        ):
            run.append(token.i)
        elif run:
            yield from _pieces(doc, run, words)
            run = []
    if run:
        yield from _pieces(doc, run, words)


def _is_name_word(token: Token, words: MentionWords) -> bool:
    text = token.text
    if not (text[0].isupper() or (text[0].isdigit() and any(c.isupper() for c in text))):
        return False
    return (
        token.pos_ in {"PROPN", "X"}
        or (not token.is_sent_start and not token.is_stop)
        or (len(text) > 1 and text.isupper())
    )


def _goes_on(token: Token, words: MentionWords) -> bool:
    following = token.doc[token.i + 1 : token.i + 3]
    return any(
        _is_name_word(t, words) and all(b.lower_ in words.connectors for b in token.doc[token.i + 1 : t.i])
        for t in following
    )


def _pieces(doc: Doc, run: list[int], words: MentionWords) -> Iterator[tuple[int, int]]:
    yield run[0], run[-1] + 1
    cuts = [i for i in run if doc[i].lower_ in words.connectors]
    for cut in cuts:
        yield run[0], cut
        yield cut + 1, run[-1] + 1
    for left, right in pairwise(cuts):
        yield left + 1, right


def _nouns(doc: Doc, words: MentionWords) -> Iterator[tuple[int, int]]:
    """Common nouns that name institutions or groups, with and without what modifies them."""
    for token in doc:
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}:
            continue
        lemma = token.lemma_.lower()
        if lemma in words.group_nouns or token.lower_ in words.group_nouns or lemma in words.body_nouns:
            yield token.i, token.i + 1
            start = token.i
            while (
                start
                and doc[start - 1].head.i <= token.i
                and doc[start - 1].head.i >= start - 1
                and doc[start - 1].dep_ in {"compound", "amod", "nmod", "nummod", "poss"}
                and not doc[start - 1].is_space
            ):
                start -= 1
                yield start, token.i + 1
        known = words.longest_known(doc, token.i)
        if known:
            yield token.i, token.i + known


def _trim(doc: Doc, start: int, end: int, words: MentionWords) -> tuple[int, int] | None:
    while start < end and (
        doc[start].is_space
        or doc[start].is_punct
        or doc[start].pos_ == "DET"
        or doc[start].lower_ in words.leading
    ):
        start += 1
    while end > start and (
        doc[end - 1].is_space or doc[end - 1].is_punct or doc[end - 1].lower_ in words.trailing
    ):
        end -= 1
    if (
        end - start > 1
        and doc[end - 1].is_lower
        and doc[end - 1].lower_ in words.generic
        and doc[end - 2].pos_ == "PROPN"
    ):
        end -= 1
    if start >= end or any(t.is_space for t in doc[start:end]):
        return None
    return start, end
