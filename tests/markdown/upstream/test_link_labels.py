"""Brackets in any order: the same links and images as without the patch."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markdown.plain_parser import PLAIN, as_data
from notelint.markdown.document import Document

pytestmark = pytest.mark.usefixtures("each_parser")

PIECES = [
    "[", "[", "]", "]", "![", "](x)", "][a]", "[a]", "[]", "[a](b)", "![a](b)", "(", "`", "\\", "*",
    "<", "](<", "!", "[^1]", " ", "\n", "a", "http://a.b", "**",
]  # fmt: skip
ends = st.sampled_from(["", "\n\n[a]: /u\n", "\n\n[^1]: x\n", "\n\n[a]: /u\n\n[^1]: y\n"])
brackets = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=500, deadline=None)
@given(brackets, ends)
def test_random_brackets(text: str, end: str) -> None:
    assert as_data(PLAIN.parse(text + end, {})) == as_data(Document.of(text + end).tokens)


@pytest.mark.parametrize(
    "opening", ["[", "![", "[a][", "![[a](b)", "[a](", "[![a](b)", "[`", "![a]["]
)
@pytest.mark.parametrize("closing", ["", "]", "](x)", "][a]", "]]", "`](x)"])
@pytest.mark.parametrize("depth", [3, 49, 50, 51, 98, 99, 100, 101, 120])
def test_brackets_nested_beyond_the_limit_of_the_parser(
    opening: str, closing: str, depth: int
) -> None:
    text = opening * depth + "b" + closing * depth + "\n\n[a]: /u\n"
    assert as_data(PLAIN.parse(text, {})) == as_data(Document.of(text).tokens)
