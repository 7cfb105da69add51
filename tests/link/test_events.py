"""Reports of one event are joined for reasons a person can read; what speaks against it keeps them apart."""

from itertools import permutations

import pytest

from kg.facts import ArticleFacts, EventType, Status
from kg.link import KnowledgeBase, Linked, link, load
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
    assert (
        "same date 2024-03-13 (+0.4); shared place Calmont (+0.3); shared actor Blue Watch Union"
        in reasons.pop()
    )


def test_an_event_is_what_its_reports_say_most_precisely() -> None:
    (march,) = [h for h in merged().happenings if h.path.startswith("event/march-2024")]
    assert (march.type, march.start, march.status) == ("March", "2024-03-13", "occurred")
    assert march.places == ("Calmont", "Mill Square")


def test_the_order_of_articles_does_not_matter() -> None:
    results = {link(order, KnowledgeBase()) for order in permutations(three_articles())}
    assert len(results) == 1


def told(
    id: str,
    *places: str,
    published: str | None = None,
    day: str | None = "2024-03-13",
    people: str = "Blue Watch Union",
    beside: tuple[str, ...] = (),
    type: EventType = "March",
) -> ArticleFacts:
    """An article on a march of a union in some places, beside persons."""
    text = f"{people} gathered in {', '.join(places)} on that day. {', '.join(beside)} watched."
    d = Draft(id, "t", text, published=published)
    d.entity("e0", "Union", people)
    for n, name in enumerate((*places, *beside), 1):
        d.entity(f"e{n}", "Place" if name in places else "Person", name)
    start = d.when(day, "that day") if day else None
    where = [f"e{n}" for n, _ in enumerate(places, 1)]
    d.event("v1", type, ["gathered"], start=start, places=where, organizers=["e0"])
    return d.facts()


def test_a_shared_day_and_actor_are_enough_where_one_names_no_place() -> None:
    assert len(set(events(told("a", "Calmont"), told("b")))) == 1


def test_undated_reports_need_a_story_in_common() -> None:
    witnesses = ("Ana Duvall", "Paul Okoro", "Lena Marsh")
    one = told("a", "Calmont", beside=witnesses)
    assert len(set(events(one, told("b", "Calmont", day=None, beside=witnesses)))) == 1
    assert len(set(events(one, told("b", "Calmont", day=None)))) == 2


def test_articles_months_apart_tell_of_two_undated_events() -> None:
    witnesses = ("Ana Duvall", "Paul Okoro", "Lena Marsh")
    one, near, far = (
        told(id, "Calmont", day=None, beside=witnesses, published=day)
        for id, day in (("a", "2024-03-13"), ("b", "2024-03-15"), ("c", "2024-06-15"))
    )
    assert len(set(events(one, near))) == 1
    assert len(set(events(one, far))) == 2


def test_a_city_march_is_part_of_a_nationwide_day() -> None:
    nationwide, city, abroad = told("a", "France"), told("b", "Lyon"), told("c", "Athens")
    week_later = told("d", "Lyon", day="2024-03-20")
    linked = link([nationwide, city, abroad, week_later], load())
    of = {r.article: r.path for r in linked.references if r.id == "v1"}
    (part,) = linked.parts
    assert (part.part, part.whole) == (of["b"], of["a"])
    assert "Blue Watch Union" in part.reason and len(set(of.values())) == 4


def test_places_in_other_words_are_one_place() -> None:
    assert (
        len(
            set(
                events_with_places(
                    told("a", "Place de la Bastille", "Paris"), told("b", "Bastille Square", "Paris")
                )
            )
        )
        == 1
    )


def events_with_places(*articles: ArticleFacts) -> list[str]:
    linked = link(articles, load())
    return [r.path for r in linked.references if r.id.startswith("v")]


def test_the_same_march_in_two_languages_is_one() -> None:
    english = told("a", "Athens", "Greece", people="CGT", day="2024-03-13")
    french = told("b", "Athènes", "Grèce", people="Confédération générale du travail", type="Demonstration")
    assert len(set(events_with_places(english, french))) == 1


def test_what_hundreds_report_is_one_event() -> None:
    articles = [told(f"{n:03}", "Calmont", people=f"Union {n}") for n in range(150)]
    assert len(set(events(*articles))) == 1
