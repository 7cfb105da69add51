"""`kg_event_dates`: when each event starts, `doc._.dates`.

Of the dates a text names, the model `attachments` gives each event the likeliest, if one is likely enough.
A row is `{"event", "bound", "value", "basis", "text": (start, end), "sentence", "confidence"}`.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import dates
from kg.extract.attachment import DATE, Events
from kg.extract.attachment import NAME as ATTACHMENTS
from kg.model import Model, load

NAME = "dates"

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


class EventDates:
    """Doc → Doc. `threshold` is the least probability of a date being an event's."""

    def __init__(self, attachments: Model, threshold: float = 0.4) -> None:
        self.attachments, self.threshold = attachments, threshold

    def __call__(self, doc: Doc) -> Doc:
        group = doc.spans[dates.KEY]
        events = Events(doc)
        best: dict[str, tuple[float, int]] = {}
        for n, span in enumerate(group):
            for event, score in events.scores(span, DATE, self.attachments, list(events.triggers)).items():
                if score >= self.threshold and (event not in best or score > best[event][0]):
                    best[event] = (score, n)
        doc._.dates = []
        for event in events.triggers:
            if event in best:
                score, n = best[event]
                span, (value, basis) = group[n], group.attrs["values"][n]
                doc._.dates.append(
                    {
                        "event": event,
                        "bound": "start",
                        "value": value,
                        "basis": basis,
                        "text": (span.start, span.end),
                        "sentence": (span.sent.start, span.sent.end),
                        "confidence": round(score, 4),
                    }
                )
        return doc


@Language.factory("kg_event_dates", assigns=["doc._.dates"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> EventDates:
    return EventDates(load(nlp.lang, ATTACHMENTS))
