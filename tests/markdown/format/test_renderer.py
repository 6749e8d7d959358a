"""The layout that the extension of mdformat produces, without any check of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from format_cases import LAID_OUT, STAY, TOLD
from notelint.markdown.document import Document
from notelint.markdown.format.formatter import Formatter
from notelint.markdown.format.rendered import same_page
from notelint.markdown.format.renderer import FormatOptions
from notelint.markdown.format.site_blocks import site_blocks
from notelint.toc.markers import find_blocks

OPTIONS = {"wrap": "keep", "number": False, "plugin": {}}
# a table without a row of dashes loses its blanks
PAIRS = [*TOLD, *((text, text) for text in STAY if "　甲" not in text)]
PAIRS += [(before, after) for before, after in LAID_OUT if after]
PAIRS = [(before, after) for before, after in PAIRS if not before.startswith("---")]  # kept apart


def kept(text: str) -> list[tuple[int, int]]:
    doc = Document.of(text)
    ranges = [doc.lines.range(block.span) for block in find_blocks(doc)]
    tables = [(each.start.line - 1, each.end.line) for each in ranges]
    return sorted([*tables, *(site_blocks(doc) or ())])


def laid_out(text: str, options: Mapping[str, Any] | None = None, **others: Any) -> str:
    wanted = FormatOptions(kept, {**OPTIONS, **(options or {})}, **others)
    return Formatter(wanted).lay_out(text)


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_the_first_layout_is_the_right_one(before: str, after: str) -> None:
    assert laid_out(before) == after
    assert same_page(before, after)


def test_lines_are_wrapped_only_between_words() -> None:
    text = "aaa bbb [c\nd](e) `f g` ![h i](j)\nk\n\n# l  m n o p q r\n"
    assert laid_out(text, {"wrap": 10}) == (
        "aaa bbb\n[c d](e)\n`f g`\n![h i](j)\nk\n\n# l  m n o p q r\n"
    )
    assert laid_out("aaa\n*bbb\nccc*\n", {"wrap": "no"}) == "aaa *bbb ccc*\n"


def test_lists_are_numbered_on_demand() -> None:
    text = "1. a\n1. b\n"
    assert laid_out(text, {"number": True}) == text
    assert laid_out(text, {"number": True}, renumber=True) == "1. a\n2. b\n"


def test_a_verified_block_stays_if_its_page_would_change() -> None:
    row = "| a | b |\n|---|---|\n| 1 | 2 | a cell too many |\n"
    quoted = "> " + row.replace("\n", "\n> ").removesuffix("> ")
    text = f"Title\n===\n{row}\n\n*  x\n\n{quoted}"
    assert laid_out(text, verify_blocks=True) == f"# Title\n\n{row}\n- x\n\n{quoted}"


@pytest.mark.parametrize(
    ("lines", "after"),
    [
        ((0, 1), "1.  a\n\n- b\n\n  - c\n\n- d\n\n* e\n\n  f\n"),
        ((5, 6), "1. a\n\n*  b\n   *  c\n\n*  d\n\n- e\n\n  f\n"),
        ((4, 11), "1. a\n\n*  b\n   *  c\n\n*  d\n\n\n+  e\n\n    f\n"),
    ],
)
def test_blocks_on_preserved_lines_stay(lines: tuple[int, int], after: str) -> None:
    text = "1.  a\n\n\n\n*  b\n   *  c\n\n*  d\n\n\n+  e\n\n    f\n"
    formatter = Formatter(FormatOptions(lambda text: [lines], OPTIONS))
    assert formatter.lay_out(text) == after
