"""Differences between a table of contents and the headings, as a reader notices them."""

from __future__ import annotations

from typing import Any

import pytest

from notelint.markdown.document import Document
from notelint.toc.compare import differences
from notelint.toc.markers import find_blocks
from notelint.toc.options import TocOptions
from toc.refreshing import block


def changes(text: str, **options: Any) -> str:
    doc = Document.of(text)
    found = differences(doc, find_blocks(doc)[0], TocOptions(**options))
    return found.summary() if found else ""


@pytest.mark.parametrize(
    "inner",
    [
        "**T**\n\n- [A *b*](#a-b)\n  - [标](#%E6%A0%87)\n\n",
        "- [A *b*](#a-b)\n  - [标](#标)\n",
        "* [A b](#a-b)\n    * [标](#标)\n",
        "prose\n\n1. [A *b*](#a-b)\n   1. [标](<#标>)\n\nmore prose\n\n",
    ],
)
def test_what_a_reader_does_not_notice_is_not_stale(inner: str) -> None:
    assert changes(block(inner) + "# A *b*\n\n## 标\n") == ""


@pytest.mark.parametrize(
    ("inner", "summary"),
    [
        ("- [A](#a)\n", "missing: `B`"),
        ("- [A](#a)\n  - [B](#b)\n  - [C](#c)\n", "too many: `C`"),
        ("- [A](#a)\n  - [B](#x)\n", "leading elsewhere: `B`"),
        ("- [A](#a)\n- [B](#b)\n", "order or nesting differs"),
        ("- [B](#b)\n  - [A](#a)\n", "order or nesting differs"),
        ("- [A](#a)\n  - [B](#b)\n  - prose\n", "too many: `prose`"),
        ("", "missing: `A`, `B`"),
    ],
)
def test_stale(inner: str, summary: str) -> None:
    assert changes(block(inner) + "# A\n\n## B\n") == summary


def test_a_long_summary_is_cut() -> None:
    text = block("") + "".join(f"# H{n}\n\n" for n in range(22))
    assert changes(text).startswith("missing: `H0`, `H1`, ")
    assert changes(text).endswith(", `H18`, `H19` and 2 more")
