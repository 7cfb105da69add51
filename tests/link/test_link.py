"""Facts that contradict themselves are refused, with the article's id."""

from dataclasses import replace

import pytest

from kg.errors import InputError
from kg.facts import ArticleFacts
from kg.link import KnowledgeBase, link
from tests.builders import post


def test_two_articles_with_one_id() -> None:
    with pytest.raises(InputError, match="'post-12' is used twice"):
        link([post(), post()], KnowledgeBase())


BROKEN = {
    "speaker": replace(post(), statements=(replace(post().statements[0], speaker="e99"),)),
    "link": replace(post(), links=(replace(post().links[0], target="v99"),)),
    "stance": replace(post(), stances=(replace(post().stances[0], target="x"),)),
    "twice": replace(post(), entities=(*post().entities, post().entities[0])),
}


@pytest.mark.parametrize("facts", BROKEN.values(), ids=BROKEN.keys())
def test_ids_that_lead_nowhere(facts: ArticleFacts) -> None:
    with pytest.raises(InputError, match="article 'post-12'"):
        link([facts], KnowledgeBase())


def test_nothing_is_linked_to_nothing() -> None:
    linked = link([], KnowledgeBase())
    assert (linked.things, linked.happenings, linked.references) == ((), (), ())
