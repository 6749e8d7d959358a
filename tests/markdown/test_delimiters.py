"""Runs of delimiters, and what GitHub pairs of them."""

from __future__ import annotations

import pytest

from notelint.markdown.delimiters import levels, pairs
from notelint.markdown.document import Document

pytestmark = pytest.mark.usefixtures("each_parser")


@pytest.mark.parametrize(
    ("text", "enclosed"),
    [
        ("**要求：**请", []),
        ("**要求：** 请 **a**", ["要求：", "a"]),
        ("一份**“甲”**。一份 **“甲”**。", ["“甲”"]),
        ("**1€**x", ["1€"]),  # a symbol is no punctuation in CommonMark 0.29
        ("a*b*c_d_e", ["b"]),
        ("***a** b*", ["a", "**a** b"]),
        ("3~4 or 5~6, ~~7~~", ["4 or 5", "7"]),
        ("a~~~b~~~ ~c~~", []),
        ("**~~a~~**b", ["a", "~~a~~"]),  # a tilde is not looked at by asterisks
        ("[**a** *b](c) d*", ["a"]),
        ("[a](b*c*) `*d*` \\*e* <b title='*'>*", []),
        ("[![*a*](b) **c**](d)", ["c"]),
    ],
)
def test_pairs(text: str, enclosed: list[str]) -> None:
    found = [
        level.text[pair.open + pair.length : pair.close]
        for prose in Document.of(text).prose
        for level in levels(prose)
        for pair in pairs(level.runs())
    ]
    assert found == enclosed
