"""Entities of several articles become one thing when a rule says so, and stay apart otherwise."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts import ArticleFacts, Entity, EntityType, Evidence, Source, Span
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


def test_an_acronym_that_one_article_explains_is_one_where_another_names_both() -> None:
    d = Draft("b", "t", "BWU / Blue Watch Union")
    d.entity("e1", "Union", "BWU")
    d.entity("e2", "Union", "Blue Watch Union")
    linked = link([naming("a", "Union", "Blue Watch Union", "BWU"), d.facts()], KnowledgeBase())
    assert len(set(paths(linked))) == 1


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


def person(id: str, name: str, *, title: str = "", of: str = "", beside: str = "") -> ArticleFacts:
    """An article on a person, perhaps with an office in a union, beside another."""
    draft = Draft(id, "t", f"{name}, {title or 'who'} of {of or 'it'}, spoke with {beside or 'them'}.")
    draft.entity("e1", "Person", name)
    if of:
        draft.entity("e2", "Union", of)
    if beside:
        draft.entity("e3", "Person", beside)
    if title:
        draft.position("e1", title, "e2" if of else None)
    return draft.facts()


def first(linked: Linked) -> list[str]:
    """What the first entity of each article refers to."""
    return [r.path for r in linked.references if r.id == "e1"]


MAYOR = person("a", "Jean Martin", title="mayor", of="Lowell Town Union")
SAME_PERSON = {
    "no context": (MAYOR, person("b", "Jean Martin")),
    "office": (MAYOR, person("b", "Jean Martin", title="mayor")),
    "new office": (MAYOR, person("b", "Jean Martin", title="senator")),
    "same body": (MAYOR, person("b", "Jean Martin", title="clerk", of="Lowell Town Union")),
    "surname and office in a body": (MAYOR, person("b", "Martin", title="mayor", of="Lowell Town Union")),
    "a name more": (
        person("a", "Jean Paul Martin", title="mayor"),
        person("b", "Jean Martin", title="mayor"),
    ),
    "misspelt": (
        person("a", "Yves Lefebvre", title="secretary", of="Blue Watch"),
        person("b", "Yves Lefevbre", title="secretary", of="Blue Watch"),
    ),
}
TWO_PERSONS = {
    "office and body": (MAYOR, person("b", "Jean Martin", title="goalkeeper", of="Harbour Crews")),
    "first names": (MAYOR, person("b", "Anne Martin", title="mayor", of="Lowell Town Union")),
    "surname alone": (MAYOR, person("b", "Martin")),
    "sisters": (person("a", "Ana Duvall", beside="Eva Duvall"), person("b", "Eva Duvall")),
}


@pytest.mark.parametrize(("one", "other"), SAME_PERSON.values(), ids=SAME_PERSON.keys())
def test_one_person(one: ArticleFacts, other: ArticleFacts) -> None:
    assert len(set(first(link([one, other], KnowledgeBase())))) == 1


@pytest.mark.parametrize(("one", "other"), TWO_PERSONS.values(), ids=TWO_PERSONS.keys())
def test_two_persons(one: ArticleFacts, other: ArticleFacts) -> None:
    assert len(set(first(link([one, other], KnowledgeBase())))) == 2


def test_namesakes_are_never_joined_through_an_article_that_says_nothing_of_them() -> None:
    other = person("b", "Jean Martin", title="goalkeeper", of="Harbour Crews")
    linked = link([MAYOR, other, person("c", "Jean Martin")], KnowledgeBase())
    one, two, _ = first(linked)
    assert one != two and {one, two} >= {"person/jean-martin"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Communication Workers Union", "Communications Workers Union"),
        ("Council of Nurses", "Nurses of Council"),
    ],
)
def test_spellings_of_an_organisation(one: str, other: str) -> None:
    linked = link([naming("a", "Union", one), naming("b", "Union", other)], KnowledgeBase())
    assert len(linked.things) == 1
    assert any(one in r.reason and other in r.reason for r in linked.references)


def test_state_bodies_of_two_countries_are_two() -> None:
    def court(id: str, country: str) -> ArticleFacts:
        draft = Draft(id, "t", f"The Supreme Court of {country} sat.")
        draft.entity("e1", "GovernmentBody", "Supreme Court")
        draft.entity("e2", "Place", country)
        return draft.facts()

    linked = link([court("a", "Brazil"), court("b", "India"), court("c", "Brazil")], load())
    one, other, third = first(linked)
    assert one == third != other
    assert other == "organization/supreme-court__" + other[-10:]


def test_unknown_spellings_wait_for_a_person() -> None:
    linked = link([naming("a", "Person", "Duvall"), naming("b", "Person", "Ana Duvall")], KnowledgeBase())
    assert [(d.one, d.score) for d in linked.doubts] == [("entity-report/a--duvall", 0.5)]


def test_the_order_of_articles_does_not_matter() -> None:
    articles = [one for pair in (*SAME_PERSON.values(), *TWO_PERSONS.values()) for one in pair]
    numbered = [replace(f, article=replace(f.article, id=f"{n}")) for n, f in enumerate(articles)]
    forwards, backwards = (link(order, load()) for order in (numbered, numbered[::-1]))
    assert forwards == backwards


@given(
    st.lists(
        st.tuples(st.sampled_from(("Person", "Union", "Place", "Group")), st.text(min_size=1)), max_size=6
    )
)
def test_names_of_any_characters_are_linked(names: list[tuple[EntityType, str]]) -> None:
    articles = []
    for n, (type, name) in enumerate(names):
        span = Span(0, len(name), name)
        entity = Entity("e1", type, name, (span,), Evidence(span, "kg_test", 0.9))
        articles.append(ArticleFacts(Source(str(n), "en", name), (entity,)))
    linked = link(articles, KnowledgeBase())
    assert [r.article for r in linked.references] == sorted(str(n) for n in range(len(names)))
    assert linked == link(articles[::-1], KnowledgeBase())
