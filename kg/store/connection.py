"""Requests to a server over HTTP that log in as it asks, try again, and fail with a plain message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from urllib3 import BaseHTTPResponse
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import ReadTimeoutError
from urllib3.util import Retry

from kg.errors import StoreError
from kg.store.endpoint import Login

CONNECT = 10.0
"""Seconds to wait for a connection."""
BUSY = (429, 502, 503, 504)
"""Statuses of servers that may be ready a little later."""
TRIES = 4
"""How often a request is repeated that a busy or broken server did not answer."""
PAUSE = 0.5
"""Seconds before the second repetition; each later one waits twice as long, or as the server says."""
_PATIENCE = 60
_SHOWN = 300
_HELP = {
    401: "; a login is needed: set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN",
    403: "; this login may not do that, or one is needed: KG_STORE_USER and KG_STORE_PASSWORD",
    404: "; is this the URL of its SPARQL endpoint?",
    405: "; is this the URL of its SPARQL endpoint, and may it be written?",
}


class Refused(StoreError):
    """The server answered with an error."""


class Connection:
    """What sends requests, all of them such that repeating one does no harm."""

    def __init__(self, login: Login, timeout: float, *, tries: int = TRIES, pause: float = PAUSE) -> None:
        self._timeout = (min(CONNECT, timeout), timeout)
        self._session = requests.Session()
        self._session.auth = _auth(login)
        patience = _Patience(
            total=tries,
            connect=min(tries, 2),
            status_forcelist=BUSY,
            allowed_methods=None,
            backoff_factor=pause,
            retry_after_max=_PATIENCE,
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=patience))

    def send(
        self,
        method: str,
        url: str,
        *,
        parameters: Mapping[str, str] | None = None,
        body: bytes | Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        fine: tuple[int, ...] = (),
    ) -> requests.Response:
        """The answer of the server; `fine` are statuses that mean no failure beside those below 300.

        Raises:
            Refused: it answered with another status.
            StoreError: it did not answer.
        """
        where = shown(url)
        try:
            answer = self._session.request(
                method,
                url,
                params=parameters,
                data=body,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            )
        except requests.Timeout as error:
            limit = f"{self._timeout[1]:g} s; KG_STORE_TIMEOUT sets another limit"
            raise StoreError(f"{where}: no answer within {limit}") from error
        except (requests.RequestException, ValueError) as error:
            raise StoreError(f"{where}: cannot be reached: {_cause(error)}") from error
        if answer.status_code >= 300 and answer.status_code not in fine:
            raise Refused(f"{where}: {_status(answer)}{_HELP.get(answer.status_code, '')}")
        return answer


class _Patience(Retry):
    """Tries again what a server dropped or was too busy for, not what took it too long."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        if isinstance(error, ReadTimeoutError):
            raise error
        return super().increment(method, url, response, error, _pool, _stacktrace)


class _Password(AuthBase):
    """User and password by Digest or Basic, as the server asks; they are sent once it has asked."""

    def __init__(self, login: Login) -> None:
        self._digest = HTTPDigestAuth(login.user, login.password)
        self._basic = HTTPBasicAuth(login.user.encode(), login.password.encode())
        self._is_basic = False

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._is_basic:
            return self._basic(request)
        request.register_hook("response", self._asked)
        return self._digest(request)

    def _asked(self, response: requests.Response, **options: Any) -> requests.Response:
        challenge = response.headers.get("WWW-Authenticate", "").lower()
        if response.status_code != 401 or "digest" in challenge or not challenge.startswith("basic"):
            return response
        self._is_basic = True
        response.content  # noqa: B018 -- read to its end, so that the connection can be used again
        response.close()
        again: requests.Response = response.connection.send(self._basic(response.request.copy()), **options)
        return again


class _Token(AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _auth(login: Login) -> AuthBase | None:
    if login.token:
        return _Token(login.token)
    return _Password(login) if login.user else None


def shown(url: str) -> str:
    """The URL as messages name it: without login and without what is asked.

    >>> shown("http://me:secret@localhost:8890/sparql?query=ASK")
    'http://localhost:8890/sparql'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _status(answer: requests.Response) -> str:
    """The status and what the server says, in a line."""
    text = f"HTTP {answer.status_code} {answer.reason or ''}".rstrip()
    if answer.is_redirect:
        return f"{text}: it has moved to {shown(answer.headers['Location'])}; use that URL"
    said = words(answer)
    return f"{text}: {said}" if said else text


def words(answer: requests.Response) -> str:
    """What an answer says, without markup, shortened."""
    text = answer.content[: 20 * _SHOWN].decode(answer.encoding or "utf-8", errors="replace")
    if "<html" in text.lower() or "html" in answer.headers.get("Content-Type", ""):
        text = re.sub(r"(?s)<(script|style)\b.*?</\1>|<[^>]*>", " ", text)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _cause(error: Exception) -> str:
    """The innermost reason of an error, which says most."""
    while True:
        inner = getattr(error, "reason", None) or next(
            (a for a in error.args if isinstance(a, Exception)), None
        )
        if not isinstance(inner, Exception):
            break
        error = inner
    return re.sub(r"^<[^>]*>: |^\S+\(.*?\): ", "", str(error))
