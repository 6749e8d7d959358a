"""What has moved permanently is told, and rewritten without touching another byte."""

from __future__ import annotations

import json

import pytest

from commands.links.conftest import Run, Write
from online.web import Web, page, redirect, status


def test_what_has_moved_for_good(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(308, "/older"), "/older": redirect(301, "/new")}
    web.routes |= {"/new": status(200)}
    write("a.md", f"[a]({web.url('/old')})\n")
    assert "in 1 of 1 file; 1 fixable with notelint links --fix\n" in links().out
    ran = links("--output-format", "json")
    (found,) = json.loads(ran.out)["findings"]
    assert (ran.status, found["severity"]) == (1, "warning")
    assert found["message"] == f"`{web.url('/old')}` has moved to `{web.url('/new')}`"
    assert found["fix"]["safety"] == "safe"
    assert [edit["text"] for edit in found["fix"]["edits"]] == [web.url("/new")]


@pytest.mark.parametrize("target", ["/login?next=/old", "/", "/en/index.html", "/old/", "/404"])
def test_what_is_no_move(links: Run, write: Write, web: Web, target: str) -> None:
    web.routes |= {"/old": redirect(301, target), target: status(200)}
    path = write("a.md", f"[a]({web.url('/old')})\n")
    before = path.read_bytes()
    assert links("--fix").status == 0
    assert path.read_bytes() == before


def test_fix_rewrites_every_place_and_no_other_byte(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(301, "/new"), "/new": page("<h2 id=part>")}
    old, new = web.url("/old"), web.url("/new")
    text = (
        "\ufeff# Title \r\n\r\n"
        "[a](URL 'title') [b](<URL#part>) URL, <URL>  \n"
        "![](URL)\t`URL`\r\n\r\n"
        '<a href="URL">x</a> <!-- URL -->\n\n'
        "[one][ref] [two][ref]\n\n"
        "[ref]: URL#part"
    )
    path = write("a.md", text.replace("URL", old))
    ran = links("--fix")
    expected = text.replace("URL", new).replace(f"`{new}`", f"`{old}`")
    assert path.read_bytes().decode() == expected.replace(f"<!-- {new}", f"<!-- {old}")
    assert (ran.status, ran.out) == (0, "No problems in 1 file\n")
    assert ran.err.startswith("Fixed 7 problems in 1 file: moved-link 7.\n")
    assert links("--fix").err.startswith("2 links, 1 request: 2 alive.\n")


def test_fix_leaves_the_dead_to_be_reported(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(301, "/new"), "/new": status(200)}
    path = write("a.md", f"[a]({web.url('/old')})\n[b]({web.url('/gone')})\n")
    ran = links("--fix", "--quiet")
    assert ran.status == 1
    assert ran.out.startswith("a.md:2:5: error: ")
    assert path.read_text() == f"[a]({web.url('/new')})\n[b]({web.url('/gone')})\n"


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("/new_(a", "/new_%28a"),
        ("/a(b)c", "/a(b)c"),
        ("/new?a=1&copy=2", "/new?a=1&amp;copy=2"),
        ("/new?a=1&b=2", "/new?a=1&b=2"),
        ("/new?'x'", "/new?%27x%27"),
        ("/a b", "/a%20b"),
        ("/中", "/%E4%B8%AD"),
    ],
)
def test_the_new_address_is_written_so_that_it_can_be_read(
    links: Run, write: Write, web: Web, target: str, written: str
) -> None:
    location = target.encode().decode("latin-1")
    web.routes |= {"/old": redirect(301, location)}
    for path in (target, target.replace(" ", "%20"), "/%E4%B8%AD"):
        web.routes[path] = status(200)
    note = write("a.md", f"[a]({web.url('/old')})\n\n<a href='{web.url('/old')}'>b</a>\n")
    ran = links("--fix", "--quiet")
    assert (ran.status, ran.out) == (0, "")
    first, _, second = note.read_text().splitlines()
    assert first == f"[a]({web.url(written)})"
    assert second == f"<a href='{web.url(written).replace('%28', '(')}'>b</a>"


def test_an_address_that_a_bare_url_would_lose_gets_angle_brackets(
    links: Run, write: Write, web: Web
) -> None:
    web.routes |= {"/old": redirect(301, "/new!"), "/new!": status(200)}
    note = write("a.md", f"See {web.url('/old')}, please.\n")
    assert links("--fix").status == 0
    assert note.read_text() == f"See <{web.url('/new!')}>, please.\n"


def test_a_fix_that_is_refused_is_told_by_its_finding(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(301, "/new?a=b"), "/new?a=b": status(200)}
    note = write("a.md", f"<a href={web.url('/old')}>x</a>\n")
    before = note.read_bytes()
    ran = links("--fix", "--quiet")
    assert ran.status == 1
    assert ran.out == (
        f"a.md:1:9: warning: `{web.url('/old')}` has moved to `{web.url('/new?a=b')}` "
        "(not fixed: it would change the words) [moved-link]\n"
    )
    assert note.read_bytes() == before


def test_names_of_one_file_do_not_part(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(301, "/new"), "/new": status(200)}
    path = write("a.md", f"[a]({web.url('/old')})\n")
    before = path.read_bytes()
    path.with_name("other.txt").hardlink_to(path)
    ran = links("--fix")
    assert (ran.status, path.read_bytes()) == (2, before)
    assert "a.md: left unchanged: writing it would lose its hard links; `--force`" in ran.err
    assert links("--fix", "--force").status == 0
    assert path.read_bytes() == before.replace(b"/old", b"/new")


@pytest.mark.parametrize("written", ["<URL>", "URL", "[^1]\n\n[^1]: URL"])
@pytest.mark.parametrize("target", ["/new?a&lt;b!", "/new&amp;b", "/new?a=&quot;b"])
def test_an_address_that_only_some_decode_is_not_written(
    links: Run, write: Write, web: Web, target: str, written: str
) -> None:
    web.routes |= {"/old": redirect(301, target), target: status(200)}
    note = write("a.md", written.replace("URL", web.url("/old")) + "\n")
    before = note.read_bytes()
    ran = links("--fix")
    assert (ran.status, note.read_bytes()) == (1, before)
    assert "has moved to" in ran.out
    assert "fixable" not in ran.out


def test_a_parameter_named_like_a_character_is_written(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(301, "/new?a&copy=2"), "/new?a&copy=2": status(200)}
    note = write("a.md", f"<{web.url('/old')}>\n")
    assert links("--fix").status == 0
    assert note.read_text() == f"<{web.url('/new?a&copy=2')}>\n"
