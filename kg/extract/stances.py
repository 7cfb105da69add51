"""`kg_stances`: who supports or opposes whom or what, outright, `doc._.stances`.

Candidates are the holders of each judgement (`kg.extract.judgements`) with each entity and event that its
object names; the model `stances` says of each whether it is a stance. A judgement that is denied is turned
round: who does not accept something opposes it.
A row is `{"holder", "target", "polarity", "sentence", "confidence"}`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import mentions, quotes, triggers
from kg.annotate.eventwords import event_words
from kg.annotate.reference import References
from kg.annotate.syntax import title_end
from kg.extract.judgements import NAME, OPPOSE, Judgement, StanceWords, judgements
from kg.facts import ANY_FORM, PROTEST_EVENTS
from kg.model import Model, load

YES, NO = "yes", "no"
DEEPEST = 4  # edges below the object of a judgement
ASIDE = {"relcl", "acl:relcl", "advcl", "appos", "conj", "cc", "punct"}  # no part of what an object names
SAID = {"verdicts", "charges"}  # kinds of judgement that are the speaker's
OUTRIGHT = {"verbs", "nouns", "attitudes", "call"}  # kinds that mean little else
ACTIVE = {"organizers", "participants"}
FAMILY = {"Riot": "violence", "Attack": "violence", "Person": "person", "Place": "place", "Group": "group"}

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A holder and a target (ids) of a judgement, with named features.

    `plain` says that a noun does it in so many words ("his support for the strike"): too rare to be learned.
    """

    holder: str
    target: str
    polarity: str
    cue: Token
    plain: bool
    features: list[str]


@dataclass(frozen=True, slots=True)
class Target:
    """An entity or event that the object of a judgement names, `depth` edges below its head."""

    id: str
    kind: str
    how: str
    token: Token
    depth: int
    edge: str
    below: bool


class Stances:
    """Doc → Doc. `threshold` is the least probability of being a stance."""

    def __init__(self, words: StanceWords, model: Model, threshold: float = 0.2) -> None:
        self.words, self.model, self.threshold = words, model, threshold

    def __call__(self, doc: Doc) -> Doc:
        doc._.stances = []
        found = list(candidates(doc, self.words))
        if not found:
            return doc
        rows = self.model.probabilities([c.features for c in found])[:, self.model.labels.index(YES)]
        best: dict[tuple[str, str], tuple[float, Candidate]] = {}
        for candidate, p in zip(found, map(float, rows), strict=True):
            pair = candidate.holder, candidate.target
            if (p >= self.threshold or candidate.plain) and (pair not in best or p > best[pair][0]):
                best[pair] = p, candidate
        for p, candidate in best.values():
            sent = candidate.cue.sent
            doc._.stances.append(
                {
                    "holder": candidate.holder,
                    "target": candidate.target,
                    "polarity": candidate.polarity,
                    "sentence": (sent.start, sent.end),
                    "confidence": round(p, 4),
                }
            )
        return doc


