"""The server: from a free port to Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

import uvicorn

from kg import workfolder
from kg.errors import OutputError, UsageError
from kg.serve.answer import Limits
from kg.serve.app import app

_BACKLOG = 128
_CONNECTIONS = 200
_HEAD = 1 << 17  # bytes of a request's head: a query that is sent by GET stands in it
_LEAVE = 3  # seconds that answers under way may take when the server is stopped


def serve(
    folder: Path,
    *,
    host: str,
    port: int,
    limits: Limits,
    origins: Sequence[str] = (),
    ready: Callable[[str], None],
) -> None:
    """Serve a build until the process is interrupted; `ready` is given the URL once the server answers.

    Raises:
        BuildNotFound: the folder holds none.
        OutputError: the address is in use or cannot be had.
    """
    workfolder.open_store(folder)
    with _listening(host, port) as listener:
        bound = listener.getsockname()[1]
        names = () if not is_loopback(host) else ("localhost", "127.0.0.1", "::1", host)
        application = app(folder, limits, hosts=names, origins=origins)
        config = uvicorn.Config(
            application,
            log_config=None,
            access_log=False,
            server_header=False,
            ws="none",
            http="h11",
            proxy_headers=False,
            h11_max_incomplete_event_size=_HEAD,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_LEAVE,
        )
        server = _Server(config, lambda: ready(_url(host, bound)), application.state.stop)
        server.run(sockets=[listener])
        if not server.started:
            raise UsageError(f"{folder}: the server could not start; see above")


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it answers, and waits for no answer when it is told to stop."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready, self._stop = ready, stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self.started:
            self._stop()


def is_loopback(host: str) -> bool:
    """Whether only programs on this machine reach a host of this name.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, False)
    """
    return host in ("localhost", "::1") or host.startswith("127.")


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        hint = "choose another --port, or 0 for any that is free" if port else "choose another --host"
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{host}:{port}: cannot be served at: {reason}; {hint}") from error


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
