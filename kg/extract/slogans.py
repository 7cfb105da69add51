"""`kg_slogans`: chanted and written words, `doc.spans["slogans"]` and `doc._.slogans`.

Candidates are the short quotations. The model `slogans` looks at the words around each that say what is
written, chanted or said, at its own form, and at the quotation before it. The spans hold every slogan, the
rows of `doc._.slogans` those of a protest, each once:
`{"event", "text": (start, end), "sentence", "confidence"}`. A slogan belongs to a protest named in its
sentence, else to the gathering named most among those before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate import quotes, triggers
from kg.annotate.columns import Columns, columns
from kg.annotate.syntax import title_end
from kg.facts import PROTEST_EVENTS
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "slogans"
SLOGAN, NONE = "slogan", "-"
BEFORE, AFTER = 12, 8  # tokens beside a quotation that are looked at
NEAR = 4  # tokens
LONGEST = 25  # tokens
ASSEMBLIES = {"Demonstration", "March", "Vigil"}  # where slogans are called first of all
REACH = 300  # tokens before its sentence in which the event of a slogan is looked for
JOINT = 4  # tokens between two quotations of one list: quotation marks, "and"

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

    def __init__(self, words: SloganWords, model: Model, threshold: float = 0.5) -> None:
        self.words, self.model, self.threshold = words, model, threshold

    def __call__(self, doc: Doc) -> Doc:
        doc._.slogans = []
        spans = candidates(doc)
        likely = self.model.probabilities(described(spans, self.words)) if spans else ()
        column = self.model.labels.index(SLOGAN)
        chances = [round(float(row[column]), 4) for row in likely]
        found = [(s, p) for s, p in zip(spans, chances, strict=True) if p >= self.threshold]
        doc.spans[NAME] = SpanGroup(doc, name=NAME, spans=[s for s, _ in found])
        protests = [t for t in doc.spans[triggers.KEY] if t.label_ in PROTEST_EVENTS]
        seen: set[str] = set()
        for span, confidence in found if protests else ():
            if span.text.lower() not in seen:
                seen.add(span.text.lower())
                doc._.slogans.append(
                    {
                        "event": _event(span, protests),
                        "text": (span.start, span.end),
                        "sentence": (span[0].sent.start, span[-1].sent.end),
                        "confidence": confidence,
                    }
                )
        return doc


def candidates(doc: Doc) -> list[Span]:
    """The quotations that are short enough for a slogan."""
    return [q for q in doc.spans[quotes.KEY] if q.end - q.start <= LONGEST]


def described(spans: list[Span], words: SloganWords) -> list[list[str]]:
    """The features of each quotation, with those of the one before it in its list."""
    out: list[list[str]] = []
    end = -LONGEST
    for span in spans:
        own = sorted(_features(span, words))
        joint = span.start - end <= JOINT and columns(span.doc).sentence[end - 1] == _sentence(span)
        first = [f for f in out[-1] if f.startswith(("cue", "list:"))] if joint else []
        out.append(own + [f if f.startswith("list:") else f"list:{f}" for f in first])
        end = span.end
    return out


def _sentence(span: Span) -> int:
    return columns(span.doc).sentence[span.start]


def _features(span: Span, words: SloganWords) -> set[str]:
    c, start, end = columns(span.doc), span.start, span.end
    here = {c.sentence[start], c.sentence[end - 1]}
    before = [i for i in range(start - 1, max(-1, start - BEFORE - 1), -1) if c.sentence[i] in here]
    after = [i for i in range(end, min(end + AFTER, len(c))) if c.sentence[i] in here]
    return {
        *_form(c, start, end),
        *_beside("before", c, before, words),
        *_beside("after", c, after, words),
        f"title={start < title_end(span.doc)}",
    }


def _beside(side: str, c: Columns, tokens: list[int], words: SloganWords) -> Iterator[str]:
    """The cues on one side of a quotation, and the one that stands nearest."""
    said = [(n, words.cues[c.lemma[i]], c.lemma[i]) for n, i in enumerate(tokens) if c.lemma[i] in words.cues]
    yield f"cue-{side}:{said[0][1] if said else '-'}"
    if said:
        distance, kind, lemma = said[0]
        yield f"cue-{side}:{kind}&{'near' if distance < NEAR else 'far'}"
        yield f"cue-{side}={lemma}"
    yield from {f"cue-{side}-any:{kind}" for _, kind, _ in said}
    word = next((i for i in tokens if not c.is_punct[i] and not c.is_space[i]), None)
    yield f"{side}={c.lower[word] if word is not None else '-'}"


def _form(c: Columns, start: int, end: int) -> Iterator[str]:
    length = end - start
    text, last = c.words(start, end), c.text[end - 1]
    yield f"length={min(length // 2, 8)}"
    yield f"last={last if c.is_punct[end - 1] else 'word'}"
    yield f"case={'upper' if text.isupper() else 'title' if text.istitle() else text[:1].isupper()}"
    yield f"first-tag={c.tag[start]}"
    yield f"verb={any(p in {'VERB', 'AUX'} for p in c.pos[start:end])}"
    yield f"alone={c.sentence_of(start)[0] >= start - 1}"


def _event(slogan: Span, protests: list[Span]) -> str:
    """A protest named in its sentence, else a gathering named before; of several the one named most."""
    counts = Counter(t.id_ for t in protests)
    start, end = slogan[0].sent.start, slogan[-1].sent.end
    best = min(
        protests,
        key=lambda t: (
            not start <= t.start < end,
            t.label_ not in ASSEMBLIES,
            not start - REACH <= t.start < end,
            -counts[t.id_],
            abs(t.start - slogan.start),
            t.start,
        ),
    )
    return best.id_


@Language.factory("kg_slogans", assigns=["doc._.slogans", "doc.spans"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> Slogans:
    return Slogans(slogan_words(nlp.lang), load(nlp.lang, NAME))
