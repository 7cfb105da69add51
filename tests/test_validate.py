"""A good graph conforms; each way of breaking one is found, and said so that a researcher understands."""

from decimal import Decimal

import pytest
from rdflib import ORG, PROV, RDF, RDFS, XSD, Literal, URIRef

from kg.link import KnowledgeBase, link, load
from kg.quads import Object, Quad, quads
from kg.terms import protest, schema
from kg.validate import validate
from tests.builders import Draft, three_articles


@pytest.fixture(scope="module")
def good() -> list[Quad]:
    articles = three_articles()
    return list(quads(articles, link(articles, KnowledgeBase())))


def broken(good: list[Quad], class_: URIRef, predicate: URIRef, values: tuple[Object, ...]) -> list[Quad]:
    """The graph with other values of a property at one thing of a class that has it."""
    of_class = {s for s, p, o, _ in good if p == RDF.type and o == class_}
    subject, graph = min((s, g) for s, p, _, g in good if s in of_class and p == predicate)
    rest = [q for q in good if q[:2] != (subject, predicate)]
    return rest + [(subject, predicate, value, graph) for value in values]


def decimal(value: str) -> Literal:
    return Literal(Decimal(value), datatype=XSD.decimal)


def day(value: str) -> Literal:
    return Literal(value, datatype=XSD.date, normalize=False)


NOTHING = URIRef("http://x.example/nothing")
WAYS: dict[str, tuple[URIRef, URIRef, tuple[Object, ...], str]] = {
    "no evidence": (protest.Demand, PROV.wasDerivedFrom, (), "has no evidence"),
    "no confidence": (protest.Stance, protest.confidence, (), "needs one confidence between 0 and 1"),
    "confidence above 1": (protest.Demand, protest.confidence, (decimal("1.2"),), "needs one confidence"),
    "confidence below 0": (protest.Demand, protest.confidence, (decimal("-0.1"),), "needs one confidence"),
    "no component": (protest.Slogan, protest.component, (), "does not say which component"),
    "no article": (protest.EventReport, protest.article, (), "does not say which article"),
    "no words": (protest.Sentence, protest.text, (), "needs its exact words"),
    "ends before it begins": (protest.Mention, protest.endOffset, (Literal(0),), "ends before it begins"),
    "unknown role": (protest.Participation, protest.role, (protest.start,), "has a role that is not"),
    "nobody in the role": (protest.Participation, protest.entity, (), "does not say who or what"),
    "date of a wrong type": (protest.DateClaim, protest.date, (Literal("last week"),), "is no date"),
    "impossible day": (protest.DateClaim, protest.date, (day("2024-02-31"),), "is no date"),
    "unknown basis": (protest.DateClaim, protest.basis, (Literal("guessed"),), "must be stated, relative or"),
    "low above high": (protest.CasualtyCount, protest.low, (Literal(900),), "lower bound above its upper"),
    "negative crowd": (protest.CrowdEstimate, protest.low, (Literal(-5),), "lower bound that is no number"),
    "no estimator": (protest.CrowdEstimate, protest.estimatorKind, (Literal("x"),), "that is not organisers"),
    "foreign estimator": (protest.CrowdEstimate, protest.estimator, (NOTHING,), "is no actor of its article"),
    "unknown kind of count": (protest.CasualtyCount, protest.kind, (Literal("sad"),), "must count killed"),
    "unknown victims": (protest.CasualtyCount, protest.affected, (Literal("dogs"),), "protesters, police or"),
    "unknown polarity": (protest.Demand, protest.polarity, (Literal("maybe"),), "must be for or against"),
    "unknown stance": (protest.Stance, protest.polarity, (Literal("for"),), "must support or oppose"),
    "no speaker": (protest.Statement, protest.speaker, (), "needs one speaker"),
    "unknown speech": (protest.Statement, protest.kind, (Literal("sung"),), "direct or indirect"),
    "no holder": (protest.Position, protest.holder, (), "needs one person"),
    "unknown relation": (protest.EventRelation, protest.role, (protest.place,), "one event triggered"),
    "no other event": (protest.EventRelation, protest.relatedReport, (), "needs one other event"),
    "unknown entity type": (protest.EntityReport, protest.reportedType, (protest.March,), "one type of"),
    "unknown event type": (protest.EventReport, protest.reportedType, (protest.Event,), "one type of"),
    "unknown status": (protest.EventReport, protest.status, (Literal("maybe"),), "must have occurred"),
    "never named": (protest.EntityReport, protest.mention, (), "is nowhere named"),
    "linked to nothing": (protest.EventReport, protest.refersTo, (), "is not linked to one event"),
    "no reason for a link": (protest.EventReport, protest.linkReason, (), "does not say why"),
    "link score above 1": (protest.EventReport, protest.linkScore, (decimal("7"),), "one link score between"),
    "two labels": (protest.Event, RDFS.label, (Literal("a"), Literal("b")), "needs one label"),
    "start is no date": (protest.Event, protest.start, (Literal(5),), "has a start that is no date"),
    "two starts": (protest.Event, protest.start, (day("2024-01-01"), day("2024-01-02")), "has a start that"),
    "no id of the article": (protest.Article, schema.identifier, (), "needs one id"),
    "published on no day": (protest.Article, schema.datePublished, (Literal("soon"),), "that is no day"),
}  # fmt: skip

