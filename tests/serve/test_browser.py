"""The pages in Chromium: questions are asked, links followed, queries edited, nothing comes from outside."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browser import browser, visit
from tests.serve.conftest import EVIL, Served

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
KEY = "Control"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as found:
        yield found


def test_from_a_question_to_the_sentences(served: Served, chromium: Any) -> None:
    with visit(chromium, served.url) as seen:
        seen.page.click("a[href='/query/protests']")
        seen.page.fill("input[name=actor]", "watch")
        seen.page.click("main button:has-text('Ask')")
        assert seen.page.locator("input[name=actor]").input_value() == "watch"
        assert seen.page.locator("tbody tr").count() >= 2
        seen.page.click("tbody tr >> nth=0 >> a")
        assert "/id/event/" in seen.page.url
        seen.page.click(".relations >> text=Blue Watch Union")
        assert seen.page.locator("h1").inner_text() == "Blue Watch Union"
        assert seen.page.locator("blockquote").count() > 2
    assert (seen.faults, seen.requests) == ([], [])


def test_the_editor_edits_completes_and_asks(served: Served, chromium: Any) -> None:
    with visit(chromium, served.url) as seen:
        seen.page.goto(f"{served.url}query")
        content = seen.page.locator(".cm-content")
        content.click()
        seen.page.keyboard.press(f"{KEY}+a")
        seen.page.keyboard.type("SELECT * WHERE { ?s a protest:Uni")
        seen.page.locator(".cm-tooltip-autocomplete li >> text=protest:Union").click()
        asked = seen.page.locator("#text").input_value()
        assert asked.startswith("PREFIX protest: <https://w3id.org/protest-kg/ontology#>\n")
        assert "protest:Union" in asked
        seen.page.keyboard.press(f"{KEY}+Enter")
        seen.page.locator("tbody tr").first.wait_for()
        assert "Blue Watch Union" in seen.page.locator("tbody").inner_text()
    assert (seen.faults, seen.requests) == ([], [])


@pytest.mark.parametrize("path", ["id/article/evil-1", "query/crowds", "search?name=script"])
def test_hostile_texts_do_nothing(served: Served, chromium: Any, path: str) -> None:
    with visit(chromium, served.url) as seen:
        seen.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        seen.page.goto(served.url + path)
        assert EVIL in seen.page.locator("main").inner_text()
    assert (seen.faults, seen.requests) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_screen(served: Served, chromium: Any, scheme: str, width: int) -> None:
    with visit(chromium, served.url, color_scheme=scheme, viewport={"width": width, "height": 800}) as seen:
        paths = [
            "",
            "query",
            "query/crowds",
            "id/organization/blue-watch-union",
            "id/article/evil-1",
            "term/March",
        ]
        for path in paths:
            seen.page.goto(served.url + path)
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert _contrast(seen.page) >= 4.5, path
    assert seen.faults == []


def _contrast(page: Any) -> float:
    """The contrast of links and text with the page (WCAG 2.2, 1.4.3), the lowest of them."""
    pairs = page.evaluate(
        """() => [["a", "body"], ["body", "body"], ["footer", "body"], [".bar a", ".bar"]]
          .map(([front, back]) => [getComputedStyle(document.querySelector(front)).color,
                                   getComputedStyle(document.querySelector(back)).backgroundColor])"""
    )

    def luminance(colour: str) -> float:
        parts = [int(n) / 255 for n in re.findall(r"\d+", colour)[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    found = [sorted(map(luminance, pair)) for pair in pairs]
    return min((light + 0.05) / (dark + 0.05) for dark, light in found)


@pytest.fixture(scope="module")
def yasgui() -> Iterator[str]:
    """The address of a page that has YASGUI, on another origin: the oxigraph package's own server has one."""
    if OXIGRAPH is None:
        pytest.skip("needs the oxigraph package, which carries YASGUI (pip install oxigraph)")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(100):
            try:
                httpx.get(url, trust_env=False)
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        yield url
    finally:
        process.kill()
        process.wait()


def test_yasgui_as_client(served: Served, chromium: Any, yasgui: str) -> None:
    with visit(chromium, yasgui) as seen:
        seen.page.evaluate(
            """([endpoint, query]) => {
              localStorage.clear();
              document.body.innerHTML = "<div id=mine></div>";
              const yasgui = new Yasgui(document.getElementById("mine"));
              yasgui.getTab().setEndpoint(endpoint);
              yasgui.getTab().setQuery(query);
              yasgui.getTab().query();
            }""",
            [f"{served.url}sparql", "SELECT ?s WHERE { ?s a <https://w3id.org/protest-kg/ontology#Union> }"],
        )
        seen.page.locator("text=blue-watch-union").first.wait_for(timeout=10_000)
    assert (
        f"{served.url}sparql" in seen.requests
    )  # and prefix.cc: YASGUI's own doing, a reason not to ship it
