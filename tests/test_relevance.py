"""The relevance of an article follows from what its words mean, wherever it happens."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.article import Article
from kg.relevance import THRESHOLD, features, judge, relevance, words
from tests.conftest import Kg

EN = words("en")

PROTESTS = [
    pytest.param(
        "Teachers strike in Nairobi",
        "Teachers across Kenya went on strike on Monday over unpaid wages. Their union said schools "
        "would stay closed.",
        id="strike",
    ),
    pytest.param(
        "Thousands march in Buenos Aires",
        "Thousands of people marched through Buenos Aires on Thursday against cuts to universities.",
        id="march",
    ),
    pytest.param(
        "Farmers block highway in Punjab",
        "Farmers blocked a highway outside Ludhiana with tractors and demanded higher prices for wheat.",
        id="blockade",
    ),
    pytest.param(
        "Students occupy university in Santiago",
        "Students occupied the rectorate for a third day and called for the law to be withdrawn.",
        id="occupation",
    ),
    pytest.param(
        "Tbilisi",
        "Police used water cannon against demonstrators outside parliament in Tbilisi. Protesters "
        "threw stones, and 40 people were arrested.",
        id="riot",
    ),
    pytest.param(
        "Vigil in Lima",
        "Hundreds held candles at a vigil in Lima for the two men killed by police last week and "
        "demanded justice.",
        id="vigil",
    ),
    pytest.param(
        "Bus drivers walk out",
        "Bus drivers in Jakarta walked out on Tuesday after talks on pay failed.",
        id="walkout",
    ),
    pytest.param(
        "Union calls strike",
        "The nurses' union in Auckland said its members would strike for 24 hours next week.",
        id="planned",
    ),
    pytest.param(
        "Dhaka garment workers",
        "Garment workers took to the streets of Dhaka, and factories closed for the day.",
        id="phrase",
    ),
]
OTHERS = [
    pytest.param(
        "Rovers 1-2 United",
        "A stoppage-time strike by the substitute settled the derby. The striker had earlier hit the "
        "bar, and the visitors defended their lead.",
        id="sports-strike",
    ),
    pytest.param(
        "Missile strike kills four at depot",
        "A missile strike on an ammunition depot killed four soldiers on Tuesday, the army said. A "
        "second strike hit a radar station.",
        id="missile-strike",
    ),
    pytest.param(
        "African leaders discuss union of states",
        "The leaders of nine countries met to discuss a union of states with a common currency and a "
        "single passport.",
        id="union-of-states",
    ),
    pytest.param(
        "Carmaker shows new van",
        "The carmaker gave a product demonstration of its new electric van, which engineers said can "
        "drive four hundred kilometres.",
        id="product-demonstration",
    ),
    pytest.param(
        "Village celebrates",
        "The village held a party to mark the hundredth birthday of its oldest resident. Neighbours "
        "gathered, danced and sang until midnight.",
        id="party",
    ),
    pytest.param(
        "The march of time",
        "The march of time has left its mark on the old lighthouse, and in March the roof fell in. "
        "Repairs are to begin in April.",
        id="march-of-time",
    ),
    pytest.param(
        "New phone",
        "The battery takes an hour to charge. A full charge lasts two days, the company says.",
        id="battery-charge",
    ),
    pytest.param(
        "Shares rally",
        "Stocks rallied on Friday and the rally lifted the index by two percent as investors bought "
        "bank shares.",
        id="market-rally",
    ),
    pytest.param(
        "Explosion kills 5 at market",
        "A bomb exploded at a market, killing five people and wounding thirty. Police sealed off the "
        "area. No group claimed the attack.",
        id="bombing",
    ),
    pytest.param(
        "Court jails two for fraud",
        "A court sentenced two accountants to four years in prison for fraud. Police had arrested "
        "them in March last year.",
        id="court",
    ),
    pytest.param(
        "President wins vote",
        "The president was re-elected with 54 percent of the vote, the electoral commission said. "
        "The opposition party conceded.",
        id="election",
    ),
]


@pytest.mark.parametrize(("title", "text"), PROTESTS)
def test_plain_protest_news_is_relevant(title: str, text: str) -> None:
    assert relevance("en", title, text) >= THRESHOLD


@pytest.mark.parametrize(("title", "text"), OTHERS)
def test_the_same_words_in_other_news_are_not(title: str, text: str) -> None:
    assert relevance("en", title, text) < THRESHOLD


@pytest.mark.parametrize(
    ("one", "other"),
    [pytest.param("Paris", "Ouagadougou", id="place"), pytest.param("Macron", "Kereke", id="person")],
)
def test_a_name_counts_nothing(one: str, other: str) -> None:
    found = [
        features(f"March in {n}", f"Nurses marched in {n}. {n} was full of them.", EN) for n in (one, other)
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        pytest.param("strikes", "strike", id="s"),
        pytest.param("clashes", "clash", id="es"),
        pytest.param("occupied", "occupy", id="ied"),
        pytest.param("striking", "strike", id="ing-e"),
        pytest.param("rammed", "ram", id="doubled"),
        pytest.param("took", "take", id="irregular"),
        pytest.param("zyzzyvas", "zyzzyvas", id="unknown"),
    ],
)
def test_a_form_leads_to_its_lemma(form: str, lemma: str) -> None:
    assert EN.lemma(form) == lemma


def test_the_month_of_march_is_no_march() -> None:
    assert "word=march" not in features("", "The bridge opened in March and closed last March.", EN)
    assert "word=march" in features("", "Nurses held a march and a march was held.", EN)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "…", "<script>=cmd()</script>", "\u202estrike\u202c", "a" * 9999]
)
def test_odd_texts_have_a_score_too(text: str) -> None:
    assert 0 <= relevance("en", text, text) <= 1


def test_a_judgement_is_the_score_against_the_threshold() -> None:
    found = judge(
        Article("a", "Dockers strike", "Dockers walked out over pay and marched to the port.", "en")
    )
    assert (found.id, found.relevant) == ("a", found.score >= THRESHOLD) == ("a", True)


def test_every_article_gets_a_line(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    rows = [{"id": p.id, "title": p.values[0], "text": p.values[1], "lang": "en"} for p in PROTESTS + OTHERS]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run = kg("relevance", file)
    lines = [json.loads(line) for line in run.out.splitlines()]
    assert (run.code, run.err) == (0, "")
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    assert [line["id"] for line in lines if line["relevant"]] == [p.id for p in PROTESTS]
    assert all(set(line) == {"id", "score", "relevant"} for line in lines)
    extracted = kg("extract", file, "--relevant-only")
    assert (extracted.code, extracted.err) == (0, "")
    read = [json.loads(line)["article"]["id"] for line in extracted.out.splitlines()]
    assert read == [p.id for p in PROTESTS]


def test_what_cannot_be_read_is_said(kg: Kg) -> None:
    run = kg("relevance", "-", stdin='{"id": 1\n')
    assert (run.code, run.out) == (1, "") and "broken JSON" in run.err


def test_spacy_is_not_needed() -> None:
    code = (
        "import sys, kg.relevance; kg.relevance.relevance('en', 'a', 'b'); sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
