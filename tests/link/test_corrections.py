"""What people decide holds, whatever linking would say, and what no longer applies is named."""

from itertools import permutations
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.facts import ArticleFacts
from kg.link import KnowledgeBase, Linked, link, load
from kg.link.corrections import Decision, read, write
from tests.builders import three_articles
from tests.link.test_entities import naming, paths
from tests.link.test_events import report

OKORO = ("entity-report/post-12--paul-okoro", "entity-report/courrier-3--paul-okoro")


def decided(*decisions: Decision, articles: list[ArticleFacts] | None = None) -> Linked:
    return link(articles or three_articles(), KnowledgeBase(), decisions)


def path(linked: Linked, article: str, id: str) -> str:
    return next(r.path for r in linked.references if (r.article, r.id) == (article, id))


def test_same_joins_what_nothing_speaks_for() -> None:
    articles = [naming("a", "Union", "Blue Watch"), naming("b", "Association", "Harbour Crews")]
    same = Decision("same", "entity-report/a--blue-watch", "organization/harbour-crews", "Ana", "renamed")
    linked = link(articles, KnowledgeBase(), [same])
    assert len(set(paths(linked))) == 1 and linked.stale == ()
    assert {r.reason for r in linked.references} == {"Ana said so: renamed"}


def test_different_parts_namesakes() -> None:
    before = decided()
    assert path(before, "post-12", "e7") == path(before, "courrier-3", "e4")
    after = decided(Decision("different", *OKORO))
    assert path(after, "post-12", "e7") != path(after, "courrier-3", "e4")


def test_different_from_a_known_thing() -> None:
    articles = [naming("a", "Person", "Emmanuel Macron")]
    apart = Decision("different", "entity-report/a--emmanuel-macron", "person/emmanuel-macron")
    (thing,) = link(articles, load(), [apart]).things
    assert thing.known is None


def test_same_as_a_known_thing_that_no_article_names() -> None:
    same = Decision("same", "entity-report/a--the-confederation", "organization/cgt", "Ana")
    (thing,) = link([naming("a", "Union", "The Confederation")], load(), [same]).things
    assert thing.known and thing.label == "General Confederation of Labour"


def test_events_are_joined_and_parted() -> None:
    articles = [report("a"), report("b", place="Port Vale"), report("c")]
    one, other, third = (f"event-report/{id}--gathered" for id in "abc")
    linked = link(
        articles, KnowledgeBase(), [Decision("same", one, other), Decision("different", one, third)]
    )
    assert path(linked, "a", "v1") == path(linked, "b", "v1") != path(linked, "c", "v1")


def test_rename_and_retype() -> None:
    linked = decided(
        Decision("rename", "organization/blue-watch-union", "The Blue Union"),
        Decision("retype", "organization/blue-watch-union", "Association"),
        Decision("rename", "event-report/post-12--march", "the great march"),
    )
    thing = next(t for t in linked.things if t.path == path(linked, "post-12", "e1"))
    assert (thing.label, thing.type) == ("The Blue Union", "Association")
    assert "Blue Watch Union" in thing.other_names
    assert any(h.label == "the great march" for h in linked.happenings)


def test_what_is_dropped_takes_with_it_what_is_said_of_it_alone() -> None:
    linked = decided(
        Decision("drop", "entity-report/post-12--paul-okoro"), Decision("drop", "organization/civic-left")
    )
    post, gazette = (
        next(f for f in linked.articles if f.article.id == id) for id in ("post-12", "gazette-7")
    )
    assert "e7" not in {e.id for e in post.entities} | {s.speaker for s in post.statements}
    assert all(a.entity != "e7" for v in post.events for a in v.arguments)
    assert [p.organization for p in gazette.positions] == [None] and gazette.stances == ()
    assert linked.stale == ()


def test_a_dropped_event_takes_its_relations_with_it() -> None:
    linked = decided(Decision("drop", "event-report/post-12--clashes"))
    (post,) = [f for f in linked.articles if f.article.id == "post-12"]
    assert [k.type for k in post.links] == ["triggered"]


STALE = {
    "report gone": (Decision("drop", "entity-report/post-99--x"), "entity-report/post-99--x is not in"),
    "thing gone": (Decision("rename", "organization/none", "None"), "organization/none is not in"),
    "event and person": (Decision("same", "event-report/post-12--march", OKORO[0]), "an event is no actor"),
    "event type": (Decision("retype", OKORO[0], "March"), "an event is no actor"),
    "one of two gone": (Decision("same", OKORO[0], "person/none"), "person/none is not in"),
}


@pytest.mark.parametrize(("decision", "says"), STALE.values(), ids=STALE.keys())
def test_what_no_longer_applies_is_named(decision: Decision, says: str) -> None:
    (stale,) = decided(decision).stale
    assert says in str(stale) and stale.decision == decision


def test_decisions_that_contradict_each_other_are_named() -> None:
    (stale,) = decided(Decision("same", *OKORO), Decision("different", *OKORO)).stale
    assert "they are one" in str(stale) and stale.decision.kind == "different"


def test_a_decision_outlives_another_extraction_and_more_articles() -> None:
    same = Decision("same", "entity-report/a--blue-watch", "entity-report/b--harbour-crews")
    articles = [naming("a", "Union", "Blue Watch"), naming("b", "Union", "Harbour Crews")]
    more = [*articles, naming("c", "Union", "Blue Watch"), naming("0", "Union", "Harbour Crews")]
    for corpus in permutations(more):
        linked = link(corpus, KnowledgeBase(), [same])
        assert len(set(paths(linked))) == 1 and linked.stale == ()


def test_who_decided_is_not_asked_again() -> None:
    articles = [naming("a", "Person", "Duvall"), naming("b", "Person", "Ana Duvall")]
    (doubt,) = link(articles, KnowledgeBase()).doubts
    assert doubt.reason.startswith("“Duvall” is the surname of “Ana Duvall”")
    for kind in ("unsure", "different", "same"):
        assert link(articles, KnowledgeBase(), [Decision(kind, doubt.one, doubt.other)]).doubts == ()


def test_a_file_is_sorted_and_keeps_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_text(
        "# ours\n\nsame\thttps://w3id.org/protest-kg/id/person/b\tperson/a\tAna\n# late\ndrop\tperson/c\n",
        encoding="utf-8",
    )
    decisions = read(path)
    write(path, [*decisions, Decision("drop", "person/a", by="B\tC", why="two\nlines")])
    assert path.read_text(encoding="utf-8") == (
        "# ours\n# late\ndecision\tone\tother\tby\twhy\n"
        "drop\tperson/a\t\tB C\ttwo lines\ndrop\tperson/c\nsame\tperson/b\tperson/a\tAna\n"
    )
    assert read(tmp_path / "none.tsv") == read(path / "none.tsv") == []


BROKEN = {
    "unknown word": ("join\ta\tb\n", "needs one of same"),
    "spaces": ("same a b\n", "needs one of same"),
    "one of two": ("\n# x\nsame\ta\n", "corrections.tsv:3: same needs two columns"),
    "nothing": ("drop\n", "drop needs one thing"),
    "type": ("retype\ta\tGuild\n", "'Guild' is no type of the codebook"),
    "too much": ("same\ta\tb\tc\td\te\n", "needs one of same"),
}


@pytest.mark.parametrize(("text", "says"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_line_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says) as caught:
        read(path)
    assert "corrections.tsv:" in str(caught.value)
