"""Only public addresses: whatever a name, a notation, a resolver or a redirect says."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from notelint.online.answer_cache import AnswerCache, cache_key
from notelint.online.link_check import check_urls
from notelint.online.online_settings import OnlineSettings
from notelint.online.results import Answer, Status
from notelint.online.ssrf_guard import Endpoint, is_private_name, is_public
from online.web import Web, status

PUBLIC = [
    "8.8.8.8",
    "172.15.0.1",
    "100.128.0.1",
    "2606:4700:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
]
PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff::1",
    "4000::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        *("8.8.8.8", "134744072", "0x8080808", "site.test", "deadbeef.test"),
        *(
            "8.8.8.8.",
            "８.8.8.8",
            "例え.test",
            "localhost.example.net",
            "internal.example",
            "mylocal",
        ),
    ],
)
def test_names_and_public_literals_pass(host: str) -> None:
    assert not is_private_name(host)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "::1", "localhost"),
        *("127.0.0.1.", "169.254.169.254.", "2130706433.", "%31%32%37.0.0.1", "127%2e0%2e0%2e1"),
        *(
            "①②⑦.⓪.⓪.①",
            "127。0。0。1",
            "127．0．0．1",
            "127｡0｡0｡1",
            "ｌｏｃａｌｈｏｓｔ",
            "ⓛocalhost.",
            "loc%C2%ADalhost",
            "127.0\u200b.0.1",
        ),
        *(
            "::ffff:7f00:1",
            "64:ff9b::7f00:1",
            "fe80::1%25lo",
            "a.LOCALHOST",
            "localhost.localdomain",
        ),
        *("metadata.google.internal", "printer.local.", "box.home.arpa"),
    ],
)
def test_private_literals_in_any_notation(host: str) -> None:
    assert is_private_name(host)


@pytest.fixture
def public_only(local: OnlineSettings) -> OnlineSettings:
    return replace(local, allow_private=False)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "localhost",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "user:password@127.0.0.1",
    ],
)
def test_no_notation_reaches_this_machine(web: Web, public_only: OnlineSettings, host: str) -> None:
    url = web.url(host=host)
    found = check_urls([url], public_only).outcomes[url]
    assert found.status is Status.SKIPPED
    assert found.reason == "refused: the address is not public (--allow-private)"
    assert web.log == []


def test_an_address_in_wide_digits(web: Web, public_only: OnlineSettings) -> None:
    url = web.url(host="１２７.０.０.１")
    assert check_urls([url], public_only).outcomes[url].status in (Status.SKIPPED, Status.UNKNOWN)
    assert web.log == []


class Names:
    """A resolver: each look-up of a name gives its next address, the last one for ever."""

    def __init__(self, **answers: list[str]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[Endpoint]:
        self.asked.append(host)
        addresses = self.answers[host.partition(".")[0]]
        address = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, (address, port))]


def test_a_public_name_with_a_private_address(web: Web, public_only: OnlineSettings) -> None:
    url = web.url(host="rebound.test")
    report = check_urls([url], public_only, resolve=Names(rebound=["127.0.0.1"]))
    assert report.outcomes[url].status is Status.SKIPPED
    assert web.log == []


def test_a_name_is_looked_up_once_for_a_connection(web: Web, local: OnlineSettings) -> None:
    # What was checked is what is connected to: there is no second answer that could differ.
    web.routes["/"] = status(200)
    names = Names(rebound=["127.0.0.1", "10.255.255.1"])
    url = web.url(host="rebound.test")
    assert check_urls([url], local, resolve=names).outcomes[url].status is Status.ALIVE
    assert names.asked == ["rebound.test"]


def test_a_redirect_to_a_private_address(
    web: Web, public_only: OnlineSettings, tmp_path: Path
) -> None:
    web.routes["/secret"] = status(200)
    # The first hop, on a public host, was answered in an earlier run.
    path = tmp_path / "links.sqlite"
    with closing(AnswerCache(path)) as cache:
        answer = Answer(302, location=web.url("/secret"))
        cache.put(cache_key("https://public.test/", {}, False, False), answer)
    url = "https://public.test/"
    found = check_urls([url], replace(public_only, cache_path=path)).outcomes[url]
    assert found.status is Status.UNKNOWN
    assert found.reason == "refused: the address is not public (--allow-private), after a redirect"
    assert web.log == []
