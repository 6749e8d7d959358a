"""The cells of tables: those of the parser without the patch."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from markdown.plain_parser import PLAIN, as_data

_UNPATCHED = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@given(st.lists(st.text("ab|\\` \t", max_size=12), max_size=4))
def test_cells_are_those_of_the_parser(rows: list[str]) -> None:
    text = "\n".join(["| a | b |", "|---|---|", *(f"|{row}" for row in rows)])
    ours, theirs = PLAIN.parse(text), _UNPATCHED.parse(text)
    assert as_data(ours) == as_data(theirs)
