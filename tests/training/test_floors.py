"""How well the shipped models read four invented articles, row by row: no change may make it worse.

The articles are in `tests/articles/`, annotated by the codebook in `gold.jsonl`; the floors are what was
measured when they were last raised, less one fact. What the models are worth on real news is in
`docs/accuracy.md`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from evaluate import KG_F1, evaluate
from score import HEADLINE, score

from kg.article import read_articles
from kg.jsonlines import to_json
from kg.pipeline import extract

ARTICLES = Path(__file__).parents[1] / "articles"
FLOORS = {
    "entity": 0.88, "entity type": 0.84, "names": 0.85, "position": 0.85, "event": 0.95, "event type": 0.9,
    "date": 0.6, "places": 0.7, "organizers": 0.6, "participants": 0.55, "targets": 0.2, "crowd": 0.7,
    "count": 0.6, "demand": 0.5, "slogan": 0.6, "link": 0.4, "statement": 0.55, "stance": 0.3, KG_F1: 0.74,
}  # fmt: skip


@cache
def measured() -> dict[str, float]:
    """Row → F1."""

    def fail(error: Exception) -> None:
        raise error

    gold = map(json.loads, (ARTICLES / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    found = {f.article.id: to_json(f) for f in extract(read_articles([ARTICLES], on_error=fail))}
    return {row.name: row.f1 for row in evaluate([score(g, found[g["article"]["id"]]) for g in gold])}


@pytest.mark.parametrize("row", [*HEADLINE, KG_F1])
def test_no_row_falls_below_its_floor(row: str) -> None:
    assert measured()[row] >= FLOORS[row]
