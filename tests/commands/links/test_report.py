"""What ``notelint links`` leaves alone, what it calls dead, and how it says so."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from commands.links.conftest import Run, Write, findings
from conftest import Ran
from notelint.cli.output import FORMATS
from online.web import Web, page, redirect, status

# ------------------------------------------------------------------ silence


def test_a_link_that_works_is_no_news(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/a": status(200), "/b": page("<h2 id=part>"), "/c": redirect(302, "/a")}
    write("a.md", f"[a]({web.url('/a')}) {web.url('/b#part')} <{web.url('/c')}>\n")
    ran = links()
    assert (ran.status, ran.out) == (0, "No problems in 1 file\n")


def test_what_is_no_link_to_the_web_is_not_asked(links: Run, write: Write, web: Web) -> None:
    url = web.url("/gone")
    write(
        "a.md",
        f"`{url}` [local](b.md) [mail](mailto:a@b.c), https:// is quicker\n\n"
        f"<!-- {url} -->\n\n```\n{url}\n```\n\n[unused]: {url}\n\n"
        "[template]({{ page.url }}) https://$HOST/x https://api.example.org/v1 [p](http/d.md)\n",
    )
    ran = links()
    assert (ran.status, ran.out, web.log) == (0, "No problems in 1 file\n", [])


@pytest.mark.parametrize("code", [401, 403, 418, 429, 500, 503])
def test_what_nobody_can_tell_does_not_fail(links: Run, write: Write, web: Web, code: int) -> None:
    web.routes["/a"] = status(code, Retry_After="600")
    write("a.md", f"# Title\n\nSee [a]({web.url('/a')}).\n")
    ran = links()
    assert (ran.status, ran.out) == (0, "No problems in 1 file\n")
    assert "1 unknown" in ran.err
    told = links("-v")
    assert told.status == 0
    assert f"a.md:3:9: unknown: {code}" in told.err
    strict = links("--strict", "--output-format", "json")
    assert strict.status == 1
    (finding,) = json.loads(strict.out)["findings"]
    assert (finding["line"], finding["column"], finding["rule"]) == (3, 9, "dead-link")
    assert f"unknown: {code}" in finding["message"]
    assert links("--strict", "--exit-zero").status == 0
    assert links("--strict", "--fail-on", "error").status == 0  # it is a warning


def test_addresses_that_are_not_public_are_refused(notelint: Run, write: Write, web: Web) -> None:
    write("a.md", f"{web.url('/a')} http://2130706433:{web.server_port}/b\n")
    ran = notelint("links", "--no-cache")
    assert ran.status == 0
    assert "2 skipped" in ran.err
    assert web.log == []


def test_check_and_fix_ask_nobody(notelint: Run, write: Write, web: Web) -> None:
    web.routes["/old"] = redirect(301, "/new")
    write("a.md", f"[a]({web.url('/gone')}) [b]({web.url('/old')})\n")
    for command in ("check", "fix"):
        for select in ("dead-link,moved-link", "links", "all"):
            ran = notelint(command, "--select", select, "--ignore", "missing-title", "--quiet")
            assert ran == Ran(0, "", "")
    assert web.log == []


def test_requests_is_loaded_by_nobody_else() -> None:
    code = (
        "import sys; from notelint.cli.main import main; status = main(['rules']);"
        "sys.exit(status or 'requests' in sys.modules or 'urllib3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


# ------------------------------------------------------------------ dead


def test_every_place_of_a_dead_link_is_reported_exactly(links: Run, write: Write, web: Web) -> None:
    url = web.url("/gone")
    end = len(url)
    write(
        "a.md",
        f"中文 [a]({url} 'title') and ![]({url})\n\n"
        f"{url}, <{url}>\n\n"
        f'<a href="{url}">x</a>\n\n'
        f"[one][ref], [two][ref], [ref]\n\n"
        f"[ref]: <{url}>\n",
    )
    ran = links("--output-format", "json")
    assert findings(ran) == [
        (1, 8, 8 + end, "dead-link"),
        (1, 26 + end, 26 + 2 * end, "dead-link"),
        (3, 1, 1 + end, "dead-link"),
        (3, 4 + end, 4 + 2 * end, "dead-link"),
        (5, 10, 10 + end, "dead-link"),
        (9, 9, 9 + end, "dead-link"),
    ]
    assert (ran.status, ran.err) == (1, "")
    assert web.asked("/gone") == ["HEAD", "GET"]


def test_one_request_for_all_the_links_of_all_files(links: Run, write: Write, web: Web) -> None:
    url = web.url("/gone")
    write("a.md", f"[a]({url}) [b]({url}/)\n")
    write("b/c.md", f"[c]({url}?utm_source=x)\n")
    ran = links("--quiet")
    assert [line.split(" ")[0] for line in ran.out.splitlines()] == [
        "a.md:1:5:",
        f"a.md:1:{len(url) + 11}:",
        "b/c.md:1:5:",
    ]
    assert web.asked("/gone") == ["HEAD", "GET"]


def test_an_anchor_that_the_page_does_not_have(links: Run, write: Write, web: Web) -> None:
    web.routes["/a"] = page("<h2 id=part>")
    write("a.md", f"[a]({web.url('/a#gone')}) [b]({web.url('/a#part')})\n")
    ran = links("--quiet")
    assert ran.out == (
        f"a.md:1:5: error: `{web.url('/a#gone')}` is dead: the page has no anchor #gone "
        "[dead-link]\n"
    )
    assert web.asked("/a") == ["GET"]


def test_a_malformed_address_is_told_without_asking(links: Run, write: Write) -> None:
    write("a.md", "[a](http//b.test) [c](<https://a b.test/>) [d](https:///e) [f](https:g.test)\n")
    ran = links("--quiet")
    assert [
        line.partition(" is dead: ")[2].removesuffix(" [dead-link]")
        for line in ran.out.splitlines()
    ] == [
        "no `:` after `http`",
        "a space in the address",
        "no host in the address",
        "no `//` after `https:`",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format(links: Run, write: Write, web: Web, form: str) -> None:
    write("a.md", f"[a]({web.url('/gone')})\n")
    ran = links("--output-format", form)
    assert ran.status == 1
    assert "dead-link" in ran.out
    assert "404" in ran.out


def test_a_summary_by_outcome_and_host(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/a": status(200), "/b": status(403)}
    host = f"127.0.0.1:{web.server_port}"
    write("a.md", f"{web.url('/a')} {web.url('/b')} {web.url('/c')} https://x.invalid/\n")
    assert links().err == (
        "4 links, 5 requests: 2 dead, 1 unknown, 1 alive.\n"
        f"  {host}: 1 dead (404), 1 unknown (403), 1 alive\n"
        "  x.invalid: 1 dead (host does not resolve)\n"
    )
    assert links("--quiet").err == ""
