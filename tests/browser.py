"""A page in a real browser: Debian's chromium, driven by playwright; tests skip where one of them is missing.

>>> with browser() as chromium, visit(chromium, path) as seen:  # doctest: +SKIP
...     seen.page.click("text=Timeline")
...     assert seen.faults == [] and seen.requests == []
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip


@dataclass
class Visit:
    """A page that was opened, what went wrong in it, and what it asked for beyond its own address."""

    page: Any
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@contextmanager
def browser() -> Iterator[Any]:
    """A headless chromium."""
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("needs playwright (pip install playwright)")
    if not CHROMIUM.exists():
        pytest.skip(f"needs {CHROMIUM} (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield chromium
        chromium.close()


@contextmanager
def visit(chromium: Any, address: Path | str, **options: Any) -> Iterator[Visit]:
    """A file or an address, opened; `options` are of the context, such as `viewport` and `color_scheme`."""
    url = address.as_uri() if isinstance(address, Path) else address
    context = chromium.new_context(**options)
    seen = Visit(context.new_page())
    seen.page.on("console", lambda m: seen.faults.append(m.text) if m.type in ("error", "warning") else None)
    seen.page.on("pageerror", lambda error: seen.faults.append(str(error)))
    own = (url.partition("#")[0], "data:", "blob:")
    seen.page.on("request", lambda r: None if r.url.startswith(own) else seen.requests.append(r.url))
    seen.page.goto(url)
    yield seen
    context.close()
