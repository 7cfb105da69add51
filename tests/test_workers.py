"""Several processes read what one would, in the same order, and stop when nobody listens any more."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from kg import workers
from kg.article import Article, read_articles
from kg.errors import KgError

ARTICLES = Path(__file__).parent / "articles"


def test_any_number_of_workers_gives_the_same_facts_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "BATCH", 1)
    articles = list(read_articles([ARTICLES], on_error=pytest.fail))
    alone = list(workers.extract(articles))
    assert [facts.article.id for facts in alone] == [article.id for article in articles]
    assert list(workers.extract(articles, workers=2)) == alone


def test_who_leaves_early_leaves_the_rest_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "BATCH", 1)
    read: list[str] = []

    def endless() -> Iterator[Article]:
        for number in count():
            read.append(str(number))
            yield Article(str(number), "Nurses march", "Nurses marched in Leeds on Friday.", lang="en")

    facts = workers.extract(endless(), workers=2)
    assert next(facts).article.id == "0"
    facts.close()
    assert len(read) == 2 * workers.AHEAD


def test_an_error_in_a_process_comes_through() -> None:
    with pytest.raises(KgError, match="xx"):
        list(workers.extract([Article("a", "T", "Text.", lang="xx")], workers=2))
