"""Bare URLs behind characters that the specification does not name, as on GitHub."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document

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
def test_a_url_needs_no_blank_before_it(text: str, url: str) -> None:
    doc = Document.of(text)
    assert [link.destination for link in doc.links] == [url]
    assert [doc.slice(link.span) for link in doc.links] == [url]


@pytest.mark.parametrize(
    "text",
    [
        "xhttps://example.org",
        "：https:/example.org",
        "：https://",
        "：ftp://example.org",
        "`：https://example.org`",
        "<i title='：https://example.org'>",
        "：https://_x_.example",
    ],
)
def test_what_is_no_url_stays_text(text: str) -> None:
    assert Document.of(text).links == []


def test_the_text_of_a_link_holds_no_other_link() -> None:
    doc = Document.of("[见：https://example.org/a](https://example.org/b)")
    assert [link.destination for link in doc.links] == ["https://example.org/b"]
