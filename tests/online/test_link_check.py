"""A whole run: told as it goes, stopped at will, and honest about a network that is not there."""

from __future__ import annotations

import errno
import signal
import socket
import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest

from notelint.online.link_check import archived, check_urls
from notelint.online.online_settings import OnlineSettings
from notelint.online.results import LinkReport, Outcome, Status
from notelint.online.ssrf_guard import Endpoint
from online.web import Handler, Route, Web, status


def here(host: str, port: int) -> list[Endpoint]:
    """A resolver that knows every name but those that begin with "no-"."""
    if host.startswith("no-"):
        raise socket.gaierror(socket.EAI_NONAME, "no such host")
    if host.startswith("later-"):
        raise socket.gaierror(socket.EAI_AGAIN, "not now")
    return [(socket.AF_INET, ("127.0.0.1", port))]


def test_each_outcome_is_told_once_and_returned_in_order(web: Web, local: OnlineSettings) -> None:
    web.routes |= {"/a": status(200), "/b": status(403)}
    urls = [web.url("/b"), "mailto:x", web.url("/a"), web.url("/b"), "http//x"]
    told: dict[str, Outcome] = {}

    def on_result(url: str, outcome: Outcome) -> None:
        assert url not in told
        told[url] = outcome

    report = check_urls(urls, local, on_result)
    assert told == report.outcomes
    assert list(report.outcomes) == list(dict.fromkeys(urls))


def test_counts_by_status(web: Web, local: OnlineSettings) -> None:
    web.routes["/a"] = status(200)
    urls = [web.url("/a", host="one.test"), web.url("/404", host="one.test"), web.url(host="no-x")]
    report = check_urls([*urls, "mailto:x"], local, resolve=here)
    alive, dead, skipped = Status.ALIVE, Status.DEAD, Status.SKIPPED
    counts = {**dict.fromkeys(Status, 0), alive: 1, dead: 2, skipped: 1}
    assert report.by_status() == counts
    assert [url for url, _ in report.with_status(dead)] == urls[1:]


def test_a_host_that_does_not_exist_is_looked_up_once(local: OnlineSettings) -> None:
    asked = []

    def resolve(host: str, port: int) -> list[Endpoint]:
        asked.append(host)
        return here(host, port)

    urls = [f"https://no-host.test/{n}" for n in range(9)]
    report = check_urls(urls, replace(local, per_host=1), resolve=resolve)
    assert report.by_status()[Status.DEAD] == 9
    assert asked.count("no-host.test") == 1
    assert report.requests == 0


def test_a_host_that_cannot_be_looked_up_now_is_unknown(local: OnlineSettings) -> None:
    url = "https://later-host.test/"
    report = check_urls([url], local, resolve=here)
    assert report.outcomes[url].status is Status.UNKNOWN
    assert not report.offline


def test_without_a_network_everything_is_unknown(local: OnlineSettings) -> None:
    # Some systems call a name unknown when they cannot ask anybody.
    def unplugged(host: str, port: int) -> list[Endpoint]:
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    for count in (1, 40):
        urls = [f"https://host{n}.test/" for n in range(count)]
        report = check_urls(urls, local, resolve=unplugged)
        assert report.offline
        assert not report.interrupted
        assert report.by_status()[Status.UNKNOWN] == count
        assert report.requests == 0


def test_without_a_resolver_it_is_the_same(local: OnlineSettings) -> None:
    def unplugged(host: str, port: int) -> list[Endpoint]:
        raise OSError(errno.ENETUNREACH, "no network")

    report = check_urls(["https://host.test/"], local, resolve=unplugged)
    assert report.offline
    assert report.by_status()[Status.UNKNOWN] == 1


def test_the_rest_is_unknown_when_the_time_is_over(web: Web, local: OnlineSettings) -> None:
    web.routes |= {"/a": status(200), "/b": hang}
    report = check_urls([web.url("/a"), web.url("/b")], replace(local, total_timeout=0.5))
    assert not report.interrupted
    assert report.outcomes[web.url("/b")].status is Status.UNKNOWN
    assert report.outcomes[web.url("/b")].reason == "not requested: the run is out of time"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send to a process")
def test_an_interrupt_brings_back_what_is_known(web: Web) -> None:
    web.routes |= {"/a": status(200), "/b": hang}
    code = f"""
        import os
        from notelint.online.link_check import check_urls
        from notelint.online.online_settings import OnlineSettings
        report = check_urls(
            [{web.url("/a")!r}, {web.url("/b")!r}],
            OnlineSettings(allow_private=True, spacing=0.0, timeout=60.0),
            lambda url, outcome: print(outcome.status.value, flush=True),
        )
        print(report.interrupted, len(report.outcomes), flush=True)
        os._exit(0)  # as the command line does: the request under way holds nobody up
    """
    program = [sys.executable, "-c", textwrap.dedent(code)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "alive\n"
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert out == "True 1\n"
    assert process.returncode == 0


def test_nothing_asked_is_an_empty_report() -> None:
    assert check_urls([]) == LinkReport({})


def test_copies_of_dead_pages(web: Web, local: OnlineSettings) -> None:
    copy = '{"available": true, "url": "http://web.archive.org/web/2020/http://a.test/"}'
    bodies = {
        "http%3A%2F%2Fa.test%2F": f'{{"archived_snapshots": {{"closest": {copy}}}}}',
        "http%3A%2F%2Fb.test%2F": '{"archived_snapshots": {}}',
        "http%3A%2F%2Fc.test%2F": "[1]",
    }
    for name, body in bodies.items():
        web.routes[f"/available?url={name}"] = _document(body)
    urls = ["http://a.test/", "http://b.test/", "http://c.test/", "http://d.test/"]
    found = archived(urls, local, service=web.url("/available"))
    assert found == {"http://a.test/": "https://web.archive.org/web/2020/http://a.test/"}
    assert len(web.log) == 4


def hang(handler: Handler) -> None:
    handler.server.over.wait()


def _document(body: str) -> Route:
    return lambda handler: handler.reply(200, body.encode(), Content_Type="application/json")
