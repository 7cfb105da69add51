"""`kg_statuses`: whether each event occurred, is planned or was cancelled, `doc._.statuses`.

The model `statuses` looks at tense, auxiliaries and negation of the clauses that name the event, at the verbs
above them, at what modifies the trigger, and at whether its date lies after publication.
A row is `{"event", "status"}`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate import dates
from kg.annotate.syntax import ancestors, clause_verb, undergoes
from kg.extract.attachment import events_of
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "statuses"
PLANNED, CANCELLED = "planned", "cancelled"
BEHIND = {"acl", "relcl", "acl:relcl"}
PLAINLY = {PLANNED: 1.0, CANCELLED: 1 / 3}  # share of an event's clauses that settles it by saying so
PRESENT = {"VBZ", "VBP", "VBN"}  # "plan a strike", "is planned"; not "planned a strike"

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


@dataclass(frozen=True, slots=True)
class AssertionWords:
    """Lemmas; see the lexicon `assertion`."""

    future: frozenset[str]
    plan: frozenset[str]
    modifiers: frozenset[str]
    cancel: frozenset[str]


class Statuses:
    """Doc → Doc; after `kg_event_dates`."""

    def __init__(self, words: AssertionWords, model: Model) -> None:
        self.words, self.model = words, model

    def __call__(self, doc: Doc) -> Doc:
        events = events_of(doc)
        doc._.statuses = []
        if events.triggers:
            starts = starting(doc)
            described = [
                features(doc, starts.get(e), named, self.words) for e, named in events.triggers.items()
            ]
            rows = self.model.probabilities(described)
            for event, found, row in zip(events.triggers, described, rows, strict=True):
                said = next((s for s in (CANCELLED, PLANNED) if f"says={s}&plainly" in found), None)
                status = said or self.model.labels[int(row.argmax())]
                doc._.statuses.append({"event": event, "status": status})
        return doc


def says(trigger: Token, words: AssertionWords) -> str | None:
    """What the clause that names an event says outright: that it is planned, or cancelled."""
    verb = clause_verb(trigger)
    if any(c.dep_ in BEHIND and _foreseen(c, words) for c in trigger.children):
        return PLANNED
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    particle = next((f"_{c.lower_}" for c in verb.children if c.dep_ == "prt"), "")
    lemma = verb.lemma_.lower()
    done_to = verb.i != trigger.i and undergoes(trigger, verb)
    wished = any(c.tag_ == "TO" for c in verb.children)
    directly = trigger.dep_ not in {"pobj", "pcomp"}
    stopped = lemma in words.cancel or f"{lemma}{particle}" in words.cancel
    if stopped and done_to and directly and not wished:
        return CANCELLED
    own = verb.i == trigger.i or done_to or (trigger.head.i == verb.i and trigger.dep_ == "nsubj")
    if own and helpers & words.future:
        return PLANNED
    governed = lemma if directly else f"{lemma}_{trigger.head.lower_}"
    if done_to and governed in words.plan and verb.tag_ in PRESENT:
        return PLANNED
    return PLANNED if any(c.lower_ in words.modifiers for c in trigger.children if c.i < trigger.i) else None


def _foreseen(token: Token, words: AssertionWords) -> bool:
    """Whether what stands behind an event says that it is to come ("planned for Monday", "to be held")."""
    to_come = any(c.tag_ == "TO" for c in token.children)
    return to_come or (token.tag_ == "VBN" and token.lemma_.lower() in words.plan)


def starting(doc: Doc) -> dict[str, str]:
    """The start of each event that has one."""
    return {r["event"]: r["value"] for r in doc._.dates or [] if r["bound"] == "start"}


def features(doc: Doc, start: str | None, named: list[Span], words: AssertionWords) -> list[str]:
    """The named features of an event with its start and triggers."""
    label = named[0].label_
    out = [f"type={label}"]
    day = doc.spans[dates.KEY].attrs["day"]
    if start and day:
        out.append(f"date={'after' if start > day else 'before'}&type={label}")
    said = Counter(says(t.root, words) for t in named)
    for status, share in PLAINLY.items():
        if said[status]:
            out += [f"says={status}", f"says={status}&type={label}"]
        if said[status] >= share * len(named):
            out.append(f"says={status}&plainly")
    for trigger in named:
        root, verb = trigger.root, clause_verb(trigger.root)
        out += [
            f"tag={root.tag_}",
            f"tag={root.tag_}&type={label}",
            f"lemma={root.lemma_.lower()}",
            f"verb={verb.lemma_.lower()}",
            f"verb-tag={verb.tag_}",
            f"verb-tag={verb.tag_}&type={label}",
        ]
        for child in (*verb.children, *root.children):
            if child.dep_ in {"aux", "auxpass", "neg", "det"}:
                out.append(f"{child.dep_}={child.lower_}")
            elif child.dep_ in {"amod", "compound", "nummod"}:
                out.append(f"modifier={child.lemma_.lower()}")
        above = [t for t in ancestors(root) if t.pos_ in {"VERB", "AUX"} and t.i != verb.i][:2]
        out += [f"above={t.lemma_.lower()}" for t in above]
        out += [f"above-aux={c.lower_}" for t in above for c in t.children if c.dep_ == "aux"]
    return sorted(set(out))


def assertion_words(lang: str) -> AssertionWords:
    """The lexicon `assertion` of a language."""
    source = lexicon(lang, "assertion")
    return AssertionWords(*(source.words(k) for k in ("future", "plan", "modifiers", "cancel")))


@Language.factory("kg_statuses", assigns=["doc._.statuses"], requires=["doc.spans", "doc._.dates"])
def _create(nlp: Language, name: str) -> Statuses:
    return Statuses(assertion_words(nlp.meta["lang"]), load(nlp.lang, NAME))
