"""`kg_slogans`: chanted and written words, `doc.spans["slogans"]` and `doc._.slogans`.

Candidates are the short quotations, and translations in parentheses behind them. The model `slogans` looks
at the words around each that say what is written, chanted or said and by whom, at its own words, and at the
quotations of its list. The spans hold every slogan, the rows of `doc._.slogans` those of a protest, each
once: `{"event", "text": (start, end), "sentence", "confidence"}`. Which protest a slogan belongs to, the
model `attachments` chooses; a translation belongs where its quotation does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate import quotes
from kg.annotate.columns import Columns, columns
from kg.annotate.syntax import RELATIVE, title_end
from kg.extract.attachment import NAME as ATTACHMENTS
from kg.extract.attachment import events_of
from kg.facts import PROTEST_EVENTS
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "slogans"
SLOGAN, NONE = "slogan", "-"
BEFORE, AFTER = 12, 8  # tokens beside a quotation that are looked at
NEAR = 4  # tokens
LONGEST = 25  # tokens
SUBJECTS = {"nsubj", "nsubjpass"}
RELATIVES = {"WDT", "WP"}  # tags of "that", "which", "who"
JOINT = 4  # tokens between two quotations of one list: quotation marks, "and"

HOLDERS = frozenset({*PROTEST_EVENTS, "Attack"})

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


@dataclass(frozen=True, slots=True)
class SloganWords:
    """`cues`: lemma → `carriers` that slogans are written on, `verbs` of calling out, `saying`."""

    cues: dict[str, str]


@cache
def slogan_words(lang: str) -> SloganWords:
    """The words of a language's lexicons `slogans` and `speech`."""
    words, speech = lexicon(lang, "slogans"), lexicon(lang, "speech")
    cues = dict.fromkeys(speech.words("direct") | speech.words("indirect"), "saying")
    return SloganWords({**cues, **{w: key for key in ("verbs", "carriers") for w in words.words(key)}})


class Slogans:
    """Doc → Doc. `threshold` is the least probability of being a slogan."""

    def __init__(self, words: SloganWords, model: Model, attachments: Model, threshold: float = 0.3) -> None:
        self.words, self.model, self.attachments = words, model, attachments
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        doc._.slogans = []
        spans = candidates(doc)
        likely = self.model.probabilities(described(spans, self.words)) if spans else ()
        column = self.model.labels.index(SLOGAN)
        chances = [round(float(row[column]), 4) for row in likely]
        likeliest = [(s, p) for s, p in zip(spans, chances, strict=True) if p >= self.threshold]
        doc.spans[NAME] = SpanGroup(doc, name=NAME, spans=[said for s, _ in likeliest for said in _said(s)])
        events = events_of(doc) if likeliest else None
        beside: dict[int, str] = {}  # sentence → the event of a slogan in it
        seen: set[str] = set()
        for quote, confidence in likeliest:
            best = events.best(quote, SLOGAN, confidence, self.attachments, HOLDERS) if events else None
            sentence = quote[0].sent.start
            event = best[0] if best else beside.get(sentence)
            if event is None:
                continue
            beside.setdefault(sentence, event)
            for span in _said(quote):
                if span.text.lower() not in seen:
                    seen.add(span.text.lower())
                    doc._.slogans.append(
                        {
                            "event": event,
                            "text": (span.start, span.end),
                            "sentence": (span[0].sent.start, span[-1].sent.end),
                            "confidence": confidence,
                        }
                    )
        return doc


def candidates(doc: Doc) -> list[Span]:
    """The quotations that are short enough for a slogan."""
    return [q for q in doc.spans[quotes.KEY] if q.end - q.start <= LONGEST]


def _said(quote: Span) -> Iterator[Span]:
    """A quotation and its translation in parentheses: "Zan, zendegi, azadi" (Women, life, freedom)."""
    yield quote
    c, start = columns(quote.doc), quote.end + 2
    if c.text[start - 1 : start] == ["("]:
        stretch = range(start, min(start + LONGEST, len(c)))
        end = next((i for i in stretch if c.text[i] == ")" or c.text[i] in quotes.PAIRS), start)
        if end > start and c.text[end] == ")":
            yield quote.doc[start:end]


