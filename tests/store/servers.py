"""SPARQL endpoints on the loopback interface for tests: Oxigraph's own, and one that answers as told."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.virtuoso import free_port

OXIGRAPH = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
STARTS_WITHIN = 30  # seconds


@contextmanager
def oxigraph(*options: str) -> Iterator[str]:
    """The URL of an Oxigraph server with nothing in it, which is ended with the block."""
    port = free_port()
    process = subprocess.Popen(
        [str(OXIGRAPH), "serve", "--bind", f"127.0.0.1:{port}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "the server ended"
        time.sleep(0.02)
    raise AssertionError(f"the server did not start within {STARTS_WITHIN} s")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answers; status 0 drops the connection, `wait` are seconds before it answers."""

    status: int = 200
    body: str = '{"head": {}, "boolean": true}'
    media: str = "application/sparql-results+json"
    headers: Sequence[tuple[str, str]] = ()
    wait: float = 0.0
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that a server got."""

    method: str
    path: str
    body: str
    authorization: str | None


@dataclass(slots=True)
class Scripted:
    """A server that gives its replies in turn, the last one for ever; it remembers what it was asked."""

    replies: Sequence[Reply]
    url: str = ""
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def scripted(*replies: Reply) -> Iterator[Scripted]:
    """A server that answers what it is told to."""
    script = Scripted(replies)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            number = min(len(script.asked), len(script.replies) - 1)
            script.asked.append(Asked(self.command, self.path, body, self.headers.get("Authorization")))
            reply = script.replies[number]
            ended.wait(reply.wait)
            if not reply.status:
                self.close_connection = True
                return
            data = reply.body.encode()
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Type", reply.media)
            self.send_header("Content-Length", str(len(data) if reply.length is None else reply.length))
            self.end_headers()
            self.wfile.write(data)
            self.close_connection = reply.length is not None

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    ended = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        script.url = f"http://127.0.0.1:{server.server_port}/sparql"
        yield script
    finally:
        ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
