"""What the other tests stand on is sound: every span is what the article says there."""

import pytest

from kg import jsonlines
from kg.facts import ArticleFacts
from tests.builders import three_articles


@pytest.mark.parametrize("facts", three_articles(), ids=lambda f: f.article.id)
def test_spans_are_the_words_they_claim(facts: ArticleFacts) -> None:
    spans = list(facts.spans())
    assert len(spans) > 20
    assert all(len(s.text) == s.end - s.start for s in spans)


@pytest.mark.parametrize("facts", three_articles(), ids=lambda f: f.article.id)
def test_mentions_lie_in_their_sentence(facts: ArticleFacts) -> None:
    for entity in facts.entities:
        sentence = entity.evidence.sentence
        assert any(sentence.start <= m.start and m.end <= sentence.end for m in entity.mentions)


@pytest.mark.parametrize("facts", three_articles(), ids=lambda f: f.article.id)
def test_builders_make_facts_that_travel(facts: ArticleFacts) -> None:
    assert jsonlines.loads(jsonlines.dumps(facts)) == facts
