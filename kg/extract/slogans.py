"""`kg_slogans`: chanted and written words, `doc._.slogans`.

A quotation is a slogan when the words around it in its sentence say that it was chanted, or written on
something.
It belongs to the event whose trigger is nearest before it.
A row is `{"event", "text": (start, end), "sentence", "confidence"}`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate import quotes, triggers
from kg.annotate.columns import columns
from kg.facts import PROTEST_EVENTS
from kg.lexicon import lexicon

NAME = "slogans"
WINDOW = 12  # tokens before and after the quotation
LONGEST = 20  # tokens
CONFIDENCE = 0.7
RIOT = "Riot"

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


@dataclass(frozen=True, slots=True)
class SloganWords:
    """Lemmas of what slogans are written on and of how they are called out; see the lexicon `slogans`."""

    carriers: frozenset[str]
    verbs: frozenset[str]


@cache
def slogan_words(lang: str) -> SloganWords:
    """The lexicon `slogans` of a language."""
    words = lexicon(lang, "slogans")
    return SloganWords(words.words("carriers"), words.words("verbs"))


def is_slogan(quote: Span, words: SloganWords) -> bool:
    """Whether the words beside a quotation say that it is a slogan."""
    start, end = quote.start, quote.end
    if end - start > LONGEST:
        return False
    c = columns(quote.doc)
    here = {c.sentence[start], c.sentence[end - 1]}
    before = [i for i in range(max(0, start - WINDOW), start) if c.sentence[i] in here]
    after = [i for i in range(end, min(end + WINDOW // 2, len(c))) if c.sentence[i] in here]
    if any(c.lemma[i] in words.carriers for i in (*before, *after)):
        return True
    return any(c.lemma[i] in words.verbs and c.pos[i] == "VERB" for i in before)


class Slogans:
    """Doc → Doc."""

    def __init__(self, words: SloganWords) -> None:
        self.words = words

    def __call__(self, doc: Doc) -> Doc:
        doc._.slogans = []
        protests = [t for t in doc.spans[triggers.KEY] if t.label_ in PROTEST_EVENTS]
        seen: set[str] = set()
        for quote in doc.spans[quotes.KEY]:
            if (
                protests
                and len(quote) > 1
                and is_slogan(quote, self.words)
                and quote.text.lower() not in seen
            ):
                seen.add(quote.text.lower())
                event = _event(quote, protests)
                doc._.slogans.append(
                    {
                        "event": event,
                        "text": (quote.start, quote.end),
                        "sentence": (quote[0].sent.start, quote[-1].sent.end),
                        "confidence": CONFIDENCE,
                    }
                )
        return doc


def _event(quote: Span, protests: list[Span]) -> str:
    """The protest named in the sentence of a quotation, else the one the article names most; riots last."""
    counts = Counter(t.id_ for t in protests)
    sentence = (quote[0].sent.start, quote[-1].sent.end)
    best = min(
        protests,
        key=lambda t: (
            t.label_ == RIOT,
            not sentence[0] <= t.start < sentence[1],
            -counts[t.id_],
            t.start,
        ),
    )
    return best.id_


@Language.factory("kg_slogans", assigns=["doc._.slogans"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> Slogans:
    return Slogans(slogan_words(nlp.lang))
