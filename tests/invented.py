"""The annotated articles of our own in `training/articles/`, as the facts of a larger graph."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.facts import ArticleFacts, Count, Crowd, Demand, Evidence, Slogan, Span, Stance, Statement

sys.path.append(str(Path(__file__).parents[1] / "training"))

from gold import article, invented, occurrences
from linking import facts_of

Json = dict[str, Any]
SAMPLED = ("afr-", "ame-", "asia-", "brit-", "eur-", "hard-")
"""How the ids of the articles begin that were made first."""
TOLD_TWICE = (
    "ame-07-4", "ame-08-2", "asia-03-1", "asia-07-5", "brit-02-6", "brit-06-6", "eur-01-1", "eur-08-4",
    "hard-04-1", "hard-06-5", "hard-09-1",
)  # fmt: skip
"""Articles that report the same events as others of these."""


def facts(gold: Json) -> ArticleFacts:
    """All that is annotated of an article; `facts_of` of training leaves out what linking does not need."""
    text = article(gold).content

    def span(words: str) -> Span:
        start, end = next(occurrences(text, words), (0, len(words)))
        return Span(start, end, words)

    def why(words: str) -> Evidence:
        """The line around the words."""
        at = span(words).start
        begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = len(text) if end < 0 else end
        return Evidence(Span(begin, end, text[begin:end]), "gold", 1.0)

    told = facts_of(gold)
    events = tuple(
        replace(
            event,
            crowds=tuple(
                Crowd(c["low"], c["high"], c["source"], span(c["text"]), why(c["text"])) for c in v["crowds"]
            ),
            counts=tuple(
                Count(n["kind"], n["low"], n["high"], n["who"], span(n["text"]), why(n["text"]))
                for n in v["counts"]
            ),
            demands=tuple(Demand(span(d["text"]), d["polarity"], why(d["text"])) for d in v["demands"]),
            slogans=tuple(Slogan(span(s), why(s)) for s in v["slogans"]),
        )
        for event, v in zip(told.events, gold["events"], strict=True)
    )
    statements = tuple(
        Statement(s["speaker"], s["kind"], span(s["text"]), why(s["text"])) for s in gold["statements"]
    )
    title = Evidence(Span(0, len(told.article.title), told.article.title), "gold", 1.0)
    stances = tuple(Stance(z["holder"], z["target"], z["polarity"], title) for z in gold["stances"])
    return replace(told, events=events, statements=statements, stances=stances)


def sample() -> list[ArticleFacts]:
    """Some sixty articles: every eighth of `SAMPLED` by its id, and those of `TOLD_TWICE`."""
    sampled = [gold for gold in invented("en") if gold["article"]["id"].startswith(SAMPLED)]
    return [
        facts(gold)
        for number, gold in enumerate(sampled)
        if number % 8 == 0 or gold["article"]["id"] in TOLD_TWICE
    ]
