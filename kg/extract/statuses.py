"""`kg_statuses`: whether each event occurred, is planned or was cancelled, `doc._.statuses`.

The model `statuses` looks at tense, auxiliaries and negation of the clauses that name the event, at the verbs
above them, at what modifies the trigger, and at whether its date lies after publication.
A row is `{"event", "status"}`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate import dates
from kg.annotate.columns import Columns, columns
from kg.annotate.syntax import RELATIVE, VERBS, is_done, upwards, verb_above
from kg.extract.attachment import events_of
from kg.lexicon import lexicon
from kg.model import Model, load

NAME = "statuses"
PLANNED, CANCELLED = "planned", "cancelled"
BEHIND = {"acl", *RELATIVE}
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


def says(c: Columns, i: int, words: AssertionWords) -> str | None:
    """What the clause in which token `i` names an event says outright: that it is planned, or cancelled."""
    verb = verb_above(c, i)
    if any(c.dep[k] in BEHIND and _foreseen(c, k, words) for k in c.children[i]):
        return PLANNED
    beside = c.children[verb]
    particle = next((f"_{c.lower[k]}" for k in beside if c.dep[k] == "prt"), "")
    lemma, head = c.lemma[verb], c.head[i]
    done_to = verb != i and is_done(c, i, verb)
    directly = c.dep[i] not in {"pobj", "pcomp"}
    stopped = lemma in words.cancel or f"{lemma}{particle}" in words.cancel
    if stopped and done_to and directly and not any(c.tag[k] == "TO" for k in beside):
        return CANCELLED
    own = verb == i or done_to or (head == verb and c.dep[i] == "nsubj")
    if own and any(c.dep[k] in {"aux", "auxpass"} and c.lower[k] in words.future for k in beside):
        return PLANNED
    governed = lemma if directly else f"{lemma}_{c.lower[head]}"
    if done_to and governed in words.plan and c.tag[verb] in PRESENT:
        return PLANNED
    return PLANNED if any(c.lower[k] in words.modifiers for k in c.children[i] if k < i) else None


def _foreseen(c: Columns, i: int, words: AssertionWords) -> bool:
    """Whether what stands behind an event says that it is to come ("planned for Monday", "to be held")."""
    to_come = any(c.tag[k] == "TO" for k in c.children[i])
    return to_come or (c.tag[i] == "VBN" and c.lemma[i] in words.plan)


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
    c, roots = columns(doc), [t.root.i for t in named]
    said = Counter(says(c, i, words) for i in roots)
    for status, share in PLAINLY.items():
        if said[status]:
            out += [f"says={status}", f"says={status}&type={label}"]
        if said[status] >= share * len(named):
            out.append(f"says={status}&plainly")
    for i in roots:
        verb = verb_above(c, i)
        out += [
            f"tag={c.tag[i]}",
            f"tag={c.tag[i]}&type={label}",
            f"lemma={c.lemma[i]}",
            f"verb={c.lemma[verb]}",
            f"verb-tag={c.tag[verb]}",
            f"verb-tag={c.tag[verb]}&type={label}",
        ]
        for k in (*c.children[verb], *c.children[i]):
            if c.dep[k] in {"aux", "auxpass", "neg", "det"}:
                out.append(f"{c.dep[k]}={c.lower[k]}")
            elif c.dep[k] in {"amod", "compound", "nummod"}:
                out.append(f"modifier={c.lemma[k]}")
        above = [k for k in upwards(i, c.head) if c.pos[k] in VERBS and k != verb][:2]
        out += [f"above={c.lemma[k]}" for k in above]
        out += [f"above-aux={c.lower[g]}" for k in above for g in c.children[k] if c.dep[g] == "aux"]
    return sorted(set(out))


def assertion_words(lang: str) -> AssertionWords:
    """The lexicon `assertion` of a language."""
    source = lexicon(lang, "assertion")
    return AssertionWords(*(source.words(k) for k in ("future", "plan", "modifiers", "cancel")))


@Language.factory("kg_statuses", assigns=["doc._.statuses"], requires=["doc.spans", "doc._.dates"])
def _create(nlp: Language, name: str) -> Statuses:
    return Statuses(assertion_words(nlp.meta["lang"]), load(nlp.lang, NAME))
