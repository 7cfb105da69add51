"""Where a SPARQL endpoint is asked, changed and filled, and with which login.

One URL is enough for the servers that people run: what stands where is known from how their URLs end.

    http://host/sparql             Virtuoso
    http://host/, …/query          Oxigraph
    http://host/repositories/NAME  RDF4J, GraphDB
    http://host/NAME/sparql        Jena Fuseki; /query too
    any other                      everything at that URL; filled by SPARQL Update

Logins and what else differs stand in the environment, or in ~/.netrc, never on a command line:

    KG_STORE_USER, KG_STORE_PASSWORD   sent as the server asks for them, by Digest or Basic
    KG_STORE_TOKEN                     sent as a bearer token
    KG_STORE_UPDATE, KG_STORE_GRAPHS   the URLs of SPARQL Update and the Graph Store Protocol
    KG_STORE_TIMEOUT                   seconds to wait for an answer
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from requests.utils import get_netrc_auth

from kg.errors import UsageError

TIMEOUT = 300.0
"""Seconds to wait for an answer, by default."""

# Path of the URL → paths of query, update and graph store; None for a server that has none.
_CONVENTIONS: tuple[tuple[str, tuple[str, str, str | None]], ...] = (
    (r"/?|/query/?", ("/query", "/update", "/store")),
    (r"/(?P<name>sparql|sparql-auth)/?", ("/{name}", "/sparql-auth", "/sparql-graph-crud-auth")),
    (
        r"(?P<repository>.*/repositories/[^/]+)/?",
        ("{repository}", "{repository}/statements", "{repository}/rdf-graphs/service"),
    ),
    (
        r"(?P<dataset>/.+)/(?P<name>query|sparql)/?",
        ("{dataset}/{name}", "{dataset}/update", "{dataset}/data"),
    ),
    (r"(?P<all>.+)", ("{all}", "{all}", None)),
)


@dataclass(frozen=True, slots=True)
class Login:
    """User and password, or a token; nothing of it is ever shown."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The URLs of a SPARQL endpoint, without a login: for queries, for SPARQL Update, and for graphs.

    `graphs` is None where there is no Graph Store Protocol.
    """

    query: str
    update: str
    graphs: str | None
    login: Login = Login()
    timeout: float = TIMEOUT


def is_url(source: object) -> bool:
    """Whether a user means an endpoint and not a file or folder."""
    return re.match(r"https?:", str(source), re.IGNORECASE) is not None


def endpoint(url: str, environment: Mapping[str, str] = os.environ) -> Endpoint:
    """The endpoint at a URL, with what the environment says of it.

    Raises:
        UsageError: it is no URL, or the environment has something that is none, or no number.

    >>> endpoint("http://localhost:8890/sparql", {}).graphs
    'http://localhost:8890/sparql-graph-crud-auth'
    >>> endpoint("http://localhost:3030/protest/sparql", {}).update
    'http://localhost:3030/protest/update'
    """
    parts = _split(url, "URL")
    site = f"{parts.scheme}://{_host(parts)}"
    query, update, graphs = (path and site + path for path in _paths(parts.path))
    given = {name: environment.get(f"KG_STORE_{name}", "") for name in ("UPDATE", "GRAPHS")}
    for name, value in given.items():
        if value:
            _split(value, f"KG_STORE_{name}")
    return Endpoint(
        query=str(query) + (f"?{parts.query}" if parts.query else ""),
        update=given["UPDATE"] or str(update),
        graphs=given["GRAPHS"] or graphs or None,
        login=_login(parts, environment),
        timeout=_seconds(environment.get("KG_STORE_TIMEOUT", "")),
    )


def _paths(path: str) -> tuple[str | None, ...]:
    for pattern, paths in _CONVENTIONS:
        if match := re.fullmatch(pattern, path):
            return tuple(p and p.format(**match.groupdict()) for p in paths)
    raise AssertionError(path)  # the last convention takes any path


def _split(url: str, name: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.scheme.lower() in ("http", "https") and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", url):
        raise UsageError(f"{name}: is no URL of an endpoint, such as http://localhost:8890/sparql")
    return parts


def _host(parts: SplitResult) -> str:
    """Host and port, without user and password."""
    return parts.netloc.rpartition("@")[2]


def _login(parts: SplitResult, environment: Mapping[str, str]) -> Login:
    """The login in the URL, in the environment or in ~/.netrc, whichever is first."""
    if parts.username:
        return Login(unquote(parts.username), unquote(parts.password or ""))
    if token := environment.get("KG_STORE_TOKEN"):
        return Login(token=token)
    if user := environment.get("KG_STORE_USER"):
        return Login(user, environment.get("KG_STORE_PASSWORD", ""))
    known = get_netrc_auth(f"{parts.scheme}://{_host(parts)}")
    return Login(*known) if known else Login()


def _seconds(value: str) -> float:
    try:
        seconds = float(value or TIMEOUT)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise UsageError(f"KG_STORE_TIMEOUT={value}: must be a number of seconds above zero")
    return seconds
