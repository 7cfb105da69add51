"""What is in doubt is asked about, with evidence of both sides; an explanation says what was compared."""

from __future__ import annotations

import pytest

from kg.errors import UnknownName
from kg.judgement import Casebook, remaining
from kg.link import KnowledgeBase, link, load
from kg.link.corrections import Decision
from tests.builders import three_articles
from tests.link.test_entities import MAYOR, naming, person


@pytest.fixture
def book() -> Casebook:
    return Casebook(link(three_articles(), KnowledgeBase()), KnowledgeBase())


def doubtful() -> Casebook:
    articles = [naming("a", "Person", "Duvall"), naming("b", "Person", "Ana Duvall")]
    return Casebook(link(articles, KnowledgeBase()), KnowledgeBase())


def test_a_question_shows_both_sides() -> None:
    (question,) = doubtful().questions()
    assert [(s.label, s.type, s.reports) for s in (question.one, question.other)] == [
        ("Duvall", "Person", 1),
        ("Ana Duvall", "Person", 1),
    ]
    assert question.one.passages[0].sentence.text == "Duvall" and question.one.passages[0].article.id == "a"
    assert "surname" in question.reason and question.score == 0.5


def test_an_answer_is_a_decision_that_is_not_asked_for_again() -> None:
    questions = doubtful().questions()
    decision = questions[0].answer("same", by="Ana", why="the same desk")
    assert decision == Decision(
        "same", "entity-report/a--duvall", "entity-report/b--ana-duvall", "Ana", "the same desk"
    )
    assert remaining(questions, [decision]) == [] and remaining(questions, []) == questions


def test_one_thing_is_explained_by_its_features(book: Casebook) -> None:
    found = book.explain("entity-report/gazette-7--bwu", "entity-report/post-12--blue-watch-union")
    assert found.same and found.score >= found.enough
    assert any("“BWU” stands for “Blue Watch Union”" in reason for reason in found.reasons)


def test_two_namesakes_are_explained_by_what_parts_them() -> None:
    other = person("b", "Jean Martin", title="goalkeeper", of="Harbour Crews")
    articles = Casebook(link([MAYOR, other], KnowledgeBase()), KnowledgeBase())
    found = articles.explain("entity-report/a--jean-martin", "entity-report/b--jean-martin")
    assert not found.same and found.score < found.enough
    assert any(reason.startswith("one mayor, one goalkeeper") for reason in found.reasons)


def test_events_are_explained(book: Casebook) -> None:
    found = book.explain("event-report/post-12--march", "event-report/gazette-7--demonstrated")
    assert found.same and any("same date 2024-03-13" in reason for reason in found.reasons)


def test_what_shares_no_blocking_key_was_not_compared(book: Casebook) -> None:
    found = book.explain("Blue Watch Union", "Civic Left")
    assert not found.same and found.reasons[-1].startswith("no blocking key in common")
    assert not book.explain("Ana Duvall", "event-report/post-12--march").same


def test_known_things_are_found_by_iri() -> None:
    articles = Casebook(link([naming("a", "Union", "CGT"), naming("b", "Union", "CFDT")], load()), load())
    found = articles.explain("https://w3id.org/protest-kg/id/organization/cgt", "organization/cfdt")
    assert found.reasons[0].startswith("known as two")


@pytest.mark.parametrize(
    ("term", "says"),
    [("Nobody", "no actor, place or event has this name"), ("Interior", "no actor")],
)
def test_an_unknown_name_is_an_error(book: Casebook, term: str, says: str) -> None:
    with pytest.raises(UnknownName, match=says):
        book.explain(term, "BWU")


def test_a_name_of_two_things_lists_them() -> None:
    other = person("b", "Jean Martin", title="goalkeeper", of="Harbour Crews")
    articles = Casebook(link([MAYOR, other], KnowledgeBase()), KnowledgeBase())
    with pytest.raises(UnknownName, match="may mean 2 things"):
        articles.explain("Jean Martin", "Harbour Crews")
