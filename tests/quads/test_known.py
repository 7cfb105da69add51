"""What is known of the things that articles refer to stands in a graph of its own, and nothing else does."""

from rdflib import DCTERMS, ORG, RDF, RDFS, SKOS, Literal, URIRef

from kg import terms
from kg.facts import ArticleFacts
from kg.link import link, load
from kg.quads import Quad, quads
from kg.terms import protest, schema
from kg.validate import validate
from tests.builders import Draft
from tests.link.test_events import told


def article() -> ArticleFacts:
    d = Draft(
        "a",
        "t",
        "Emmanuel Macron, Front national, CGT Cheminots; Athens, Greece; Place de la Bastille, Paris.",
    )
    d.entity("e1", "Person", "Emmanuel Macron")
    d.entity("e2", "Party", "Front national")
    d.entity("e3", "Union", "CGT Cheminots")
    for n, place in enumerate(("Athens", "Greece", "Place de la Bastille", "Paris"), 4):
        d.entity(f"e{n}", "Place", place)
    return d.facts()


def dataset(*articles: ArticleFacts) -> list[Quad]:
    return list(quads(articles, link(articles, load())))


def known(path: str) -> dict[URIRef, set[str]]:
    """What the graph of known things says of one."""
    found: dict[URIRef, set[str]] = {}
    for s, p, o, g in dataset(article()):
        if g.endswith("graph/kb") and s == URIRef(terms.base() + path):
            found.setdefault(p, set()).add(str(o))
    return found


def test_a_city_has_coordinates_country_precision_and_id() -> None:
    athens = known("place/athens-264371")
    assert athens[SKOS.exactMatch] == {"https://sws.geonames.org/264371/"}
    assert athens[schema.addressCountry] == {"GR"} and athens[protest.precision] == {"city"}
    assert {round(float(min(athens[p]))) for p in (schema.latitude, schema.longitude)} == {38, 24}


def test_a_square_lies_in_its_city_and_a_country_has_no_coordinates() -> None:
    square = known("place/place-de-la-bastille")
    assert square[schema.containedInPlace] == {terms.base() + "place/paris"}
    assert square[protest.precision] == {"venue"} and schema.latitude not in square
    assert known("place/greece")[protest.precision] == {"country"}


def test_a_party_has_its_successor_and_a_union_its_confederation() -> None:
    assert known("organization/front-national")[DCTERMS.isReplacedBy] == {
        terms.base() + "organization/rassemblement-national"
    }
    assert known("organization/cgt-cheminots")[ORG.memberOf] == {terms.base() + "organization/cgt"}
    confederation = known("organization/cgt")
    assert confederation[RDFS.label] == {"General Confederation of Labour"}
    assert RDF.type not in confederation, "no article reports it"


def test_a_person_has_the_offices_of_a_time() -> None:
    tenure = known("tenure/emmanuel-macron-president-of-france-2017")
    assert tenure[ORG.member] == {terms.base() + "person/emmanuel-macron"}
    assert tenure[schema.startDate] == {"2017-05-14"} and schema.endDate not in tenure
    assert known("office/president-of-france")[RDFS.label] == {"President of France"}


def test_hidden_names_are_no_names_and_what_is_written_conforms() -> None:
    content = dataset(article())
    assert Literal("head of state", lang="en") not in {o for _, _, o, _ in content}
    assert validate(content).violations == ()


def test_parts_that_no_article_tells_stand_in_the_graph_of_linking() -> None:
    content = dataset(told("a", "France"), told("b", "Lyon"))
    (graph,) = {g for _, p, _, g in content if p == protest.partOf and not g.endswith("ontology")}
    assert graph.endswith("graph/linking")
