"""A slogan or demand goes to the event whose place or people its sentence names, or which was named last."""

from __future__ import annotations

import pytest

from kg.extract.attachment import Events
from tests.annotate.marks import annotated

TEXT = (
    "Thousands of teachers marched in Leeds on Tuesday. Hundreds of nurses held a vigil in Bristol on "
    "Wednesday. In Leeds a banner said “Fund our schools”."
)
PLACES = {"marched": "Leeds", "vigil": "Bristol"}


def of_slogan(kind: str = "slogan") -> dict[str, list[str]]:
    """Trigger → the features of the slogan of `TEXT` and its event."""
    doc = annotated(TEXT)
    named = {m.text: m.id_ for m in doc.spans["mentions"]}
    doc._.roles = [
        {"event": t.id_, "role": "places", "entity": named[PLACES[t.text]]} for t in doc.spans["triggers"]
    ]
    events = Events(doc)
    (slogan,) = doc.spans["quotes"]
    return {
        trigger.text: events.features(slogan, kind, event)
        for event, named in events.triggers.items()
        for trigger in named
    }


@pytest.mark.parametrize(
    ("trigger", "features"),
    [
        pytest.param("marched", {"slogan&place=share", "slogan&last=False&March"}, id="place-shared"),
        pytest.param("vigil", {"slogan&place=differ", "slogan&last=True&Vigil"}, id="named-last"),
    ],
)
def test_what_a_slogan_has_in_common_with_an_event(trigger: str, features: set[str]) -> None:
    assert features <= set(of_slogan()[trigger])


def test_numbers_go_by_the_words_of_their_clause_alone() -> None:
    for features in of_slogan("injured").values():
        assert not [f for f in features if "place=" in f or "last=" in f]