OF_KNOWN: dict[str, tuple[URIRef, URIRef, tuple[Object, ...], str]] = {
    "unknown precision": (protest.Place, protest.precision, (Literal("street"),), "a venue, city, region or"),
    "beyond the pole": (protest.Place, schema.latitude, (decimal("91"),), "latitude that is none"),
    "around the world": (protest.Place, schema.longitude, (decimal("-181"),), "longitude that is none"),
    "an office without a name": (ORG.Post, RDFS.label, (), "needs one label"),
    "held by nobody": (ORG.Membership, ORG.member, (), "needs one person who held the office"),
    "holder of nothing": (ORG.Membership, ORG.role, (NOTHING,), "needs one office that was held"),
    "ended before it began": (ORG.Membership, schema.startDate, (day("2999-01-01"),), "ends before it"),
}  # fmt: skip


@pytest.fixture(scope="module")
def of_known() -> list[Quad]:
    """A graph with a city and a minister of the knowledge base, who held an office that has ended."""
    d = Draft("a", "t", "Gérald Darmanin went to Paris, France.")
    d.entity("e1", "Person", "Gérald Darmanin")
    for n, place in enumerate(("Paris", "France"), 2):
        d.entity(f"e{n}", "Place", place)
    articles = [d.facts()]
    return list(quads(articles, link(articles, load())))


@pytest.mark.parametrize(("class_", "predicate", "values", "says"), OF_KNOWN.values(), ids=OF_KNOWN.keys())
def test_every_way_to_break_what_is_known_is_found(
    of_known: list[Quad], class_: URIRef, predicate: URIRef, values: tuple[Object, ...], says: str
) -> None:
    assert validate(of_known).conforms
    report = validate(broken(of_known, class_, predicate, values))
    assert says in " / ".join(map(str, report.violations))


def test_what_the_builder_makes_conforms(good: list[Quad]) -> None:
    report = validate(good)
    assert report.conforms and report.findings == ()


@pytest.mark.parametrize(("class_", "predicate", "values", "says"), WAYS.values(), ids=WAYS.keys())
def test_every_way_to_break_it_is_found(
    good: list[Quad], class_: URIRef, predicate: URIRef, values: tuple[Object, ...], says: str
) -> None:
    report = validate(broken(good, class_, predicate, values))
    assert not report.conforms
    assert all(finding.kind for finding in report.violations)
    assert says in " / ".join(map(str, report.violations))


def test_a_number_without_bounds_is_none(good: list[Quad]) -> None:
    no_low = broken(good, protest.CasualtyCount, protest.low, ())
    report = validate(broken(no_low, protest.CasualtyCount, protest.high, ()))
    assert "gives no number" in str(report.violations[0])


def test_an_event_that_no_article_reports(good: list[Quad]) -> None:
    event = URIRef("http://x.example/event")
    pairs = (
        (RDF.type, protest.March),
        (RDF.type, protest.Event),
        (RDFS.label, Literal("a march")),
        (protest.status, Literal("planned")),
    )
    report = validate([*good, *((event, p, o, event) for p, o in pairs)])
    (finding,) = report.violations
    assert str(finding) == "march “a march” is reported by no article"
    assert finding.articles == ()
    assert finding.focus == str(event)


def test_a_finding_names_the_thing_the_value_and_the_property(good: list[Quad]) -> None:
    report = validate(broken(good, protest.Demand, protest.polarity, (Literal("maybe"),)))
    (finding,) = report.violations
    assert finding.kind == "demand" and finding.path == "protest:polarity" and finding.value == "maybe"
    assert "must be for or against (protest:polarity maybe)" in str(finding)


def test_a_finding_names_the_articles_in_which_it_stands(good: list[Quad]) -> None:
    (demand,) = validate(broken(good, protest.Demand, protest.polarity, ())).violations
    assert str(demand).endswith(", in “Calmont : les infirmières en grève le 1er mai”")
    found = validate(broken(good, protest.Person, RDFS.label, ())).violations
    (person,) = (f for f in found if f.label == "ana-duvall")
    titles = ("Officers march through Calmont over night patrols", "Thousands back police union in Calmont")
    assert person.articles == titles
    assert str(person) == f"person “ana-duvall” needs one label (rdfs:label), in “{titles[0]}” and 1 more"


def test_a_doubtful_reading_is_a_warning_and_conforms() -> None:
    d = Draft("a", "t", "Paris marched.")
    d.entity("e1", "Place", "Paris")
    d.event("v1", "March", ["marched"], organizers=["e1"])
    articles = [d.facts()]
    report = validate(quads(articles, link(articles, KnowledgeBase())))
    assert report.conforms and report.violations == ()
    (warning,) = report.warnings
    assert str(warning) == (
        "march “march: marched” is organised by something that is no actor (protest:organizer Paris), in “t”"
    )
