"""Every article gives facts whose words stand in it, the same facts each time, whatever stands around it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import jsonlines, pipeline
from kg.article import Article, read_articles
from kg.errors import ResourceError
from kg.facts import ArticleFacts, Event
from kg.lexicon import Lexicon
from kg.pipeline import extract
from kg.resources import folder

RAIN = "The rain fell on the hills, and the river rose a little. "
MARCH = 'Nurses marched in Leeds on Saturday, Anna Kowalski said. "We will not give in to them," she added. '
HOSTILE = {
    "nothing": "",
    "blank": "\n\n \t\n\u00a0\n",
    "punctuation": "!!! ... ??? --- ;;; ((( ))) “” ‘’ \" ' `",
    "one-word": "strike",
    "one-long-word": "x" * 30_000,
    "no-sentence": "march strike union 12 May 3,000 Leeds police “ ” , , and and of of the the",
    "markup": f"<p>{MARCH}</p><script>alert('strike')</script> &amp; &lt;union&gt; <!-- rally -->",
    "right-to-left": f"\u202e{MARCH}\u202c \u200f\u2067مظاهرة في باريس\u2069 \ufeff הפגנה",
    "control": "Nurses\x00 marched\x07 in\x1b[31m Leeds\x7f on\x85 Saturday\x0b, police\x0c said.",
    "emoji": "👩🏽‍🌾👩🏽‍🌾 marched 🚜🚜 in Leeds 😀. \"✊✊✊✊✊\" said Anna 😀 Kowalski, 🇫🇷 minister.",
    "combining": "Lau\u0301rent Nun\u0303ez marche\u0301d in Lee\u0301ds, sa\u0300id Z\u0351\u036b\u0343a.",
    "digits": "² May ①② March ٣ May ٢٠٢٤ and ٣٠٠٠ people, ½ of 1½ million, ²³ and 10 000, -5, 007, 1/2.",
    "days": "30 February, 99 March, 0 May, May 00, 31 April 2024, 29 February 2023 and 13/13/1313.",
    "windows": 'Nurses marched.\r\n\r\n"No," said Anna Kowalski.\r\n\r\nThe strike\rwas over.\r\n',
    "quotes": "\"\"\"\" ''' ‘‘‘ ’’’ “““ ”””” «« »» „“ `` '' \" Nurses \" marched “ in ‘ Leeds ' on Saturday.",
    "braces": "Nurses {marched} in $LEEDS %s {0} ${HOME} on \\n \\u0041 [[Saturday]] | a || b",
    "one-paragraph": MARCH + RAIN * (100_000 // len(RAIN)),
    "capitals": "NURSES MARCHED IN LEEDS ON SATURDAY AND THE METAL WORKERS UNION CALLED A STRIKE.",
    "commas": "Nurses, " * 400 + "marched in Leeds.",
}  # fmt: skip


def hostile() -> list[Article]:
    """Each text with a date of publication and, where it stands in the title too, without."""
    dated = [Article(f"{key} 1", "News", text, "en", published="2024-03-14") for key, text in HOSTILE.items()]
    short = {key: text for key, text in HOSTILE.items() if len(text) < 1_000}
    return [*dated, *(Article(f"{key} 2", text, text, "en") for key, text in short.items())]


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    own = Path(__file__).parent / "articles"
    return [*read_articles([folder("seeds"), own], on_error=pytest.fail), *hostile()]


@pytest.fixture(scope="module")
def found(articles: list[Article]) -> list[ArticleFacts]:
    """The facts of all articles, read in one go."""
    return list(extract(articles))


def test_every_article_gives_its_facts_in_order(articles: list[Article], found: list[ArticleFacts]) -> None:
    assert [facts.article.id for facts in found] == [article.id for article in articles]
    assert [facts.article.published for facts in found] == [article.published for article in articles]


def test_every_span_has_the_words_that_stand_there(
    articles: list[Article], found: list[ArticleFacts]
) -> None:
    pairs = zip(articles, found, strict=True)
    spans = [(article.content, span) for article, facts in pairs for span in facts.spans()]
    assert len(spans) > 500 and all(span.text for _, span in spans)
    assert [span for content, span in spans if content[span.start : span.end] != span.text] == []


def test_words_stand_in_their_evidence(found: list[ArticleFacts]) -> None:
    for facts in found:
        for event in facts.events:
            for trigger in event.triggers[:1]:
                sentence = event.evidence.sentence
                assert sentence.start <= trigger.start < trigger.end <= sentence.end, facts.article.id
        for slogan in (s for event in facts.events for s in event.slogans):
            assert slogan.text.text in slogan.evidence.sentence.text, facts.article.id


def test_every_reference_leads_somewhere(found: list[ArticleFacts]) -> None:
    for facts in found:
        entities, events = {e.id for e in facts.entities}, {v.id for v in facts.events}
        assert {a.entity for v in facts.events for a in v.arguments} <= entities
        assert _crowd_sources(facts.events) <= entities | {"organisers", "police", "authorities", "media"}
        assert {end for k in facts.links for end in (k.source, k.target)} <= events
        assert {s.speaker for s in facts.statements} | {z.holder for z in facts.stances} <= entities
        assert {z.target for z in facts.stances} <= entities | events
        assert {p.person for p in facts.positions} <= entities
        assert {p.organization for p in facts.positions if p.organization} <= entities


def _crowd_sources(events: tuple[Event, ...]) -> set[str]:
    return {c.source for v in events for c in v.crowds if c.source}


def test_an_entity_is_called_by_its_fullest_name_and_a_group_acts(found: list[ArticleFacts]) -> None:
    for facts in found:
        for entity in facts.entities:
            assert entity.name == max((m.text for m in entity.mentions), key=len), facts.article.id
        used = {a.entity for v in facts.events for a in v.arguments} | _crowd_sources(facts.events)
        used |= {s.speaker for s in facts.statements} | {
            x for z in facts.stances for x in (z.holder, z.target)
        }
        assert {e.id for e in facts.entities if e.type == "Group"} <= used, facts.article.id


def test_dates_bounds_and_confidences_are_possible(found: list[ArticleFacts]) -> None:
    events = [v for facts in found for v in facts.events]
    values = [v.start.value for v in events if v.start]
    assert len(values) > 10
    assert [x for x in values if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?|--\d\d-\d\d", x)] == []
    for number in (n for v in events for n in (*v.crowds, *v.counts)):
        assert (number.low, number.high) != (None, None), number
        assert number.low is None or number.high is None or 0 <= number.low <= number.high, number
    whys = [e.evidence for facts in found for e in (*facts.entities, *facts.events, *facts.statements)]
    assert len(whys) > 100 and all(0 < why.confidence <= 1 for why in whys)


def test_facts_survive_json(found: list[ArticleFacts]) -> None:
    for facts in found:
        assert jsonlines.loads(jsonlines.dumps(facts)) == facts


def test_an_article_alone_gives_what_it_gives_among_others(
    articles: list[Article], found: list[ArticleFacts]
) -> None:
    """That is also: the same article gives the same facts twice."""
    pairs = [(a, f) for a, f in zip(articles, found, strict=True) if len(a.content) < 10_000]
    assert len(pairs) > 30
    assert [a.id for a, facts in reversed(pairs) if list(extract([a])) != [facts]] == []


def test_a_story_is_read_in_any_surroundings(found: list[ArticleFacts]) -> None:
    by_id = {facts.article.id: facts for facts in found}
    for name in ("markup", "right-to-left", "one-paragraph"):
        assert "Anna Kowalski" in {e.name for e in by_id[f"{name} 1"].entities}, name
        assert "March" in {v.type for v in by_id[f"{name} 1"].events}, name


def test_no_articles_no_facts() -> None:
    assert list(extract([])) == []


def test_an_unknown_language_is_told_the_known_ones() -> None:
    with pytest.raises(ResourceError, match=r"kg/lexicons/xx/: not found; known languages: .*en"):
        list(extract([Article("a", "T", "Text.", "xx")]))


def test_a_language_without_a_model_is_told_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    words = Lexicon("kg/lexicons/en/pipeline.toml", {"models": ["no_such_model", "nor_this_one"]})
    monkeypatch.setattr(pipeline, "lexicon", lambda lang, name: words)
    with pytest.raises(ResourceError, match=r"pip install no_such_model \(or .*nor_this_one"):
        pipeline.base("en")
