"""No question takes the server down, holds up others, or reaches beyond it; it starts and stops cleanly."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.builders import three_articles
from tests.conftest import Kg
from tests.serve.conftest import Served, children, serving, workers, written

LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
PLANNED = "SELECT * { " + "?s a ?o . " * 400 + "}"  # Oxigraph plans for minutes, whatever the graph holds
DEEP = "SELECT * " + "{" * 10_000 + "?s ?p ?o" + "}" * 10_000

linux = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks into /proc")


@pytest.fixture(scope="module")
def strict(folder: Path) -> Iterator[Served]:
    """A server that allows little: one question at once, two seconds, one MiB."""
    with serving(folder, "--timeout", "2", "--max-answer", "1", "--max-concurrent", "1") as server:
        yield server


@pytest.mark.parametrize("query", [LONG, PLANNED], ids=["runs long", "is planned long"])
def test_what_takes_too_long_is_stopped(strict: Served, query: str) -> None:
    start = time.monotonic()
    answer = strict.ask(query)
    assert (answer.status_code, "within 2 seconds" in answer.text) == (504, True)
    assert time.monotonic() - start < 8
    assert strict.ask("ASK { ?s ?p ?o }").json()["boolean"] is True


def test_an_answer_that_is_too_large_is_none_at_all(strict: Served) -> None:
    answer = strict.ask("SELECT * { ?s ?p ?o . ?t a ?class } LIMIT 100000")
    assert (answer.status_code, "LIMIT" in answer.text) == (413, True)


def test_a_question_that_is_too_large_is_not_read(strict: Served) -> None:
    assert strict.ask("ASK {} #" + "x" * 2_000_000).status_code == 413
    with socket.create_connection((strict.client.base_url.host, strict.client.base_url.port or 0)) as line:
        line.sendall(b"GET /query?query=" + b"x" * 300_000)
        assert line.recv(100).startswith(b"HTTP/1.1 400 ")


@pytest.fixture(scope="module")
def patient(folder: Path) -> Iterator[Served]:
    """A server that answers one question at once, however long that takes."""
    with serving(folder, "--timeout", "60", "--max-concurrent", "1") as server:
        yield server


def test_a_client_that_goes_away_leaves_room(patient: Served) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{patient.url}sparql", data={"query": LONG}, timeout=1, trust_env=False)
    assert patient.ask("ASK { ?s ?p ?o }").status_code == 200


@pytest.mark.parametrize("path", ["sparql", "query", "query.csv"])
def test_what_would_end_the_engine_is_refused(strict: Served, path: str) -> None:
    deep = DEEP[:20_000]
    answer = strict.client.get(path, params={"query": deep})
    assert answer.status_code == 400 and "deeper than 200" in answer.text


def test_no_other_server_is_called(strict: Served) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.5)
        call = f"SERVICE SILENT <http://127.0.0.1:{other.getsockname()[1]}/> {{ ?s ?p ?o }}"
        for path in ("sparql", "query", "query.csv"):
            answer = strict.client.get(path, params={"query": f"SELECT * {{ {call} }}"})
            assert answer.status_code == 403 and "SERVICE" in answer.text
        with pytest.raises(TimeoutError):
            other.accept()


@linux
def test_an_engine_that_dies_is_replaced_and_one_question_more_is_told_to_wait(patient: Served) -> None:
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(patient.ask, LONG)
        time.sleep(1)
        more = patient.ask("ASK {}")
        assert (more.status_code, more.headers["retry-after"]) == (503, "2")
        for worker in workers(patient.process.pid):
            os.kill(worker, signal.SIGSEGV)
        assert asked.result().status_code == 500
    assert patient.ask("ASK { ?s ?p ?o }").json()["boolean"] is True


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:7878", 200),
        ("[::1]:80", 200),
        ("a.example", 421),
        ("127.0.0.1.a.example", 421),
    ],
)
def test_the_server_answers_under_its_own_names_only(strict: Served, host: str, status: int) -> None:
    assert strict.client.get("query/protests.csv", headers={"Host": host}).status_code == status


@linux
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_it_stops_without_a_trace(folder: Path, sent: signal.Signals, code: int) -> None:
    with serving(folder) as server, ThreadPoolExecutor(1) as threads:
        server.ask("ASK {}")
        waiting = threads.submit(server.ask, LONG)
        time.sleep(0.5)
        started = children(server.process.pid)
        server.process.send_signal(sent)
        _, err = server.process.communicate(timeout=20)
        assert (server.process.returncode, err) == (code, "")
        with pytest.raises(httpx.HTTPError):
            waiting.result().raise_for_status()
        assert [p for p in started if Path(f"/proc/{p}").exists() and _runs(p)] == []


def _runs(process: int) -> bool:
    time.sleep(0.5)
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@linux
def test_nothing_stays_when_it_is_killed(folder: Path) -> None:
    with serving(folder) as server:
        server.ask("ASK {}")
        started = children(server.process.pid)
        server.process.kill()
        server.process.communicate()
        end = time.monotonic() + 5
        while any(_runs(p) for p in started):
            assert time.monotonic() < end
        assert started


def test_a_new_build_is_seen(folder: Path, tmp_path: Path) -> None:
    out = written(three_articles()[:1], tmp_path / "out")
    with serving(out) as server:
        count = "SELECT (COUNT(*) AS ?n) { ?a a <https://w3id.org/protest-kg/ontology#Article> }"
        assert server.ask(count, "text/csv").text.split() == ["n", "1"]
        written(three_articles(), out)
        assert server.ask(count, "text/csv").text.split() == ["n", "3"]


def test_a_port_in_use_is_named(kg: Kg, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = kg("serve", folder, "--port", port)
    assert (run.code, run.out) == (2, "")
    assert f"127.0.0.1:{port}: cannot be served at: " in run.err and "--port" in run.err


def test_a_folder_without_a_build_is_named(kg: Kg, tmp_path: Path) -> None:
    run = kg("serve", tmp_path)
    assert run.code == 2 and "holds no finished build" in run.err


def test_it_warns_when_other_machines_can_reach_it(folder: Path) -> None:
    with serving(folder, "--host", "0.0.0.0") as server:
        server.process.send_signal(signal.SIGINT)
        _, err = server.process.communicate(timeout=20)
    assert err.count("can be reached from other machines") == 1
