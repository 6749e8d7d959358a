"""Links that lead nowhere, or that nobody can see."""

from __future__ import annotations

import pytest

from rules.judging import covered

SILENT = {
    "a link": "[a](b.md) <https://example.org> https://example.org\n",
    "an image that is clicked": "[![](badge.svg)](https://example.org)\n",
    "a tag that is clicked": '[<img src="a.png">](b.md)\n',
    "to the top": "[Back to top](#)\n\n[↑](#) [返回顶部](#)\n",
    "to a section": "[a](#a)\n",
    "a checkbox": "- [ ] a\n- [x] b\n",
    "an anchor": '<a name="a"></a> <a id="b"></a>\n',
    "an anchor with attributes": "[](){#a}\n\n[](){ #b }\n",
    "a call": "list[int]() and f[x]()\n",
    "in code": "`[a]()` `[](b)`\n\n```\n[a]()\n```\n\n    [a]()\n",
    "in a comment": "<!-- [a]() -->\n",
    "escaped": "\\[a]()\n",
    "an image, another rule's case": "![a]()\n",
}

FOUND = {
    "[a]()\n": ["[a]()"],
    "[a](<>)\n": ["[a](<>)"],
    "[a](#) b\n": ["[a](#)"],
    "[](a.md)\n": ["[](a.md)"],
    "[ ](a.md)\n": ["[ ](a.md)"],
    '<a href="">a</a>\n': ['<a href="">'],
    "| a |\n|---|\n| [b]() |\n": ["[b]()"],
    "- > [b]()\n": ["[b]()"],
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("empty-link", text) == []


@pytest.mark.parametrize(("text", "pieces"), FOUND.items())
def test_found(text: str, pieces: list[str]) -> None:
    assert covered("empty-link", text) == pieces
