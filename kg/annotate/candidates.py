"""Spans that might name an entity: more of them than do, for `kg_mentions` to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Span

from kg.annotate.columns import Columns, columns
from kg.annotate.words import MentionWords

NAME_LABELS = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "PER", "MISC"}
LONGEST = 9  # tokens in a name
GAP = 2  # connectors in a row


def candidates(doc: Doc, words: MentionWords) -> list[Span]:
    """Distinct spans in text order: entities of the model, capitalised runs, known names, nouns of actors."""
    c = columns(doc)
    found: set[tuple[int, int]] = set()
    for start, end in (*_model_entities(doc), *_capitalised(c, words), *_nouns(c, words)):
        trimmed = _trim(c, start, end, words)
        if trimmed and trimmed[1] - trimmed[0] <= LONGEST:
            found.add(trimmed)
    return [doc[start:end] for start, end in sorted(found)]


def _model_entities(doc: Doc) -> Iterator[tuple[int, int]]:
    for ent in doc.ents:
        if ent.label_ in NAME_LABELS:
            yield ent.start, ent.end


def _capitalised(c: Columns, words: MentionWords) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, as a whole, cut at "and" or a comma, and cut before a small connector."""
    run: list[int] = []
    for i, (text, word) in enumerate(zip(c.text, c.lower, strict=True)):
        capitals = text != word and _is_name_word(c, i)
        if capitals or (run and word in words.connectors and _goes_on(c, i, words)):
            run.append(i)
        elif run:
            yield from _pieces(c, run, words)
            run = []
    if run:
        yield from _pieces(c, run, words)


def _is_name_word(c: Columns, i: int) -> bool:
    text = c.text[i]
    if not (text[0].isupper() or (text[0].isdigit() and any(map(str.isupper, text)))):
        return False
    return (
        c.pos[i] in {"PROPN", "X"}
        or (not c.opens_sentence[i] and not c.is_stop[i])
        or (len(text) > 1 and text.isupper())
    )


def _goes_on(c: Columns, i: int, words: MentionWords) -> bool:
    for k in range(i + 1, min(i + 1 + GAP, len(c))):
        if _is_name_word(c, k):
            return True
        if c.lower[k] not in words.connectors:
            return False
    return False


def _pieces(c: Columns, run: list[int], words: MentionWords) -> Iterator[tuple[int, int]]:
    yield run[0], run[-1] + 1
    cuts = [i for i in run if c.lower[i] in words.connectors]
    for cut in cuts:
        yield run[0], cut
        yield cut + 1, run[-1] + 1
    for left, right in pairwise(cuts):
        yield left + 1, right


def _nouns(c: Columns, words: MentionWords) -> Iterator[tuple[int, int]]:
    """Common nouns that name institutions or groups, with and without what modifies them."""
    for i, pos in enumerate(c.pos):
        if pos not in {"NOUN", "PROPN", "ADJ", "NUM"}:
            continue
        lemma, lower = c.lemma[i], c.lower[i]
        if lemma in words.group_nouns or lower in words.group_nouns or lemma in words.body_nouns:
            yield i, i + 1
            start = i
            while (
                start
                and start - 1 <= c.head[start - 1] <= i
                and c.dep[start - 1] in {"compound", "amod", "nmod", "nummod", "poss"}
                and not c.is_space[start - 1]
            ):
                start -= 1
                yield start, i + 1
        if lower in words.first_known:
            known = words.longest_known(c, i)
            if known:
                yield i, i + known


def _trim(c: Columns, start: int, end: int, words: MentionWords) -> tuple[int, int] | None:
    while start < end and (
        c.is_space[start] or c.is_punct[start] or c.pos[start] == "DET" or c.lower[start] in words.leading
    ):
        start += 1
    while end > start and (c.is_space[end - 1] or c.is_punct[end - 1] or c.lower[end - 1] in words.trailing):
        end -= 1
    if (
        end - start > 1
        and c.text[end - 1].islower()
        and c.lower[end - 1] in words.generic
        and c.pos[end - 2] == "PROPN"
    ):
        end -= 1
    if start >= end or any(c.is_space[start:end]):
        return None
    return start, end
