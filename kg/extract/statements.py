"""`kg_statements`: who said what, `doc._.statements`.

Direct speech is a quotation with a speaker: the subject of a verb of saying beside it, in its sentence or
its paragraph; a paragraph that is all quotation goes on with the speaker of the one before (Elson & McKeown
2010 call these the syntactic categories of quoted speech). Indirect speech is the clause of a verb of saying,
or the sentence of an "according to".
A row is `{"speaker", "kind", "text": (start, end), "sentence", "confidence"}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import quotes
from kg.annotate.columns import columns
from kg.annotate.reference import References
from kg.annotate.syntax import VERBS, paragraph_numbers
from kg.extract.slogans import NAME as SLOGANS
from kg.lexicon import lexicon

NAME = "statements"
SUBJECTS = {"nsubj", "nsubjpass", "agent", "nsubj:pass"}
FARTHEST_THAT = 9  # tokens behind the verb of saying
SHORTEST_QUOTE = 4  # tokens; shorter quotations are names, terms or scare quotes
CONFIDENCE = {"beside": 0.85, "continued": 0.7, "clause": 0.75, "according": 0.6}

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """Lemmas of verbs of saying; see the lexicon `speech`."""

    direct: frozenset[str]
    indirect: frozenset[str]
    nouns: frozenset[str]
    according: frozenset[str]
    complementizers: frozenset[str]


@dataclass(slots=True)
class Cue:
    """A verb of saying, whose subject is an entity."""

    verb: Token
    speaker: str


class Statements:
    """Doc → Doc."""

    def __init__(self, words: SpeechWords) -> None:
        self.words = words

    def __call__(self, doc: Doc) -> Doc:
        quoted = {i for q in doc.spans[quotes.KEY] for i in range(q.start, q.end)}
        references = References(doc)
        cues = list(self._cues(doc, quoted, references))
        rows = [
            *self._direct(doc, cues),
            *self._indirect(doc, cues, quoted),
            *self._according(doc, references),
        ]
        kept: list[Row] = []
        taken: set[int] = set()
        for row in sorted(rows, key=lambda r: (-r["confidence"], r["text"])):
            tokens = range(*row["text"])
            if taken.isdisjoint(tokens):
                taken.update(tokens)
                kept.append(row)
        doc._.statements = sorted(kept, key=lambda r: r["text"])
        return doc

    def _cues(self, doc: Doc, quoted: set[int], references: References) -> Iterator[Cue]:
        """Every verb of saying outside quotations with its speaker."""
        c, verbs = columns(doc), self.words.direct | self.words.indirect
        for i, lemma in enumerate(c.lemma):
            says = lemma in verbs and c.pos[i] in VERBS and i not in quoted
            speaker = self._speaker(doc[i], references) if says else None
            if speaker:
                yield Cue(doc[i], speaker)

    def _speaker(self, verb: Token, references: References) -> str | None:
        """The entity that is subject of a verb, of the verb it is joined to, or of its clause."""
        for _ in range(3):
            for child in verb.children:
                if child.dep_ in SUBJECTS:
                    return self._named(child, references)
            if verb.dep_ not in {"conj", "advcl", "xcomp", "acl", "dep"} or verb.head is verb:
                return None
            if verb.dep_ == "acl":
                return self._named(verb.head, references)
            verb = verb.head
        return None

    def _named(self, subject: Token, references: References) -> str | None:
        found = references.entity(subject)
        if found is None and subject.lemma_.lower() in self.words.nouns:
            for child in subject.subtree:
                if child.i in references.at:
                    return references.at[child.i].id_
        return found

    def _direct(self, doc: Doc, cues: list[Cue]) -> Iterator[Row]:
        paragraphs = paragraph_numbers(doc)
        by_paragraph: dict[int, list[Cue]] = {}
        for cue in cues:
            by_paragraph.setdefault(paragraphs[cue.verb.i], []).append(cue)
        slogans = {q.start for q in doc.spans[SLOGANS]}
        last: tuple[int, str] | None = None  # paragraph and speaker of the quotation before
        for quote in doc.spans[quotes.KEY]:
            here = paragraphs[quote.start]
            if quote.start in slogans:
                continue
            beside = [c for c in by_paragraph.get(here, []) if c.verb.lemma_.lower() in self.words.direct]
            if beside:
                nearest = min(beside, key=lambda c: (_distance(quote, c.verb), c.verb.i))
                speaker, pattern = nearest.speaker, "beside"
            elif last is not None and here - last[0] <= 1:
                speaker, pattern = last[1], "continued"
            else:
                continue
            last = (here, speaker)
            if len(quote) >= SHORTEST_QUOTE and not _is_fragment(quote):
                start, end = quote.start, quote.end - (quote[-1].text == ",")
                yield _row(speaker, "direct", start, end, quote, CONFIDENCE[pattern])

    def _indirect(self, doc: Doc, cues: list[Cue], quoted: set[int]) -> Iterator[Row]:
        for cue in cues:
            lemma = cue.verb.lemma_.lower()
            if lemma not in self.words.indirect:
                continue
            clause = next((c for c in cue.verb.children if c.dep_ == "ccomp"), None) or self._that_clause(
                cue.verb
            )
            if clause is None:
                continue
            start, end = _extent(clause, cue.verb, self.words.complementizers)
            inside = sum(i in quoted for i in range(start, end))
            if end - start >= 3 and inside < 0.7 * (end - start):
                yield _row(cue.speaker, "indirect", start, end, doc[start:end], CONFIDENCE["clause"])

    def _that_clause(self, verb: Token) -> Token | None:
        """The clause behind "that", where the parser hung it on a noun in between."""
        for token in verb.doc[verb.i + 1 : min(verb.i + FARTHEST_THAT, verb.sent.end)]:
            if token.pos_ == "VERB":
                return None
            if token.dep_ == "mark" and token.lower_ in self.words.complementizers and token.head.i > token.i:
                return token.head
        return None

    def _according(self, doc: Doc, references: References) -> Iterator[Row]:
        """The sentence around "according to X", unless X gives no more than a number."""
        c = columns(doc)
        for i in range(len(c) - 1):
            if c.words(i, i + 2).lower() in self.words.according:
                token = doc[i]
                for source in list(doc[i + 1].subtree):
                    if source.i in references.at:
                        sent = token.sent
                        phrase = [t.i for t in token.subtree]
                        start, end = sent.start, sent.end
                        if min(phrase) - sent.start > sent.end - max(phrase):
                            end = min(phrase)
                        else:
                            start = max(phrase) + 1
                        start, end = _trim(doc, start, end)
                        if end - start >= 5:
                            yield _row(
                                references.at[source.i].id_,
                                "indirect",
                                start,
                                end,
                                sent,
                                CONFIDENCE["according"],
                            )
                        break


def _row(speaker: str, kind: str, start: int, end: int, near: Span, confidence: float) -> Row:
    first, last = near[0].sent, near[-1].sent
    return {
        "speaker": speaker,
        "kind": kind,
        "text": (start, end),
        "sentence": (first.start, last.end),
        "confidence": confidence,
    }


def _extent(clause: Token, verb: Token, complementizers: frozenset[str]) -> tuple[int, int]:
    """The tokens of a clause on its side of the verb, less the conjunction and the punctuation around it."""
    tokens = [t.i for t in clause.subtree]
    start, end = min(tokens), max(tokens) + 1
    if start < verb.i < end:
        start, end = (verb.i + 1, end) if clause.i > verb.i else (start, verb.i)
    if clause.doc[start].dep_ == "mark" and clause.doc[start].lower_ in complementizers:
        start += 1
    return _trim(clause.doc, start, end)


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (doc[start].is_space or (doc[start].is_punct and not doc[start].is_quote)):
        start += 1
    while end > start and (doc[end - 1].is_space or (doc[end - 1].is_punct and not doc[end - 1].is_quote)):
        end -= 1
    return start, end


def _is_fragment(quote: Span) -> bool:
    """Whether the quoted words are a part of the sentence around them rather than a sentence of their own."""
    before = quote.doc[quote.start - 2] if quote.start >= 2 else None
    starts_inside = (
        before is not None and not before.is_space and not before.is_punct and before.pos_ not in {"VERB"}
    )
    return starts_inside and not quote[0].text[0].isupper()


def _distance(quote: Span, verb: Token) -> int:
    return quote.start - verb.i if verb.i < quote.start else verb.i - quote.end


@Language.factory(
    "kg_statements", assigns=["doc._.statements"], requires=["doc.spans", "token.dep", "doc._.positions"]
)
def _create(nlp: Language, name: str) -> Statements:
    words = lexicon(nlp.lang, "speech")
    return Statements(
        SpeechWords(
            *(words.words(k) for k in ("direct", "indirect", "nouns", "according", "complementizers"))
        ),
    )
