"""The report in a real browser: what a reader does with it, and that nothing goes wrong or is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import network as networks
from kg.article import read_articles
from kg.facts import ArticleFacts
from kg.link import KnowledgeBase, link, load
from kg.pipeline import extract
from kg.quads import quads
from kg.report import write
from kg.resources import folder
from kg.store import memory
from tests.browser import Visit, browser, visit
from tests.builders import Draft
from tests.corpus import corpus

WIDE = {"viewport": {"width": 1300, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
HOSTILE = "<script>document.title='owned'</script> </script><b>x</b> <!-- \u202e &amp; =1+1"
VIEWS = ("network", "timeline", "map", "crowds", "tables")


def page_of(facts: list[ArticleFacts], path: Path, *, knowledge: KnowledgeBase | None = None) -> Path:
    """The report of some facts."""
    store = memory(quads(facts, link(facts, knowledge or KnowledgeBase())))
    write(store, path, network=networks.build(store))
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def seeds(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    facts = list(extract(read_articles([folder("seeds")], on_error=pytest.fail)))
    return page_of(facts, tmp_path_factory.mktemp("seeds") / "report.html", knowledge=load())


@pytest.fixture(scope="module")
def invented(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(corpus(), tmp_path_factory.mktemp("corpus") / "report.html")


@pytest.fixture
def seen(chromium: Any, seeds: Path) -> Iterator[Visit]:
    """The seeds' report on a laptop; whatever a test does, nothing may go wrong or be asked for outside."""
    with visit(chromium, seeds, **WIDE) as seen:
        yield seen
        assert (seen.faults, seen.requests) == ([], [])


@pytest.fixture
def told(chromium: Any, invented: Path) -> Iterator[Visit]:
    """The report of the corpus of the tests, in which every kind of fact occurs."""
    with visit(chromium, invented, **WIDE) as told:
        yield told
        assert (told.faults, told.requests) == ([], [])


def drawn(page: Any) -> tuple[int, int]:
    """How many actors and ties the network shows."""
    stage = page.locator(".stage")
    return int(stage.get_attribute("data-nodes")), int(stage.get_attribute("data-edges"))


# --- the network and what is behind it ---------------------------------------------------------------------


def test_search_finds_an_actor(seen: Visit) -> None:
    seen.page.get_by_role("combobox").first.fill("alliance")
    seen.page.locator("#found [role=option]").first.wait_for()
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("Enter")
    assert seen.page.locator(".details h2").inner_text() == "Alliance Police Nationale"
    assert "organization/alliance-police-nationale" in seen.page.url
    assert "organiser march, Paris, 31 January" in seen.page.locator(".details").inner_text()


def test_search_knows_other_names_and_accents(seen: Visit) -> None:
    seen.page.get_by_role("combobox").first.fill("nunez")
    assert "Laurent Nuñez" in seen.page.locator("#found [role=option]").first.inner_text()
    seen.page.get_by_role("combobox").first.fill("no such name")
    assert seen.page.locator("#found [role=option]").count() == 0
    assert "Nothing has this name" in seen.page.locator("#found").inner_text()


def test_search_finds_sentences(seen: Visit) -> None:
    seen.page.get_by_role("combobox").first.fill("stronger backing")
    seen.page.locator("#found [role=option]").last.click()
    assert seen.page.locator(".evidence mark").first.inner_text() == "stronger backing"


def test_a_click_on_a_tie_shows_its_sentences(seen: Visit) -> None:
    where = seen.page.evaluate(
        """() => {
          const canvas = report.inner();
          const edge = canvas.edges.find((e) => e.edge.kind === "supports protest of");
          const { left, top } = canvas.stage.getBoundingClientRect();
          const [x, y] = canvas.middle(edge);
          return [left + x, top + y];
        }"""
    )
    seen.page.mouse.click(*where)
    details = seen.page.locator(".details")
    assert (
        details.locator("h2").inner_text() == "Laurent Nuñez supports a protest of Alliance Police Nationale"
    )
    assert "my full support" in details.locator("blockquote").first.inner_text()
    assert "Thousands march in Paris" in details.locator("cite").first.inner_text()


def test_a_click_on_an_actor_shows_what_it_did(seen: Visit) -> None:
    where = seen.page.evaluate(
        """() => {
          const canvas = report.inner();
          const { left, top } = canvas.stage.getBoundingClientRect();
          const [x, y] = canvas.at(canvas.nodes.find((n) => n.label === "Cyril Benoit"));
          return [left + x, top + y];
        }"""
    )
    seen.page.mouse.click(*where)
    details = seen.page.locator(".details")
    assert details.locator("h2").inner_text() == "Cyril Benoit"
    details.locator(".fold", has_text="zonal secretary").locator(".toggle").press("Enter")
    assert "SNIPAT union" in details.locator("blockquote").first.inner_text()
    seen.page.keyboard.press("Escape")
    assert details.locator("h2").inner_text() == "What is here"


