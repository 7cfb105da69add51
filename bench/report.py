"""How smoothly the network of a report moves: a page with 2,000 actors and 6,000 ties, in headless chromium.

    python bench/report.py [NODES EDGES]

Prints the size of the page, how long it took to open, and the times between frames while the network is
dragged about for some seconds. Headless chromium has no graphics card: it draws on the processor.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from kg.report.contents import types
from kg.report.layout import packed
from kg.report.page import html
from tests.browser import browser, visit

TYPES = ("Person", "Union", "Group", "Association", "GovernmentBody", "Party")
KINDS = ("acts with", "targets", "supports", "opposes")
SECONDS = 4
DAY = "2024-05-01"

_DRAG = """async ([seconds, moves]) => {
  const canvas = report.inner();
  const times = [];
  let before = performance.now();
  const end = before + seconds * 1000;
  for (let i = 0; before < end; i++) {
    if (moves) canvas.pan(12 * Math.cos(i / 15), 12 * Math.sin(i / 15));
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - before);
    before = now;
  }
  return times;
}"""


def contents(nodes: int, edges: int) -> dict[str, Any]:
    """The contents of a report on an invented network, a third of its ties within groups of ten."""
    chance = random.Random(2021)
    pairs = []
    for _ in range(edges):
        a = chance.randrange(nodes)
        b = a - a % 10 + chance.randrange(10) if chance.random() < 0.33 else chance.randrange(nodes)
        pairs.append((a, min(b, nodes - 1)))
    names = [f"{i:05}" for i in range(nodes)]
    scattered = {name: (chance.gauss(0, 1), chance.gauss(0, 1)) for name in names}
    places = packed(((names[a], names[b]) for a, b in pairs), scattered)
    return {
        "version": "bench",
        "articles": [["Invented", None, DAY, None]],
        "sentences": [[0, "An invented sentence."]],
        "things": [[f"actor/{i}", chance.choice(TYPES), f"Actor number {i}", [], {}] for i in range(nodes)],
        "facts": [["EntityReport", i, None, None, None, 0, 0.9] for i in range(nodes)],
        "nodes": [
            [i, *places.get(name, (0, 0)), 6, chance.paretovariate(1.5), 0, i // 200 + 1]
            for i, name in enumerate(names)
        ],
        "edges": [[a, b, *_tie(chance)] for a, b in pairs],
        "types": types(TYPES),
        "outline": None,
        "shown": {"actors": [nodes, nodes], "ties": [edges, edges], "facts": [nodes, nodes]},
    }


def _tie(chance: random.Random) -> list[Any]:
    kind = chance.choice(KINDS)
    return [kind, kind != "acts with", 1 + int(chance.expovariate(1)), 1, 1, DAY, DAY]


def main() -> None:
    """Print the figures."""
    nodes, edges = (int(a) for a in sys.argv[1:3]) if len(sys.argv) > 2 else (2_000, 6_000)
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        path = Path(folder) / "report.html"
        path.write_text(html(contents(nodes, edges)), encoding="utf-8")
        begin = time.perf_counter()
        with visit(chromium, path, viewport={"width": 1360, "height": 900}) as seen:
            seen.page.wait_for_function("report.inner().cost > 0")
            took = time.perf_counter() - begin
            print(f"{nodes:,} actors, {edges:,} ties, {path.stat().st_size:,} bytes, open in {took:.1f} s")
            for what, moves in (("at rest", False), ("dragged", True)):
                times = sorted(seen.page.evaluate(_DRAG, [SECONDS, moves]))
                late = times[len(times) * 95 // 100]
                print(
                    f"frames {what}: median {statistics.median(times):.0f} ms, 95 of 100 within {late:.0f} ms"
                )
            seen.page.wait_for_timeout(500)
            print(f"one drawing of the whole: {seen.page.evaluate('report.inner().cost'):.0f} ms")


if __name__ == "__main__":
    main()
