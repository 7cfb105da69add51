"""What answers at which address, within which limits. The graph itself is for `kg.serve.pool`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from html import escape
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KgError, UsageError
from kg.serve import pages, protocol, site
from kg.serve.answer import Answer, Limits, NotAcceptable, Refused, TooLarge, negotiate
from kg.serve.editor import words
from kg.serve.html import page
from kg.serve.pool import Pool

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_STATIC = Path(__file__).with_name("static")
_METHODS = ["GET", "POST", "OPTIONS"]  # HEAD comes with GET


def app(
    folder: Path, limits: Limits, *, hosts: Sequence[str] = _LOOPBACK, origins: Sequence[str] = ()
) -> Starlette:
    """The application for a build.

    `hosts` are the names that a request may use for the server, or none if any will do: a page on the web
    whose name is made to point here (DNS rebinding) uses its own. `origins` are the web sites whose scripts
    may ask, beside those of this machine; "*" for all. `state.stop()` ends what is being answered.
    """
    desk = _Desk(folder, limits)
    routes = [
        Route("/", desk.home),
        Route("/sparql", desk.sparql, methods=_METHODS),
        Route("/query", desk.own),
        Route("/query.{suffix}", desk.file),
        Route("/query/{name}.{suffix}", desk.file),
        Route("/query/{name}", desk.question),
        Route("/search", desk.names),
        Route(f"{site.TERMS}{{name}}", desk.term),
        Route(f"{site.THINGS}{{path:path}}", desk.thing),
        Route("/words.json", desk.words),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]
    served = Starlette(
        routes=routes,
        lifespan=desk.lifespan,
        middleware=[Middleware(_Guard, hosts=tuple(hosts), origins=tuple(origins))],
        exception_handlers={KgError: _refusal, HTTPException: _wrong},
    )
    served.state.stop = desk.stop
    return served


class _Desk:
    """Takes a request apart, has it answered by a process of the pool, and puts the response together."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder, self._limits = folder, limits
        self._pool: Pool

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self._pool = Pool(self._folder, self._limits)
        try:
            await self._pool.run(
                pages.home
            )  # what is wrong with the build shows now, and the first page is fast
            yield
        finally:
            self._pool.close()

    def stop(self) -> None:
        self._pool.stop()

    async def home(self, request: Request) -> Response:
        return await self._answer(request, pages.home)

    async def own(self, request: Request) -> Response:
        return await self._answer(request, pages.sparql, request.query_params.get("query", ""))

    async def question(self, request: Request) -> Response:
        name = request.path_params["name"]
        return await self._answer(request, pages.question, name, dict(request.query_params))

    async def file(self, request: Request) -> Response:
        suffix = request.path_params["suffix"]
        if suffix not in pages.FILES:
            raise HTTPException(404, f"{suffix}: no such format; one of {', '.join(pages.FILES)}")
        name = request.path_params.get("name", "")
        return await self._answer(request, pages.file, name, dict(request.query_params), suffix)

    async def names(self, request: Request) -> Response:
        return await self._answer(request, pages.names, request.query_params.get("name", ""))

    async def term(self, request: Request) -> Response:
        return await self._answer(request, pages.term, request.path_params["name"])

    async def thing(self, request: Request) -> Response:
        sent = request.scope["raw_path"].decode("ascii", errors="replace")
        path = sent.removeprefix(site.THINGS)
        return await self._answer(request, pages.thing, path, request.headers.get("accept", ""))

    async def words(self, request: Request) -> Response:
        return _response(words())

    async def sparql(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        accept = request.headers.get("accept", "")
        query, type_ = request.url.query, request.headers.get("content-type", "")
        asked = protocol.question(request.method, query, type_, await self._body(request), accept)
        if request.method != "POST" and _is_browser(accept):
            return RedirectResponse(f"/query?{urlencode({'query': asked.text})}" if asked else "/query", 303)
        if asked is None:
            return await self._answer(
                request, protocol.description, str(request.url.replace(query="")), accept
            )
        return await self._answer(request, protocol.ask, asked, self._limits.answer)

    async def _body(self, request: Request) -> bytes:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._limits.question:
                raise TooLarge(f"the question is larger than {self._limits.question:,} bytes")
        return bytes(body)

    async def _answer(self, request: Request, job: Callable[..., Answer], *args: object) -> Response:
        """The response of a job; it is given up when the client has gone."""
        running = asyncio.ensure_future(self._pool.run(job, *args))
        gone = asyncio.ensure_future(_gone(request))
        await asyncio.wait((running, gone), return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not running.done():
            running.cancel()
            await asyncio.wait((running,))
            raise ClientDisconnect
        answer = running.result()
        if len(answer.body) > self._limits.answer:
            raise TooLarge(f"the answer is larger than {self._limits.answer:,} bytes; ask for less")
        return _response(answer)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _response(answer: Answer) -> Response:
    headers = {"Content-Type": answer.media_type, **answer.headers}
    return Response(answer.body, answer.status, headers=headers)


def _is_browser(accept: str) -> bool:
    """Whether the client wants a page rather than one of the formats of SPARQL."""
    try:
        return negotiate(accept, [*protocol.RESULTS, *protocol.TRIPLES, "text/html"]) == "text/html"
    except NotAcceptable:
        return False


async def _refusal(request: Request, error: Exception) -> Response:
    """What is said of a request that is not answered."""
    status = error.status if isinstance(error, Refused) else 400 if isinstance(error, UsageError) else 500
    return _said(request, status, str(error), {"Retry-After": "2"} if status == 503 else {})


async def _wrong(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _said(request, error.status_code, error.detail, dict(error.headers or {}))


def _said(request: Request, status: int, message: str, headers: dict[str, str]) -> Response:
    """A message as a page for people, as plain text for programs."""
    if request.method in ("GET", "HEAD") and _is_browser(request.headers.get("accept", "")):
        return _response(
            page("error", status=status, headers=headers, title=HTTPStatus(status).phrase, message=message)
        )
    return PlainTextResponse(f"{message}\n", status, headers)


class _Guard:
    """Turns away requests under names that are not the server's, and puts the headers on all others."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...], origins: tuple[str, ...]) -> None:
        self._app, self._hosts, self._origins = app, hosts, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        added = {**HEADERS, **self._shared(sent.get("origin", ""), scope["path"])}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                old = [(n, v) for n, v in message["headers"] if n.lower() != b"server"]
                message["headers"] = old + [(n.lower().encode(), v.encode()) for n, v in added.items()]
            await send(message)

        if self._hosts and _name(sent.get("host", "")) not in self._hosts:
            refusal = PlainTextResponse(f"this is not the server of {escape(sent.get('host', ''))}\n", 421)
            return await refusal(scope, receive, guarded)
        return await self._app(scope, receive, guarded)

    def _shared(self, origin: str, path: str) -> dict[str, str]:
        """The headers by which a browser lets a script of another site read the answer (CORS)."""
        if path != "/sparql" or not origin:
            return {}
        if (
            "*" not in self._origins
            and origin not in self._origins
            and _name(urlsplit(origin).netloc) not in _LOOPBACK
        ):
            return {"Vary": "Origin"}
        return {
            "Access-Control-Allow-Origin": "*" if "*" in self._origins else origin,
            "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
            "Access-Control-Allow-Headers": "Accept, Content-Type",
            "Access-Control-Max-Age": "600",
            "Vary": "Origin",
        }


def _name(host: str) -> str:
    """A Host header or the place of an origin without its port.

    >>> _name("[::1]:7878"), _name("LocalHost:80"), _name("a.example")
    ('::1', 'localhost', 'a.example')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0].lower() if host.rpartition(":")[2].isdigit() else host.lower()
