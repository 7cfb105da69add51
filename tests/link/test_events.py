"""Reports of one event are joined for reasons a person can read; what speaks against it keeps them apart."""

from itertools import permutations

import pytest

from kg.facts import ArticleFacts, EventType, Status
from kg.link import KnowledgeBase, Linked, link
from tests.builders import Draft, three_articles


def report(
    id: str,
    type: EventType = "March",
    day: str | None = "2024-03-13",
    place: str = "Calmont",
    union: str = "Blue Watch Union",
    status: Status = "occurred",
) -> ArticleFacts:
    """An article with one event of one union in one place."""
    d = Draft(id, "t", f"{union} gathered in {place} on that day.")
    d.entity("e1", "Union", union)
    d.entity("e2", "Place", place)
    start = d.when(day, "that day") if day else None
    d.event("v1", type, ["gathered"], status=status, start=start, places=["e2"], organizers=["e1"])
    return d.facts()


def events(*articles: ArticleFacts) -> list[str]:
    linked = link(articles, KnowledgeBase())
    return [r.path for r in linked.references if r.id.startswith("v")]


SAME = {
    "same report": report("b"),
    "general name": report("b", "Demonstration"),
    "other union": report("b", union="Red Cross Line"),
    "no year": report("b", day="--03-13"),
    "announced": report("b", status="planned"),
}
APART = {
    "another day": report("b", day="2024-03-20"),
    "another year": report("b", day="2023-03-13"),
    "another place": report("b", place="Port Vale"),
    "another type": report("b", "Strike"),
    "riot": report("b", "Riot"),
    "no date": report("b", day=None),
    "only a month": report("b", day="2024-03"),
    "cancelled": report("b", status="cancelled"),
}


@pytest.mark.parametrize("other", SAME.values(), ids=SAME.keys())
def test_one_event(other: ArticleFacts) -> None:
    first, second = events(report("a"), other)
    assert first == second


@pytest.mark.parametrize("other", APART.values(), ids=APART.keys())
def test_two_events(other: ArticleFacts) -> None:
    first, second = events(report("a"), other)
    assert first != second


def test_arrests_need_an_actor_in_common() -> None:
    assert len(set(events(report("a", "Arrest"), report("b", "Arrest", union="Red Cross Line")))) == 2
    assert len(set(events(report("a", "Arrest"), report("b", "Arrest")))) == 1


def test_a_year_told_by_one_never_joins_two_years() -> None:
    found = events(report("a", day="2023-03-13"), report("b", day="--03-13"), report("c", day="2024-03-13"))
    assert found[0] != found[2] and len(set(found)) == 2


def test_events_of_one_article_stay_apart() -> None:
    d = Draft("a", "t", "Crews and guards rallied in Calmont on that day.")
    d.entity("e1", "Place", "Calmont")
    for id in ("v1", "v2"):
        d.event(id, "March", ["rallied"], start=d.when("2024-03-13", "that day"), places=["e1"])
    found = events(d.facts(), report("b"))
    assert found[0] != found[1] and found[2] in found[:2]


def merged() -> Linked:
    return link(three_articles(), KnowledgeBase())


def test_the_march_of_two_newspapers_is_one_and_says_why() -> None:
    reasons = {r.reason for r in merged().references if r.path.startswith("event/march-2024")}
    assert len(reasons) == 1
    assert "same day 2024-03-13; shared place Calmont; shared actor Blue Watch Union" in reasons.pop()


def test_an_event_is_what_its_reports_say_most_precisely() -> None:
    (march,) = [h for h in merged().happenings if h.path.startswith("event/march-2024")]
    assert (march.type, march.start, march.status) == ("March", "2024-03-13", "occurred")
    assert march.places == ("Calmont", "Mill Square")


def test_the_order_of_articles_does_not_matter() -> None:
    results = {link(order, KnowledgeBase()) for order in permutations(three_articles())}
    assert len(results) == 1
