"""A Virtuoso of one's own for a test: on the loopback interface, in a folder of its own."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

SERVER, CLIENT = shutil.which("virtuoso-t"), shutil.which("isql-vt")
USER = PASSWORD = "dba"  # what a new database has; nobody but this machine can reach it
INSTALL = "apt-get install --no-install-recommends virtuoso-opensource-7 virtuoso-opensource-7-bin"
STARTS_WITHIN = 120  # seconds

CONFIGURATION = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True, slots=True)
class Virtuoso:
    """A running server."""

    folder: Path
    sql: int
    http: int

    @property
    def url(self) -> str:
        """Where it answers SPARQL."""
        return f"http://127.0.0.1:{self.http}/sparql"

    def put_turtle(self, data: bytes, graph: str) -> None:
        """Put Turtle into a graph by the Graph Store Protocol."""
        where = f"sparql-graph-crud-auth?{urlencode({'graph-uri': graph})}"
        self._ask(where, data=data, method="PUT", headers={"Content-Type": "text/turtle"})

    def load_dataset(self, path: Path) -> None:
        """Load TriG as the bulk loaders of Virtuoso do: with its own parser, by SQL."""
        shutil.copy(path, self.folder / "dataset.trig")
        load = "DB.DBA.TTLP(file_to_string_output('dataset.trig'), '', 'urn:default', 256); checkpoint;"
        command = [str(CLIENT), f"127.0.0.1:{self.sql}", USER, PASSWORD, "VERBOSE=OFF", f"exec={load}"]
        run = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert "Error" not in run.stdout + run.stderr, run.stdout + run.stderr

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows of a SELECT query."""
        asked = urlencode({"query": query, "format": "application/sparql-results+json"})
        rows: list[dict[str, Any]] = json.loads(self._ask(f"sparql?{asked}"))["results"]["bindings"]
        return rows

    def _ask(self, where: str, **request: Any) -> bytes:
        with _opener(self.http).open(Request(f"http://127.0.0.1:{self.http}/{where}", **request)) as answer:
            content: bytes = answer.read()
        return content


@contextmanager
def virtuoso(folder: Path) -> Iterator[Virtuoso]:
    """A server that is ready, and is ended with the block."""
    server = Virtuoso(folder, free_port(), free_port())
    (folder / "virtuoso.ini").write_text(CONFIGURATION.format(sql=server.sql, http=server.http))
    command = [str(SERVER), "+foreground", "+configfile", "virtuoso.ini"]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(server: Virtuoso, process: subprocess.Popen[bytes]) -> None:
    for _ in range(STARTS_WITHIN * 5):
        try:
            server.rows("SELECT * { ?s ?p ?o } LIMIT 1")
        except (URLError, OSError):
            assert process.poll() is None, (server.folder / "virtuoso.log").read_text()
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"Virtuoso did not start within {STARTS_WITHIN} s")


def _opener(port: int) -> OpenerDirector:
    passwords = HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, f"http://127.0.0.1:{port}/", USER, PASSWORD)
    return build_opener(ProxyHandler({}), HTTPDigestAuthHandler(passwords))


def free_port() -> int:
    """A port that nobody listens at."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
