"""``broken-anchor``: a fragment that nothing answers to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from notelint.markdown.document import Document
from rules.judging_across import judged


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


@pytest.mark.parametrize("fragment", ["discussion_r12", "discussioncomment-3", "L1", "L1C2-L1C4"])
def test_what_github_adds_to_a_page_is_not_judged(
    tmp_path: Path, write: Callable[..., Path], fragment: str
) -> None:
    write("note.md", f"[text](other.md#{fragment})\n")
    write("other.md", "# Other\n")
    assert judged("broken-anchor", tmp_path) == []


@pytest.mark.parametrize("fragment", ["discussion-of-results", "l2-norm"])
def test_what_only_begins_so_is(tmp_path: Path, write: Callable[..., Path], fragment: str) -> None:
    write("note.md", f"[text](other.md#{fragment})\n")
    write("other.md", "# Other\n")
    assert [each.covers for each in judged("broken-anchor", tmp_path)] == [f"#{fragment}"]
