"""The ontology, its alignments and what the builder makes of articles contradict nothing (OWL 2 RL).

axioms-of-others.ttl adds what the vocabularies say that ours is aligned to: that no person is an
organisation, no activity an entity.
"""

from pathlib import Path

import owlrl
import pytest
from owlrl.Namespaces import ERRNS
from rdflib import RDF, RDFS, Graph, URIRef

from kg.link import KnowledgeBase, link
from kg.quads import quads
from kg.terms import protest
from tests.builders import three_articles


@pytest.fixture
def graph() -> Graph:
    articles = three_articles()
    graph = Graph().parse(Path(__file__).parent / "axioms-of-others.ttl")
    for s, p, o, _ in quads(articles, link(articles, KnowledgeBase())):
        graph.add((s, p, o))
    return graph


def contradictions(graph: Graph) -> list[str]:
    # its improved datatypes would stay with rdflib, and with every test after this one
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(graph)
    return [str(text) for s in graph.subjects(RDF.type, ERRNS.ErrorMessage) for text in graph.objects(s)]


def test_articles_contradict_nothing(graph: Graph) -> None:
    assert contradictions(graph) == []


def test_a_person_that_is_an_organisation_would_be_noticed(graph: Graph) -> None:
    person = min(graph.subjects(RDF.type, protest.Person))
    graph.add((URIRef(str(person)), RDF.type, protest.Union))
    assert any("isjoint" in text for text in contradictions(graph))


def test_an_alignment_that_others_contradict_would_be_noticed(graph: Graph) -> None:
    graph.add((protest.Person, RDFS.subClassOf, URIRef("http://www.w3.org/ns/org#Organization")))
    assert any("isjoint" in text for text in contradictions(graph))


def test_what_the_builder_writes_is_all_that_can_be_derived_of_ours(graph: Graph) -> None:
    """Supertypes are written out, so that queries need no reasoner."""
    before = {(s, o) for s, o in graph.subject_objects(RDF.type) if o in protest}
    world = {s for s, _, _ in graph.triples((None, RDF.type, None)) if "/ontology" not in str(s)}
    contradictions(graph)
    after = {(s, o) for s, o in graph.subject_objects(RDF.type) if o in protest}
    abstract = {protest.Fact, protest.Report, protest.Passage}
    assert {(s, o) for s, o in after - before if s in world and o not in abstract} == set()
