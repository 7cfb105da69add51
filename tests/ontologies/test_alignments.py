"""Alignments speak of terms that exist, agree with what others say of them, and fit their kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDFS, SKOS, Graph, URIRef

from kg import terms
from kg.resources import folder
from kg.terms import protest

HERE = Path(__file__).parent
CONFIRMED = dict(
    line.split("\t")
    for line in (HERE / "terms-of-others.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
ALIGNMENTS = Graph().parse(folder("ontologies") / "alignments.ttl")
USED = {o for o in ALIGNMENTS.objects() if isinstance(o, URIRef)} | {
    s for s in terms.ontology().subjects() if s in terms.schema
}
MATCHES = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)


@pytest.mark.parametrize("term", sorted(map(str, USED)))
def test_every_term_of_others_was_seen_to_exist(term: str) -> None:
    assert CONFIRMED.get(term), f"look {term} up in its vocabulary, then add it to terms-of-others.tsv"


def test_the_list_holds_nothing_else() -> None:
    assert len(CONFIRMED) >= 100
    assert set(CONFIRMED) == {str(term) for term in USED}


@pytest.mark.parametrize(
    "prefix",
    ["prov", "org", "foaf", "schema", "sem", "time", "geo", "geosparql", "oa", "nif", "lode", "dbo", "wd"],
)
def test_every_standard_of_the_design_is_aligned_to(prefix: str) -> None:
    namespace = terms.prefixes()[prefix]
    assert any(str(term).startswith(namespace) for term in USED)


def test_only_terms_of_ours_are_aligned_and_by_relations_that_fit_their_kind() -> None:
    classes, properties = set(protest.classes()), set(protest.properties())
    assert set(ALIGNMENTS.subjects()) <= classes | properties
    assert set(ALIGNMENTS.subjects(RDFS.subClassOf)) <= classes
    assert set(ALIGNMENTS.subjects(RDFS.subPropertyOf)) <= properties
    assert set(ALIGNMENTS.predicates()) == {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.notation, *MATCHES}


def test_every_protest_is_coded_in_plover_and_aligned_to_wikidata() -> None:
    kinds = [c for c in protest.classes() if protest.ProtestEvent in terms.supertypes(c)]
    assert len(kinds) == 9
    for kind in kinds:
        codes = {str(code) for code in ALIGNMENTS.objects(kind, SKOS.notation)}
        assert any(re.fullmatch(r"PLOVER:PROTEST(/[a-z]+)?", code) for code in codes), kind
        near = {str(o) for match in MATCHES for o in ALIGNMENTS.objects(kind, match)}
        assert any(iri.startswith(terms.prefixes()["wd"]) for iri in near), kind


def test_the_codes_are_those_of_the_codebooks() -> None:
    """PLOVER's modes of PROTEST (commit 5e0c24f), and the types and sub-types of ACLED that we use."""
    plover = {"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"}
    known = {"PLOVER:PROTEST", *(f"PLOVER:PROTEST/{mode}" for mode in plover)}
    known |= {
        "ACLED:Protests",
        "ACLED:Protests/Protest with intervention",
        "ACLED:Riots/Violent demonstration",
    }
    assert {str(code) for code in ALIGNMENTS.objects(None, SKOS.notation)} <= known


def test_what_others_say_of_their_classes_is_enough_to_notice_a_contradiction() -> None:
    axioms = Graph().parse(HERE / "axioms-of-others.ttl")
    assert len(list(axioms.subject_objects(OWL.disjointWith))) > 20
    assert len(axioms) > 130