def test_a_tie_can_be_reached_without_a_mouse(seen: Visit) -> None:
    seen.page.locator(".list-of-nodes summary").press("Enter")
    seen.page.locator(".list-of-nodes button", has_text="SNIPAT").press("Enter")
    seen.page.locator(".details button.tie").first.press("Enter")
    assert seen.page.locator(".details .evidence blockquote").count() > 0


def test_every_tie_has_the_sentences_that_the_graph_counts(told: Visit) -> None:
    counts = told.page.evaluate(
        """() => report.inner().edges.map(({ edge }) => {
          report.choose({ edge });
          const shown = document.querySelectorAll(".details .first blockquote").length;
          return [edge.kind, edge.sentences, shown];
        })"""
    )
    assert len(counts) >= 15 and len({kind for kind, _, _ in counts}) == 6
    assert [row for row in counts if row[2] != min(row[1], 12)] == []


def test_filters_hide(told: Visit) -> None:
    whole = drawn(told.page)
    told.page.locator(".chip[data-key='acts with']").click()
    fewer = drawn(told.page)
    assert fewer[1] < whole[1]
    told.page.locator(".chip[data-key='Union']").click()
    assert drawn(told.page)[0] < fewer[0]
    for key in ("acts with", "Union"):
        told.page.locator(f".chip[data-key='{key}']").click()
    assert drawn(told.page) == whole


def test_a_period_hides_what_lies_outside(told: Visit) -> None:
    whole = drawn(told.page)
    slider = told.page.locator(".period input[type=range]").first
    for _ in range(60):
        slider.press("ArrowRight")
    told.page.locator(".period input[type=checkbox]").uncheck()
    assert drawn(told.page)[1] < whole[1]


def test_nothing_left_is_said(seen: Visit) -> None:
    for chip in seen.page.locator(".chips").first.locator(".chip").all():
        chip.click()
    assert drawn(seen.page) == (0, 0)
    assert seen.page.get_by_text("Nothing is left with these filters.").is_visible()


def test_colour_and_size_can_be_chosen(told: Visit) -> None:
    looks = "() => report.inner().nodes.map(({ colour, r }) => [colour, r])"
    before = told.page.evaluate(looks)
    told.page.get_by_label("Colour").select_option("community")
    told.page.get_by_label("Size").select_option("events")
    after = told.page.evaluate(looks)
    assert [c for c, _ in before] != [c for c, _ in after] and [r for _, r in before] != [r for _, r in after]
    assert "community 1" in told.page.locator(".network > .key").inner_text()


def test_keys_move_the_network(seen: Visit) -> None:
    view = "() => ({ ...report.inner().view })"
    before = seen.page.evaluate(view)
    seen.page.locator(".stage").press("ArrowRight")
    seen.page.locator(".stage").press("+")
    moved = seen.page.evaluate(view)
    assert moved["x"] > before["x"] and moved["scale"] > before["scale"]
    seen.page.locator(".stage").press("0")
    assert seen.page.evaluate(view) == before


# --- the other views ---------------------------------------------------------------------------------------


def test_the_timeline_shows_dated_events(told: Visit) -> None:
    told.page.get_by_role("tab", name="Timeline").click()
    marks = told.page.locator(".axis .mark")
    assert marks.count() > 8
    told.page.locator(".axis .mark[aria-label^='march, Calmont, 13 March 2024']").press("Enter")
    details = told.page.locator(".details").inner_text()
    assert "4,000" in details and "organisers" in details and "Harbour Post" in details
    before = marks.count()
    told.page.locator(".timeline .chip[data-key='Strike']").click()
    assert marks.count() < before


def test_events_without_a_year_are_named(seen: Visit) -> None:
    seen.page.get_by_role("tab", name="Timeline").click()
    assert "no axis" in seen.page.locator(".timeline .empty").inner_text()
    seen.page.locator(".timeline summary").click()
    seen.page.locator(".timeline").get_by_text("march, Paris, 31 January").click()
    assert "15,000 and 20,000" in seen.page.locator(".details").inner_text()


def test_the_map_shows_places(seen: Visit) -> None:
    seen.page.get_by_role("tab", name="Map").click()
    assert seen.page.locator(".map .mark").count() == 5
    seen.page.locator(".map .mark[data-key='place/paris']").click()
    assert seen.page.locator(".details h2").inner_text() == "Paris"
    assert len(seen.page.locator(".map .land").get_attribute("d")) > 5_000


def test_crowd_figures_stand_side_by_side(told: Visit) -> None:
    told.page.get_by_role("tab", name="Crowds").click()
    card = told.page.locator(".card", has_text="march, Calmont, 13 March 2024")
    lines = card.locator(".figure-line").all_inner_texts()
    assert [" ".join(line.split()) for line in lines][:2] == ["organisers 4,000", "Calmont prefecture 3,000"]
    assert "police up to 2,500" in " ".join(" ".join(lines).split())


def test_tables_sort_and_narrow(told: Visit) -> None:
    told.page.get_by_role("tab", name="Tables").click()
    told.page.get_by_role("tab", name="Actors").click()
    head = told.page.get_by_role("columnheader", name="Events")
    numbers = told.page.locator("tbody td[data-head='Events']")
    head.get_by_role("button").click()
    down = [int(n) for n in numbers.all_inner_texts()]
    assert down == sorted(down, reverse=True) and head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").click()
    assert [int(n) for n in numbers.all_inner_texts()] == sorted(down)
    told.page.get_by_label("Filter").fill("blue watch")
    assert told.page.locator("tbody tr").count() == 1


