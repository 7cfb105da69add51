"""`kg_numbers`: how many took part, were killed, injured or arrested, `doc._.crowds` and `doc._.counts`.

The model `numbers` says of each quantity what it counts; `attachments` which event it belongs to. A crowd's
source is who the sentence says gave it. Rows are
`{"event", "low", "high", "source", "text": (start, end), "sentence", "confidence"}`, for counts `kind` and
`who` in place of `source`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import mentions, quantities, triggers
from kg.annotate.reference import ORGANIZATIONS, References
from kg.annotate.syntax import clause_verb
from kg.extract.attachment import NAME as ATTACHMENTS
from kg.extract.attachment import Events
from kg.facts import PROTEST_EVENTS
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "numbers"
NONE = "-"
CROWD = "crowd"
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
class CountWords:
    """Lemma → what it says of a number (killed, …), of its source (police, …), of who was hit."""

    casualties: dict[str, str]
    estimators: dict[str, str]
    families: dict[str, str]
    saying: frozenset[str]
    according: frozenset[str]


class Numbers:
    """Doc → Doc. `threshold` is the least probability of counting anybody."""

    def __init__(self, words: CountWords, model: Model, attachments: Model, threshold: float = 0.4) -> None:
        self.words, self.model, self.attachments, self.threshold = words, model, attachments, threshold

    def __call__(self, doc: Doc) -> Doc:
        doc._.crowds, doc._.counts = [], []
        group = doc.spans[quantities.KEY]
        spans = list(group)
        if not spans:
            return doc
        rows = self.model.probabilities([features(s, self.words) for s in spans])
        labels = self.model.labels
        none = labels.index(NONE)
        events = Events(doc)
        references = References(doc)
        for span, (low, high), row in zip(spans, group.attrs["bounds"], rows, strict=True):
            if 1 - row[none] < self.threshold:
                continue
            kind = labels[max((i for i in range(len(labels)) if i != none), key=lambda i: (row[i], -i))]
            found = events.best(span, kind, self.attachments, events.of_types(HOLDERS[kind]))
            if found is None:
                continue
            common = {
                "event": found[0],
                "low": low,
                "high": high,
                "text": (span.start, span.end),
                "sentence": (span.sent.start, span.sent.end),
                "confidence": round(float(1 - row[none]), 4),
            }
            if kind == CROWD:
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

    def _source(self, span: Span, references: References) -> str | None:
        """Who gave the number: the subject of a verb of saying above it, or the object of "according to"."""
        sent = span.sent
        for token in sent:
            if (
                token.i + 1 < sent.end
                and token.doc[token.i : token.i + 2].text.lower() in self.words.according
            ):
                for source in list(token.doc[token.i + 1].subtree):
                    named = self._estimator(source, references)
                    if named:
                        return named
        verb: Token = clause_verb(span.root)
        for _ in range(3):
            if verb.lemma_.lower() in self.words.saying:
                for child in verb.children:
                    if child.dep_ in {"nsubj", "agent", "nsubjpass"} and not span.start <= child.i < span.end:
                        return self._estimator(child, references)
            if verb.head is verb:
                return None
            verb = verb.head
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
        families = [self.words.families.get(t.lemma_.lower()) for t in _counted(span)]
        if "police" in families:
            return "police"
        return "protesters" if "protesters" in families else "others" if any(families) else None


def _add(rows: list[dict[str, Any]], row: dict[str, Any], key: tuple[str, ...]) -> None:
    if all(any(r[k] != row[k] for k in key) for r in rows):
        rows.append(row)


def _counted(span: Span) -> list[Token]:
    """The noun that a number counts, and what it stands for ("tens of thousands of people")."""
    out: list[Token] = []
    token = span.root
    for _ in range(3):
        if token.dep_ in {"nummod", "quantmod", "det", "amod", "compound"}:
            token = token.head
        out.append(token)
        behind = next((c for c in token.children if c.i > token.i and c.dep_ in {"prep", "nmod"}), None)
        inner = next(iter(behind.children), None) if behind is not None and behind.pos_ == "ADP" else behind
        if inner is None:
            break
        token = inner
    return out


def features(span: Span, words: CountWords) -> list[str]:
    """The named features of a quantity."""
    doc = span.doc
    counted = _counted(span)
    noun = counted[-1]
    verb = clause_verb(counted[0])
    low = next((t for t in span if t.pos_ in {"NUM", "NOUN", "DET"}), span[0])
    lemmas = [t.lemma_.lower() for t in counted]
    family = words.families.get(noun.lemma_.lower(), "-")
    out = [
        f"noun={noun.lemma_.lower()}",
        f"family={family}",
        f"dep={counted[0].dep_}",
        f"verb={verb.lemma_.lower()}",
        f"verb={verb.lemma_.lower()}&{counted[0].dep_}",
        f"dep={counted[0].dep_}&family={family}",
        f"number={low.lower_}",
        f"before={doc[span.start - 1].lower_ if span.start else '^'}",
        f"after={doc[span.end].lower_ if span.end < len(doc) else '$'}",
        f"size={_size(span)}",
        f"size={_size(span)}&family={family}",
        f"number-dep={span.root.dep_}",
    ]
    if any(c.dep_ == "auxpass" for c in verb.children):
        out.append(f"passive&verb={verb.lemma_.lower()}")
    casualty = {
        words.casualties[t.lemma_.lower()]
        for t in doc[max(0, span.start - 6) : span.end + 8]
        if t.lemma_.lower() in words.casualties and t.sent.start == span.sent.start
    }
    out += [f"casualty={c}" for c in casualty] or ["no-casualty"]
    for token in (verb, counted[0].head, *lemmas_heads(counted)):
        said = words.casualties.get(token.lemma_.lower())
        if said:
            out += [f"says={said}", f"says={said}&{counted[0].dep_}", f"says={said}&family={family}"]
    types = {m.label_ for m in doc.spans[triggers.KEY] if m.sent.start == span.sent.start}
    out += [f"sentence-has={t}" for t in types]
    out += [f"sentence-has={t}&family={family}&size={_size(span)}" for t in types]
    out += [f"lemma={lemma}" for lemma in lemmas]
    inside = next((m.label_ for m in doc.spans[mentions.KEY] if m.start <= noun.i < m.end), "-")
    out.append(f"mention={inside}")
    return sorted(set(out))


def lemmas_heads(tokens: list[Token]) -> list[Token]:
    """The tokens and the right neighbours that modify them ("16 injured", "three people dead")."""
    return [
        *tokens,
        *(c for t in tokens for c in t.children if c.i > t.i and c.dep_ in {"acl", "amod", "relcl", "advcl"}),
    ]


def _size(span: Span) -> str:
    digits = sum(c.isdigit() for c in span.text)
    return str(min(digits, 6)) if digits else "word"


def count_words(lang: str) -> CountWords:
    """The words of a language's lexicons `numbers`, `groups` and `speech`."""
    numbers, groups, speech = (lexicon(lang, n) for n in ("numbers", "groups", "speech"))
    return CountWords(
        {w: k for k in ("killed", "injured", "arrested") for w in numbers.word_list("casualties", k)},
        {
            w: k
            for k in ("organisers", "police", "authorities", "media")
            for w in numbers.word_list("estimators", k)
        },
        {w: f for f in groups.sections() for w in groups.word_list(f, "nouns")},
        speech.words("indirect") | speech.words("direct"),
        speech.words("according"),
    )


@Language.factory("kg_numbers", assigns=["doc._.crowds", "doc._.counts"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> Numbers:
    return Numbers(count_words(nlp.meta["lang"]), load(nlp.lang, NAME), load(nlp.lang, ATTACHMENTS))
