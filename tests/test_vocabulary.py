"""Whoever looks a term up finds it, whatever they call it, with all that the ontology says of it."""

import pytest
from rdflib import SKOS

from kg import terms
from kg.errors import UnknownName
from kg.terms import protest
from kg.vocabulary import entry, find, rules, sections, short, tree


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("March", "March"),
        ("march", "March"),
        ("protest:organizer", "organizer"),
        ("https://w3id.org/protest-kg/ontology#Strike", "Strike"),
        ("organiser", "organizer"),
        ("grève", "Strike"),
        ("Police intervention", "PoliceIntervention"),
    ],
)
def test_a_term_is_found_by_any_of_its_names(name: str, term: str) -> None:
    assert find(name) == protest[term]


@pytest.mark.parametrize("name", ["Marsh", "http://x.example/March", "", "<script>"])
def test_what_is_no_term_is_refused(name: str) -> None:
    with pytest.raises(UnknownName, match="kg vocab lists them all"):
        find(name)


def test_an_entry_says_all_there_is() -> None:
    march = entry(protest.March)
    assert march.is_class and not entry(protest.organizer).is_class
    assert march.labels == {"en": "march", "fr": "défilé"}
    assert march.kind_of == (protest.ProtestEvent,) and protest.March in entry(protest.ProtestEvent).kinds
    assert protest.organizer in march.has and entry(protest.organizer).of == (protest.Event,)
    assert [short(t) for t in march.near[SKOS.broadMatch]] == ["wd:Q175331"]
    assert march.codes == ("ACLED:Protests", "PLOVER:PROTEST/demo")


def test_sections_hold_every_term_once() -> None:
    names = [term for _, terms_ in sections() for term in terms_]
    assert len(list(sections())) >= 5
    assert sorted(names) == sorted(protest.classes() + protest.properties())
    assert names == sorted(names, key=lambda t: terms.order()[t])


def test_the_tree_holds_every_class_once() -> None:
    assert sorted(term for _, term in tree()) == protest.classes()
    depths = {term: depth for depth, term in tree()}
    assert (depths[protest.Event], depths[protest.ProtestEvent], depths[protest.March]) == (0, 1, 2)


def test_rules_say_of_what_and_what_is_wrong() -> None:
    found = rules()
    assert len(found) >= 50
    assert all(rule.of and rule.message and rule.paths for rule in found)
    assert sum(not rule.is_violation for rule in found) == 5
