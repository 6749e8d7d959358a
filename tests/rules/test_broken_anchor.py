"""``broken-anchor``: a fragment that nothing answers to."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("# A & B", "a--b"),
        ("# 你好，世界", "你好世界"),
        ("# `code` and [link](x)", "code-and-link"),
        ("Setext\n===", "setext"),
        ("> ## Quoted", "quoted"),
        ("<h2>HTML</h2>", "html"),
        ('<a name="old"></a>', "old"),
        ('<div id="box">', "box"),
        ("# Twice\n\n# Twice", "twice-1"),
        # what a site generator makes an anchor of is not judged
        ("# Title {#own}", "own"),
        ("# Title {: .big #own }", "own"),
        ('# 9.7.0 <small>2025</small> { id="9.7.0" }', "9.7.0"),
        ("#### <!-- md:setting config.blog_dir -->", "config.blog_dir"),
    ],
)
def test_what_a_fragment_can_lead_to(text: str, anchor: str) -> None:
    assert anchor in Document.of(text).anchors


@pytest.mark.parametrize(
    "text", ["# {}", "text {x: 1} #y", "```\n# No\n```", "<!-- # No -->", "`# No`", "\\# No"]
)
def test_what_is_no_anchor(text: str) -> None:
    assert Document.of(text).anchors <= {"", "-"}
