"""A server of its own process over a small build, as `kg serve` starts it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from kg import store, terms, workfolder
from kg.facts import ArticleFacts
from kg.link import KnowledgeBase, link
from kg.quads import quads
from tests.builders import Draft
from tests.corpus import corpus

EVIL = "<script>alert(1)</script>"


def written(facts: list[ArticleFacts], path: Path) -> Path:
    """As much of a build of these facts as a server needs, in place of the one that is there."""
    store.write(quads(facts, link(facts, KnowledgeBase())), path / workfolder.STORE)
    workfolder.write_manifest(path, workfolder.Manifest(terms.base(), {}))
    return path


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: its address, a client of it, and its process."""

    url: str
    client: httpx.Client
    process: subprocess.Popen[str]

    def ask(self, query: str, accept: str = "application/json") -> httpx.Response:
        return self.client.post("sparql", data={"query": query}, headers={"Accept": accept})


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """`kg serve FOLDER --port 0 OPTIONS`, until it answers and to its end."""
    command = [sys.executable, "-m", "kg.cli", "serve", str(folder), "--port", "0", *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout and process.stderr
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    if found is None:
        raise AssertionError(process.communicate())
    try:
        with httpx.Client(base_url=found[0], timeout=30, trust_env=False) as client:
            yield Served(found[0], client, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)
        process.stdout.close()
        process.stderr.close()


def children(process: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == process:
            child = int(status.parent.name)
            found += [child, *children(child)]
    return found


def workers(process: int) -> list[int]:
    """The processes that hold the store open."""
    return [p for p in children(process) if any("/store/" in name for name in _open_files(p))]


def _open_files(process: int) -> list[str]:
    names = []
    try:
        for entry in Path(f"/proc/{process}/fd").iterdir():
            names.append(str(entry.readlink()))
    except OSError:
        pass
    return names


def evil() -> ArticleFacts:
    """An article in which every text is markup."""
    draft = Draft(
        "evil-1",
        f"Rally {EVIL} in Calmont",
        f"The {EVIL} League called a rally in Calmont on 3 June 2024. “{EVIL} now,” said Ann {EVIL} Lee. "
        f"The league spoke of 500 {EVIL} people.",
        source=EVIL,
        url=f"javascript:alert(1)//{EVIL}",
        published="2024-06-04",
    )
    draft.entity("e1", "Union", f"{EVIL} League")
    draft.entity("e2", "Place", ("Calmont", 1))
    draft.entity("e3", "Person", f"Ann {EVIL} Lee")
    draft.event(
        "v1", "Demonstration", ["rally"], start=draft.when("2024-06-03", "3 June 2024"), places=["e2"],
        organizers=["e1"], crowds=[draft.crowd(f"500 {EVIL}", 500, 500, "organisers")],
        demands=[draft.demand(f"{EVIL} now")],
    )  # fmt: skip
    draft.statement("e3", f"{EVIL} now")
    return draft.facts()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written([*corpus(), evil()], tmp_path_factory.mktemp("serve") / "out")


@pytest.fixture(scope="session")
def served(folder: Path) -> Iterator[Served]:
    with serving(folder, "--max-concurrent", "2") as server:
        yield server
