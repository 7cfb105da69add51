"""The ontology is complete: every term explains itself in both languages, and agrees with the codebook."""

from typing import get_args

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Literal, URIRef

from kg import facts, terms
from kg.terms import protest

TERMS = protest.classes() + protest.properties()


def test_there_are_as_many_terms_as_thought() -> None:
    assert (len(protest.classes()), len(protest.properties())) == (48, 45)
    assert len(TERMS) == len(protest.names())


@pytest.mark.parametrize("term", TERMS, ids=lambda t: t.split("#")[1])
@pytest.mark.parametrize("property_", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_said_once_in_each_language(term: URIRef, property_: URIRef) -> None:
    texts = list(terms.ontology().objects(term, property_))
    assert sorted(str(t.language) for t in texts if isinstance(t, Literal)) == ["en", "fr"]


@pytest.mark.parametrize("term", TERMS, ids=lambda t: t.split("#")[1])
def test_has_an_example(term: URIRef) -> None:
    assert list(terms.ontology().objects(term, SKOS.example))


@pytest.mark.parametrize("type_", [*get_args(facts.EntityType), *get_args(facts.EventType)])
def test_every_type_of_the_codebook_is_a_class(type_: str) -> None:
    assert protest[type_] in protest.classes()


@pytest.mark.parametrize("type_", get_args(facts.EventType))
def test_every_event_type_is_a_protest_or_context_event(type_: str) -> None:
    above = terms.supertypes(protest[type_])
    assert len(above & {protest.ProtestEvent, protest.ContextEvent}) == 1


def test_every_parent_and_range_of_ours_is_declared() -> None:
    graph = terms.ontology()
    named = {
        o
        for p in (RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.disjointWith)
        for o in graph.objects(None, p)
    }
    ours = {iri for iri in named if str(iri).startswith(terms.prefixes()["protest"])}
    assert ours and all((iri, RDF.type, OWL.Class) in graph for iri in ours)


def test_alignments_speak_of_terms_that_exist() -> None:
    assert all((s, RDF.type, None) in terms.ontology() for s in terms.ontology().subjects() if s in protest)
