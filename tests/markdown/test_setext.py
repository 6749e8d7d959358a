"""A line of dashes below a line with a pipe: a heading for GitHub, which other parsers see a
table in."""

from __future__ import annotations

import pytest

from notelint.config.mdformat import Layout
from notelint.engine.layout import PageChanged, lay_out
from notelint.markdown.document import Document
from notelint.text.source import Source

HEADINGS = ["|]\n--\n", "|a|\n---\n", "|a\n---  \n", "grep \\| sort\n   ---\n", "> |a|\n> ---\n"]
TABLES = ["| a |\n|-|\n", "|a|\n--- |\n", "|a|b|\n---|---\n", "|a|\n:--\n"]


@pytest.mark.parametrize("text", HEADINGS)
def test_a_line_of_dashes_makes_a_heading(text: str) -> None:
    (heading,) = Document.of(text).headings
    assert heading.level == 2
    try:
        after = lay_out(Source(text), Layout()).text
    except PageChanged:
        return
    assert [each.slug for each in Document.of(after).headings] == [heading.slug]


@pytest.mark.parametrize("text", TABLES)
def test_a_delimiter_row_makes_a_table(text: str) -> None:
    doc = Document.of(text)
    assert doc.headings == []
    assert "table_open" in [token.type for token in doc.tokens]
