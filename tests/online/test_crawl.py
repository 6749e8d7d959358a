"""Redirects: followed to their end, and only a lasting move to the same page is one."""

from __future__ import annotations

import pytest

from notelint.online.link_check import check_urls
from notelint.online.online_settings import OnlineSettings
from notelint.online.results import Answer, Status
from notelint.online.verdict import Hop, outcome_of
from online.web import Web, page, redirect, status


@pytest.mark.parametrize(
    ("chain", "target"),
    [
        ([302], None),
        ([303], None),
        ([307], None),
        ([307, 301], None),
        ([301], "/1"),
        ([308], "/1"),
        ([301, 308, 301], "/3"),
        ([301, 302, 301], "/1"),
    ],
)
def test_a_chain(web: Web, local: OnlineSettings, chain: list[int], target: str | None) -> None:
    for number, code in enumerate(chain):
        web.routes[f"/{number}"] = redirect(code, f"/{number + 1}")
    web.routes[f"/{len(chain)}"] = status(200)
    url = web.url("/0")
    report = check_urls([url], local)
    found = report.outcomes[url]
    assert found.status is (Status.MOVED if target else Status.ALIVE)
    assert found.target == (web.url(target) if target else None)
    assert report.requests == len(web.log) == len(chain) + 1


def test_links_that_lead_through_one_address_share_its_request(
    web: Web, local: OnlineSettings
) -> None:
    web.routes |= {"/new": status(200), **{f"/{n}": redirect(301, "/new") for n in range(5)}}
    urls = [web.url(path) for path in ("/new", "/0", "/1", "/2", "/3", "/4")]
    report = check_urls(urls, local)
    assert web.asked("/new") == ["HEAD"]
    assert report.by_status()[Status.MOVED] == 5


def test_a_fragment_goes_with_the_link(web: Web, local: OnlineSettings) -> None:
    web.routes |= {"/old": redirect(301, "/new"), "/new": page("<h2 id=part>")}
    url = web.url("/old#part")
    assert check_urls([url], local).outcomes[url].target == web.url("/new#part")


def test_an_anchor_is_looked_for_where_the_way_ends(web: Web, local: OnlineSettings) -> None:
    web.routes |= {"/old": redirect(301, "/new"), "/new": page("<h2 id=part>")}
    url = web.url("/old#gone")
    assert check_urls([url], local).outcomes[url].status is Status.DEAD


def test_a_loop_is_dead(web: Web, local: OnlineSettings) -> None:
    web.routes |= {"/a": redirect(301, "/b"), "/b": redirect(302, "/a")}
    url = web.url("/a")
    found = check_urls([url], local).outcomes[url]
    assert (found.status, found.reason) == (Status.DEAD, "redirect loop, after a redirect")
    assert len(web.log) == 2


def test_a_loop_that_a_cookie_would_end_is_unknown(web: Web, local: OnlineSettings) -> None:
    web.routes["/a"] = status(302, Location="/a", Set_Cookie="seen=1")
    url = web.url("/a")
    assert check_urls([url], local).outcomes[url].status is Status.UNKNOWN


def test_redirects_without_end_are_unknown(web: Web, local: OnlineSettings) -> None:
    for number in range(30):
        web.routes[f"/{number}"] = redirect(302, f"/{number + 1}")
    url = web.url("/0")
    found = check_urls([url], local).outcomes[url]
    assert (found.status, found.reason) == (Status.UNKNOWN, "too many redirects, after a redirect")
    assert len(web.log) == local.max_redirects + 1


def test_dead_behind_a_redirect_is_told_after_get(web: Web, local: OnlineSettings) -> None:
    web.routes["/a"] = redirect(302, "/gone")
    url = web.url("/a")
    found = check_urls([url], local).outcomes[url]
    assert (found.status, found.reason) == (Status.DEAD, "404, after a redirect")
    assert [(seen.method, seen.path) for seen in web.log] == [
        ("HEAD", "/a"),
        ("HEAD", "/gone"),
        ("GET", "/gone"),
    ]


OLD = "https://site.test/docs/old"


@pytest.mark.parametrize(
    ("url", "target", "reason"),
    [
        (OLD, "https://site.test/login?next=/docs/old", "a login page"),
        (OLD, "https://login.site.test/?return=x", "a login page"),
        (OLD, "https://site.test/users/sign_in", "a login page"),
        (OLD, "https://site.test", "the home page"),
        (OLD, "https://site.test/", "the home page"),
        (OLD, "https://site.test/en/", "the home page"),
        (OLD, "https://site.test/zh-CN/index.html", "the home page"),
        (OLD, "https://other.test/", "the home page"),
        ("https://site.test/to-home", "https://site.test/", "the home page"),
        ("https://site.test/enhome", "https://site.test/zh", "the home page"),
        (OLD, "http://site.test/docs/new", "an address without encryption"),
        (OLD, "https://user:password@site.test/docs/new", "an address with a password"),
    ],
)
def test_what_is_no_move(url: str, target: str, reason: str) -> None:
    found = outcome_of(url, [Hop(url, Answer(301, location=target)), Hop(target, Answer(200))])
    assert (found.status, found.reason) == (Status.ALIVE, f"redirects to {reason}")
    assert found.target is None


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://site.test/docs", "https://site.test/docs/v2"),
        ("https://site.test/en/", "https://site.test/zh/"),
        ("https://site.test/login", "https://site.test/users/login"),
        (OLD, "https://site.test/authors/new"),
        (OLD, "https://site.test/?p=12"),
        (OLD, "https://site.test/ok"),
    ],
)
def test_what_is_a_move(url: str, target: str) -> None:
    found = outcome_of(url, [Hop(url, Answer(301, location=target)), Hop(target, Answer(200))])
    assert (found.status, found.target) == (Status.MOVED, target)


@pytest.mark.parametrize(
    "target", ["https://site.test/docs", "http://site.test/docs/", "https://www.site.test/docs"]
)
def test_another_form_of_the_same_address_is_no_move(target: str) -> None:
    url = "http://site.test/docs"
    found = outcome_of(url, [Hop(url, Answer(301, location=target)), Hop(target, Answer(200))])
    assert (found.status, found.reason) == (Status.ALIVE, "")


def test_a_lasting_move_to_a_page_that_asks_for_a_login_is_none() -> None:
    new, login = "https://site.test/docs/new", "https://site.test/login"
    way = [
        Hop(OLD, Answer(301, location=new)),
        Hop(new, Answer(302, location=login)),
        Hop(login, Answer(200)),
    ]
    assert outcome_of(OLD, way).status is Status.ALIVE


def test_an_error_page_that_answers_200_is_unknown() -> None:
    error = "https://site.test/404.html"
    way = [Hop(OLD, Answer(302, location=error)), Hop(error, Answer(200))]
    assert outcome_of(OLD, way).status is Status.UNKNOWN
