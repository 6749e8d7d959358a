"""No heading of level 1."""

from __future__ import annotations

import pytest

from rules.judging import covered

SILENT = {
    "a title": "# A\n\ntext\n",
    "underlined": "A\n===\n",
    "in HTML": '<h1 align="center">A</h1>\n\n## B\n',
    "after other headings": "## B\n\n# A\n",
    "in the front matter": "---\ntitle: A\n---\n\n## B\n",
    "quoted key in the front matter": '---\n"title": A\n---\n\ntext\n',
    "empty": "",
    "nothing to see": "<!-- nothing -->\n\n[a]: b\n",
    "code alone": "```\ncode\n```\n",
}

FOUND = {
    "## B\n\ntext\n": ["B"],
    "text *here*\nand here\n": ["text *here*"],
    "> # quoted\n\ntext\n": ["quoted"],
    "#\n\n## B\n": ["B"],
    "---\nsubtitle: A\ntitle:\n---\n\ntext\n": ["text"],
    "```\n# A\n```\n\ntext\n": ["text"],
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("missing-title", text) == []


@pytest.mark.parametrize(("text", "pieces"), FOUND.items())
def test_found(text: str, pieces: list[str]) -> None:
    assert covered("missing-title", text) == pieces
