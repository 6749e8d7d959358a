"""Anchors of headings as they stand in a note, against what GitHub's own renderer shows."""

from __future__ import annotations

import re
from html import unescape

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from notelint.config.mdformat import Layout
from notelint.engine.layout import lay_out
from notelint.markdown.document import Document
from notelint.text.source import Source

OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
CASES = [
    ("## Functionality[^1]\n\n[^1]: a\n", ["functionality1"]),
    ("[^b] [^a]\n\n# A[^a] [^b]\n\n[^a]: a\n\n[^b]: b\n", ["a2-1"]),
    ("[^b]: see[^c]\n\n# T[^a]\n\n# U[^c]\n\n# V[^b]\n\n[^a]: x\n\n[^c]: y\n", ["t2", "u1", "v3"]),
    ("# A[^9]\n\n# B[^n]: c\n", ["a9", "bn-c"]),
    ("# A`[^1]`[^1]\n\n[^1]: a\n", ["a11"]),
    ("a\nb\n===\n", ["ab"]),
    ("a  \nb\\\n  c\n---\n", ["abc"]),
    ("*a\nb* [c\nd](e)\n---\n", ["ab-cd"]),
    ("`a\nb`\n---\n", ["a-b"]),
    ("> a\n> b\n> ===\n\n- c\n  d\n  ---\n", ["ab", "cd"]),
    ("a\r\nb\r\n===\r\n", ["ab"]),
    ("# Title \u00a0\n", ["title-"]),
    ("# Title\u3000 \n\n# Title \u3000 #\n", ["title", "title-"]),
    ("# \u3000 Title\n\n\u3000Title \u2003\n===\n", ["-title", "title-"]),
    ("> # Title \u00a0\n\n- # Other \u3000\n", ["title-", "other-"]),
    ("# Title\u3000#\n\n#\tTab\t\n", ["title", "tab"]),
    ("## ![x](a.png) 1.1 Text\n", ["-11-text"]),
]


def shown(text: str) -> list[str]:
    """The anchors that GitHub makes of what its renderer shows (github-slugger, README)."""
    html = cmarkgfm.github_flavored_markdown_to_html(text, options=OPTIONS)
    found = re.findall(r"<h[1-6]>(.*?)</h[1-6]>", html, re.DOTALL)
    words = [unescape(re.sub(r"<[^>]*>", "", each)).lower() for each in found]
    return [re.sub(r"[^\w\- ]", "", each).replace(" ", "-") for each in words]


@pytest.mark.parametrize(("text", "anchors"), CASES)
def test_an_anchor_is_that_of_github(text: str, anchors: list[str]) -> None:
    assert [each.slug for each in Document.of(text).headings] == anchors == shown(text)


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_a_layout_keeps_the_anchors(text: str) -> None:
    after = lay_out(Source(text), Layout())
    assert Document(after).anchors == Document.of(text).anchors
