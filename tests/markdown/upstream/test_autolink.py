"""Bare URLs behind characters that the specification does not name, as on GitHub."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document

pytestmark = pytest.mark.usefixtures("each_parser")

LINKED = [
    ("说明：https://example.org/a", "https://example.org/a"),
    ("指南:https://example.org/a", "https://example.org/a"),
    ("见https://example.org/a", "https://example.org/a"),
    ("（http://example.org/a b", "http://example.org/a"),
    ('"https://example.org/a"', "https://example.org/a"),
    ("git+https://example.org/a.git", "https://example.org/a.git"),
    ("2https://example.org.", "https://example.org"),
    ("> **见**：https://example.org/a\n", "https://example.org/a"),
]


@pytest.mark.parametrize(("text", "url"), LINKED)
def test_urls_behind_any_character(text: str, url: str) -> None:
    doc = Document.of(text)
    assert [link.destination for link in doc.links] == [url]
    assert [doc.slice(link.span) for link in doc.links] == [url]


@pytest.mark.parametrize(
    "text",
    [
        "xhttps://example.org",
        "2xhttps://example.org",
        "：https:/example.org",
        "：https://",
        "：ftp://example.org",
        "`：https://example.org`",
        "<i title='：https://example.org'>",
        "：https://_x_.example",
    ],
)
def test_text_that_is_no_url(text: str) -> None:
    assert Document.of(text).links == []


def test_no_links_in_the_text_of_a_link() -> None:
    doc = Document.of(
        "[见：https://example.org/a www.b.co a@b.co xmpp:a@b.co](https://example.org/b)"
    )
    assert [link.destination for link in doc.links] == ["https://example.org/b"]


@pytest.mark.parametrize(
    ("text", "shown", "destination"),
    [
        ("see mailto:a@b.co.", "mailto:a@b.co", "mailto:a@b.co"),
        ("(mailto:a@b.co)", "mailto:a@b.co", "mailto:a@b.co"),
        ("*mailto:a@b.co/x*", "mailto:a@b.co", "mailto:a@b.co"),
        ("xmpp:a@b.co/room x", "xmpp:a@b.co/room", "xmpp:a@b.co/room"),
        ("a@b.co, xmpp", "a@b.co", "mailto:a@b.co"),
        ("> a www.b.co.", "www.b.co", "http://www.b.co"),
        ("a (www.b.co/(c))", "www.b.co/(c)", "http://www.b.co/(c)"),
        ("a (https://b.co/(c))", "https://b.co/(c)", "https://b.co/(c)"),
    ],
)
def test_www_and_email_forms(text: str, shown: str, destination: str) -> None:
    doc = Document.of(text)
    assert [(doc.slice(link.span), link.destination) for link in doc.links] == [
        (shown, destination)
    ]


@pytest.mark.parametrize(
    "text", ["xmailto:a@b.co", "说mailto:a@b.co", "mailto:a", "xmpp:a@b_c.co_"]
)
def test_text_that_is_no_email_address(text: str) -> None:
    assert Document.of(text).links == []


@pytest.mark.parametrize("start", ["https://e.org/", "www.e.org/", "mailto:", "xmpp:"])
def test_a_word_that_is_too_long_is_no_url(start: str) -> None:
    end = "" if "e.org" in start else "@b.co"
    short = start + "x" * (7000 - len(start + end)) + end
    (link,) = Document.of(f"a {short} b").links
    assert link.destination.endswith(short)
    assert Document.of(f"a {short}{'x' * 2000} b").links == []
