"""Tokens, passwords and cookies: to the site they are for, and to no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from notelint.online.client import site_headers
from notelint.online.link_check import check_urls
from notelint.online.online_settings import OnlineSettings
from notelint.online.results import Status
from online.web import Web, redirect, status

TOKEN = {"Authorization": "Bearer secret"}


def test_a_header_goes_to_its_site_and_not_along_a_redirect(
    web: Web, local: OnlineSettings
) -> None:
    with Web() as other:
        web.routes |= {"/in": redirect(301, "/on"), "/on": redirect(302, other.url("/out"))}
        other.routes |= {"/out": redirect(302, web.url("/back")), "/other": status(200)}
        web.routes["/back"] = status(200)
        settings = replace(local, headers={web.url().rstrip("/"): TOKEN})
        report = check_urls([web.url("/in"), other.url("/other")], settings)
        assert report.by_status()[Status.ALIVE] + report.by_status()[Status.MOVED] == 2
        assert {seen.headers.get("authorization") for seen in web.log} == {"Bearer secret"}
        assert [seen.headers.get("authorization") for seen in other.log] == [None, None]


def test_a_bare_host_name_means_https() -> None:
    assert site_headers({"api.site.test": TOKEN}) == {("https", "api.site.test", 443): TOKEN}
    assert site_headers({"http://A.test:80": TOKEN}) == {("http", "a.test", 80): TOKEN}


@pytest.mark.parametrize("site", ["", "ftp://site.test", "https://", "mailto:x"])
def test_a_header_for_something_that_is_no_site(site: str) -> None:
    with pytest.raises(ValueError, match=r"by site|nonnumeric|Port"):
        site_headers({site: TOKEN})


def test_a_password_in_an_address_is_not_sent(web: Web, local: OnlineSettings) -> None:
    web.routes["/"] = status(200)
    check_urls([web.url(host="user:password@127.0.0.1")], local)
    assert "authorization" not in web.log[0].headers


def test_a_cookie_is_not_sent_back(web: Web, local: OnlineSettings) -> None:
    web.routes |= {"/a": status(302, Location="/b", Set_Cookie="id=1"), "/b": status(200)}
    check_urls([web.url("/a")], local)
    assert "cookie" not in web.log[1].headers


@pytest.mark.parametrize("trusted", [False, True])
def test_the_environment_is_used_only_when_trusted(
    web: Web,
    local: OnlineSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trusted: bool,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password secret\n", encoding="utf-8")
    netrc.chmod(0o600)
    with Web() as proxy:
        web.routes["/"] = status(200)
        proxy.routes[web.url()] = status(200)
        monkeypatch.setenv("NETRC", str(netrc))
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        for name in ("http_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        report = check_urls([web.url()], replace(local, trust_env=trusted))
        assert report.by_status()[Status.ALIVE] == 1
        log = proxy.log if trusted else web.log
        assert (len(proxy.log), len(web.log)) == (int(trusted), int(not trusted))
        assert ("authorization" in log[0].headers) is trusted


def test_a_proxy_is_not_asked_for_a_private_literal(
    web: Web, local: OnlineSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, web.url())
    settings = replace(local, trust_env=True, allow_private=False)
    hosts = ["2852039166", "169.254.169.254.", "①⑥⑨.254.169.254", "%31%36%39.254.169.254"]
    report = check_urls([f"http://{each}/latest/meta-data/" for each in hosts], settings)
    assert report.by_status()[Status.SKIPPED] == len(hosts)
    assert web.log == []
