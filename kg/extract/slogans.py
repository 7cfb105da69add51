"""`kg_slogans`: chanted and written words, `doc._.slogans`.

A quotation is a slogan when the words around it in its sentence say that it was chanted, or written on
something, or when it goes on with a list of slogans.
It belongs to a protest named in its sentence, else to the gathering that is named most among those before it.
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
JOINT = 4  # tokens between two slogans of one list: quotation marks, "and"
CONFIDENCE = 0.7
ASSEMBLIES = {"Demonstration", "March", "Vigil"}  # where slogans are called first of all
BEFORE = 300  # tokens before its sentence in which the event of a slogan is looked for

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
        end = 0  # of the slogan before
        for quote in doc.spans[quotes.KEY]:
            goes_on = end and quote.start - end <= JOINT and quote[0].sent.start < end
            if not protests or len(quote) < 2 or not (goes_on or is_slogan(quote, self.words)):
                continue
            end = quote.end
            if quote.text.lower() not in seen:
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
    """A protest named in its sentence, else a gathering named before; of several the one named most."""
    counts = Counter(t.id_ for t in protests)
    start, end = quote[0].sent.start, quote[-1].sent.end
    best = min(
        protests,
        key=lambda t: (
            not start <= t.start < end,
            t.label_ not in ASSEMBLIES,
            not start - BEFORE <= t.start < end,
            -counts[t.id_],
            abs(t.start - quote.start),
            t.start,
        ),
    )
    return best.id_


@Language.factory("kg_slogans", assigns=["doc._.slogans"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> Slogans:
    return Slogans(slogan_words(nlp.lang))
