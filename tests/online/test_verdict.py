"""What a server does, and what is said of the link: never dead where a reader may get through."""

from __future__ import annotations

import gzip
import ssl
from collections.abc import Callable
from dataclasses import replace

import pytest
import trustme

from notelint.online.link_check import check_urls
from notelint.online.online_settings import OnlineSettings
from notelint.online.results import Outcome, Status
from online.web import Handler, Route, Web, page, redirect, status

ALIVE, DEAD, UNKNOWN = Status.ALIVE, Status.DEAD, Status.UNKNOWN


def head_refused(handler: Handler) -> None:
    handler.reply(405 if handler.command == "HEAD" else 200)


def head_not_routed(handler: Handler) -> None:
    handler.reply(404 if handler.command == "HEAD" else 200)


def head_forbidden(handler: Handler) -> None:
    handler.reply(403 if handler.command == "HEAD" else 200)


def head_fails(handler: Handler) -> None:
    handler.reply(500 if handler.command == "HEAD" else 404)


def head_gone(handler: Handler) -> None:
    handler.reply(410 if handler.command == "HEAD" else 200)


def get_refused(handler: Handler) -> None:
    handler.reply(404 if handler.command == "HEAD" else 403)


def endless(handler: Handler) -> None:
    handler.send_response(200 if handler.command == "GET" else 405)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Connection", "close")
    handler.end_headers()
    while handler.command == "GET" and not handler.server.over.is_set():
        handler.wfile.write(b"<p>and so on</p>" * 1000)


def cut(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    if handler.command == "GET":
        handler.wfile.write(b"40\r\n<h1 id=early>")
    handler.close_connection = True


def wrong_length(handler: Handler) -> None:
    html = b"<h1 id=early>x</h1>"
    handler.reply(200, html, Content_Length="4000", Content_Type="text/html")
    handler.close_connection = True


def drip(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b".")


def hang(handler: Handler) -> None:
    handler.server.over.wait()


def hang_up(handler: Handler) -> None:
    handler.close_connection = True


def no_http(handler: Handler) -> None:
    handler.wfile.write(b"220 mail.local ESMTP\r\n")
    handler.close_connection = True


def zipped(handler: Handler) -> None:
    body = gzip.compress(b"<h1 id=here>x</h1>")
    handler.reply(200, body, Content_Type="text/html", Content_Encoding="gzip")


HEAD, BOTH = ["HEAD"], ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("route", "expected", "reason", "requests"),
    [
        (status(200), ALIVE, "", HEAD),
        (status(204), ALIVE, "", HEAD),
        (status(206), ALIVE, "", HEAD),
        (status(300), ALIVE, "", HEAD),
        (head_refused, ALIVE, "", BOTH),
        (head_not_routed, ALIVE, "", BOTH),
        (head_forbidden, ALIVE, "", BOTH),
        (head_fails, DEAD, "404", BOTH),
        (head_gone, ALIVE, "", BOTH),
        (get_refused, UNKNOWN, "403", BOTH),
        (hang_up, UNKNOWN, "the connection was cut off", BOTH),
        (no_http, UNKNOWN, "the answer is not HTTP", HEAD),
        (status(301), UNKNOWN, "301 without a usable target", HEAD),
        (redirect(302, "file:///etc/passwd"), UNKNOWN, "302 without a usable target", HEAD),
        (redirect(302, "http://"), UNKNOWN, "302 without a usable target", HEAD),
        (status(400), UNKNOWN, "400", HEAD),
        (status(401), UNKNOWN, "401", HEAD),
        (status(403), UNKNOWN, "403", BOTH),
        (status(418), UNKNOWN, "418", HEAD),
        (status(451), UNKNOWN, "451", HEAD),
        (status(500), UNKNOWN, "500", BOTH),
        (status(503), UNKNOWN, "503", HEAD),
        (status(410), DEAD, "410", BOTH),
        (status(404), DEAD, "404", BOTH),
    ],
)
def test_a_server_and_the_verdict(
    web: Web,
    local: OnlineSettings,
    route: Route,
    expected: Status,
    reason: str,
    requests: list[str],
) -> None:
    web.routes["/x"] = route
    assert outcome(web, local, "/x")[:2] == (expected, reason)
    assert web.asked("/x") == requests


