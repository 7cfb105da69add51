"""Entities of several articles become one thing when a rule says so, and stay apart otherwise."""

import pytest

from kg.facts import ArticleFacts, EntityType
from kg.link import KnowledgeBase, Linked, link, load
from tests.builders import Draft, three_articles


def naming(id: str, type: EntityType, *names: str) -> ArticleFacts:
    """An article that names one entity."""
    draft = Draft(id, "t", " / ".join(names))
    draft.entity("e1", type, *names)
    return draft.facts()


def paths(linked: Linked) -> list[str]:
    """What the articles' only entity refers to, article by article."""
    return [r.path for r in linked.references]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Person", "Paul Okoro"), ("Person", "PAUL OKORO")),
        (("Person", "Zoé Nuñez"), ("Person", "Zoe Nunez")),
        (("Union", "Harbour Crews"), ("Association", "Harbour Crews")),
        (("Place", "Calmont"), ("Place", "CALMONT")),
        (("Union", "Blue Watch Union", "BWU"), ("Union", "BWU")),
        (("Association", "Bonnets verts"), ("Association", "bonnets verts")),
    ],
    ids=["case", "accents", "type of organisation", "place", "acronym", "a name without capitals"],
)
def test_one_thing(one: tuple[EntityType, str], other: tuple[EntityType, str]) -> None:
    first, second = paths(link([naming("a", *one), naming("b", *other)], KnowledgeBase()))
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Place", "Assembly"), ("GovernmentBody", "Assembly")),
        (("Group", "Police officers"), ("Group", "Police officers")),
        (("GovernmentBody", "government"), ("GovernmentBody", "government")),
        (("GovernmentBody", "Parliament"), ("GovernmentBody", "parliament")),
        (("Association", "dockers' club"), ("Association", "dockers' club")),
        (("Person", "Duvall"), ("Person", "Ana Duvall")),
        (("Union", "CFDT"), ("Union", "CFTC")),
    ],
    ids=[
        "kind",
        "group",
        "bare government",
        "parliament",
        "described in both",
        "surname alone",
        "similar acronyms",
    ],
)
def test_two_things(one: tuple[EntityType, str], other: tuple[EntityType, str]) -> None:
    first, second = paths(link([naming("a", *one), naming("b", *other)], KnowledgeBase()))
    assert first != second


def test_an_acronym_of_two_names_is_neither() -> None:
    linked = link(
        [
            naming("a", "Union", "Blue Watch Union", "BWU"),
            naming("b", "Union", "Big Workshop Union", "BWU"),
            naming("c", "Union", "BWU"),
        ],
        KnowledgeBase(),
    )
    assert paths(linked)[2] == "organization/bwu"


def test_known_things_are_known_by_any_label_and_keep_their_iri() -> None:
    linked = link(
        [naming("a", "Union", "CGT"), naming("b", "Union", "Confédération générale du travail")], load()
    )
    (thing,) = linked.things
    assert thing.label == "General Confederation of Labour" and thing.path.endswith("/organization/cgt")
    assert [r.score for r in linked.references] == [1.0, 1.0]


def test_a_known_thing_of_another_kind_is_not_meant() -> None:
    (thing,) = link([naming("a", "Person", "Paris")], load()).things
    assert thing.path == "person/paris" and thing.known is None


def test_label_type_and_other_names_come_from_all_articles() -> None:
    articles = [naming(i, "Union", "Blue Watch Union", "BWU") for i in "ab"] + [
        naming("c", "Association", "BLUE WATCH UNION")
    ]
    (thing,) = link(articles, KnowledgeBase()).things
    assert (thing.type, thing.label) == ("Union", "Blue Watch Union")
    assert thing.other_names == ("BLUE WATCH UNION", "BWU")


def test_every_entity_and_event_refers_to_something_and_says_why() -> None:
    articles = three_articles()
    linked = link(articles, KnowledgeBase())
    wanted = {(f.article.id, x.id) for f in articles for x in (*f.entities, *f.events)}
    assert {(r.article, r.id) for r in linked.references} == wanted
    assert all(r.reason and 0 < r.score <= 1 for r in linked.references)
    known = {t.path for t in linked.things} | {h.path for h in linked.happenings}
    assert {r.path for r in linked.references} == known
