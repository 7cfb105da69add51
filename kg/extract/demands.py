"""`kg_demands`: what the protesters ask for or protest against, `doc._.demands`.

Candidates are the phrases of `kg.extract.demand_phrases`. The model `demands` says of each whether it is a
demand and of which polarity; `attachments` which event it belongs to. Of phrases that overlap, the likeliest
stays.
A row is `{"event", "polarity", "text": (start, end), "sentence", "confidence"}`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import mentions, quotes, triggers
from kg.annotate.columns import columns
from kg.annotate.eventwords import event_words
from kg.annotate.reference import References
from kg.annotate.syntax import VERBS, ancestors
from kg.extract.attachment import NAME as ATTACHMENTS
from kg.extract.attachment import events_of
from kg.extract.demand_phrases import NAME, Candidate, DemandWords, demand_candidates
from kg.extract.judgements import arguments
from kg.facts import PROTEST_EVENTS
from kg.model import Model, load

NONE = "-"
ACTIVE = {"organizers", "participants"}
HIGHEST = 4  # edges from a cue up to its verb

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


class Demands:
    """Doc → Doc. `threshold` is the least probability of being a demand."""

    def __init__(self, words: DemandWords, model: Model, attachments: Model, threshold: float = 0.4) -> None:
        self.words, self.model, self.attachments, self.threshold = words, model, attachments, threshold

    def __call__(self, doc: Doc) -> Doc:
        doc._.demands = []
        found = list(demand_candidates(doc, self.words))
        events = events_of(doc)
        if not found or not events.of_types(PROTEST_EVENTS):
            return doc
        taken: set[int] = set()
        said: dict[str, list[str]] = defaultdict(list)
        for probability, polarity, span in self._likely(doc, found):
            best = events.best(span, "demand", probability, self.attachments, PROTEST_EVENTS)
            text = span.text.lower()
            if best is None or not taken.isdisjoint(range(span.start, span.end)):
                continue
            if any(text in other for other in said[best[0]]):
                continue
            taken.update(range(span.start, span.end))
            said[best[0]].append(text)
            doc._.demands.append(
                {
                    "event": best[0],
                    "polarity": polarity,
                    "text": (span.start, span.end),
                    "sentence": columns(doc).sentence_of(span.start),
                    "confidence": probability,
                }
            )
        doc._.demands.sort(key=lambda row: row["text"])
        return doc

    def _likely(self, doc: Doc, found: list[Candidate]) -> Iterator[tuple[float, str, Span]]:
        """Probability, polarity and words of each candidate that is likely enough, the likeliest first."""
        context = Context.of(doc, self.words)
        rows = self.model.probabilities([features(c, context) for c in found])
        labels = self.model.labels
        none = labels.index(NONE)
        others = [i for i in range(len(labels)) if i != none]
        chances = [round(float(1 - row[none]), 4) for row in rows]
        for i in sorted(range(len(found)), key=lambda i: (-chances[i], i)):
            if chances[i] >= self.threshold:
                polarity = labels[max(others, key=lambda k: (rows[i][k], -k))]
                yield chances[i], polarity, found[i].span


@dataclass(frozen=True, slots=True)
class Context:
    """The event and mention type of a token, the quoted tokens, and the ids of the protesters."""

    trigger: dict[int, str]
    mention: dict[int, str]
    quoted: frozenset[int]
    protesters: frozenset[str]
    references: References
    topics: dict[str, str]

    @classmethod
    def of(cls, doc: Doc, words: DemandWords) -> Context:
        """The context of a doc that has triggers, mentions, quotes and roles."""
        protests = {t.id_ for t in doc.spans[triggers.KEY] if t.label_ in PROTEST_EVENTS}
        active = {r["entity"] for r in doc._.roles if r["role"] in ACTIVE and r["event"] in protests}
        return cls(
            {i: s.label_ for s in doc.spans[triggers.KEY] for i in range(s.start, s.end)},
            {i: s.label_ for s in doc.spans[mentions.KEY] for i in range(s.start, s.end)},
            frozenset(i for s in doc.spans[quotes.KEY] for i in range(s.start, s.end)),
            frozenset(active),
            References(doc),
            words.topics,
        )

    def topics_of(self, span: Span) -> set[str]:
        """The topics of the words of a phrase."""
        lemmas = columns(span.doc).lemma[span.start : span.end]
        return {self.topics[lemma] for lemma in lemmas if lemma in self.topics}

    def protests(self, token: Token) -> bool:
        """Whether a token means somebody who organises or takes part in a protest, or a protest itself."""
        if self.trigger.get(token.i) in PROTEST_EVENTS:
            return True
        return self.references.entity(token) in self.protesters


def features(candidate: Candidate, context: Context) -> list[str]:
    """The named features of a candidate."""
    cue, words, polarity = candidate.cue, candidate.words, candidate.polarity
    c, i, named = columns(cue.doc), cue.i, context.trigger
    kind = named.get(i, "-")
    way = "event" if kind != "-" else "verb" if c.pos[i] in VERBS else "noun"
    above = (c.head[i], c.head[c.head[i]])
    hangs = any(k in named for top in above for k in (top, *c.children[top]))
    near = any(named.get(k) in PROTEST_EVENTS for k in range(*c.sentence_of(candidate.span.start)))
    out = {
        f"cue={words}",
        f"cue={words}&trigger={kind}",
        f"cue={c.lemma[i]}_{words}",
        f"cue-tag={c.tag[i]}",
        f"polarity={polarity}",
        f"trigger={kind}&{polarity}",
        f"quoted={i in context.quoted}",
        f"hangs-on-event={hangs}&{way}&{polarity}",
        f"way={way}&{polarity}",
        f"way={way}&{words.rpartition('_')[2]}",
        f"sentence-protest={near}&{words}",
        f"sentence-protest={near}&{polarity}",
        *_of_phrase(candidate, context),
    }
    subject = _subject(cue) if way != "event" else None
    if subject is not None:
        what = context.mention.get(subject.i) or named.get(subject.i) or c.pos[subject.i]
        protests = context.protests(subject)
        out |= {
            f"{key}&{value}"
            for key in (f"protesters={protests}", f"subject={what}")
            for value in (words, polarity)
        }
        out.add(f"subject={c.lemma[subject.i]}&{polarity}")
    return sorted(out)


def _of_phrase(candidate: Candidate, context: Context) -> Iterator[str]:
    """The features of what may be demanded: its head, topics, length and distance."""
    span, words, polarity = candidate.span, candidate.words, candidate.polarity
    c, cue, start, end, root = columns(span.doc), candidate.cue.i, span.start, span.end, span.root.i
    head, pos = c.lemma[root], c.pos[root]
    length = min((end - start) // 3, 5)
    gap = min(max(start - cue, cue - end) // 3, 4)
    mention = context.mention.get(root, "-")
    topics = context.topics_of(span) or context.topics_of(candidate.first)
    yield f"topical={bool(topics)}&{polarity}"
    for topic in topics or {"-"}:
        yield f"topic={topic}"
        yield f"topic={topic}&{polarity}"
    for kind in event_words(span.doc.lang_).nouns.get(head, ("-",)):
        yield f"word-type={kind}&{polarity}"
    yield from (
        f"head={head}",
        f"pos={pos}&{polarity}",
        f"pos={pos}&{words}",
        f"length={length}",
        f"length={length}&{polarity}",
        f"gap={gap}",
        f"gap={gap}&{words}",
        f"mention={mention}&{words}",
        f"mention={mention}&{polarity}",
        f"event={context.trigger.get(root, '-')}&{polarity}",
        f"ent={c.ent_type[root]}",
        f"first={c.lower[start]}",
    )


def _subject(cue: Token) -> Token | None:
    """Who does what a cue, or the verb above it, says."""
    verb = next((t for t in islice(ancestors(cue), HIGHEST) if t.pos_ in VERBS), None)
    return next(iter(arguments(verb)[0]), None) if verb is not None else None


@Language.factory("kg_demands", assigns=["doc._.demands"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Demands:
    return Demands(DemandWords.of(nlp.meta["lang"]), load(nlp.lang, NAME), load(nlp.lang, ATTACHMENTS))
