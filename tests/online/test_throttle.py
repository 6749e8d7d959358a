"""How a server is treated: asked once, a few at a time, apart, and left alone when it says so."""

from __future__ import annotations

from dataclasses import replace
from email.utils import formatdate
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.online.client import retry_after
from notelint.online.link_check import check_urls
from notelint.online.online_settings import OnlineSettings
from notelint.online.results import LinkReport, Status
from notelint.online.throttle import Throttle
from online.web import Handler, Route, Web, page, status


def after(times: int, code: int, **headers: str) -> Route:
    """A route that puts the client off so many times, and then answers."""
    left = [times]

    def route(handler: Handler) -> None:
        left[0] -= 1
        if left[0] < 0:
            handler.reply(200)
        else:
            handler.reply(code, **headers)

    return route


def hang(handler: Handler) -> None:
    handler.server.over.wait()


def test_one_request_for_all_spellings_of_an_address(web: Web, local: OnlineSettings) -> None:
    web.routes["/a"] = page("<p id=one><p id=two>")
    spellings = ["/a", "/a#one", "/a#two", "/a?utm_source=x", "/%61", "/a/"]
    report = check_urls([web.url(path) for path in spellings * 2], local)
    assert len(report.outcomes) == len(spellings)
    assert report.by_status()[Status.ALIVE] == len(spellings)
    assert web.asked("/a") == ["GET"]
    assert len(web.log) == report.requests == 1


def test_at_most_so_many_at_a_time(local: OnlineSettings) -> None:
    with Web(delay=0.02) as web:
        urls = [web.url(f"/{n}") for n in range(20)]
        check_urls(urls, replace(local, per_host=2))
        assert web.peak == 2


def test_at_most_so_many_at_a_time_over_all_hosts(local: OnlineSettings) -> None:
    with Web(delay=0.02) as one, Web(delay=0.02) as two:
        urls = [web.url(f"/{n}") for n in range(9) for web in (one, two)]
        check_urls(urls, replace(local, concurrency=1))
        assert (one.peak, two.peak) == (1, 1)


def test_requests_to_a_host_keep_their_distance(web: Web, local: OnlineSettings) -> None:
    urls = [web.url(f"/{n}") for n in range(3)]
    for n in range(3):
        web.routes[f"/{n}"] = status(200)
    check_urls(urls, replace(local, spacing=0.2))
    # Half of the distance allows for a first request that was slow on its way.
    assert web.log[-1].at - web.log[0].at > 0.2


def test_connections_are_used_again(web: Web, local: OnlineSettings) -> None:
    ports = set()

    def note_port(handler: Handler) -> None:
        ports.add(handler.client_address[1])
        handler.reply(200)

    for n in range(10):
        web.routes[f"/{n}"] = note_port
    check_urls([web.url(f"/{n}") for n in range(10)], replace(local, per_host=1))
    assert len(ports) == 1


@pytest.mark.parametrize("code", [429, 503])
@pytest.mark.parametrize("times", [1, 2])
def test_a_host_that_names_a_time_is_asked_again(
    web: Web, local: OnlineSettings, code: int, times: int
) -> None:
    web.routes["/x"] = after(times, code, Retry_After="0")
    url = web.url("/x")
    assert check_urls([url], local).outcomes[url].status is Status.ALIVE
    assert web.asked("/x") == ["HEAD"] * (times + 1)


def test_a_host_that_names_a_date_is_asked_again(web: Web, local: OnlineSettings) -> None:
    web.routes["/x"] = after(1, 429, Retry_After=formatdate(usegmt=True))
    url = web.url("/x")
    assert check_urls([url], local).outcomes[url].status is Status.ALIVE


def test_a_host_that_keeps_putting_off_is_unknown(web: Web, local: OnlineSettings) -> None:
    web.routes["/x"] = status(429, Retry_After="0")
    url = web.url("/x")
    found = check_urls([url], local).outcomes[url]
    assert (found.status, found.reason) == (Status.UNKNOWN, "429, asked 3 times")
    assert len(web.log) == 3


def test_a_host_that_asks_for_too_long_is_left_alone(web: Web, local: OnlineSettings) -> None:
    urls = [web.url(f"/{n}") for n in range(9)]
    for n in range(9):
        web.routes[f"/{n}"] = status(429, Retry_After="3600")
    report = check_urls(urls, replace(local, per_host=1))
    assert report.by_status()[Status.UNKNOWN] == 9
    assert report.outcomes[urls[0]].reason == "429, asked to wait 3600 s"
    assert report.outcomes[urls[8]].reason == "429, for another page of the host"
    assert len(web.log) == 1


