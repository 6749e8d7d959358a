"""Headings without text."""

from __future__ import annotations

import pytest

from rules.judging import covered

SILENT = {
    "text": "# A\n\n## B ##\n\nC\n---\n",
    "an image": "# ![logo](logo.svg)\n",
    "a comment": "## <!-- here -->\n",
    "in code": "`##`\n\n```\n##\n```\n\n    ##\n",
    "in a comment": "<!--\n##\n-->\n",
    "escaped": "\\##\n",
    "within text": "a ## b\n",
    "a tag": "#tag\n",
    "in HTML": "<h2></h2>\n",
}

FOUND = {
    "##\n\ntext\n": ["##"],
    "## ##\n": ["## ##"],
    "# A\n\n###  \n": ["###"],
    "> #\n\n- ##\n": ["#", "##"],
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("empty-heading", text) == []


@pytest.mark.parametrize(("text", "pieces"), FOUND.items())
def test_found(text: str, pieces: list[str]) -> None:
    assert covered("empty-heading", text) == pieces
