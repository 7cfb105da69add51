"""Facts survive the way to JSON Lines and back."""

from kg import jsonlines
from kg.facts import (
    Argument,
    ArticleFacts,
    Count,
    Crowd,
    Demand,
    Entity,
    Event,
    Evidence,
    Link,
    Position,
    Slogan,
    Source,
    Span,
    Stance,
    Statement,
    When,
)

WHY = Evidence(Span(0, 20, "« Ça suffit », dit X"), "kg_test", 0.5)


def full_facts() -> ArticleFacts:
    """One article that uses every type once."""
    event = Event(
        "v1", "March", "planned", (Span(3, 8, "march"),), WHY,
        start=When("--01-31", Span(1, 5, "1 31"), "stated", WHY),
        end=When("2026", Span(1, 5, "2026"), "relative", WHY),
        arguments=(Argument("organizers", "e1", WHY), Argument("absent", "e2", WHY)),
        crowds=(Crowd(15000, None, "organisers", Span(2, 4, "xx"), WHY),),
        counts=(Count("injured", 2, 2, None, Span(2, 3, "x"), WHY),),
        demands=(Demand(Span(2, 3, "x"), "against", WHY),), slogans=(Slogan(Span(2, 3, "x"), WHY),),
    )  # fmt: skip
    return ArticleFacts(
        Source("a", "en", "T", None, "u", "2026-01-31"),
        (
            Entity("e1", "Union", "SNIPAT", (Span(0, 1, "S"),), WHY),
            Entity("e2", "Person", "N", (Span(0, 1, "N"),), WHY),
        ),
        (Position("e2", Span(0, 1, "M"), None, WHY),),
        (event,),
        (Link("v1", "part_of", "v1", WHY),),
        (Statement("e2", "direct", Span(0, 1, "M"), WHY),),
        (Stance("e2", "v1", "support", WHY),),
    )  # fmt: skip


def test_round_trip() -> None:
    assert jsonlines.loads(jsonlines.dumps(full_facts())) == full_facts()


def test_role_lists_repeat_the_arguments() -> None:
    (event,) = jsonlines.to_json(full_facts())["events"]
    assert (event["organizers"], event["absent"], event["places"]) == (["e1"], ["e2"], [])
    assert event["start"] == "--01-31"


def test_a_line_is_one_line_with_its_letters_unescaped() -> None:
    line = jsonlines.dumps(full_facts())
    assert "\n" not in line and "Ça" in line
