"""The report as a file: valid whatever articles hold, loading nothing, built of its sources."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg.report.page import embedded, html
from tests.conftest import Kg

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web" / "report"
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "<!-- <script>",
    "]]>",
    "line\u2028separator\u2029",
    "right\u202eleft",
    "%{script} %{contents}",
    '"quoted" \\ & \x7f',
]


class Elements(HTMLParser):
    """The elements of a page, and the text of its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.scripts: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset")]
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.names and self.names[-1] == "script" and self.scripts:
            self.scripts[-1] += data


def read(page: str) -> Elements:
    elements = Elements()
    elements.feed(page)
    return elements


def contents(text: str = "A march") -> dict[str, Any]:
    return {
        "version": "1.0",
        "articles": [[text, text, None, "javascript:alert(1)"]],
        "sentences": [[0, text]],
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_becomes_markup(text: str) -> None:
    plain, hostile = read(html(contents(), title="x")), read(html(contents(text), title=text))
    assert hostile.names == plain.names
    data = json.loads(hostile.scripts[0])
    assert (data["articles"][0][0], data["title"]) == (text, text)
    assert hostile.scripts[1] == plain.scripts[1]


def test_data_has_no_less_than_sign_and_no_line_separators() -> None:
    text = embedded(HOSTILE)
    assert not set(text) & {"<", "\u2028", "\u2029"}
    assert json.loads(text) == HOSTILE


def test_the_policy_allows_what_stands_in_the_file_alone() -> None:
    page = html(contents())
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", rules["script-src"])
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", rules["style-src"])
    assert "unsafe" not in policy and "http" not in policy
    assert read(page).addresses == []


def test_the_heading_counts_articles() -> None:
    assert "<title>Protests in 1 article</title>" in html(contents())
    assert "<title>Nurses &amp; doctors</title>" in html(contents(), title="Nurses & doctors")


def test_a_command_writes_what_a_build_wrote(kg: Kg, tmp_path: Path) -> None:
    article = {"id": "a", "title": "Nurses march", "text": "The Blue Watch Union led a march in Calmont."}
    out, page = tmp_path / "out", tmp_path / "page.html"
    built = kg("build", "-", "-o", out, stdin=json.dumps(article))
    assert built.code == 0
    assert kg("report", out, "-o", page).code == 0
    assert page.read_bytes() == (out / "report.html").read_bytes()
    assert "<title>Watch</title>" in kg("report", out, "-o", "-", "--title", "Watch").out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param(("report", "nowhere", "-o", "x.html"), 2, "no finished build", id="no build"),
        pytest.param(("report", "nowhere"), 2, "--output", id="no file"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], code: int, says: str, kg: Kg) -> None:
    run = kg(*arguments)
    assert run.code == code and says in run.err


def test_the_bundle_is_built_of_its_sources() -> None:
    if not (WEB / "node_modules").is_dir() or shutil.which("node") is None:
        pytest.skip("needs node and web/report/node_modules (make web)")
    run = subprocess.run(
        ["node", "build.js", "--check"], cwd=WEB, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_sources_and_lock_name_no_registry() -> None:
    lock = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock and '"integrity"' in lock


def test_sources_make_elements_of_text_alone() -> None:
    """No source reads text as markup or code; the one place that makes elements is dom.js."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in (WEB / "src").glob("*.js")}
    assert len(sources) >= 15
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\("
    assert [name for name, text in sources.items() if re.search(forbidden, text)] == []
    assert [name for name, text in sources.items() if "createElement" in text] == ["dom.js"]
