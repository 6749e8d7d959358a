"""Headings with nothing under them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from rules.judging import covered

SILENT = {
    "text": "# A\n\ntext\n\n# B\n\ntext\n",
    "a subheading with text": "# A\n\n## B\n\ntext\n",
    "a list, a quote, a table": "# A\n- b\n\n# C\n> d\n\n# E\n\n| f |\n|---|\n",
    "code, HTML, an image": "# A\n\n    b\n\n# C\n\n<hr>\n\n# D\n\n![](e.png)\n",
    "a comment that a program fills in": "# A\n\n<!-- contributors -->\n\n# B\n\ntext\n",
    "a footnote": "# A\n\n[^1]: text\n",
    "in a quote, in a list": "> # A\n\n- # B\n",
    "in code": "```\n# A\n\n# B\n```\n",
    "in HTML": "<h1>A</h1>\n\n<h1>B</h1>\n\ntext\n",
    "no text either, another rule's case": "#\n\n# B\n\ntext\n",
    "an entry that is a link": "## [A](a.md)\n\n## <https://example.org>\n\n## [B]\n\n[B]: b.md\n",
    "an image": "# ![logo](logo.svg)\n",
    "a component": "# A <Badge />\n\n# B\n\ntext\n",
    "what is to be released": "# Log\n\n## [Unreleased]\n\n## 1.0\n\nAll of it.\n",
}

FOUND = {
    "# A\n\n# B\n\ntext\n": ["A"],
    "# A\n": ["A"],
    "# A\n\n## B\n\n## C\n\ntext\n": ["B"],
    "## What <b>now</b>\n\n## When\n\ntext\n": ["What <b>now</b>"],
    "# A\n\n[b]: c.md\n": ["A"],
    "# A\n\n---\n\n# B\n\ntext\n": ["A"],
    "A\n===\n\nB\n---\n\ntext\n\n## `c`\n": ["`c`"],
    "# A\n\n<!-- notelint-disable no-such -->\n": ["A"],
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("empty-section", text) == []


@pytest.mark.parametrize(("text", "pieces"), FOUND.items())
def test_found(text: str, pieces: list[str]) -> None:
    assert covered("empty-section", text) == pieces


def test_what_is_to_be_filled_in(notelint: Callable[..., Ran], write: Callable[..., Path]) -> None:
    for path in (
        ".github/ISSUE_TEMPLATE/bug.md",
        ".github/PULL_REQUEST_TEMPLATE.md",
        "docs/pull_request_template.md",
        ".gitlab/merge_request_templates/default.md",
        "templates.md",
    ):
        write(path, "## What\n\n## When\n")
    found = notelint("check", "--select", "empty-section", ".github", "docs", ".gitlab", ".")
    assert [line.split(":")[0] for line in found.out.split("\n")[:-2]] == ["templates.md"] * 2
