"""Servers that are slow, busy, broken, closed or no SPARQL endpoint: clear errors, no waiting for ever."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path

import pytest

from kg.errors import BuildNotFound, KgError, StoreError, UsageError
from kg.link import KnowledgeBase, link
from kg.quads import quads
from kg.store import RemoteStore, fill, memory
from kg.store.connection import Connection
from kg.store.endpoint import Login, endpoint
from tests.builders import post
from tests.conftest import Kg
from tests.store.servers import OXIGRAPH as OXIGRAPH_SERVER
from tests.store.servers import Reply, oxigraph, scripted

ASK = "ASK { ?s ?p ?o }"
OK = Reply()
BUSY = Reply(503, "try later", "text/plain")
DROPPED = Reply(0)
PAGE = "<html><title>502</title><style>p {}</style><body><h1>Bad Gateway</h1><p>nginx</p></body></html>"
LOGIN, NOBODY = Login("me", "s3cret"), Login()


def store(url: str, *, login: Login = NOBODY, timeout: float = 5.0) -> RemoteStore:
    return RemoteStore(endpoint(url, {}), Connection(login, timeout, pause=0.01))


@pytest.mark.parametrize(
    ("replies", "requests"),
    [
        pytest.param([OK], 1, id="at once"),
        pytest.param([BUSY, BUSY, OK], 3, id="busy twice"),
        pytest.param([Reply(429), Reply(502), Reply(504), OK], 4, id="of all sorts"),
        pytest.param([DROPPED, OK], 2, id="dropped once"),
        pytest.param([Reply(503, headers=[("Retry-After", "0")]), OK], 2, id="says when"),
    ],
)
def test_what_passes_is_tried_again(replies: list[Reply], requests: int) -> None:
    with scripted(*replies) as server:
        assert store(server.url).query(ASK)
        assert [a.method for a in server.asked] == ["POST"] * requests
        assert len({a.body for a in server.asked}) == 1


def test_the_server_says_how_long_to_wait() -> None:
    with scripted(Reply(503, headers=[("Retry-After", "1")]), OK) as server:
        start = time.monotonic()
        store(server.url).query(ASK)
        assert time.monotonic() - start >= 1


@pytest.mark.parametrize(
    ("reply", "requests", "says"),
    [
        pytest.param(BUSY, 5, "HTTP 503 Service Unavailable: try later", id="busy for ever"),
        pytest.param(DROPPED, 5, "cannot be reached: .*closed connection", id="drops all"),
        pytest.param(Reply(502, PAGE, "text/html"), 5, r"502 Bad Gateway: 502 Bad Gateway nginx$", id="page"),
        pytest.param(Reply(500, "x" * 5000), 1, r"HTTP 500 .*: x{300}…$", id="long story"),
        pytest.param(Reply(400, "no FROM here"), 1, "HTTP 400 Bad Request: no FROM here", id="refused"),
        pytest.param(Reply(404, ""), 1, "is this the URL of its SPARQL endpoint", id="not there"),
        pytest.param(Reply(401, ""), 1, "KG_STORE_PASSWORD, or KG_STORE_TOKEN", id="closed"),
        pytest.param(Reply(403, ""), 1, "HTTP 403 Forbidden; this login may not", id="forbidden"),
        pytest.param(
            Reply(301, "", headers=[("Location", "https://u:p@x.example/sparql?a=1")]),
            1,
            r"moved to https://x.example/sparql; use that URL",
            id="moved",
        ),
        pytest.param(Reply(200, PAGE, "text/html"), 1, "no result of SPARQL but text/html: '502", id="html"),
        pytest.param(Reply(200, "\x00{garbage"), 1, "answered no result of SPARQL", id="garbage"),
        pytest.param(Reply(200, ""), 1, "answered no result of SPARQL", id="nothing"),
        pytest.param(
            Reply(200, '{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri", ERROR'),
            1,
            "answered no result of SPARQL",
            id="breaks off in the middle",
        ),
        pytest.param(Reply(200, length=5000), 5, "cannot be reached: Incomplete", id="too short"),
    ],
)  # fmt: skip
def test_what_does_not_pass_is_an_error(reply: Reply, requests: int, says: str) -> None:
    with scripted(reply) as server:
        with pytest.raises(StoreError, match=rf"{server.url}: (.*){says}"):
            list(store(server.url).query(ASK))  # type: ignore[arg-type]
        assert len(server.asked) in (requests, 1)


def test_rows_that_the_server_cuts_off_are_an_error() -> None:
    row = {"a": {"type": "literal", "value": "x"}}
    body = json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": [row, row]}})
    cut = Reply(200, body, headers=[("X-SPARQL-MaxRows", "2")])
    says = "cut off after 2 rows; raise ResultSetMaxRows"
    with scripted(cut) as server, pytest.raises(StoreError, match=says):
        store(server.url).query("SELECT ?a { ?a ?b ?c }")


def test_no_answer_in_time_is_not_waited_for_twice() -> None:
    with scripted(Reply(wait=30)) as server:
        start = time.monotonic()
        with pytest.raises(StoreError, match=r"no answer within 0\.3 s; KG_STORE_TIMEOUT"):
            store(server.url, timeout=0.3).query(ASK)
        assert time.monotonic() - start < 5 and len(server.asked) == 1


def test_nobody_there() -> None:
    with pytest.raises(StoreError, match=r"http://127.0.0.1:9/sparql: cannot be reached: .*refused"):
        store("http://127.0.0.1:9/sparql").query(ASK)


# --- logins ------------------------------------------------------------------------------------------


def challenge(scheme: str) -> Reply:
    return Reply(401, "who is it?", "text/plain", headers=[("WWW-Authenticate", scheme)])


def test_a_password_is_sent_by_basic_once_asked_for() -> None:
    with scripted(challenge('Basic realm="x"'), OK) as server:
        there = store(server.url, login=LOGIN)
        there.query(ASK)
        there.query(ASK)
    basic = "Basic " + base64.b64encode(b"me:s3cret").decode()
    assert [a.authorization for a in server.asked] == [None, basic, basic]


def test_a_password_is_never_sent_to_who_asks_for_a_digest() -> None:
    with scripted(challenge('Digest realm="x", nonce="abc", algorithm=MD5, qop="auth"'), OK) as server:
        there = store(server.url, login=LOGIN)
        there.query(ASK)
        there.query(ASK)
    sent = [a.authorization or "" for a in server.asked]
    assert not sent[0] and all(s.startswith('Digest username="me"') for s in sent[1:]) and len(sent) == 3
    assert not any("s3cret" in s for s in sent)


def test_a_wrong_password_is_an_error_without_it() -> None:
    for scheme in ('Basic realm="x"', 'Digest realm="x", nonce="abc", qop="auth"'):
        with scripted(challenge(scheme)) as server, pytest.raises(StoreError, match="HTTP 401") as raised:
            store(server.url, login=LOGIN).query(ASK)
        assert "s3cret" not in str(raised.value) and len(server.asked) == 2


def test_a_token_is_sent() -> None:
    with scripted(OK) as server:
        store(server.url, login=Login(token="abc")).query(ASK)
    assert server.asked[0].authorization == "Bearer abc"


@pytest.mark.parametrize(
    ("url", "environment", "login"),
    [
        ("http://u:p%40ss@h/sparql", {"KG_STORE_USER": "x"}, Login("u", "p@ss")),
        ("http://h/sparql", {"KG_STORE_USER": "x", "KG_STORE_PASSWORD": "y"}, Login("x", "y")),
        ("http://h/sparql", {"KG_STORE_TOKEN": "t", "KG_STORE_USER": "x"}, Login(token="t")),
        ("http://h/sparql", {}, Login()),
    ],
)
def test_logins(url: str, environment: dict[str, str], login: Login) -> None:
    found = endpoint(url, environment)
    assert found.login == login
    assert "@" not in found.query and "p%40ss" not in repr(found) and "p@ss" not in repr(found)


def test_a_login_from_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine h.example login me password s3cret\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert endpoint("https://h.example:8890/sparql", {}).login == LOGIN
    assert endpoint("https://other.example/sparql", {}).login == Login()


# --- URLs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "query", "update", "graphs"),
    [
        ("http://h:7878", "/query", "/update", "/store"),
        ("http://h:7878/", "/query", "/update", "/store"),
        ("http://h:7878/query", "/query", "/update", "/store"),
        ("http://h:7878/sparql", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
        ("http://h:7878/sparql-auth", "/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth"),
        ("http://h:7878/ds/sparql", "/ds/sparql", "/ds/update", "/ds/data"),
        ("http://h:7878/ds/query", "/ds/query", "/ds/update", "/ds/data"),
        ("http://h:7878/a/repositories/b", "/a/repositories/b", "/a/repositories/b/statements",
         "/a/repositories/b/rdf-graphs/service"),
        ("http://h:7878/some/thing?x=1", "/some/thing?x=1", "/some/thing", None),
    ],
)  # fmt: skip
def test_where_things_stand(url: str, query: str, update: str, graphs: str | None) -> None:
    found = endpoint(url, {})
    site = "http://h:7878"
    assert (found.query, found.update) == (site + query, site + update)
    assert found.graphs == (graphs and site + graphs)


def test_the_environment_says_where_else() -> None:
    given = {"UPDATE": "http://h/u", "GRAPHS": "http://h/g", "TIMEOUT": "7.5"}
    found = endpoint("http://h/x", {f"KG_STORE_{name}": value for name, value in given.items()})
    assert (found.update, found.graphs, found.timeout) == ("http://h/u", "http://h/g", 7.5)


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        pytest.param("http://", {}, id="no host"),
        pytest.param("http://h:port/", {}, id="no port"),
        pytest.param("http://h /sparql", {}, id="a blank"),
        pytest.param("http://h/", {"KG_STORE_TIMEOUT": "soon"}, id="no number"),
        pytest.param("http://h/", {"KG_STORE_TIMEOUT": "0"}, id="no time"),
        pytest.param("http://h/", {"KG_STORE_UPDATE": "here"}, id="no url"),
    ],
)
def test_wrong_urls_and_settings(url: str, environment: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"is no URL|must be a number of seconds"):
        endpoint(url, environment)


# --- what endpoints show -----------------------------------------------------------------------------

NO = Reply(body='{"head": {}, "boolean": false}')


def test_fuseki_is_asked_for_the_union_of_its_graphs() -> None:
    with scripted(NO, NO, OK) as server:
        there = store(server.url)
        there.find_graphs()
        there.query(ASK)
    assert "default-graph-uri=urn%3Ax-arq%3AUnionGraph" in server.asked[-1].body


@pytest.mark.parametrize(
    ("replies", "error", "says"),
    [
        pytest.param([NO] * 3 + [OK], StoreError, "does not show its named graphs", id="no union"),
        pytest.param([NO], BuildNotFound, "holds no graph; fill it with kg push DIR http", id="empty"),
        pytest.param([Reply(404)], StoreError, "HTTP 404", id="no endpoint"),
    ],
)
def test_endpoints_that_cannot_be_asked(replies: list[Reply], error: type[KgError], says: str) -> None:
    with scripted(*replies) as server, pytest.raises(error, match=says):
        store(server.url).find_graphs()


def test_without_a_graph_store_it_is_filled_by_update() -> None:
    if not OXIGRAPH_SERVER:
        pytest.skip("the Oxigraph server is not installed: pip install oxigraph")
    source = memory(quads([post()], link([post()], KnowledgeBase())))
    with oxigraph("--union-default-graph") as url:
        there = store(f"{url}/query")
        by_update = endpoint(f"{url}/query", {})
        by_update = type(by_update)(by_update.query, by_update.update, None)
        updated = RemoteStore(by_update)
        for _ in range(2):
            fill(updated, source)
            assert set(there.quads()) == set(source.quads())
        there.find_graphs()
        assert there.query("ASK { ?article a <https://w3id.org/protest-kg/ontology#Article> }")


# --- commands ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "reply", "code", "says"),
    [
        pytest.param(["query", "{url}", "protests"], Reply(500, "boom"), 1, "HTTP 500", id="query"),
        pytest.param(["stats", "{url}"], NO, 2, "holds no graph; fill it with kg push", id="stats"),
        pytest.param(["why", "{url}", "x"], Reply(401), 1, "KG_STORE_USER", id="why"),
        pytest.param(["network", "{url}", "-o-"], Reply(200, PAGE, "text/html"), 1, "no result", id="gexf"),
        pytest.param(["export", "http://", "-o", "-"], OK, 2, "is no URL", id="export"),
    ],
)  # fmt: skip
def test_commands_exit_as_the_error_says(
    kg: Kg, command: list[str], reply: Reply, code: int, says: str
) -> None:
    with scripted(reply) as server:
        run = kg(*(part.format(url=server.url.replace("//", "//me:s3cret@")) for part in command))
    assert (run.code, run.out) == (code, "")
    assert says in run.err and "s3cret" not in run.err and "Traceback" not in run.err
