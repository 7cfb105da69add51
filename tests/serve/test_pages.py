"""What people see: things with what is known of them, questions, names, terms; and what programs get."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pyoxigraph as ox
import pytest

from kg.query import catalogue
from tests.serve.conftest import EVIL, Served

BASE = "https://w3id.org/protest-kg/id/"
HTML = {"Accept": "text/html"}
UNION = "id/organization/blue-watch-union"


class _Tags(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def links(self) -> list[str]:
        return [a["href"] or "" for tag, a in self.tags if tag == "a" and "href" in a]


def shown(served: Served, path: str) -> _Tags:
    answer = served.client.get(path, headers=HTML)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    page = _Tags()
    page.feed(answer.text)
    return page


def text(page: _Tags) -> str:
    return " ".join(page.text.split())


def things(served: Served, class_: str) -> list[str]:
    """The addresses of all things of a class."""
    query = f"SELECT ?s {{ ?s a <https://w3id.org/protest-kg/ontology#{class_}> }} ORDER BY ?s"
    rows = served.ask(query, "text/csv").text.splitlines()[1:]
    return [row.replace(BASE, "id/") for row in rows]


def test_an_event_shows_who_where_when_and_how_many_by_whose_count(served: Served) -> None:
    (march,) = [t for t in things(served, "March") if "2024-03-13" in t]
    page = shown(served, march)
    told = text(page)
    assert "How many came, by whose count" in told
    for estimator, words in (
        ("organisers", "4,000"),
        ("police", "up to 2,500"),
        ("Calmont prefecture", "3,000"),
    ):
        assert re.search(rf"{estimator} .{{0,40}}{words}", told), estimator
    assert "13 March 2024" in told and "relative" in told and "stated" in told
    assert "more staff on night patrols" in told and "Rested officers save lives" in told
    assert "The organisers counted 4,000 marchers; police put the figure at up to 2,500." in told
    for name in (
        "organization/blue-watch-union",
        "person/paul-okoro",
        "article/gazette-7",
        "article/post-12",
    ):
        assert f"/id/{name}" in page.links


def test_a_person_has_names_offices_events_and_words(served: Served) -> None:
    told = text(shown(served, "id/person/ana-duvall"))
    assert "general secretary" in told and "We will be back next month" in told and "participant" in told
    assert "Harbour Post" in told and "2024-03-14" in told


def test_an_article_shows_the_sentences_used(served: Served) -> None:
    page = shown(served, "id/article/post-12")
    assert "“Rested officers save lives” read a banner." in text(page)
    assert "https://post.example/12?a=1&b=2" in page.links


@pytest.mark.parametrize(
    "class_", ["Place", "Group", "Attack", "EventReport", "EntityReport", "Participation", "DateClaim",
               "Sentence", "CrowdEstimate", "Demand", "Statement", "Stance", "Position", "EventRelation",
               "Mention"],
)  # fmt: skip
def test_everything_has_a_page_and_every_link_on_it_leads_somewhere(served: Served, class_: str) -> None:
    page = shown(served, things(served, class_)[0])
    own = {link for link in page.links if link.startswith("/") and "#" not in link}
    assert len(own) > 4
    assert [
        link for link in sorted(own) if served.client.head(link, headers=HTML, follow_redirects=True).is_error
    ] == []


@pytest.mark.parametrize(
    ("accept", "suffix", "format_"),
    [
        ("text/turtle", ".ttl", ox.RdfFormat.TURTLE),
        ("application/n-triples", ".nt", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ".jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_programs_get_rdf_by_header_or_suffix(
    served: Served, accept: str, suffix: str, format_: ox.RdfFormat
) -> None:
    by_header = served.client.get(UNION, headers={"Accept": f"{accept}, text/html;q=0.5"})
    by_suffix = served.client.get(UNION + suffix, headers=HTML)
    assert by_header.content == by_suffix.content
    for answer in (by_header, by_suffix):
        assert answer.headers["content-type"] == f"{accept}; charset=utf-8"
        assert answer.headers["content-location"] == f"/{UNION}{suffix}"
    labels = {
        q.object.value for q in ox.parse(by_suffix.content, format_) if q.predicate.value.endswith("#label")
    }
    assert "Blue Watch Union" in labels


def test_an_article_as_rdf_is_its_whole_graph(served: Served) -> None:
    found = served.client.get("id/article/post-12.nt").text
    assert found.count("ontology#CrowdEstimate>") == 2 and found.count("\n") > 300


def test_the_page_of_a_thing_names_its_other_forms(served: Served) -> None:
    page = shown(served, UNION)
    alternates = {
        a["type"]: a["href"] for tag, a in page.tags if tag == "link" and a.get("rel") == "alternate"
    }
    assert alternates["text/turtle"] == f"/{UNION}.ttl" and len(alternates) == 3


@pytest.mark.parametrize(
    "path",
    ["id/person/nobody", "id/", "id/person/a b", "id/%00", "id/%ff%fe", "id/<x>", "id/..%2f..%2fetc%2fpasswd",
     "term/Marsh", "query/nothing", "query/protests.exe", "nowhere", "static/../app.py",
     "static/%2e%2e/app.py"],
)  # fmt: skip
def test_what_is_not_there(served: Served, path: str) -> None:
    plain = served.client.get(path, headers={"Accept": "text/plain"})
    page = served.client.get(path, headers=HTML)
    assert (plain.status_code, page.status_code) == (404, 404)
    assert plain.headers["content-type"].startswith("text/plain") and "<" not in plain.text.replace("<x>", "")
    assert page.headers["content-type"].startswith("text/html")


def test_every_question_has_a_page_with_its_parameters_and_answer(served: Served) -> None:
    for query in catalogue():
        page = shown(served, f"query/{query.name}")
        assert query.summary in text(page)
        fields = {a.get("name") for tag, a in page.tags if tag == "input"}
        assert fields >= {p.name for p in query.parameters}
        assert any(tag == "td" for tag, _ in page.tags) or "No row" in text(page), query.name


def test_the_values_of_a_question_are_bound(served: Served) -> None:
    path = "query/protests"
    assert "Blue Watch Union" in text(shown(served, f"{path}?actor=blue+watch"))
    trick = served.client.get(path, params={"actor": '" } } UNION { ?event_id ?p ?o } #'}, headers=HTML)
    assert trick.status_code == 200 and "No row" in trick.text
    wrong = served.client.get(path, params={"from": "yesterday"}, headers=HTML)
    assert wrong.status_code == 400 and "is no date" in wrong.text and "yesterday" in wrong.text


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "jsonl", "md"])
def test_answers_are_files_too(served: Served, suffix: str) -> None:
    answer = served.client.get(f"query/crowds.{suffix}")
    assert answer.status_code == 200 and "4,000" in answer.text
    assert answer.headers["content-disposition"] == f'attachment; filename="crowds.{suffix}"'
    own = served.client.get(f"query.{suffix}", params={"query": "SELECT (4 AS ?four) {}"})
    assert own.status_code == 200 and "4" in own.text


def test_links_in_answers_lead_to_the_pages(served: Served) -> None:
    page = shown(served, "query/offices")
    assert {"/id/person/ana-duvall", "/id/organization/blue-watch-union"} <= set(page.links)
    own = shown(served, "query?query=SELECT+*+{?s+a+<https://w3id.org/protest-kg/ontology%23Union>}")
    assert "/id/organization/blue-watch-union" in own.links and "Blue Watch Union" in text(own)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        pytest.param("ASK { ?s ?p ?o }", "Yes", id="ask"),
        pytest.param(
            "DESCRIBE <https://w3id.org/protest-kg/id/person/ana-duvall>", "rdfs:label", id="describe"
        ),
        pytest.param("SELECT * { ?s <x:y> ?o }", "No row", id="nothing"),
    ],
)
def test_own_questions(served: Served, query: str, says: str) -> None:
    answer = served.client.get("query", params={"query": query}, headers=HTML)
    assert answer.status_code == 200 and says in answer.text


def test_a_mistake_is_shown_where_it_is(served: Served) -> None:
    answer = served.client.get("query", params={"query": "SELECT * { ?s ?p }"}, headers=HTML)
    assert answer.status_code == 400 and "query:1:12" in answer.text and "^" in answer.text


@pytest.mark.parametrize(
    ("words", "first"), [("ANA", "Ana Duvall"), ("bwu", "Blue Watch Union"), ("duval", "Ana Duvall")]
)
def test_names_are_found(served: Served, words: str, first: str) -> None:
    page = shown(served, f"search?name={words}")
    assert re.search(rf"” {first}", text(page))


def test_a_name_that_nobody_has(served: Served) -> None:
    assert "No article speaks of anything by this name" in text(shown(served, "search?name=zzz"))


def test_a_term_has_a_page(served: Served) -> None:
    page = shown(served, "term/March")
    assert "défilé" in page.text or "procession" in page.text or "a kind of" in page.text
    assert "/term/ProtestEvent" in page.links


@pytest.mark.parametrize(
    "path", ["id/article/evil-1", "search?name=script", "query/crowds", "query/protests"]
)
def test_hostile_texts_are_texts(served: Served, path: str) -> None:
    page = shown(served, path)
    assert EVIL in page.text
    assert not any(tag == "script" for tag, _ in page.tags)
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert not any((link or "").lower().startswith("javascript:") for link in page.links)


def test_hostile_words_come_back_as_texts(served: Served) -> None:
    for path in (
        "search?name=",
        "query/protests?actor=",
        "query/protests?from=",
        "query?query=",
        "id/",
        "query/",
    ):
        answer = served.client.get(f"{path}{EVIL}\"'", headers=HTML)
        assert EVIL not in answer.text and "nosniff" in answer.headers["x-content-type-options"]


def test_a_spreadsheet_runs_nothing(served: Served) -> None:
    query = 'SELECT ?x { VALUES ?x { "=cmd()" "@x" } }'
    rows = list(csv.reader(io.StringIO(served.client.get("query.csv", params={"query": query}).text)))
    assert rows == [["x"], ["'=cmd()"], ["'@x"]]


def test_every_answer_has_the_headers_that_keep_it_harmless(served: Served) -> None:
    for path in ("", "sparql?query=ASK{}", "nowhere", "static/style.css", UNION, "id/nobody"):
        headers = served.client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers
