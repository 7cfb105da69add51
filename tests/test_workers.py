"""Several processes read what one would, in the same order, and stop when nobody listens any more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from kg import workers
from kg.article import Article, read_articles
from kg.errors import KgError

ARTICLES = Path(__file__).parent / "articles"


def test_any_number_of_workers_gives_the_same_facts_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "BATCH", 1)
    articles = list(read_articles([ARTICLES], on_error=pytest.fail))
    alone = list(workers.extract(articles))
    assert [facts.article.id for facts in alone] == [article.id for article in articles]
    assert list(workers.extract(articles, workers=2)) == alone


def test_who_leaves_early_leaves_the_rest_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "BATCH", 1)
    read: list[str] = []

    def endless() -> Iterator[Article]:
        for number in count():
            read.append(str(number))
            yield Article(str(number), "Nurses march", "Nurses marched in Leeds on Friday.", lang="en")

    facts = workers.extract(endless(), workers=2)
    assert next(facts).article.id == "0"
    facts.close()
    assert len(read) == 2 * workers.AHEAD


def test_an_error_in_a_process_comes_through() -> None:
    with pytest.raises(KgError, match="xx"):
        list(workers.extract([Article("a", "T", "Text.", lang="xx")], workers=2))


READS_FOR_EVER = """
import itertools, multiprocessing
from kg.article import Article
from kg.workers import extract

if __name__ == "__main__":
    articles = (Article(str(n), "T", "Nurses marched.", lang="en") for n in itertools.count())
    for _ in extract(articles, workers=2):
        print(*(process.pid for process in multiprocessing.active_children()), flush=True)
"""


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        os.kill(pid, 0)
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # no /proc here, or it has ended just now
        return not Path("/proc/self").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_run_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    script = tmp_path / "reads.py"
    script.write_text(READS_FOR_EVER, encoding="utf-8")
    run = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert run.stdout
    with run.stdout:
        pids = [int(pid) for pid in run.stdout.readline().split()]
        run.send_signal(signal.SIGKILL)
        run.wait()
    assert len(pids) == 2
    for _ in range(100):
        if not any(map(is_alive, pids)):
            return
        time.sleep(0.1)
    raise AssertionError(f"still at work: {[pid for pid in pids if is_alive(pid)]}")
