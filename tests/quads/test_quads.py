"""Every fact reaches the graph with its evidence; IRIs and order depend on content alone."""

import re
from collections import Counter
from itertools import permutations

import pytest
from rdflib import PROV, RDF, RDFS, XSD, Literal, URIRef

from kg import jsonlines, terms
from kg.errors import BadParameter, InputError
from kg.facts import ArticleFacts
from kg.link import KnowledgeBase, Linked, link, load
from kg.quads import Object, Quad, article_quads, check_base, quads
from kg.terms import protest, supertypes
from tests.builders import Draft, gazette, post, three_articles


def dataset(articles: list[ArticleFacts], knowledge: KnowledgeBase | None = None) -> list[Quad]:
    return list(quads(articles, link(articles, knowledge or KnowledgeBase())))


def of_class(content: list[Quad], class_: URIRef) -> set[URIRef]:
    return {s for s, p, o, _ in content if p == RDF.type and o == class_}


def values(content: list[Quad], subject: Object, predicate: URIRef) -> set[Object]:
    return {o for s, p, o, _ in content if s == subject and p == predicate}


def counts(facts: ArticleFacts) -> dict[URIRef, int]:
    """Class → how many of it the facts make."""
    v = facts.events
    return {
        protest.EntityReport: len(facts.entities),
        protest.EventReport: len(v),
        protest.Participation: sum(len(e.arguments) for e in v),
        protest.DateClaim: sum((e.start is not None) + (e.end is not None) for e in v),
        protest.CrowdEstimate: sum(len(e.crowds) for e in v),
        protest.CasualtyCount: sum(len(e.counts) for e in v),
        protest.Demand: sum(len(e.demands) for e in v),
        protest.Slogan: sum(len(e.slogans) for e in v),
        protest.Position: len(facts.positions),
        protest.EventRelation: len(facts.links),
        protest.Statement: len(facts.statements),
        protest.Stance: len(facts.stances),
    }


@pytest.mark.parametrize("facts", three_articles(), ids=lambda f: f.article.id)
def test_every_fact_is_in_its_articles_graph(facts: ArticleFacts) -> None:
    content = list(article_quads(facts))
    assert {c: len(of_class(content, c)) for c in counts(facts)} == counts(facts)
    assert {str(g) for _, _, _, g in content} == {f"{terms.base()}article/{facts.article.id}"}


@pytest.mark.parametrize("facts", three_articles(), ids=lambda f: f.article.id)
def test_every_fact_leads_to_its_sentence(facts: ArticleFacts) -> None:
    content = list(article_quads(facts))
    known = {str(s.text) for s in facts.spans()}
    for class_ in counts(facts):
        for fact in of_class(content, class_):
            (sentence,) = values(content, fact, PROV.wasDerivedFrom)
            (words,) = values(content, sentence, protest.text)
            assert str(words) in known
            assert values(content, fact, protest.confidence) == {Literal("0.9", datatype=XSD.decimal)}
            assert values(content, fact, protest.component) == {Literal("kg_test")}


def test_every_class_and_property_is_used() -> None:
    """A term that no article can bring about has no place in the ontology."""
    content = dataset([*three_articles(), everything_else()], load())
    classes = {t for s, p, o, _ in content if p == RDF.type and isinstance(o, URIRef) for t in supertypes(o)}
    reported = {o for _, p, o, _ in content if p == protest.reportedType}
    unused = set(protest.classes()) - classes - reported
    assert unused == set()
    assert set(protest.properties()) - {p for _, p, _, _ in content} == set()


def everything_else() -> ArticleFacts:
    """Types and properties that the three articles do not use."""
    d = Draft(
        "rest",
        "t",
        "Acme, Aid Now, Lycée Bleu and the Senate in Paris; camps, vigils, arrests, talks, votes and trials.",
    )
    d.entity("e1", "Company", "Acme")
    d.entity("e2", "Association", "Aid Now")
    d.entity("e3", "Organization", "Lycée Bleu")
    d.entity("e4", "Place", "Paris")
    end = d.when("2024-05-03", "votes")
    for id, type_, word in (
        ("v1", "Occupation", "camps"),
        ("v2", "Vigil", "vigils"),
        ("v3", "Arrest", "arrests"),
        ("v4", "Meeting", "talks"),
        ("v5", "Election", "votes"),
        ("v6", "LegalAction", "trials"),
        ("v7", "Blockade", "and"),
        ("v8", "OtherProtest", "the"),
    ):
        d.event(id, type_, [word], end=end)  # type: ignore[arg-type]
    return d.facts()


def test_everyday_triples_follow_from_the_facts() -> None:
    content = dataset(three_articles())
    named = {str(o): s for s, p, o, g in content if p == RDFS.label and g.endswith("graph/world")}
    march = named["march, Calmont, 2024-03-13"]
    assert values(content, march, protest.organizer) == {named["Blue Watch Union"]}
    assert values(content, march, protest.absent) == {named["Paul Okoro"]}
    assert values(content, march, protest.place) == {named["Calmont"], named["Mill Square"]}
    assert values(content, named["riot, Mill Square, 2024-03-13"], protest.partOf) == {march}
    assert values(content, named["Paul Okoro"], protest.supports) == {march}
    assert values(content, named["Civic Left"], protest.opposes) == {march}
    assert values(content, named["Ana Duvall"], protest.officeIn) == {named["Blue Watch Union"]}


