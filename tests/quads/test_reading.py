"""What goes into the graph comes out of it: the facts of an article, all of them and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from rdflib import PROV, Literal, URIRef

from kg import jsonlines, store
from kg.article import read_articles
from kg.errors import InputError
from kg.facts import ArticleFacts, in_order
from kg.link import link, load
from kg.pipeline import extract
from kg.quads import Quad, article_quads, quads
from kg.quads.reading import read_facts
from kg.resources import folder
from kg.terms import protest
from tests.builders import post, three_articles
from tests.strategies import article_facts

ARTICLES = Path(__file__).parents[1] / "articles"


def test_the_whole_dataset_gives_back_every_article() -> None:
    articles = three_articles()
    dataset = list(quads(articles, link(articles, load())))
    wanted = sorted(map(in_order, articles), key=lambda f: f.article.id)
    assert list(read_facts(dataset)) == wanted
    assert list(read_facts(reversed(dataset))) == wanted


def test_what_is_read_from_the_seeds_comes_back_from_a_store() -> None:
    articles = read_articles([folder("seeds"), ARTICLES], on_error=pytest.fail)
    facts = [jsonlines.loads(jsonlines.dumps(f)) for f in extract(articles)]
    dataset = quads(facts, link(facts, load()))
    found = list(read_facts(store.memory(dataset).quads()))
    assert len(found) == 6
    assert found == sorted(map(in_order, facts), key=lambda f: f.article.id)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(article_facts())
def test_any_facts_come_back(facts: ArticleFacts) -> None:
    found = store.memory(article_quads(facts)).quads()
    assert list(read_facts(found)) == [in_order(facts)]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(article_facts())
def test_facts_in_order_are_the_same_facts(facts: ArticleFacts) -> None:
    once = in_order(facts)
    assert in_order(once) == once
    assert set(article_quads(once)) == set(article_quads(facts))


def test_the_order_of_places_is_kept() -> None:
    """The most specific place comes first: an order that means something."""
    arguments = post().events[0].arguments
    assert len(arguments) == 7
    for order in (arguments, arguments[::-1], arguments[3:] + arguments[:3]):
        facts = replace(post(), events=(replace(post().events[0], arguments=order),), links=(), stances=())
        (found,) = read_facts(article_quads(facts))
        assert found.events[0].arguments == order


def changed(facts: ArticleFacts, predicate: URIRef, *values: str) -> list[Quad]:
    """The article's graph with the values of one fact's property replaced by others."""
    content = sorted(article_quads(facts))
    s, _, _, graph = next(q for q in content if q[1] == predicate)
    kept = [q for q in content if q[:2] != (s, predicate)]
    return kept + [(s, predicate, Literal(value), graph) for value in values]


@pytest.mark.parametrize(
    ("predicate", "values", "message"),
    [
        (protest.confidence, [], "needs one confidence, has 0"),
        (protest.confidence, ["0.1", "0.2"], "needs one confidence, has 2"),
        (protest.confidence, ["high"], "confidence 'high' is no number"),
        (PROV.wasDerivedFrom, [], "needs one wasDerivedFrom, has 0"),
        (protest.role, ["friend"], "friend is no role of facts"),
        (protest.beginOffset, ["?"], "beginOffset '?' is no number"),
    ],
)
def test_a_graph_that_somebody_broke_is_named(predicate: URIRef, values: list[str], message: str) -> None:
    with pytest.raises(InputError, match=f"^<https://w3id.org/protest-kg/id/[^>]+>: {re.escape(message)}$"):
        list(read_facts(changed(post(), predicate, *values)))


def test_no_article_gives_no_facts() -> None:
    assert list(read_facts([])) == []
