"""Gold facts are found where their words stand in the article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from gold import article, fold, invented, mentions, occurrences, read, triggers

TEXT = (
    "The Dock Union (DU) marched in Port Allen. "
    "The march, said the Dock Union, was long; a counter-march was not."
)
GOLD: dict[str, Any] = {
    "article": {"id": "a-1", "title": "A march", "text": TEXT, "published": "2024-03-14"},
    "entities": [
        {"id": "e1", "type": "Union", "mentions": ["Dock Union", "DU"]},
        {"id": "e2", "type": "Place", "mentions": ["Port Allen"]},
        {"id": "e3", "type": "Place", "mentions": ["Allen"]},
    ],
    "events": [
        {"id": "v1", "triggers": ["march", "marched"]},
        {"id": "v2", "triggers": ["counter-march", "march"]},
    ],
}


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        pytest.param("a march, the march", "march", [(2, 7), (13, 18)], id="every-one"),
        pytest.param("marches outmarch march", "march", [(17, 22)], id="whole-words"),
        pytest.param("Port\n Allen", "Port Allen", [(0, 11)], id="any-space"),
        pytest.param("C++ (C)", "C++", [(0, 3)], id="signs"),
        pytest.param("March", "march", [], id="case"),
        pytest.param("march", " ", [], id="nothing-wanted"),
    ],
)
def test_occurrences(text: str, wanted: str, expected: list[tuple[int, int]]) -> None:
    assert list(occurrences(text, wanted)) == expected


def test_of_mentions_that_overlap_the_longer_stays() -> None:
    content = article(GOLD).content
    found = {content[s:e]: named for (s, e), named in mentions(GOLD).items()}
    assert found == {"Dock Union": ("Union", "e1"), "DU": ("Union", "e1"), "Port Allen": ("Place", "e2")}
    assert len(mentions(GOLD)) == 4


def test_a_shared_word_may_name_each_of_its_events() -> None:
    content = article(GOLD).content
    found = [(content[s:e], [v["id"] for v in events]) for (s, e), events in sorted(triggers(GOLD).items())]
    assert found == [
        ("march", ["v1", "v2"]), ("marched", ["v1"]), ("march", ["v1", "v2"]),
        ("counter-march", ["v2"]), ("march", ["v1", "v2"]),
    ]  # fmt: skip


def test_files_are_read_sorted_by_article(tmp_path: Path) -> None:
    for name, ids in (("one", "ca"), ("two", "b")):
        lines = [json.dumps({"article": {"id": key}}) for key in ids]
        (tmp_path / name).write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    assert [g["article"]["id"] for g in read([tmp_path / "one", tmp_path / "two"])] == ["a", "b", "c"]


def test_articles_of_one_story_share_a_fold() -> None:
    stories = [{"article": {"id": f"{n}", "story": f"story {n // 3}"}} for n in range(60)]
    folds = [fold(g, 5) for g in stories]
    assert all(len(set(folds[n : n + 3])) == 1 for n in range(0, 60, 3))
    assert set(folds) == set(range(5))


def test_an_article_without_a_story_goes_by_its_id() -> None:
    assert fold({"article": {"id": "x"}}, 7) == fold({"article": {"id": "y", "story": "x"}}, 7)
    assert len({fold({"article": {"id": str(n)}}, 5) for n in range(50)}) == 5


def test_the_articles_of_our_own_say_what_their_facts_say() -> None:
    """The words of every fact stand in the article, and every id means something in it."""
    articles = invented("en")
    assert len(articles) == 1845
    wrong = []
    for g in articles:
        content = article(g).content
        entities, events = {e["id"] for e in g["entities"]}, {v["id"] for v in g["events"]}
        said = [m for e in g["entities"] for m in e["mentions"]]
        said += [s["text"] for s in g["statements"]] + [p["title"] for p in g["positions"]]
        named = [p["person"] for p in g["positions"]] + [s["speaker"] for s in g["statements"]]
        for v in g["events"]:
            said += v["triggers"] + v["slogans"]
            said += [x["text"] for key in ("crowds", "counts", "demands") for x in v[key]]
            named += [
                x for role in ("places", "organizers", "participants", "targets", "absent") for x in v[role]
            ]
        assert all(k["source"] in events and k["target"] in events for k in g["links"])
        wrong += [
            (g["article"]["id"], text)
            for text in said
            if " ".join(text.split()) not in " ".join(content.split())
        ]
        wrong += [(g["article"]["id"], key) for key in named if key not in entities]
    assert wrong == []
    assert len({g["article"]["id"] for g in articles}) == len(articles)
