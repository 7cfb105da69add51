"""What a number counts follows from what its people do and undergo."""

from __future__ import annotations

import pytest

from kg.annotate.columns import columns
from kg.annotate.counting import count_words, frames, hosts, people
from tests.annotate.marks import annotated

WORDS = count_words("en")


def counted(text: str) -> list[tuple[str, str]]:
    """The numbers that count somebody."""
    return [(s.text, s.label_) for s in annotated(text).spans["quantities"] if s.label_ != "-"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("About 3,000 nurses marched in Leeds.", [("About 3,000", "crowd")], id="subject"),
        pytest.param(
            "Some 200 people took part in the rally in Rome.", [("Some 200", "crowd")], id="light-verb"
        ),
        pytest.param("The march drew 5,000 teachers.", [("5,000", "crowd")], id="object"),
        pytest.param("Twelve protesters were arrested in Leeds.", [("Twelve", "arrested")], id="arrested"),
        pytest.param("Three officers were injured in clashes.", [("Three", "injured")], id="injured"),
        pytest.param("Two demonstrators were killed in Cairo.", [("Two", "killed")], id="killed"),
        pytest.param("A 5,000-strong crowd marched in Leeds.", [("5,000", "crowd")], id="strong"),
        pytest.param(
            "Some 5,000 people marched on 9 March, compared to 9,000 on 2 March.",
            [("Some 5,000", "crowd"), ("9,000", "crowd")],
            id="compared",
        ),
        pytest.param(
            "Police arrested 12 protesters on Saturday, down from 30.",
            [("12", "arrested")],
            id="only-crowds-are-compared",
        ),
        pytest.param("The firm makes 4,000 cars in 12 plants.", [], id="no-people"),
    ],
)
def test_counted(text: str, expected: list[tuple[str, str]]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("text", "host"),
    [
        pytest.param("About 3,000 nurses marched in Leeds.", "marched", id="does-it"),
        pytest.param("Some 200 people gathered for a vigil in Rome.", "vigil", id="gathered-for"),
        pytest.param("Hundreds of farmers joined the blockade.", "blockade", id="joined"),
        pytest.param("The march drew 5,000 teachers.", "march", id="drew"),
        pytest.param("Last week some 900 people turned out.", "turned", id="was-there"),
        pytest.param("Police broke up a 500-strong march in Leeds.", "march", id="strong"),
    ],
)
def test_a_crowd_takes_part_in_what_its_clause_names(text: str, host: str) -> None:
    doc = annotated(text)
    (number,) = doc.spans["quantities"]
    assert doc[next(hosts(number, WORDS))].text == host


def test_participles_say_what_is_undergone() -> None:
    doc = annotated("With two officers killed in a week, the mood is grim.")
    officers = people(doc.spans["quantities"][0], WORDS.of)[-1]
    parts = frames(columns(doc), officers, WORDS.wholes)
    assert ("passive", "killed") in {(part, doc[head].text) for part, head in parts}
