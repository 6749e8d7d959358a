"""Anchors: found in any form, absent only beyond doubt, and not looked for where they mean else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.online.link_check import check_urls
from notelint.online.online_settings import OnlineSettings
from notelint.online.page_anchors import AnchorSearch, wanted_anchor
from notelint.online.results import Anchor, Answer, Status
from notelint.online.verdict import Hop, outcome_of
from online.web import Web, page, status


def search(html: str, anchor: str, charset: str | None = None, step: int = 7) -> Anchor:
    data = html.encode(charset or "utf-8")
    found = AnchorSearch([anchor], charset)
    for start in range(0, len(data), step):
        found.feed(data[start : start + step])
    return found.results()[anchor]


@pytest.mark.parametrize(
    ("html", "anchor"),
    [
        ('<h2 id="part">', "part"),
        ("<h2 id='part'>", "part"),
        ("<h2 class=x id=part>", "part"),
        ('<H2 ID = "part">', "part"),
        ('<h2\n  id="part"\n>', "part"),
        ('<a name="part">', "part"),
        ('<a class="x" name=part>', "part"),
        ('<h2 id="user-content-part">', "part"),
        ('<h2 id="部分">', "%E9%83%A8%E5%88%86"),
        ('<h2 id="%E9%83%A8%E5%88%86">', "部分"),
        ('<h2 id="q&amp;a">', "q&a"),
        ('<h2 id="a.b:c">', "a.b:c"),
        ('<p id="one"><p id="part">', "part"),
    ],
)
def test_found(html: str, anchor: str) -> None:
    assert search(html, anchor) is Anchor.FOUND


@pytest.mark.parametrize("charset", ["gbk", "gb18030", "big5", "shift_jis", "utf-16"])
def test_found_in_other_encodings(charset: str) -> None:
    assert search('<h2 id="中文">', "中文", charset) is Anchor.FOUND


def test_the_encoding_may_stand_in_the_page() -> None:
    html = '<meta charset="gbk"><h2 id="中文">'.encode("gbk")
    found = AnchorSearch(["中文"], None)
    assert found.feed(html)


@pytest.mark.parametrize("charset", ["zlib", "unicode_escape", "no-such", "hex", "", "x" * 99])
def test_an_encoding_that_is_none_is_read_as_utf_8(charset: str) -> None:
    found = AnchorSearch(["ü"], charset)
    assert found.feed('<p id="ü">'.encode())


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<h2>part</h2>",
        '<h2 data-id="part">',
        '<h2 id="parts">',
        '<meta name="part">',
        '<script src="x.js"></script><h2 id="other">',
    ],
)
def test_absent(html: str) -> None:
    assert search(html, "part") is Anchor.ABSENT


@pytest.mark.parametrize(
    "html",
    [
        "<script>render()</script>",
        '<div id="root"></div><script src="x.js"></script>',
        '<script src="x.js"></script><div id="__next"><h2 id="other">',
        '<a href="#part">',
        '<button data-target="#part">',
        '<h2 id="Part">',
    ],
)
def test_in_doubt(html: str) -> None:
    assert search(html, "part") is Anchor.SCRIPTED


@settings(max_examples=100)
@given(before=st.text(max_size=3000), step=st.integers(1, 4000))
def test_pieces_make_no_difference(before: str, step: int) -> None:
    html = f'{before}<h2 id="here-it-is">'
    data = html.encode("utf-8", "surrogatepass")
    found = AnchorSearch(["here-it-is"], "utf-8")
    for start in range(0, len(data), step):
        found.feed(data[start : start + step])
    assert found.results() == {"here-it-is": Anchor.FOUND}


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "top",
        "TOP",
        "/route",
        "!route",
        "?a=b",
        "page=3",
        "t=1m",
        ":~:text=words",
        "L10",
        "L10-L20",
    ],
)
def test_what_is_no_anchor(fragment: str) -> None:
    assert wanted_anchor(f"https://site.test/#{fragment}") is None


@pytest.mark.parametrize(
    ("fragment", "anchor"),
    [("part", "part"), ("part:~:text=words", "part"), ("%E9%83%A8", "%E9%83%A8"), ("L1x", "L1x")],
)
def test_what_is_an_anchor(fragment: str, anchor: str) -> None:
    assert wanted_anchor(f"https://site.test/#{fragment}") == anchor


@pytest.mark.parametrize(
    ("url", "anchors"),
    [
        ("https://github.com/owner/name/blob/main/a.py#L10", {}),
        ("https://github.com/owner/name/blob/main/a.py#L10-L20", {}),
        ("https://gitlab.com/owner/name/-/blob/main/a.py#L10-20", {}),
        ("https://github.com/owner/name#usage", {"usage": Anchor.ABSENT}),
        ("https://gitee.com/owner/name#用法", {"用法": Anchor.ABSENT}),
    ],
)
def test_what_a_forge_adds_by_script_is_unknown(url: str, anchors: dict[str, Anchor]) -> None:
    way = [Hop(url.partition("#")[0], Answer(200, "GET", anchors=anchors))]
    assert outcome_of(url, way).status is Status.UNKNOWN


def test_only_a_link_with_an_anchor_reads_the_page(web: Web, local: OnlineSettings) -> None:
    web.routes |= {"/a": page("<p id=x>"), "/b": page(""), "/c": page("")}
    urls = [web.url(path) for path in ("/a#x", "/b", "/c#top", "/c#L10")]
    report = check_urls(urls, local)
    statuses = [outcome.status for outcome in report.outcomes.values()]
    assert statuses == [Status.ALIVE, Status.ALIVE, Status.ALIVE, Status.UNKNOWN]
    assert (web.asked("/a"), web.asked("/b"), web.asked("/c")) == (["GET"], ["HEAD"], ["HEAD"])


def test_a_fragment_of_what_is_not_html_is_not_judged(web: Web, local: OnlineSettings) -> None:
    web.routes["/a.pdf"] = status(200, Content_Type="application/pdf")
    url = web.url("/a.pdf#chapter")
    assert check_urls([url], local).outcomes[url].status is Status.ALIVE


def test_what_cannot_be_unpacked_is_unknown(web: Web, local: OnlineSettings) -> None:
    web.routes["/a"] = page("packed", Content_Encoding="br")
    web.routes["/b"] = page("not packed at all", Content_Encoding="gzip")
    report = check_urls([web.url("/a#x"), web.url("/b#x")], local)
    assert report.by_status()[Status.UNKNOWN] == 2
