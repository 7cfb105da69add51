"""`kg_statuses`: whether each event occurred, is planned or was cancelled, `doc._.statuses`.

The model `statuses` looks at tense, auxiliaries and negation of the clauses that name the event, at the verbs
above them, at what modifies the trigger, and at whether its date lies after publication.
A row is `{"event", "status"}`.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate.syntax import ancestors, clause_verb
from kg.extract.attachment import Events
from kg.model import Model, load

NAME = "statuses"

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


class Statuses:
    """Doc → Doc; after `kg_event_dates`."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __call__(self, doc: Doc) -> Doc:
        events = Events(doc)
        doc._.statuses = []
        if events.triggers:
            rows = self.model.probabilities([features(doc, e, named) for e, named in events.triggers.items()])
            for event, row in zip(events.triggers, rows, strict=True):
                doc._.statuses.append({"event": event, "status": self.model.labels[int(row.argmax())]})
        return doc


def features(doc: Doc, event: str, named: list[Span]) -> list[str]:
    """The named features of an event and its triggers."""
    label = named[0].label_
    out = [f"type={label}", f"named={min(len(named), 3)}"]
    date = next((r["value"] for r in doc._.dates or [] if r["event"] == event), None)
    if date and doc._.published:
        out.append(f"date={'after' if date > doc._.published else 'before'}")
        out.append(f"date={'after' if date > doc._.published else 'before'}&type={label}")
    for trigger in named:
        root, verb = trigger.root, clause_verb(trigger.root)
        out += [f"tag={root.tag_}", f"tag={root.tag_}&type={label}", f"lemma={root.lemma_.lower()}", f"verb={verb.lemma_.lower()}",
                f"verb-tag={verb.tag_}", f"verb-tag={verb.tag_}&type={label}", f"tense={verb.morph.get('Tense')}"]  # fmt: skip
        for child in (*verb.children, *root.children):
            if child.dep_ in {"aux", "auxpass", "neg", "mark", "det"}:
                out.append(f"{child.dep_}={child.lower_}")
            elif child.dep_ in {"amod", "compound", "nummod"}:
                out.append(f"modifier={child.lemma_.lower()}")
        above = [t for t in ancestors(root) if t.pos_ in {"VERB", "AUX"} and t.i != verb.i][:2]
        out += [f"above={t.lemma_.lower()}" for t in above]
        out += [f"above-aux={c.lower_}" for t in above for c in t.children if c.dep_ == "aux"]
    return sorted(set(out))


@Language.factory("kg_statuses", assigns=["doc._.statuses"], requires=["doc.spans", "doc._.dates"])
def _create(nlp: Language, name: str) -> Statuses:
    return Statuses(load(nlp.lang, NAME))
