"""What is known without asking."""

from __future__ import annotations

import subprocess
import sys

import pytest

from notelint.online.address import ignored, site_of
from notelint.online.link_check import check_urls
from notelint.online.online_settings import OnlineSettings
from notelint.online.results import Outcome, Status
from online.web import Web, status


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http//site.test/a", "no `:` after `http`"),
        ("https//site.test", "no `:` after `https`"),
        ("https:/site.test", "no `//` after `https:`"),
        ("http:site.test", "no `//` after `http:`"),
        ("http://", "no host in the address"),
        ("https:///path", "no host in the address"),
        ("https://?q=1", "no host in the address"),
        ("https://#part", "no host in the address"),
        ("https://user@/path", "no host in the address"),
        ("https://:80/path", "no host in the address"),
        ("https://a site.test/b.pdf", "a space in the address"),
        ("https://site.test\u3000/b.pdf", "a space in the address"),
        ("https:// site.test/b.pdf", "a space in the address"),
        ("https://site.test:port/", "the host or the port is not valid"),
        ("https://site.test:99999/", "the host or the port is not valid"),
        ("https://[::1/", "the host or the port is not valid"),
        ("https://site..test/", "the host name has an empty part"),
        ("https://.test/", "the host name has an empty part"),
        ("https://si!te.test/", "`!` in the host name"),
        ("https://site.test，然后", "the host name is not valid"),
        ("https://no-such-host.invalid/", "host does not resolve"),
    ],
)
def test_what_leads_nowhere_is_dead_without_a_request(url: str, reason: str) -> None:
    report = check_urls([url])
    assert report.outcomes == {url: Outcome(Status.DEAD, reason)}
    assert report.requests == 0


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "not a web address"),
        ("mailto:someone@site.test", "not a web address"),
        ("file:///etc/passwd", "not a web address"),
        ("ftp://site.test/", "not a web address"),
        ("javascript:alert(1)", "not a web address"),
        ("gopher://site.test", "not a web address"),
        ("notes/http.md", "not a web address"),
        ("httpd.conf", "not a web address"),
        ("https://example.com/page", "a name reserved for examples"),
        ("https://api.example.org", "a name reserved for examples"),
        ("https://site.test/{owner}/{repo}", "a placeholder"),
        ("https://{{ site.url }}/x", "a placeholder"),
        ("https://<your-host>/", "a placeholder"),
        ("https://$HOST/", "a placeholder"),
        ("https://*.site.test", "a placeholder"),
        ("https://...", "a placeholder"),
        ("https://…", "a placeholder"),
        ("https://[your-host]/", "a placeholder"),
        ("https://corp.test/x", "ignored"),
    ],
)
def test_what_is_not_asked(url: str, reason: str) -> None:
    from notelint.online.online_settings import OnlineSettings

    report = check_urls([url], OnlineSettings(ignore=("corp.test",)))
    assert report.outcomes == {url: Outcome(Status.SKIPPED, reason)}


@pytest.mark.parametrize(
    ("pattern", "url", "expected"),
    [
        ("site.test", "https://site.test", True),
        ("site.test", "http://www.site.test/a?b", True),
        ("site.test", "https://site.test:8000/", True),
        ("site.test", "https://user@site.test/", True),
        ("site.test", "https://mysite.test/", False),
        ("site.test", "https://site.test.org/", False),
        ("site.test", "https://other.test/site.test", False),
        ("site.test", "https://other.test/?x=site.test", False),
        ("site.test/a", "https://site.test/a/b", True),
        ("site.test/a", "https://site.test/ab", False),
        ("site.test/a*", "https://site.test/ab", True),
        ("site.test/*/settings", "https://site.test/me/settings", True),
        ("site.test/*/settings", "https://site.test:8000/me/settings", True),
        ("site.test:8000/a", "https://site.test:8000/a/b", True),
        ("site.test:80/a", "https://site.test:8000/a", False),
        ("site.test:8000/a", "https://site.test/a", False),
        ("site.test", "https://[::1]:80/site.test", False),
        ("[::1]", "https://[::1]:80/a", True),
        ("[2001::1]", "http://[2001:123::1]/x", False),
        ("https://site.test", "https://site.test/a", True),
        ("https://site.test", "http://site.test/a", False),
        ("https://site.test/", "https://site.test", True),
    ],
)
def test_patterns(pattern: str, url: str, expected: bool) -> None:
    assert ignored(url, [pattern]) is expected


def test_sites() -> None:
    assert site_of("https://Site.test:443/a") == "site.test"
    assert site_of("http://site.test:8000") == "site.test:8000"
    assert site_of("http//x") == site_of("https://[") == ""


def test_nothing_to_ask_loads_no_network_library() -> None:
    code = (
        "import sys; from notelint.online.link_check import check_urls;"
        "check_urls(['http//x', 'mailto:x']); print('requests' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("/a b.pdf", "/a%20b.pdf"),
        ("/a%20b.pdf", "/a%20b.pdf"),
        ("/a  b/?q=c d#e f", "/a%20%20b/?q=c%20d"),
        ("/a\u3000b", "/a%E3%80%80b"),
        ("/a\n\tb.pdf ", "/ab.pdf"),
    ],
)
def test_a_blank_is_asked_for_as_browsers_do(
    web: Web, local: OnlineSettings, written: str, asked: str
) -> None:
    web.routes[asked] = status(200)
    url = web.url(written)
    assert check_urls([url], local).outcomes[url].status is Status.ALIVE
    assert [seen.path for seen in web.log] == [asked]
