"""Facts are scored row by row: what is right, what is missed, what is made up."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from evaluate import KG_F1, evaluate, table
from score import HEADLINE, score

from kg.jsonlines import to_json
from tests.builders import post, three_articles

Json = dict[str, Any]
GOLD = [to_json(facts) for facts in three_articles()]
POST = to_json(post())


def changed(change: Callable[[Json], object]) -> dict[str, tuple[int, int, int]]:
    """The rows that a change of `POST` makes differ from a perfect score."""
    found = deepcopy(POST)
    change(found)
    perfect = score(POST, POST)
    return {row: counts for row, counts in score(POST, found).items() if counts != perfect[row]}


@pytest.mark.parametrize("gold", GOLD, ids=lambda g: str(g["article"]["id"]))
def test_gold_against_itself_is_right_throughout(gold: Json) -> None:
    assert all(right == of == found for right, of, found in score(gold, gold).values())


@pytest.mark.parametrize("gold", GOLD, ids=lambda g: str(g["article"]["id"]))
def test_an_article_not_read_is_missed_throughout(gold: Json) -> None:
    perfect = score(gold, gold)
    assert score(gold, {}) == {row: (0, of, 0) for row, (_, of, _) in perfect.items()}


def test_plain_strings_of_gold_are_read_as_texts() -> None:
    plain = deepcopy(POST)
    for entity in plain["entities"]:
        entity["mentions"] = [m["text"] for m in entity["mentions"]]
    for event in plain["events"]:
        event["triggers"] = [t["text"] for t in event["triggers"]]
        event["slogans"] = [s["text"] for s in event["slogans"]]
    assert score(plain, POST) == score(POST, POST)


def test_a_wrong_type_costs_only_the_type() -> None:
    assert changed(lambda f: f["entities"][0].update(type="Association")) == {"entity type": (9, 10, 10)}
    assert changed(lambda f: f["events"][0].update(type="Strike")) == {"event type": (5, 6, 6)}


def test_a_context_event_of_another_type_is_another_event() -> None:
    rows = changed(lambda f: f["events"][1].update(type="Meeting"))
    assert rows["event"] == (5, 6, 6) and rows["date"] == (4, 5, 5)


def test_another_kind_of_thing_is_another_thing() -> None:
    rows = changed(lambda f: f["entities"][2].update(type="Person"))
    assert rows["entity"] == (9, 10, 10)
    assert rows["places"] == (1, 3, 3)


def test_numbers_count_within_one_percent() -> None:
    assert changed(lambda f: f["events"][0]["crowds"][0].update(low=4020, high=4020)) == {}
    rows = changed(lambda f: f["events"][0]["crowds"][0].update(low=4100, high=4100))
    assert rows == {"crowd": (1, 2, 2), "crowd source": (1, 2, 2)}
    assert changed(lambda f: f["events"][0]["crowds"][0].update(source="police")) == {
        "crowd source": (1, 2, 2)
    }


def test_the_other_polarity_costs_the_polarity_only() -> None:
    rows = changed(lambda f: f["events"][0]["demands"][0].update(polarity="against"))
    assert rows == {"demand polarity": (1, 2, 2)}


def test_what_is_made_up_counts_as_found() -> None:
    assert changed(lambda f: f["statements"].append({"speaker": "e7", "text": "Nonsense"})) == {
        "statement": (2, 2, 3)
    }
    assert changed(lambda f: f["links"].pop()) == {"link": (2, 3, 2)}
    assert changed(lambda f: f["stances"][0].update(polarity="oppose")) == {"stance": (0, 1, 1)}


def test_figures_lie_in_their_intervals_and_are_the_same_each_time() -> None:
    found = deepcopy(GOLD)
    found[0]["events"].pop(0)
    found[1]["entities"].pop(0)
    counted = [score(g, f) for g, f in zip(GOLD, found, strict=True)]
    rows = evaluate(counted)
    assert rows == evaluate(counted)
    assert all(r.low <= r.f1 <= r.high and r.low >= 0 and r.high <= 1 for r in rows)
    named = {r.name: r for r in rows}
    right, gold, predicted = (sum(c["event"][i] for c in counted) for i in range(3))
    assert (named["event"].gold, named["event"].found) == (gold, predicted)
    assert named["event"].f1 == pytest.approx(2 * right / (gold + predicted))
    heads = [r.f1 for r in rows if r.name in HEADLINE and r.gold]
    assert named[KG_F1].f1 == pytest.approx(sum(heads) / len(heads))
    assert named[KG_F1].low < named[KG_F1].f1


def test_the_table_has_a_line_for_each_row() -> None:
    rows = evaluate([score(g, g) for g in GOLD])
    lines = table(rows).splitlines()
    assert len(lines) == len(rows) + 1
    assert lines[1].split()[:5] == ["*", "entity", "1.000", "1.000", "1.000"]
    assert lines[-1].split() == [KG_F1, "1.000", "1.000–1.000"]
