"""The page of the ontology names every term, and its links lead somewhere."""

import io
import re
from collections import Counter
from pathlib import Path

from kg.export.vocabulary import write_entry, write_page
from kg.terms import protest
from kg.vocabulary import entry

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


def page() -> str:
    file = io.StringIO()
    write_page(file)
    return file.getvalue()


def test_the_page_in_docs_is_as_the_ontology_is_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs writes it"


def test_every_term_has_a_heading() -> None:
    headings = re.findall(r"^### (\w+)$", page(), re.MULTILINE)
    assert sorted(headings) == protest.names()


def test_every_link_leads_to_the_heading_of_its_term() -> None:
    text = page()
    seen: Counter[str] = Counter()
    anchors = {}
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        name = re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        anchors[f"{name}-{seen[name]}" if seen[name] else name] = heading
        seen[name] += 1
    links = re.findall(r"\[([^]]+)\]\(#([^)]+)\)", text)
    assert len(links) > 200
    assert [(name, link) for name, link in links if anchors.get(link) != name] == []


def test_one_term_can_be_had_alone() -> None:
    file = io.StringIO()
    write_entry(entry(protest.March), file)
    assert file.getvalue().startswith("### March\n\n**march** – A demonstration that moves along a route.\n")
    assert "- narrower than: `wd:Q175331`\n" in file.getvalue()
