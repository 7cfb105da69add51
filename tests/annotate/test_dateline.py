"""Where a report was filed, and the agency that filed it."""

from __future__ import annotations

import pytest

from kg.annotate.columns import columns
from kg.annotate.dateline import dateline
from tests.annotate.marks import annotated

REPORT = "Thousands of teachers marched through the capital on Tuesday."


@pytest.mark.parametrize(
    ("opening", "place", "agency"),
    [
        pytest.param("LISBON (Reuters) - ", "LISBON", "(Reuters)", id="agency"),
        pytest.param("LISBON, Portugal (AP) — ", "LISBON, Portugal", "(AP)", id="country"),
        pytest.param("LISBON, March 3 (Xinhua) -- ", "LISBON, March 3", "(Xinhua)", id="day"),
        pytest.param("Lisbon (CNN) ", "Lisbon", "(CNN)", id="small-letters"),
        pytest.param("(CNN) ", "", "(CNN)", id="no-place"),
        pytest.param("LISBON – ", "LISBON", "", id="no-agency"),
        pytest.param("By Ann Lee\n\nLISBON (AP) — ", "LISBON", "(AP)", id="byline"),
        pytest.param("", "", "", id="none"),
        pytest.param("The union (ASU) said on Monday: ", "", "", id="sentence"),
        pytest.param("Lisbon – ", "", "", id="a-name-and-a-dash"),
    ],
)
def test_datelines(opening: str, place: str, agency: str) -> None:
    doc = annotated(f"Teachers march\n\n{opening}{REPORT}")
    found = dateline(columns(doc))
    assert doc[found.place.start : found.place.stop].text == place
    assert doc[found.agency.start : found.agency.stop].text == agency
