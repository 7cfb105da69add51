"""Plain names are found with their types, and the credit line names nobody."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.annotate.syntax import title_end
from tests.annotate.marks import annotated


def named(text: str) -> set[tuple[str, str]]:
    doc = annotated(text)
    return {(span.text, span.label_) for span in doc.spans["mentions"]}


TYPES = [
    ("Anna Kowalski spoke at the rally in Leeds.", "Anna Kowalski", "Person"),
    ("Nurses marched through Manchester on Tuesday.", "Manchester", "Place"),
    ("The protest took place in Berlin, Germany.", "Germany", "Place"),
    ("The Metal Workers Union called a strike for Monday.", "Metal Workers Union", "Union"),
    ("The Interior Ministry banned the march in Lyon.", "Interior Ministry", "Ministry"),
    ("The Socialist Party and the National Front won seats in Valencia.", "Socialist Party", "Party"),
    ("Amnesty International condemned the arrests in Cairo.", "Amnesty International", "Association"),
    ("The European Commission rejected the plan on Monday.", "European Commission", "GovernmentBody"),
    ("The House of Commons voted on Monday.", "House of Commons", "GovernmentBody"),
    ("Microsoft and Tesla opened factories in Texas.", "Microsoft", "Company"),
    ("The BBC reported from Nairobi on Monday.", "BBC", "Media"),
    ("Farmers blocked the motorway near Toulouse on Wednesday.", "Farmers", "Group"),
]


@pytest.mark.parametrize(("text", "name", "kind"), TYPES, ids=[kind for *_, kind in TYPES])
def test_types(text: str, name: str, kind: str) -> None:
    assert (name, kind) in named(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("President Maria Duarte spoke in Lisbon on Sunday.", "Maria Duarte", id="office"),
        pytest.param("Mr. John Miller spoke in Boston on Sunday.", "John Miller", id="courtesy"),
        pytest.param("The European Commission met on Sunday.", "European Commission", id="article"),
        pytest.param("Anna Kowalski's speech pleased the nurses.", "Anna Kowalski", id="possessive"),
    ],
)
def test_names_stand_without_what_is_before_and_after_them(text: str, name: str) -> None:
    assert [span for span, _ in named(text) if name in span] == [name]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It rained for days, and nobody went out.", id="no-names"),
        pytest.param("She spoke French with a German accent.", id="nationalities"),
        pytest.param("On Monday in May they met again.", id="days-and-months"),
    ],
)
def test_nothing_is_named(text: str) -> None:
    assert named(text) == set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("By Jane Doe\n\n", "", id="byline"),
        pytest.param(
            "", "\n\n(Reporting by Jane Doe and Tom Doe in Lyon; Editing by Amy Doe)", id="reporters"
        ),
        pytest.param("", "\n\nAgency writer Jane Doe in Lyon contributed to this report.", id="contributor"),
        pytest.param("", "\n\nPhoto: Jane Doe/Getty Images", id="photo"),
        pytest.param("Share on Facebook\n\n", "\n\nFollow us on Twitter", id="channels"),
        pytest.param("LEEDS, England (Doe News) — ", "", id="agency-of-the-dateline"),
        pytest.param("", "\n\nCopyright 2024 Doe Press. All rights reserved.", id="copyright"),
    ],
)
def test_a_line_of_credits_names_nobody(before: str, after: str) -> None:
    text = f"Nurses march\n\n{before}Nurses marched through Leeds on Tuesday, Anna Kowalski said.{after}"
    names = {name for name, _ in named(text)}
    assert {"Anna Kowalski", "Leeds"} <= names
    assert not any(word in name for name in names for word in ("Doe", "Getty", "Facebook", "Twitter", "Lyon"))


@pytest.mark.parametrize("site", ["| World | Doe News", "- Reuters", "– The Guardian", "| Daily Doe Lebanon"])
def test_the_site_in_a_title_names_nobody(site: str) -> None:
    doc = annotated(
        f"Nurses march in Leeds {site}\n\nNurses marched on Monday, Reuters reported. "
        "The Guardian said they would march again."
    )
    mentions = doc.spans["mentions"]
    title = [span.text for span in mentions if span.end <= title_end(doc)]
    assert "Nurses" in title
    assert not any(word in text for text in title for word in ("Doe", "Reuters", "Guardian", "Lebanon"))
    assert {"Guardian", "Reuters"} <= {span.text for span in mentions}


def test_mentions_stand_in_order_and_never_overlap() -> None:
    doc = annotated(
        "The Metal Workers Union of Leeds and the Mayor of Leeds, Anna Kowalski, met at Leeds Town Hall. "
        "The Ministry of Health and the Department of Education of Northern Ireland were there as well."
    )
    confidence = doc.spans["mentions"].attrs["confidence"]
    group = list(doc.spans["mentions"])
    assert all(a.end <= b.start for a, b in pairwise(group)) and len(group) > 3
    assert len(confidence) == len(group) and all(0 < p <= 1 for p in confidence)
