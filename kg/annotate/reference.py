"""Whom a word refers to: a mention, a pronoun, an office ("the minister"), a spokesperson for a body."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from kg.annotate import mentions
from kg.lexicon import Lexicon, lexicon

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


@dataclass
class References:
    """Looks up the entity that a token of `doc` refers to; needs mentions and, for offices, positions."""

    doc: Doc

    @cached_property
    def at(self) -> dict[int, Span]:
        """The mention that covers a token."""
        return {t.i: m for m in self.doc.spans[mentions.KEY] for t in m}

    @cached_property
    def words(self) -> Lexicon:
        """The lexicon `reference`."""
        return lexicon(self.doc.lang_, "reference")

    @cached_property
    def _titles(self) -> dict[str, list[tuple[int, str]]]:
        """Head noun of a title → where it was given to whom."""
        out: dict[str, list[tuple[int, str]]] = {}
        for row in self.doc._.positions or []:
            title = self.doc[row["title"][0] : row["title"][1]]
            out.setdefault(title[-1].lemma_.lower(), []).append((title.start, row["person"]))
        return out

    def entity(self, token: Token) -> str | None:
        """The id of the entity that a noun or pronoun refers to, or None."""
        mention = self.at.get(token.i)
        if mention is not None and mention.label_ != "Place":
            return mention.id_
        if token.lower_ in self.words.words("speaker"):
            return self.speaker(token, ("direct",))
        if token.pos_ == "PRON" or token.lower_ in self.words.words("persons") | self.words.words("groups"):
            return self._pronoun(token)
        return self._body_of(token) or self._office(token) or (mention.id_ if mention is not None else None)

    def _body_of(self, token: Token) -> str | None:
        """The body that an unnamed spokesperson speaks for."""
        if token.lemma_.lower() not in self.words.words("spokespersons"):
            return None
        for child in token.children:
            if child.pos_ == "ADP" or child.dep_ in {"compound", "poss", "nmod"}:
                for inner in child.subtree:
                    mention = self.at.get(inner.i)
                    if mention is not None and mention.label_ != "Person":
                        return mention.id_
        return None

    def _office(self, token: Token) -> str | None:
        """The holder of an office named alone: the last person who was given it before, else after."""
        holders = self._titles.get(token.lemma_.lower(), [])
        before = [person for at, person in holders if at <= token.i]
        return before[-1] if before else holders[0][1] if holders else None

    def speaker(self, token: Token, kinds: tuple[str, ...] = ("direct", "indirect")) -> str | None:
        """The speaker of the statement that a word stands in."""
        for row in self.doc._.statements or []:
            if row["kind"] in kinds and row["text"][0] <= token.i < row["text"][1]:
                return str(row["speaker"])
        return None

    def _pronoun(self, token: Token) -> str | None:
        """The nearest suitable mention before a pronoun; a subject is preferred to what is not one."""
        persons = token.lower_ in self.words.words("persons")
        groups = token.lower_ in self.words.words("groups")
        if not persons and not groups:
            return None
        wanted = {"Person"} if persons else ORGANIZATIONS | {"Group"}
        best: tuple[int, str] | None = None
        for mention in self.doc.spans[mentions.KEY]:
            if mention.start >= token.i:
                break
            if mention.label_ in wanted and token.i - mention.start <= REACH:
                subject = mention.root.dep_ in {"nsubj", "nsubjpass"}
                score = mention.start + (25 if subject else 0)
                if best is None or score >= best[0]:
                    best = (score, mention.id_)
        return best[1] if best else None
