"""`kg_numbers`: how many took part, were killed, injured or arrested, `doc._.crowds` and `doc._.counts`.

`kg_counted` says of each quantity what it counts. A crowd belongs to the event in which its people take part
by the words of the clause; where none is named there, to that of a crowd in the sentence before ("Police put
it at 3,000"), else, as other numbers, to the one that the model `attachments` chooses.
A crowd's source is who the sentence says gave it. Rows are
`{"event", "low", "high", "source", "text": (start, end), "sentence", "confidence"}`, for counts `kind` and
`who` in place of `source`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import quantities, triggers
from kg.annotate.columns import Columns, columns
from kg.annotate.counted import CROWD
from kg.annotate.counting import ESTIMATE, CountWords, count_words, hosts, people
from kg.annotate.reference import ORGANIZATIONS, References
from kg.annotate.syntax import verb_above
from kg.annotate.turnouts import turnouts
from kg.extract.attachment import NAME as ATTACHMENTS
from kg.extract.attachment import Events, events_of
from kg.facts import PROTEST_EVENTS
from kg.lexicon import lexicon
from kg.model import Model, load

HOLDERS: dict[str, frozenset[str]] = {
    CROWD: frozenset({*PROTEST_EVENTS, "Election"}),
    "arrested": frozenset({"Arrest"}),
    "killed": frozenset({"Attack", "PoliceIntervention", *PROTEST_EVENTS}),
    "injured": frozenset({"Attack", "PoliceIntervention", *PROTEST_EVENTS}),
}

for _name in ("crowds", "counts"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


@dataclass(frozen=True, slots=True)
class NumberWords:
    """`estimators`: lemma → kind of source (police, …); `saying` and `according` introduce a source.

    `counting` tells what the counted people do.
    """

    estimators: dict[str, str]
    counting: CountWords
    saying: frozenset[str]
    according: frozenset[str]


class Numbers:
    """Doc → Doc."""

    def __init__(self, words: NumberWords, attachments: Model) -> None:
        self.words, self.attachments = words, attachments

    def __call__(self, doc: Doc) -> Doc:
        doc._.crowds, doc._.counts = [], []
        group = doc.spans[quantities.KEY]
        spans = list(group)
        if not spans:
            return doc
        events = events_of(doc)
        references, c = References(doc), columns(doc)
        named = {i: t for t in doc.spans[triggers.KEY] for i in range(t.start, t.end)}
        numbers = zip(spans, group.attrs["bounds"], group.attrs["confidence"], strict=True)
        crowd: tuple[int, str] | None = None  # the last one and its event
        for span, (low, high), confidence in numbers:
            kind = span.label_
            event = self._event(span, confidence, events, named, crowd) if kind in HOLDERS else None
            if event is None:
                continue
            common = {
                "event": event,
                "low": low,
                "high": high,
                "text": (span.start, span.end),
                "sentence": c.sentence_of(span.start),
                "confidence": confidence,
            }
            if kind == CROWD:
                crowd = span.start, event
                _add(
                    doc._.crowds,
                    {**common, "source": self._source(span, references)},
                    ("event", "low", "high", "source"),
                )
            else:
                _add(
                    doc._.counts,
                    {**common, "kind": kind, "who": self._who(span)},
                    ("event", "kind", "low", "high"),
                )
        return doc

    def _event(
        self,
        span: Span,
        confidence: float,
        events: Events,
        named: dict[int, Span],
        crowd: tuple[int, str] | None,
    ) -> str | None:
        """The event that a number belongs to. `crowd` is the one told of last: its first token and event."""
        kind = span.label_
        if kind == CROWD:
            own = [span.root.i] if span.root.i in turnouts(span.doc).gaps else []
            for host in (*own, *hosts(span, self.words.counting)):
                trigger = named.get(host)
                if trigger is not None and trigger.label_ in HOLDERS[kind]:
                    return trigger.id_
            if crowd is not None and _follows(columns(span.doc), crowd[0], span.start):
                return crowd[1]
        best = events.best(span, kind, confidence, self.attachments, HOLDERS[kind])
        return best[0] if best else None

    def _source(self, span: Span, references: References) -> str | None:
        """Who gave the number: the subject of a verb of saying or counting, or behind "according to"."""
        doc, c = span.doc, columns(span.doc)
        first, end = c.sentence_of(span.start)
        for i in range(first, end - 1):
            if c.words(i, i + 2).lower() in self.words.according:
                for source in doc[i + 1].subtree:
                    named = self._estimator(source, references)
                    if named:
                        return named
        verb = verb_above(c, span.root.i)
        for _ in range(3):
            if c.lemma[verb] in self.words.saying or self.words.counting.verbs.get(c.lemma[verb]) == ESTIMATE:
                for k in c.children[verb]:
                    if c.dep[k] in {"nsubj", "agent", "nsubjpass"} and not span.start <= k < span.end:
                        return self._estimator(doc[k], references)
            verb = c.head[verb]
        return None

    def _estimator(self, token: Token, references: References) -> str | None:
        mention = references.at.get(token.i)
        if (
            mention is not None
            and mention.label_ in ORGANIZATIONS | {"Person"}
            and mention.root.pos_ == "PROPN"
        ):
            return mention.id_
        return self.words.estimators.get(token.lemma_.lower()) or self.words.estimators.get(token.lower_)

    def _who(self, span: Span) -> str | None:
        c = columns(span.doc)
        families = [
            self.words.counting.families.get(c.lemma[i]) for i in people(span, self.words.counting.of)
        ]
        if "police" in families:
            return "police"
        return "protesters" if "protesters" in families else "others" if any(families) else None


def _follows(c: Columns, first: int, second: int) -> bool:
    """Whether a token stands in the sentence behind another's, in one paragraph."""
    return c.sentence[second] - c.sentence[first] == 1 and c.paragraph[second] == c.paragraph[first]


def _add(rows: list[dict[str, Any]], row: dict[str, Any], key: tuple[str, ...]) -> None:
    if all(any(r[k] != row[k] for k in key) for r in rows):
        rows.append(row)


def number_words(lang: str) -> NumberWords:
    """The words of a language's lexicons `numbers` and `speech`."""
    numbers, speech = lexicon(lang, "numbers"), lexicon(lang, "speech")
    return NumberWords(
        {
            w: k
            for k in ("organisers", "police", "authorities", "media")
            for w in numbers.word_list("estimators", k)
        },
        count_words(lang),
        speech.words("indirect") | speech.words("direct"),
        speech.words("according"),
    )


@Language.factory("kg_numbers", assigns=["doc._.crowds", "doc._.counts"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> Numbers:
    return Numbers(number_words(nlp.meta["lang"]), load(nlp.lang, ATTACHMENTS))
