"""Plain sentences about protest give an event of the right type, and other uses of the words give none."""

from __future__ import annotations

import pytest

from kg.annotate.same_event import event_type
from tests.annotate.marks import annotated

TYPES = [
    ("Thousands of people demonstrated in Leeds on Saturday.", "Demonstration"),
    ("Hundreds joined the rally in Berlin on Sunday.", "Demonstration"),
    ("Thousands of farmers marched through Dublin on Saturday.", "March"),
    ("Nurses went on strike in Manchester on Tuesday.", "Strike"),
    ("Amazon workers staged a walkout in Chicago on Friday.", "Strike"),
    ("Farmers blocked the motorway near Toulouse on Wednesday.", "Blockade"),
    ("Students occupied the university library in Bologna on Monday.", "Occupation"),
    ("Rioters looted shops and clashed with police in Lyon on Sunday.", "Riot"),
    ("Mourners held a vigil in Oslo on Friday for the victims.", "Vigil"),
    ("Residents launched a petition against the new airport.", "OtherProtest"),
    ("Police fired tear gas at demonstrators in Santiago.", "PoliceIntervention"),
    ("Twenty protesters were arrested in Leeds on Saturday.", "Arrest"),
    ("The trial of Omar Haddad opened in Madrid on Monday.", "LegalAction"),
    ("Police shot dead a student in Cairo on Monday.", "Attack"),
]


def types(text: str) -> set[str]:
    """The event types of the triggers."""
    doc = annotated(text)
    return {span.label_ for span in doc.spans["triggers"]}


@pytest.mark.parametrize(("text", "kind"), TYPES, ids=[kind for _, kind in TYPES])
def test_types(text: str, kind: str) -> None:
    assert types(text) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The union of the two kingdoms was signed in 1707.", id="union-of-states"),
        pytest.param("The sun rose over the hills, and the birds sang.", id="no-event"),
        pytest.param("The choir sang in the church, and nobody left.", id="church"),
    ],
)
def test_no_event(text: str) -> None:
    assert types(text) == set()


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        pytest.param([("March", 0.9)], "March", id="one"),
        pytest.param([("Riot", 0.5), ("Attack", 0.6)], "Attack", id="surest"),
        pytest.param([("Riot", 0.5), ("Riot", 0.4), ("Attack", 0.6)], "Riot", id="together"),
        pytest.param([("Demonstration", 0.9), ("March", 0.8)], "March", id="a-form-beats-any-form"),
        pytest.param([("Demonstration", 0.9)] * 4 + [("March", 0.5)], "Demonstration", id="unless-rare"),
        pytest.param([("Strike", 0.5), ("Blockade", 0.5)], "Blockade", id="tie"),
    ],
)
def test_the_type_of_an_event_is_voted_on(votes: list[tuple[str, float]], expected: str) -> None:
    assert event_type(votes) == expected


@pytest.mark.parametrize(
    ("text", "events"),
    [
        pytest.param(
            "Nurses went on strike in Leeds on Tuesday. The strike lasted a day.", 1, id="one-strike"
        ),
        pytest.param(
            "Police arrested Omar Haddad in Leeds. Nurses went on strike in York.", 2, id="two-types"
        ),
    ],
)
def test_triggers_of_one_event_share_its_id(text: str, events: int) -> None:
    doc = annotated(text)
    ids = list(dict.fromkeys(span.id_ for span in doc.spans["triggers"]))
    assert ids == [f"v{n}" for n in range(1, events + 1)]