def described(spans: list[Span], words: SloganWords) -> list[list[str]]:
    """The features of each quotation, with those of the ones before and behind it in its list."""
    own = [sorted(_features(span, words)) for span in spans]
    out = [list(features) for features in own]
    for ahead, side in ((False, "list"), (True, "list-on")):
        order = range(len(spans) - 1, -1, -1) if ahead else range(len(spans))
        said: list[str] = []  # by the first of the list
        last: Span | None = None
        for n in order:
            joint = last is not None and _joint(*((spans[n], last) if ahead else (last, spans[n])))
            if joint:
                out[n] += said
            else:
                said = [f"{side}:{f}" for f in own[n] if f.startswith(("cue", "by"))]
            last = spans[n]
    return out


def _joint(a: Span, b: Span) -> bool:
    """Whether a quotation is followed by another of one list: "No cuts" and "No closures"."""
    paragraph = columns(a.doc).paragraph
    return b.start - a.end <= JOINT and paragraph[a.start] == paragraph[b.start]


def _features(span: Span, words: SloganWords) -> set[str]:
    c, start, end = columns(span.doc), span.start, span.end
    here = {c.sentence[start], c.sentence[end - 1], *_going_on(c, end)}
    paragraph = c.paragraph[start]
    back = [i for i in range(start - 1, max(-1, start - BEFORE - 1), -1) if c.paragraph[i] == paragraph]
    on = [i for i in range(end, min(end + AFTER, len(c))) if c.paragraph[i] == paragraph]
    before, after = ([i for i in side if c.sentence[i] in here] for side in (back, on))
    out = {
        *_form(c, start, end),
        *_beside("before", c, before, words),
        *_beside("after", c, after, words),
        f"title={start < title_end(span.doc)}",
    }
    if all(c.is_punct[i] for i in before):
        out |= set(_beside("earlier", c, back, words))
    if all(c.is_punct[i] for i in after):
        out |= set(_beside("later", c, on, words))
    return out


def _going_on(c: Columns, end: int) -> Iterator[int]:
    """The sentence that goes on behind a quotation, where the parser split both: "No cuts!" they cried."""
    word = next((i for i in range(end, min(end + NEAR, len(c))) if not c.is_punct[i]), None)
    if word is not None and c.text[word].islower():
        yield c.sentence[word]


def _beside(side: str, c: Columns, tokens: list[int], words: SloganWords) -> Iterator[str]:
    """The cues on one side of a quotation, and the one that stands nearest."""
    said = [(n, words.cues[c.lemma[i]], c.lemma[i]) for n, i in enumerate(tokens) if c.lemma[i] in words.cues]
    yield f"cue-{side}:{said[0][1] if said else '-'}"
    if said:
        distance, kind, lemma = said[0]
        yield f"cue-{side}:{kind}&{'near' if distance < NEAR else 'far'}"
        yield f"cue-{side}={lemma}"
        yield f"by-{side}:{kind}&{_subject(c, tokens[distance], words)}"
    yield from {f"cue-{side}-any:{kind}" for _, kind, _ in said}
    word = next((i for i in tokens if not c.is_punct[i] and not c.is_space[i]), None)
    yield f"{side}={c.lower[word] if word is not None else '-'}"


def _subject(c: Columns, verb: int, words: SloganWords) -> str:
    """What says, reads or chants: the cue class of its noun, or its part of speech and number."""
    subject = next((k for k in c.children[verb] if c.dep[k] in SUBJECTS), None)
    if subject is None or c.tag[subject] in RELATIVES:
        subject = c.head[verb] if c.dep[verb] in {"acl", *RELATIVE} else subject
    if subject is None:
        return "-"
    kind = words.cues.get(c.lemma[subject])
    plural = "many" if "Number=Plur" in c.morph[subject] else "one"
    return kind or f"{c.pos[subject]}-{plural}"


def _form(c: Columns, start: int, end: int) -> Iterator[str]:
    length = end - start
    text, last = c.words(start, end), c.text[end - 1]
    yield f"length={min(length // 2, 8)}"
    yield f"last={last if c.is_punct[end - 1] else 'word'}"
    yield f"case={'upper' if text.isupper() else 'title' if text.istitle() else text[:1].isupper()}"
    yield f"first-tag={c.tag[start]}"
    yield f"verb={any(p in {'VERB', 'AUX'} for p in c.pos[start:end])}"
    yield f"alone={c.sentence_of(start)[0] >= start - 1}"
    yield f"first={c.lower[start]}"
    yield from {f"word={c.lower[i]}" for i in range(start, end) if c.lower[i].isalpha()}


@Language.factory("kg_slogans", assigns=["doc._.slogans", "doc.spans"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> Slogans:
    return Slogans(slogan_words(nlp.lang), load(nlp.lang, NAME), load(nlp.lang, ATTACHMENTS))
