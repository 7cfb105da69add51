"""From a name to the sentences behind it."""

from decimal import Decimal

import pytest

from kg.errors import UnknownName, UsageError
from kg.link import KnowledgeBase, link
from kg.quads import quads
from kg.store import OxigraphStore, memory
from kg.why import Reason, why
from tests.corpus import corpus

MARCH, RIOT, STRIKE = "march, Calmont, 2024-03-13", "riot, Mill Square", "strike, Calmont, --05-01"
ID = "https://w3id.org/protest-kg/id"


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    facts = corpus()
    return memory(quads(facts, link(facts, KnowledgeBase())))


def facts_of(reasons: list[Reason]) -> list[tuple[str, str, str]]:
    return [(r.subject, r.relation, r.object) for r in reasons]


def test_every_reason_shows_the_words_of_its_article(store: OxigraphStore) -> None:
    contents = {f.article.title: f"{f.article.title}\n\n" for f in corpus()}
    reasons = why(store, MARCH)
    assert len(reasons) > 20
    for r in reasons:
        assert len(r.sentence) == r.end - r.begin
        assert r.article in contents
        assert (r.component, r.confidence) == ("kg_test", Decimal("0.9"))


def test_all_kinds_of_facts_are_found(store: OxigraphStore) -> None:
    names = ("Ana Duvall", MARCH, f"{RIOT}, 2024-03-13", "Nadia Voss", "=SUM(us)")
    assert {r.kind for name in names for r in why(store, name)} == {
        "CasualtyCount", "CrowdEstimate", "DateClaim", "Demand", "EntityReport", "EventRelation",
        "EventReport", "Participation", "Position", "Slogan", "Stance", "Statement",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("term", "fact"),
    [
        pytest.param("Ana Duvall", ("Ana Duvall", "general secretary", "Blue Watch Union"), id="office"),
        pytest.param("ana duvall", ("Ana Duvall", "said (direct)", "We will be back next month"), id="said"),
        pytest.param("Duvall", (MARCH, "participant", "Ana Duvall"), id="part of a name"),
        pytest.param("BWU", (MARCH, "organizer", "Blue Watch Union"), id="acronym"),
        pytest.param("infirmieres", (STRIKE, "participant", "infirmières"), id="no accents"),
        pytest.param("Paul Okoro", ("Paul Okoro", "supports", MARCH), id="stance"),
        pytest.param("Mill Square", (MARCH, "place", "Mill Square"), id="place"),
        pytest.param(RIOT, (f"{RIOT}, 2024-03-13", "injured", "six"), id="casualties"),
        pytest.param(RIOT, (f"{RIOT}, 2024-03-13", "partOf", MARCH), id="relation"),
        pytest.param("not words", ("Tom Reiss", "said (direct)", "We want wages, not words"), id="words"),
        pytest.param("Calmont prefecture", (MARCH, "crowd", "3,000 (Calmont prefecture)"), id="estimator"),
        pytest.param(f"{ID}/person/ana-duvall", ("Ana Duvall", "is a", "Person"), id="iri"),
        pytest.param(f"{ID}/article/gazette-7", ("Nadia Voss", "said (direct)", "A farce"), id="article"),
    ],
)
def test_reasons(term: str, fact: tuple[str, str, str], store: OxigraphStore) -> None:
    assert fact in facts_of(why(store, term))


def test_the_iri_of_a_fact_leads_to_its_sentence(store: OxigraphStore) -> None:
    (said,) = why(store, "A farce")
    assert why(store, said.fact) == [said]
    assert said.sentence.startswith("“A farce,” said Nadia Voss")


def test_one_thing_in_two_articles_has_reasons_from_both(store: OxigraphStore) -> None:
    assert {r.article for r in why(store, "Ana Duvall")} == {
        "Officers march through Calmont over night patrols",
        "Thousands back police union in Calmont",
    }


@pytest.mark.parametrize(
    ("term", "says"),
    [
        pytest.param(
            "march", r"may mean \d things; ask by IRI:\n  march, Calmont \(March\) https://", id="ambiguous"
        ),
        pytest.param("Anna Duval", r"did you mean:\n  Ana Duvall \(Person\)", id="near"),
        pytest.param("Zzyzx", "nothing in the graph has this name", id="unknown"),
        pytest.param("", "name an actor", id="empty"),
        pytest.param("https://x.example/nothing", "says nothing about this IRI", id="unknown iri"),
        pytest.param("http://x.example/a b", "is no IRI", id="no iri"),
    ],
)
def test_names_that_lead_nowhere(term: str, says: str, store: OxigraphStore) -> None:
    with pytest.raises(UsageError, match=says):
        why(store, term)


def test_a_long_list_of_meanings_is_cut(store: OxigraphStore) -> None:
    with pytest.raises(UnknownName) as raised:
        why(store, "a")
    assert "\n  and " in str(raised.value)
