"""Answers kept between runs: used while fresh, shared in peace, and never in the way."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from notelint.online.answer_cache import AnswerCache, cache_key, lifetime
from notelint.online.link_check import check_urls
from notelint.online.online_settings import OnlineSettings
from notelint.online.results import Anchor, Answer, Failure, Status
from notelint.workspace.digests import check_sum
from online.web import Web, page, redirect, status


@pytest.fixture
def cached(local: OnlineSettings, tmp_path: Path) -> OnlineSettings:
    return replace(local, cache_path=tmp_path / "folder" / "links.sqlite")


def test_a_second_run_asks_nothing(web: Web, cached: OnlineSettings) -> None:
    web.routes |= {"/a": status(200), "/b": redirect(301, "/a"), "/c": status(403)}
    urls = [web.url(path) for path in ("/a", "/b", "/c", "/404", "/a#x")]
    first = check_urls(urls, cached)
    asked = len(web.log)
    second = check_urls(urls, cached)
    assert second.requests == 0
    assert len(web.log) == asked
    assert second.outcomes == first.outcomes


def test_refresh_asks_anew_and_keeps(web: Web, cached: OnlineSettings) -> None:
    url = web.url("/a")
    check_urls([url], cached)
    web.routes["/a"] = status(200)
    assert check_urls([url], replace(cached, refresh=True)).requests == 1
    again = check_urls([url], cached)
    assert (again.outcomes[url].status, again.requests) == (Status.ALIVE, 0)


def test_an_anchor_that_was_not_looked_for_needs_a_request(
    web: Web, cached: OnlineSettings
) -> None:
    web.routes["/a"] = page("<p id=one><p id=two>")
    assert [
        check_urls([web.url(path)], cached).requests for path in ("/a#one", "/a#two", "/a")
    ] == [1, 1, 0]


def test_accepted_statuses_need_no_new_request(web: Web, cached: OnlineSettings) -> None:
    web.routes["/a"] = status(403)
    url = web.url("/a")
    check_urls([url], cached)
    report = check_urls([url], replace(cached, accept=(403,)))
    assert (report.requests, report.outcomes[url].status) == (0, Status.ALIVE)


def test_another_token_or_guard_needs_a_new_request(web: Web, cached: OnlineSettings) -> None:
    web.routes["/a"] = status(200)
    url = web.url("/a")
    check_urls([url], cached)
    headers = {web.url().rstrip("/"): {"Authorization": "x"}}
    assert check_urls([url], replace(cached, headers=headers)).requests == 1
    errors_isolated = check_urls([url], replace(cached, allow_private=False))
    assert errors_isolated.outcomes[url].status is Status.SKIPPED


def test_what_is_kept_tells_no_address_and_no_token(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    key = cache_key("https://secret.test/page", {"Authorization": "token"}, False)
    with closing(AnswerCache(path)) as cache:
        cache.put(key, Answer(200))
    kept = path.read_bytes()
    assert b"secret.test" not in kept
    assert b"token" not in kept


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, "GET", anchors={"a": Anchor.FOUND, "ä": Anchor.ABSENT}),
        Answer(301, location="https://site.test/ü#x", sets_cookie=True),
        Answer(None, failure=Failure.TLS, detail="self-signed certificate"),
    ],
)
def test_an_answer_comes_back_as_it_was(tmp_path: Path, answer: Answer) -> None:
    path = tmp_path / "links.sqlite"
    with closing(AnswerCache(path)) as cache:
        cache.put("key", answer, now=1e10)
    with closing(AnswerCache(path)) as cache:
        assert cache.get("key", now=1e10) == replace(answer, cached=True)
        assert cache.get("key", now=1e10 + lifetime(answer)) is None


@pytest.mark.parametrize(
    "answer",
    [Answer(429), Answer(failure=Failure.NETWORK), Answer(failure=Failure.PRIVATE)],
)
def test_what_says_nothing_about_the_page_is_not_kept(answer: Answer) -> None:
    assert lifetime(answer) == 0


@pytest.mark.parametrize(
    "damage", [b"", b"not a database, but long enough to be read" * 99, b"\0" * 9]
)
def test_a_damaged_file_is_thrown_away(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "links.sqlite"
    path.write_bytes(damage)
    with closing(AnswerCache(path)) as cache:
        assert cache.get("key") is None
        cache.put("key", Answer(200))
    with closing(AnswerCache(path)) as cache:
        assert cache.get("key") is not None


def test_damage_in_the_middle_is_survived(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    with closing(AnswerCache(path)) as cache:
        for number in range(2000):
            cache.put(f"key{number}", Answer(200))
    data = bytearray(path.read_bytes())
    data[4096:-4096] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    with closing(AnswerCache(path)) as cache:
        for number in range(0, 2000, 100):
            cache.get(f"key{number}")
    with closing(AnswerCache(path)) as cache:
        cache.put("key", Answer(200))
    with closing(AnswerCache(path)) as cache:
        assert cache.get("key") is not None


def test_a_file_of_another_version_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE answers (something TEXT)")
        database.execute("PRAGMA user_version = 99")
    with closing(AnswerCache(path)) as cache:
        cache.put("key", Answer(200))
    with closing(AnswerCache(path)) as cache:
        assert cache.get("key") is not None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"code": 200}', "null", '{"failure": "x"}'])
def test_a_row_that_cannot_be_read_is_no_answer(tmp_path: Path, text: str) -> None:
    path = tmp_path / "links.sqlite"
    AnswerCache(path).close()
    proved = check_sum(["key", repr(1e12), text], b"")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("INSERT INTO answers VALUES ('key', 1e12, ?, ?)", (text, proved))
    with closing(AnswerCache(path)) as cache:
        assert cache.get("key") is None


def test_a_place_that_cannot_be_written_does_no_harm(web: Web, local: OnlineSettings) -> None:
    web.routes["/a"] = status(200)
    url = web.url("/a")
    for path in (Path("/dev/null/links.sqlite"), Path(__file__).parent):
        found = check_urls([url], replace(local, cache_path=path)).outcomes[url]
        assert found.status is Status.ALIVE


@pytest.mark.parametrize("turn", range(20))  # one run in three lost the race to create the file
def test_runs_may_share_a_file(tmp_path: Path, turn: int) -> None:
    path = tmp_path / f"{turn}.sqlite"

    def write(name: str) -> None:
        with closing(AnswerCache(path)) as cache:
            for number in range(300):
                cache.put(f"{name}{number}", Answer(200))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(AnswerCache(path)) as cache:
        assert all(cache.get(f"{name}{number}") for name in "abc" for number in range(300))


def test_what_head_alone_called_dead_is_asked_anew(web: Web, cached: OnlineSettings) -> None:
    url = web.url("/a")
    check_urls([url], cached)
    path = cached.cache_path
    assert path is not None
    with closing(AnswerCache(path, cached.cache_key)) as cache:
        cache.put(cache_key(url, {}, True, False), Answer(404, "HEAD"))
    web.routes["/a"] = status(200)
    assert check_urls([url], cached).outcomes[url].status is Status.ALIVE
