"""Markers of tables of contents: which count, and which do not pair up."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document
from notelint.toc.markers import STYLES, Style, find_blocks, marker_problems
from notelint.workspace.list_entries import ListEntries
from toc.refreshing import END, START


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{START}{END}```\n\n# A\n",
        f"> {START.splitlines()[0]}\n> {END}\n# A\n",
        f"- item\n\n  {START.splitlines()[0]}\n  {END}\n# A\n",
        "text <!-- toc --> text <!-- tocstop -->\n",
        "<!-- TOC -->\n<!-- TOC -->\n",  # an editor's own pair
    ],
)
def test_no_block_but_on_lines_of_its_own(text: str) -> None:
    assert find_blocks(Document.of(text)) == []
    assert marker_problems(Document.of(text)) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{START}{END}", []),
        ("<!-- toc -->\n", []),
        (f"a\n\n{START}\n", [3]),
        (f"a\n\n{END}\n", [3]),
        (f"{END}\n\n{START}\n", [1]),
        ("<!-- toc:start -->\n", [1]),
        ("<!-- tocstop -->\n", [1]),
        (f"{START}{END}\n{START}{END}", [5]),
        (f"{START}{END}\n<!-- toc -->\n<!-- tocstop -->\n", [5]),
        (f"{START}\n{START}{END}", [1]),
        ("<!-- toc -->\n\ntext\n\n<!-- toc -->\n\n- [A](#a)\n\n<!-- tocstop -->\n", [1]),
        (
            "<!-- mdformat-toc start -->\n<!-- mdformat-toc start -->\n<!-- mdformat-toc end -->\n",
            [1],
        ),
        ("<!-- toc:start -->\n<!-- toc:start -->\n<!-- toc:end -->\n", [1]),
        ("<!-- toc -->\n\ntext\n\n<!-- toc -->\n", [1, 5]),
        ("<!-- toc -->\n\n- [A](#a)\n\n# A\n", [1]),  # its end is lost
        ("<!-- toc -->\n\n**目录**\n\n- [A](#a)\n\n# A\n", [1]),
        ("<!-- mdformat-toc start -->\n- [A](#a)\n\n# A\n", [1]),
        ("<!-- toc -->\n\n- [A](a.md)\n- a\n", []),
        ("<!-- toc -->\n- [A](#a)\n<!-- /toc -->\n\n# A\n", []),  # the pair of another tool
        (f"<!-- toc -->\n\n{START}{END}", [1]),
        (f"<!-- toc -->\n\n- [A](#a)\n\n{END}", [1, 5]),
        (f"<!-- toc -->\n{START}{END}<!-- tocstop -->\n", [2]),
        ("<!-- toc -->\n<!-- toc:start -->\n<!-- tocstop -->\n<!-- toc:end -->\n", [2]),
    ],
)
def test_marker_problems(text: str, lines: list[int]) -> None:
    doc = Document.of(text)
    assert [doc.lines.position(span.start).line for span, _ in marker_problems(doc)] == lines


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_no_entry_of_a_table_is_about_its_link(style: Style) -> None:
    start = style.start.pattern.removesuffix("(?: .*)?")
    text = f"<!-- {start} -->\n\n- [A](a.md)\n\n{style.closing}\n\n- [B](b.md)\n"
    doc = Document.of(text)
    assert [link.destination for link in doc.links if ListEntries(doc).is_about(link)] == ["b.md"]
