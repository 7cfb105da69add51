"""`kg_positions`: who holds which office, `doc._.positions`.

A title is a noun of the lexicon `offices` with what modifies it, less nationality, name and organisation.
It belongs to a person when it stands right before the name ("Interior Minister Laurent Nunez"), beside it
("Alice Cardier, director of …"; "the director, Alice Cardier"), or is said of it ("Cardier is the director").
A row is `{"person", "title": (start, end), "organization", "sentence", "confidence"}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import mentions
from kg.lexicon import lexicon

NAME = "positions"
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
WITHIN = 12  # tokens between a name and the office that stands in apposition to it
# How often each pattern was right on the development articles.
CONFIDENCE = {"before": 0.86, "apposition": 0.8, "said": 0.6}

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """Lower-case words of titles; see the lexicon `offices`."""

    heads: frozenset[str]
    modifiers: frozenset[str]
    linkers: frozenset[str]
    courtesy: frozenset[str]
    fields: frozenset[str]
    suffixes: frozenset[str]


class Positions:
    """Doc → Doc."""

    def __init__(self, words: OfficeWords) -> None:
        self.words = words

    def __call__(self, doc: Doc) -> Doc:
        at = {t.i: m for m in doc.spans[mentions.KEY] for t in m}
        rows: dict[tuple[str, str], dict[str, Any]] = {}
        for person in doc.spans[mentions.KEY]:
            if person.label_ == "Person":
                for head, pattern in self._heads(person, at):
                    title = self._title(head, person, at)
                    row = {
                        "person": person.id_,
                        "title": (title.start, title.end),
                        "organization": self._organization(head, title, at),
                        "sentence": (person.sent.start, person.sent.end),
                        "confidence": CONFIDENCE[pattern],
                    }
                    rows.setdefault((person.id_, title.text.lower()), row)
        doc._.positions = list(rows.values())
        return doc

    def _heads(self, person: Span, at: dict[int, Span]) -> Iterator[tuple[Token, str]]:
        """The nouns that name an office of the person."""
        doc = person.doc
        i = person.start - 1
        while i >= 0 and doc[i].lower_ in self.words.courtesy:
            i -= 1
        if i >= 0 and self._is_office(doc[i], at):
            yield doc[i], "before"
        root = person.root
        seen = {i}
        if i >= 1 and doc[i].text == "," and self._is_office(doc[i - 1], at):
            seen.add(i - 1)
            yield doc[i - 1], "apposition"
        for token in root.subtree:
            if (
                token.dep_ in {"appos", "conj"}
                and abs(token.i - root.i) <= WITHIN
                and self._is_office(token, at)
            ):
                head = token.head
                beside = head.i == root.i or (head.dep_ == "appos" and head.head.i == root.i)
                if beside and token.i not in seen:
                    seen.add(token.i)
                    yield token, "apposition"
        if root.dep_ == "appos" and self._is_office(root.head, at) and root.head.i not in seen:
            yield root.head, "apposition"
        yield from ((t, "apposition") for t in self._after_comma(person, at) if t.i not in seen)
        if root.dep_ in {"nsubj"} and root.head.pos_ == "AUX":
            for child in root.head.children:
                if child.dep_ == "attr" and self._is_office(child, at):
                    yield child, "said"

    def _after_comma(self, person: Span, at: dict[int, Span]) -> Iterator[Token]:
        """The first office after "Name, 51, …" where the parser sees no apposition."""
        doc, i = person.doc, person.end
        if i + 1 >= len(doc) or doc[i].text not in {",", "("}:
            return
        if doc[i + 1].like_num and i + 3 < len(doc) and doc[i + 2].text == ",":
            i += 2
        for token in doc[i + 1 : i + 8]:
            if token.pos_ in {"VERB", "AUX", "PUNCT", "PRON", "ADP"}:
                return
            if self._is_office(token, at):
                following = doc[token.i + 1] if token.i + 1 < len(doc) else None
                if following is None or not self._is_office(following, at):
                    yield token
                    return

    def _is_office(self, token: Token, at: dict[int, Span]) -> bool:
        inside = at.get(token.i)
        named = inside is not None and inside.label_ in {"Person", "Place"}
        return token.lower_ in self.words.heads and token.pos_ in {"NOUN", "PROPN", "ADJ"} and not named

    def _title(self, head: Token, person: Span, at: dict[int, Span]) -> Span:
        """The head with the modifiers before it, up to a nationality, possessive or organisation's name."""
        doc, start = head.doc, head.i
        while start:
            before = doc[start - 1]
            inside = at.get(before.i)
            named = inside is not None and before.text[0].isupper() and inside.label_ != "Group"
            known = before.lower_ in self.words.modifiers or before.lower_ in self.words.heads
            joined = before.text == "-" and start > 1
            if before.ent_type_ == "NORP" or (named and not known) or before.is_space:
                break
            if not (
                known or joined or (before.dep_ in {"compound", "nmod"} and before.pos_ in {"NOUN", "PROPN"})
            ):
                break
            if before.lower_ in self.words.courtesy:
                break
            start -= 1
        while doc[start].text == "-":
            start += 1
        end = head.i + 1
        if end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].lower_ in self.words.suffixes:
            end += 2
        return doc[start : self._complement(head, end, at)]

    def _complement(self, head: Token, end: int, at: dict[int, Span]) -> int:
        """Where the title ends: behind a field ("secretary of state"), before an organisation or a place."""
        doc = head.doc
        if end + 1 < len(doc) and doc[end].lower_ in self.words.linkers and head.lower_ in self.words.fields:
            last = end
            while (
                last + 1 < len(doc)
                and doc[last + 1].pos_ in {"NOUN", "PROPN", "ADJ", "CCONJ"}
                and last - end < 4
            ):
                last += 1
                if last in at:
                    return end
            while last > end and doc[last].pos_ == "CCONJ":
                last -= 1
            if last > end:
                return last + 1
        return end

    def _organization(self, head: Token, title: Span, at: dict[int, Span]) -> str | None:
        """The organisation named just before the title, or after it behind "of", "for" or "at"."""
        doc = head.doc
        before = at.get(title.start - 1)
        if before is None and title.start >= 2 and doc[title.start - 1].tag_ == "POS":
            before = at.get(title.start - 2)
        if before is not None and before.label_ in ORGANIZATIONS:
            return before.id_
        for child in head.children:
            if child.i >= title.end and child.lower_ in self.words.linkers:
                for obj in child.subtree:
                    inside = at.get(obj.i)
                    if inside is not None and inside.label_ in ORGANIZATIONS:
                        return inside.id_
                    if obj.i - child.i > 8:
                        break
        return None


@Language.factory("kg_positions", assigns=["doc._.positions"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Positions:
    words = lexicon(nlp.lang, "offices")
    return Positions(
        OfficeWords(
            *(words.words(k) for k in ("heads", "modifiers", "linkers", "courtesy", "fields", "suffixes"))
        )
    )