def test_role_and_everyday_triple_agree() -> None:
    """For every participation, ?event ?role ?entity holds in the world."""
    content = dataset(three_articles())
    triples = {q[:3] for q in content}
    to = {s: o for s, p, o, _ in content if p == protest.refersTo}
    participations = of_class(content, protest.Participation)
    assert len(participations) > 15
    for p in participations:
        (event,), (role,), (entity,) = (
            values(content, p, x) for x in (protest.about, protest.role, protest.entity)
        )
        assert (to[event], role, to[entity]) in triples  # type: ignore[index]


def test_no_triple_stands_in_two_graphs() -> None:
    articles = three_articles()
    content = list(quads(articles, link(articles, load())))
    assert max(Counter(q[:3] for q in content).values()) == 1
    assert len(set(content)) == len(content)


def test_every_article_report_and_thing_has_one_label() -> None:
    content = [q for q in dataset(three_articles()) if not q[3].endswith("graph/ontology")]
    labels = Counter(s for s, p, _, _ in content if p == RDFS.label)
    wanted = {s for s, p, _, _ in content if p in (protest.factId, protest.reportedType) or p == RDF.type}
    without = {s for s in wanted if labels[s] == 0}
    assert max(labels.values()) == 1
    assert not without & (of_class(content, protest.Event) | of_class(content, protest.Actor))
    assert not without & (of_class(content, protest.Place) | of_class(content, protest.Article))


def test_the_order_of_articles_changes_nothing() -> None:
    contents = {frozenset(dataset(list(order))) for order in permutations(three_articles())}
    assert len(contents) == 1


def test_an_articles_graph_does_not_know_other_articles() -> None:
    alone = set(article_quads(post()))
    together = {q for q in dataset(three_articles()) if q[3].endswith("article/post-12")}
    assert alone == together


def test_a_fact_twice_is_one_fact() -> None:
    d = Draft("a", "t", "They want bread.")
    d.event("v1", "March", ["want"], demands=[d.demand("bread"), d.demand("bread")])
    assert len(of_class(list(article_quads(d.facts())), protest.Demand)) == 1


def iris_of(content: list[Quad], class_: URIRef) -> set[str]:
    return {str(s).rpartition("/")[2] for s in of_class(content, class_)}


def test_facts_go_by_what_they_speak_of() -> None:
    content = list(article_quads(post()))
    assert iris_of(content, protest.Demand) == {
        "post-12--march--more-staff-on-night-patrols",
        "post-12--march--the-roster-reform",
    }
    assert "post-12--march--organizer--blue-watch-union" in iris_of(content, protest.Participation)
    assert iris_of(content, protest.Position) == {
        "post-12--ana-duvall--blue-watch-union--general-secretary",
        "post-12--paul-okoro--interior-minister",
    }


def test_names_of_facts_stay_when_only_their_confidence_changes() -> None:
    """Who corrects or cites a fact need not do so again after the models were trained anew."""
    surer = jsonlines.loads(jsonlines.dumps(post()).replace('"confidence": 0.9', '"confidence": 0.4'))
    assert surer != post()
    assert {s for s, *_ in article_quads(surer)} == {s for s, *_ in article_quads(post())}


def test_facts_that_would_share_a_name_stay_apart() -> None:
    d = Draft("a", "t", "They want bread. Others want bread.")
    d.event("v1", "March", ["want"], demands=[d.demand("bread"), d.demand(("bread", 1))])
    found = iris_of(list(article_quads(d.facts())), protest.Demand)
    assert len(found) == 2
    assert all(re.fullmatch(r"a--want--bread--[0-9a-f]{12}", name) for name in found)


def test_facts_about_nobody_are_refused() -> None:
    d = Draft("a", "t", "They want bread.")
    d.statement("e9", "bread")
    with pytest.raises(InputError, match="article 'a': 'e9' is no entity or event"):
        list(article_quads(d.facts()))


def test_iris_are_made_of_letters_digits_and_dashes() -> None:
    d = Draft("a/b c#é?<>", "t", "Ünïon “X” /?#<> marched.")
    d.entity("e1", "Union", "Ünïon “X” /?#<>")
    d.event("v 1", "March", ["marched"], organizers=["e1"])
    for s, _, o, g in dataset([d.facts()]):
        if g.endswith("graph/ontology"):
            continue
        for iri in (s, o, g):
            if isinstance(iri, URIRef) and iri.startswith(terms.base()):
                local = iri.removeprefix(terms.base()).replace("/", "").replace("-", "").replace("_", "")
                assert local.isascii() and local.isalnum(), iri


def test_another_base_names_things_elsewhere() -> None:
    articles = [gazette()]
    content = quads(articles, link(articles, KnowledgeBase()), base="https://lab.example/kg/")
    subjects = {s for s, _, _, g in content if not g.endswith("graph/ontology")}
    assert subjects and all(s.startswith("https://lab.example/kg/") for s in subjects)


@pytest.mark.parametrize("base", ["", "kg/", "https://x.example/kg", "https://x.example/a b/", "<script>"])
def test_a_base_must_be_an_iri_that_names_can_follow(base: str) -> None:
    with pytest.raises(BadParameter, match="must be an absolute IRI"):
        check_base(base)


def test_nothing_gives_the_ontology_alone() -> None:
    content = list(quads([], Linked((), (), ())))
    assert {g for *_, g in content} == {URIRef(f"{terms.base()}graph/ontology")}
