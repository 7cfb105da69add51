"""Terms come from the Turtle files, and only from there."""

import pytest
from rdflib import URIRef

from kg import terms
from kg.errors import UnknownName
from kg.terms import protest, schema


def test_a_term_is_its_iri() -> None:
    assert protest.March == URIRef("https://w3id.org/protest-kg/ontology#March")
    assert protest["March"] == protest.March


def test_a_typo_raises_and_suggests() -> None:
    with pytest.raises(UnknownName, match="did you mean protest:March"):
        _ = protest.Marsh


def test_terms_of_others_are_closed_too() -> None:
    assert str(schema.datePublished) == "http://schema.org/datePublished"
    with pytest.raises(UnknownName):
        _ = schema.dateOfPublication


def test_supertypes_reach_the_top_and_stay_ours() -> None:
    assert terms.supertypes(protest.March) == {protest.March, protest.ProtestEvent, protest.Event}
    assert terms.supertypes(protest.Union) == {protest.Union, protest.Organization, protest.Actor}


@pytest.mark.parametrize(("lang", "label"), [("en", "strike"), ("fr", "grève")])
def test_labels(lang: str, label: str) -> None:
    assert terms.label(protest.Strike, lang) == label


def test_base_ends_so_that_names_can_be_appended() -> None:
    assert terms.base().endswith("/id/")


def test_classes_and_properties_are_apart() -> None:
    assert protest.March in protest.classes() and protest.March not in protest.properties()
    assert protest.organizer in protest.properties() and "organizer" in protest.names()


def test_the_order_is_that_of_the_file() -> None:
    assert set(terms.order()) == {*protest.classes(), *protest.properties()}
    assert terms.order()[protest.about] < terms.order()[protest.text] < terms.order()[protest.confidence]
