"""Images without alternative text."""

from __future__ import annotations

import pytest

from rules.judging import covered

SILENT = {
    "alternative text": "![loss](loss.png)\n",
    "decoration in HTML": '<img src="line.png" alt="">\n',
    "decoration said otherwise": '<img src="a.png" role="presentation"> <img src="b.png" '
    'aria-hidden="true">\n',
    "named by a label": '<img src="a.png" aria-label="loss">\n',
    "a reference is its own text": "![loss]\n\n[loss]: loss.png\n",
    "text in code": "![`f`](f.png)\n",
    "no source, another rule's case": '![]() <img src=""> <img>\n',
    "code": "`![](a.png)`\n\n    <img src='a.png'>\n\n```\n![](a.png)\n```\n",
    "comment": "<!-- ![](a.png) <img src='a.png'> -->\n",
    "link without text": "[](a.png)\n",
}

FOUND = {
    "![](a.png)\n": ["![](a.png)"],
    '![ ](a.png "title")\n': ['![ ](a.png "title")'],
    "![][loss]\n\n[loss]: loss.png\n": ["![][loss]"],
    "[![](badge.svg)](https://example.org)\n": ["![](badge.svg)"],
    "| a |\n|---|\n| ![](a.png) |\n": ["![](a.png)"],
    "<p>\n<IMG src='a.png' width=3>\n</p>\n": ["<IMG src='a.png' width=3>"],
    '<img data-src="a.png">\n': ['<img data-src="a.png">'],
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("image-alt", text) == []


@pytest.mark.parametrize(("text", "pieces"), FOUND.items())
def test_found(text: str, pieces: list[str]) -> None:
    assert covered("image-alt", text) == pieces