@pytest.mark.parametrize("route", [hang, drip])
def test_a_server_that_takes_for_ever(web: Web, local: OnlineSettings, route: Route) -> None:
    web.routes["/x"] = route
    found = outcome(web, replace(local, timeout=0.4), "/x")
    assert found[:2] == (UNKNOWN, "no answer in time")
    assert web.asked("/x") == HEAD


@pytest.mark.parametrize(
    ("route", "anchor", "expected", "reason"),
    [
        (page("<h1 id='here'>x</h1>"), "here", ALIVE, ""),
        (zipped, "here", ALIVE, ""),
        (cut, "early", ALIVE, ""),
        (wrong_length, "early", ALIVE, ""),
        (page("<h1 id='here'>x</h1>"), "gone", DEAD, "the page has no anchor #gone"),
        (zipped, "gone", DEAD, "the page has no anchor #gone"),
        (cut, "late", UNKNOWN, "the page has no anchor #late, in the part that arrived"),
        (wrong_length, "late", UNKNOWN, "the page has no anchor #late, in the part that arrived"),
        (endless, "late", UNKNOWN, "the page has no anchor #late, in the part that was read"),
    ],
)
def test_a_page_and_its_anchors(
    web: Web, local: OnlineSettings, route: Route, anchor: str, expected: Status, reason: str
) -> None:
    web.routes["/x"] = route
    found = outcome(web, replace(local, max_body=1_000_000), f"/x#{anchor}")
    assert found[:2] == (expected, reason)
    assert web.asked("/x") == ["GET"]


def test_an_endless_body_is_not_read_where_no_anchor_is_wanted(
    web: Web, local: OnlineSettings
) -> None:
    web.routes["/x"] = endless
    assert outcome(web, local, "/x")[0] is ALIVE
    assert web.asked("/x") == BOTH


def test_the_body_of_a_redirect_is_not_read(web: Web, local: OnlineSettings) -> None:
    def endless_redirect(handler: Handler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "/end")
        handler.send_header("Connection", "close")
        handler.end_headers()
        while handler.command == "GET" and not handler.server.over.is_set():
            handler.wfile.write(b"moved " * 1000)

    web.routes |= {"/x": endless_redirect, "/end": page("<p id=a>")}
    assert outcome(web, local, "/x#a")[0] is ALIVE


def test_statuses_that_the_user_accepts_are_alive(web: Web, local: OnlineSettings) -> None:
    web.routes["/x"] = status(403)
    assert outcome(web, replace(local, accept=(403,)), "/x")[0] is ALIVE


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def test_a_certificate_that_cannot_be_verified_is_unknown(
    local: OnlineSettings, authority: trustme.CA
) -> None:
    with Web(_server_context(authority, "127.0.0.1")) as web:
        found = outcome(web, local, "/")
        assert found[0] is UNKNOWN
        assert found[1].startswith("no secure connection: ")
        assert web.log == []


def test_a_certificate_for_another_name_is_unknown(
    local: OnlineSettings, authority: trustme.CA, trusted: Callable[[trustme.CA], OnlineSettings]
) -> None:
    with Web(_server_context(authority, "elsewhere.test")) as web:
        assert outcome(web, trusted(authority), "/")[0] is UNKNOWN
        assert web.log == []


def test_a_certificate_of_an_authority_that_the_environment_names(
    authority: trustme.CA, trusted: Callable[[trustme.CA], OnlineSettings]
) -> None:
    with Web(_server_context(authority, "127.0.0.1")) as web:
        web.routes["/"] = status(200)
        assert outcome(web, trusted(authority), "/")[0] is ALIVE


@pytest.fixture
def trusted(
    local: OnlineSettings, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[trustme.CA], OnlineSettings]:
    """Settings under which an authority is trusted."""

    def settings(authority: trustme.CA) -> OnlineSettings:
        bundle = tmp_path_factory.mktemp("ca") / "bundle.pem"
        authority.cert_pem.write_to_path(str(bundle))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        return replace(local, trust_env=True)

    return settings


def _server_context(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


def outcome(web: Web, settings: OnlineSettings, path: str) -> tuple[Status, str, Outcome]:
    url = web.url(path)
    found = check_urls([url], settings).outcomes[url]
    return found.status, found.reason, found
