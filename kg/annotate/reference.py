"""Whom a word refers to: a mention, a pronoun, an office ("the minister"), a spokesperson for a body."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property

from spacy.tokens import Doc, Span, Token

from kg.annotate import mentions
from kg.annotate.columns import Columns, columns
from kg.lexicon import lexicon

ORGANIZATIONS = {
    "Union",
    "Party",
    "Ministry",
    "GovernmentBody",
    "Media",
    "Association",
    "Company",
    "Organization",
}
REACH = 160  # tokens that a pronoun looks back


@dataclass(frozen=True, slots=True)
class ReferenceWords:
    """Pronouns by what they stand for, nouns of who speaks for a body; see the lexicon `reference`."""

    persons: frozenset[str]
    groups: frozenset[str]
    spokespersons: frozenset[str]
    speaker: frozenset[str]


@cache
def reference_words(lang: str) -> ReferenceWords:
    """The lexicon `reference` of a language."""
    source = lexicon(lang, "reference")
    return ReferenceWords(*(source.words(k) for k in ("persons", "groups", "spokespersons", "speaker")))


@dataclass
class References:
    """Looks up the entity that a token of `doc` refers to; needs mentions and, for offices, positions."""

    doc: Doc

    @cached_property
    def at(self) -> dict[int, Span]:
        """The mention that covers a token."""
        return {i: m for m in self._mentions for i in range(m.start, m.end)}

    @cached_property
    def _mentions(self) -> list[Span]:
        return list(self.doc.spans[mentions.KEY])

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self._mentions]

    @cached_property
    def words(self) -> ReferenceWords:
        """The words of the language of the doc."""
        return reference_words(self.doc.lang_)

    @cached_property
    def _columns(self) -> Columns:
        return columns(self.doc)

    @cached_property
    def _titles(self) -> dict[str, list[tuple[int, str]]]:
        """Head noun of a title → where it was given to whom."""
        out: dict[str, list[tuple[int, str]]] = {}
        for row in self.doc._.positions or []:
            start, end = row["title"]
            out.setdefault(self._columns.lemma[end - 1], []).append((start, row["person"]))
        return out

    @cached_property
    def _speakers(self) -> dict[int, tuple[str, str]]:
        """Token → kind and speaker of the statement that it stands in; no statement overlaps another."""
        rows = self.doc._.statements or []
        return {i: (row["kind"], row["speaker"]) for row in rows for i in range(*row["text"])}

    def entity(self, token: Token) -> str | None:
        """The id of the entity that a noun or pronoun refers to, or None."""
        i, c, words = token.i, self._columns, self.words
        mention = self.at.get(i)
        if mention is not None and mention.label_ != "Place":
            return mention.id_
        lower = c.lower[i]
        if lower in words.speaker:
            return self.speaker(token, ("direct",))
        if c.pos[i] == "PRON" or lower in words.persons or lower in words.groups:
            return self._pronoun(i)
        return self._body_of(token) or self._office(i) or (mention.id_ if mention is not None else None)

    def _body_of(self, token: Token) -> str | None:
        """The body that an unnamed spokesperson speaks for."""
        c = self._columns
        if c.lemma[token.i] not in self.words.spokespersons:
            return None
        for child in token.children:
            if c.pos[child.i] == "ADP" or c.dep[child.i] in {"compound", "poss", "nmod"}:
                for inner in child.subtree:
                    mention = self.at.get(inner.i)
                    if mention is not None and mention.label_ != "Person":
                        return mention.id_
        return None

    def _office(self, i: int) -> str | None:
        """The holder of an office named alone: the last person who was given it before, else after."""
        holders = self._titles.get(self._columns.lemma[i], [])
        before = [person for at, person in holders if at <= i]
        return before[-1] if before else holders[0][1] if holders else None

    def speaker(self, token: Token, kinds: tuple[str, ...] = ("direct", "indirect")) -> str | None:
        """The speaker of the statement that a word stands in."""
        kind, speaker = self._speakers.get(token.i, ("", None))
        return speaker if kind in kinds else None

    def _pronoun(self, i: int) -> str | None:
        """The nearest suitable mention before a pronoun; a subject is preferred to what is not one."""
        c = self._columns
        persons = c.lower[i] in self.words.persons
        if not persons and c.lower[i] not in self.words.groups:
            return None
        wanted = {"Person"} if persons else ORGANIZATIONS | {"Group"}
        best: tuple[int, str] | None = None
        near = range(bisect_left(self._starts, i - REACH), bisect_left(self._starts, i))
        for mention in (self._mentions[n] for n in near):
            if mention.label_ in wanted:
                subject = c.dep[mention.root.i] in {"nsubj", "nsubjpass"}
                score = mention.start + (25 if subject else 0)
                if best is None or score >= best[0]:
                    best = (score, mention.id_)
        return best[1] if best else None