def _alive_and_unknown(report: LinkReport) -> tuple[int, int]:
    found = report.by_status()
    return found[Status.ALIVE], found[Status.UNKNOWN]


@pytest.mark.parametrize("wait", ["0", "3600"])
def test_a_page_that_is_put_off_says_nothing_of_the_others(
    web: Web, local: OnlineSettings, wait: str
) -> None:
    for path in ("/a", "/c", "/d"):
        web.routes[path] = status(200)
    web.routes["/busy"] = status(429, Retry_After=wait)
    web.routes["/once"] = after(1, 429, Retry_After="0")
    urls = [web.url(path) for path in ("/a", "/busy", "/once", "/c", "/d")]
    report = check_urls(urls, replace(local, per_host=1))
    assert _alive_and_unknown(report) == (4, 1)


def test_a_host_that_puts_every_page_off_is_left_alone(web: Web, local: OnlineSettings) -> None:
    web.routes["/"] = status(200)
    for n in range(9):
        web.routes[f"/{n}"] = status(429, Retry_After="0")
    urls = [web.url("/"), *(web.url(f"/{n}") for n in range(9))]
    report = check_urls(urls, replace(local, per_host=1))
    assert _alive_and_unknown(report) == (1, 9)
    assert {each.path for each in web.log} == {"/", "/0", "/1", "/2"}


def test_slow_pages_say_nothing_of_the_others(web: Web, local: OnlineSettings) -> None:
    urls = [web.url(f"/{n}") for n in range(6)]
    for n in range(6):
        web.routes[f"/{n}"] = status(200) if n in (0, 5) else hang
    report = check_urls(urls, replace(local, per_host=1, timeout=0.3))
    assert _alive_and_unknown(report) == (2, 4)


def test_a_host_that_does_not_answer_is_left_alone(web: Web, local: OnlineSettings) -> None:
    urls = [web.url(f"/{n}") for n in range(9)]
    for n in range(9):
        web.routes[f"/{n}"] = hang
    report = check_urls(urls, replace(local, per_host=1, timeout=0.1))
    assert report.by_status()[Status.UNKNOWN] == 9
    assert len(web.log) == 3


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Thu, 01 Jan 1970 00:01:40 GMT", 90.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        ("9" * 400, None),
        (None, None),
    ],
)
def test_the_time_to_come_back(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, now=10.0) == seconds


@settings(max_examples=200)
@given(
    per_host=st.integers(1, 3),
    spacing=st.sampled_from([0.0, 1.0, 2.5]),
    jobs=st.lists(st.sampled_from("abc"), max_size=15),
    work=st.lists(st.integers(0, 5), min_size=1, max_size=15),
)
def test_a_schedule_keeps_its_limits_and_loses_nothing(
    per_host: int, spacing: float, jobs: list[str], work: list[int]
) -> None:
    throttle: Throttle[int] = Throttle(per_host, spacing)
    for number, site in enumerate(jobs):
        throttle.add(site, number)
    started: dict[str, list[float]] = {}
    running: list[tuple[float, str]] = []
    order: dict[str, list[int]] = {}
    now = 0.0
    while sum(map(len, order.values())) < len(jobs):
        for end, site in [each for each in running if each[0] <= now]:
            running.remove((end, site))
            throttle.done(site)
        while taken := throttle.take(now):
            site, number = taken
            order.setdefault(site, []).append(number)
            started.setdefault(site, []).append(now)
            running.append((now + work[number % len(work)], site))
            assert sum(site == busy for _, busy in running) <= per_host
        now += 0.5
    for site, times in started.items():
        assert all(b - a >= spacing for a, b in pairwise(times))
        assert order[site] == sorted(order[site])


def test_a_pause_holds_for_the_whole_site() -> None:
    throttle: Throttle[str] = Throttle(2, 0.0)
    for job in ("one", "two", "three"):
        throttle.add("site", job)
    assert throttle.take(0.0) == ("site", "one")
    throttle.done("site")
    throttle.pause("site", 0.0, 10.0)
    assert throttle.take(9.9) is None
    assert throttle.take(10.0) == ("site", "two")
    assert throttle.take(10.0) is None  # one at a time from then on