@dataclass
class Context:
    """What the candidates of a doc need to know of it."""

    doc: Doc
    references: References = field(init=False)

    def __post_init__(self) -> None:
        self.references = References(self.doc)

    @cached_property
    def events(self) -> dict[int, Span]:
        """The trigger whose head a token is."""
        return {t.root.i: t for t in self.doc.spans[triggers.KEY]}

    @cached_property
    def _named(self) -> dict[str, list[Span]]:
        """Lemma, and event type, → the triggers with it in text order.

        A word for a protest of any form means the protest that is named most.
        """
        out: dict[str, list[Span]] = {}
        named = sorted(self.doc.spans[triggers.KEY], key=lambda t: t.start)
        for trigger in named:
            out.setdefault(trigger.root.lemma_.lower(), []).append(trigger)
            out.setdefault(trigger.label_, []).append(trigger)
        protests = Counter(t.id_ for t in named if t.label_ in PROTEST_EVENTS)
        if protests:
            main = max(protests, key=lambda event: protests[event])
            out[ANY_FORM] = [t for t in named if t.id_ == main]
        return out

    def event(self, token: Token, anew: bool) -> tuple[Span, str] | None:
        """The trigger that a token heads or, `anew`, the last of its lemma or type; and how it is known."""
        if token.i in self.events:
            return self.events[token.i], "trigger"
        lemma = token.lemma_.lower()
        if anew and token.pos_ in {"NOUN", "VERB"}:
            table = event_words(self.doc.lang_)
            types = (table.nouns if token.pos_ == "NOUN" else table.verbs).get(lemma, ())
            for key in (lemma, *types):
                named = self._named.get(key)
                if named:
                    before = bisect_left(named, token.i, key=lambda t: t.start)
                    return named[max(before - 1, 0)], "lemma" if key == lemma else "type"
        return None

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The quoted tokens."""
        return frozenset(t.i for q in self.doc.spans[quotes.KEY] for t in q)

    @cached_property
    def types(self) -> dict[str, str]:
        """Entity or event id → type."""
        spans = (*self.doc.spans[mentions.KEY], *self.doc.spans[triggers.KEY])
        return {s.id_: s.label_ for s in spans}

    @cached_property
    def acting(self) -> set[tuple[str, str]]:
        """Entity and event that it organises or takes part in."""
        return {(r["entity"], r["event"]) for r in self.doc._.roles or [] if r["role"] in ACTIVE}

    @cached_property
    def body(self) -> int:
        """The first token after the title."""
        return title_end(self.doc)

    def holders(self, judgement: Judgement) -> Iterator[tuple[str, str]]:
        """Id of each holder, and how it is known."""
        found = False
        for token in (t for h in judgement.holders for t in (h, *h.conjuncts)):
            entity, how = self.holder(token)
            if entity is not None and self.types.get(entity) != "Place":
                found = True
                yield entity, how
        speaker = self.references.speaker(judgement.cue) if judgement.kind in SAID and not found else None
        if speaker is not None:
            yield speaker, "speaker"

    def holder(self, token: Token) -> tuple[str | None, str]:
        """The entity that a noun or pronoun means or has beside or behind it, and how it is known."""
        entity = self.references.entity(token)
        if entity is not None:
            return entity, "name" if token.i in self.references.at else token.pos_
        beside = [c for c in token.children if c.dep_ == "appos"]
        behind = [c for p in token.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj"]
        for how, others in (("beside", beside), ("behind", behind)):
            for other in others:
                mention = self.references.at.get(other.i)
                if mention is not None and mention.label_ != "Place":
                    return mention.id_, how
        return None, ""

    def targets(self, judgement: Judgement) -> Iterator[Target]:
        """Each entity and event that the objects of a judgement name."""
        for token in (t for o in judgement.objects for t in (o, *o.conjuncts) if t.i >= o.i):
            yield from self._below(token, 0, "", False)

    def _below(self, token: Token, depth: int, edge: str, below: bool) -> Iterator[Target]:
        mention = self.references.at.get(token.i)
        event = self.event(token, depth == 0 and mention is None)
        found: str | None = None
        how = "name"
        if event is not None:
            found, how = event[0].id_, event[1]
        elif mention is not None and mention.root.i == token.i:
            found = mention.id_ if mention.label_ != "Place" else None
        elif depth == 0 and mention is None and token.morph.get("Gender", []) != ["Neut"]:  # it, itself
            found, how = self.references.entity(token), "pronoun" if token.pos_ == "PRON" else "office"
            found = None if self.types.get(found or "") == "Place" else found
        if found:
            yield Target(found, self.types.get(found, ""), how, token, depth, edge, below)
        if depth < DEEPEST:
            for child in token.children:
                if child.dep_ not in ASIDE:
                    yield from self._below(child, depth + 1, edge or child.dep_, below or bool(found))


def candidates(doc: Doc, words: StanceWords) -> Iterator[Candidate]:
    """Every holder and target of the judgements of a doc, in text order."""
    context = Context(doc)
    for judgement in judgements(doc, words):
        polarity = judgement.polarity
        if judgement.negated:
            if polarity == OPPOSE:
                continue
            polarity = OPPOSE
        for holder, how in dict(context.holders(judgement)).items():
            for target in context.targets(judgement):
                if target.id != holder:
                    found = features(judgement, polarity, holder, how, target, context)
                    plain = judgement.kind == "nouns" and target.depth == 0
                    yield Candidate(holder, target.id, polarity, judgement.cue, plain, found)


def features(
    judgement: Judgement, polarity: str, holder: str, how: str, target: Target, context: Context
) -> list[str]:
    """The named features of a candidate."""
    kind, cue = judgement.kind, judgement.cue
    family = FAMILY.get(target.kind) or (
        "protest" if target.kind in PROTEST_EVENTS else target.kind if target.id.startswith("v") else "body"
    )
    place = "head" if target.depth == 0 else "below" if target.below else "inside"
    return sorted(
        {
            f"kind={kind}",
            f"kind={kind}&{polarity}",
            f"outright={kind in OUTRIGHT}&{place}",
            f"outright={kind in OUTRIGHT}&{place}&{polarity}",
            f"outright={kind in OUTRIGHT}&{place}&{how}",
            f"key={judgement.key}",
            f"place={place}",
            f"place={place}&{kind}",
            f"place={place}&{family}",
            f"depth={target.depth}",
            f"edge={target.edge}",
            f"family={family}&{polarity}",
            f"family={family}&{kind}",
            f"target={target.kind}",
            f"known={target.how}",
            f"holder={context.types.get(holder, '-')}",
            f"how={how}",
            f"negated={judgement.negated}",
            f"quoted={cue.i in context.quoted}",
            f"title={cue.i < context.body}",
            f"own={(holder, target.id) in context.acting}",
            f"modal={any(c.dep_ == 'aux' and c.tag_ == 'MD' for c in cue.children)}",
        }
    )


@Language.factory("kg_stances", assigns=["doc._.stances"], requires=["doc.spans", "token.dep"])
def _create(nlp: Language, name: str) -> Stances:
    return Stances(StanceWords.of(nlp.meta["lang"]), load(nlp.lang, NAME))