@pytest.mark.parametrize(
    "table", ["Events", "Actors", "Statements", "Stances", "Demands", "Offices", "Articles"]
)
def test_every_table_has_rows(table: str, told: Visit) -> None:
    told.page.get_by_role("tab", name="Tables").click()
    told.page.get_by_role("tab", name=table).click()
    assert told.page.locator("tbody tr").count() > 0


def test_views_have_addresses_and_the_way_back_leads_back(seen: Visit) -> None:
    for view in VIEWS[1:]:
        seen.page.get_by_role("tab", name=view.capitalize()).click()
        assert seen.page.url.endswith(f"#{view}")
    seen.page.go_back()
    assert seen.page.get_by_role("tab", name="Crowds").get_attribute("aria-selected") == "true"
    seen.page.goto(seen.page.url.partition("#")[0] + "#map/%E0%A4%A")
    assert seen.page.locator(".details h2").inner_text() == "What is here"


# --- themes, phones, paper ---------------------------------------------------------------------------------


def test_light_and_dark(chromium: Any, seeds: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with visit(chromium, seeds, color_scheme="dark", **WIDE) as dark, visit(chromium, seeds, **WIDE) as light:
        colours = [seen.page.evaluate(ground) for seen in (dark, light)]
        assert (
            sum(map(int, colours[0][4:-1].split(",")))
            < 150
            < 600
            < sum(map(int, colours[1][4:-1].split(",")))
        )
        light.page.get_by_role("button", name="Light or dark").click()
        assert light.page.evaluate(ground) == colours[0]


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_needs_no_sideways_scrolling(view: str, chromium: Any, seeds: Path, invented: Path) -> None:
    for path in (seeds, invented):
        with visit(chromium, f"{path.as_uri()}#{view}/place/paris", **PHONE) as seen:
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
            assert (seen.faults, seen.requests) == ([], [])


def test_on_paper_the_network_is_a_figure(seen: Visit) -> None:
    seen.page.emulate_media(media="print")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert seen.page.locator(".figure circle").count() == drawn(seen.page)[0]
    assert not seen.page.locator(".stage").is_visible() and seen.page.locator(".figure").is_visible()


# --- hostile articles, large networks ----------------------------------------------------------------------


def hostile() -> list[ArticleFacts]:
    """An article with markup in every place, and with an address that would run a script."""
    d = Draft(
        f"h-{HOSTILE}",
        f"March {HOSTILE}",
        f"The {HOSTILE} Union led a march in Calmont with Ana {HOSTILE} Duvall. “{HOSTILE}” she said.",
        source=HOSTILE,
        url="javascript:alert(1)",
        published="2024-03-14",
    )
    d.entity("e1", "Union", f"{HOSTILE} Union")
    d.entity("e2", "Person", f"Ana {HOSTILE} Duvall")
    d.entity("e3", "Place", "Calmont")
    d.event("v1", "March", ["march"], organizers=["e1"], participants=["e2"], places=["e3"],
            start=d.when("2024-03-14", "march"), crowds=[d.crowd(HOSTILE, 100, None)],
            demands=[d.demand(HOSTILE)])  # fmt: skip
    d.position("e2", HOSTILE, "e1")
    d.statement("e2", HOSTILE)
    return [d.facts()]


def test_text_of_articles_is_shown_as_text(chromium: Any, tmp_path: Path) -> None:
    path = page_of(hostile(), tmp_path / "report.html")
    with visit(chromium, path, **WIDE) as seen:
        for view in VIEWS:
            seen.page.goto(f"{path.as_uri()}#{view}")
            for key in seen.page.evaluate("report.keys()"):
                seen.page.evaluate("(key) => report.choose(report.thingOf(key))", key)
        seen.page.get_by_role("tab", name="Articles").click()
        assert f"March {HOSTILE}" in seen.page.locator("tbody").inner_text()
        assert seen.page.title() == "Protests in 1 article"
        assert seen.page.locator("#page script, #page b, #page img").count() == 0
        assert seen.page.locator("a[href^=javascript]").count() == 0
        assert (seen.faults, seen.requests) == ([], [])


def test_cells_of_csv_are_no_formulas(told: Visit) -> None:
    told.page.get_by_role("tab", name="Tables").click()
    told.page.get_by_role("tab", name="Statements").click()
    with told.page.expect_download() as download:
        told.page.get_by_role("button", name="Save as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert download.value.suggested_filename == "statements.csv"
    assert text.startswith("Speaker,Words,Speech,Article,Published")
    assert "We will be back next month" in text
    assert told.page.evaluate(
        "report.csv([{ head: 'a' }], [{ values: ['=1+1'] }, { values: [-2] }, { values: ['a,\"b\"'] }])"
    ) == ('\ufeffa\r\n\'=1+1\r\n-2\r\n"a,""b"""\r\n')
