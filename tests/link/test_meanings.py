"""An entity means a known thing by its names, by its country, by an office at a time, or by where it is."""

import pytest

from kg.facts import ArticleFacts, EntityType
from kg.link import Linked, link, load
from tests.builders import Draft


def article(
    type: EntityType,
    name: str,
    *,
    published: str | None = None,
    title: str | None = None,
    others: tuple[tuple[EntityType, str], ...] = (("Place", "France"),),
) -> ArticleFacts:
    """An article that names one entity, perhaps with an office, and others beside it."""
    named = ", ".join(other for _, other in others)
    d = Draft("a", "t", f"{title or 'Who'} {name} spoke. Seen: {named}.", published=published)
    d.entity("e1", type, (name, 0))
    for n, (kind, other) in enumerate(others):
        d.entity(f"o{n}", kind, other)
    if title:
        d.position("e1", title)
    return d.facts()


def meant(facts: ArticleFacts) -> tuple[str, float, str]:
    """The end of the path of the first entity, with score and reason."""
    linked: Linked = link([facts], load())
    (reference,) = [r for r in linked.references if r.id == "e1"]
    return reference.path.split("/id/")[-1], reference.score, reference.reason


GERMANY: tuple[tuple[EntityType, str], ...] = (("Place", "Germany"), ("Place", "Berlin"))


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        (article("Union", "CGT"), "organization/cgt"),
        (article("Union", "General Confederation of Labor"), "organization/cgt"),
        (article("Ministry", "Interior Ministry"), "organization/ministere-de-l-interieur"),
        (article("Ministry", "ministère de l’Intérieur"), "organization/ministere-de-l-interieur"),
        (article("Ministry", "Home Office"), "organization/ministere-de-l-interieur"),
        (article("GovernmentBody", "government"), "organization/gouvernement-francais"),
        (article("Person", "Laurent Nunez"), "person/laurent-nunez"),
        (article("Group", "yellow vests"), "organization/gilets-jaunes"),
        (article("Place", "Londres"), "place/london-2643743"),
        (article("Place", "Saint-Nazaire"), "place/saint-nazaire"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.entities[0].name,
)
def test_known_things_by_their_names(facts: ArticleFacts, path: str) -> None:
    assert meant(facts)[0] == path


@pytest.mark.parametrize("name", ["Interior Ministry", "Home Office", "National Assembly"])
def test_names_that_every_country_has_need_the_country(name: str) -> None:
    path, _, _ = meant(article("Ministry", name, others=GERMANY))
    assert path.startswith("organization/") and "francais" not in path and "interieur" not in path
    assert meant(article("Ministry", name, others=()))[0] == path


@pytest.mark.parametrize(
    ("published", "path"),
    [
        ("2021-05-20", "person/gerald-darmanin"),
        ("2026-01-15", "person/laurent-nunez"),
        ("2018-12-20", "person/christophe-castaner"),
    ],
)
@pytest.mark.parametrize("title", ["Interior Minister", "Home Secretary", "ministre de l'Intérieur"])
def test_an_office_is_whoever_held_it_then(title: str, published: str, path: str) -> None:
    found, score, reason = meant(article("Person", title, published=published))
    assert found == path and score < 1 and published in reason


def test_an_office_without_a_date_or_a_country_is_nobody_known() -> None:
    assert meant(article("Person", "Interior Minister"))[0] == "person/interior-minister"
    assert meant(article("Person", "Interior Minister", published="2021-05-20", others=GERMANY))[0] != (
        "person/gerald-darmanin"
    )


def test_a_surname_is_the_known_person_who_held_the_office() -> None:
    found, _, reason = meant(article("Person", "Valls", title="prime minister", published="2015-01-10"))
    assert found == "person/manuel-valls" and "Prime Minister of France" in reason


def test_a_surname_alone_is_the_known_person_of_the_country() -> None:
    assert meant(article("Person", "Macron"))[0] == "person/emmanuel-macron"
    assert meant(article("Person", "Macron", others=GERMANY))[0] == "person/macron"


def test_a_part_of_a_name_does_not_make_a_section_the_whole() -> None:
    d = Draft("a", "t", "CGT Hospitals, or CGT, called it.")
    d.entity("e1", "Union", "CGT Hospitals", ("CGT", 1))
    assert meant(d.facts())[0] == "organization/cgt-hospitals"


def test_a_square_is_known_where_its_city_is_named() -> None:
    paris: tuple[tuple[EntityType, str], ...] = (("Place", "Paris"),)
    lille: tuple[tuple[EntityType, str], ...] = (("Place", "Lille"),)
    square = "Place de la République"
    assert meant(article("Place", square, others=paris))[0] == "place/place-de-la-republique-paris"
    assert meant(article("Place", square, others=lille))[0] == "place/place-de-la-republique"


def test_a_city_is_that_of_the_country_the_article_is_about() -> None:
    american: tuple[tuple[EntityType, str], ...] = (("Place", "United States"), ("Place", "Texas"))
    assert meant(article("Place", "Paris Saint", others=american))[0] == "place/paris-saint"
    greek: tuple[tuple[EntityType, str], ...] = (("Place", "Greece"), ("Place", "Thessaloniki"))
    found, _, reason = meant(article("Place", "Athens", others=greek))
    assert found == "place/athens-264371" and "GR" in reason
    assert meant(article("Place", "Athens", others=american))[0] != found


def test_a_namesake_abroad_with_another_office_is_not_the_known_person() -> None:
    name = "Philippe Martinez"
    namesake, _, _ = meant(article("Person", name, title="goalkeeper", others=GERMANY))
    assert namesake.startswith("person/philippe-martinez__")
    assert meant(article("Person", name, others=GERMANY))[0] == "person/philippe-martinez"
    assert meant(article("Person", name, title="union leader"))[0] == "person/philippe-martinez"
    both = (*GERMANY, ("Place", "France"))
    assert meant(article("Person", name, title="goalkeeper", others=both))[0] == "person/philippe-martinez"
    macron = article("Person", "Emmanuel Macron", title="French President", others=GERMANY)
    assert meant(macron)[0] == "person/emmanuel-macron"
