"""Headings that repeat one beside them."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document
from rules.judging import covered, raised

SILENT = {
    "different": "## A\n\n## B\n",
    "under different parents": "# 1\n\n## A\n\n# 2\n\n## A\n",
    "on different levels": "# A\n\n## A\n",
    "but for case": "## A\n\n## a\n",
    "in a quote, in a list, in code": "## A\n\n> ## A\n\n- ## A\n\n```\n## A\n```\n",
    "in HTML": "## A\n\n<h2>A</h2>\n",
    "nothing but images": "## ![](a.png)\n\n## ![](b.png)\n",
    "two components": "## A <Badge text='b' />\n\n## A <Badge text='c' />\n",
    "a dialogue": "## You:\n\n你好\n\n## 模型：\n\nHello\n\n## You:\n\nBye\n\n## 模型：\n",
    "in two folds": "<details>\n\n## A\n\n</details>\n\n<details>\n\n## A\n\n</details>\n",
    "in a fold and outside": "<details>\n\n## A\n\n</details>\n\n## A\n",
}

FOUND = {
    "## A\n\ntext\n\n## A\n": ["A"],
    "## A <b>B</b>\n\n## A <i>B</i>\n": ["A <i>B</i>"],
    "## A\n\n### B\n\n## A\n\n### B\n": ["A"],
    "## A b\n\n## *A* `b`\n\nA b\n---\n": ["*A* `b`", "A b"],
    "<details>\n\n## A\n\n## A\n\n</details>\n": ["A"],
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("duplicate-heading", text) == []


@pytest.mark.parametrize(("text", "pieces"), FOUND.items())
def test_found(text: str, pieces: list[str]) -> None:
    assert covered("duplicate-heading", text) == pieces


def test_the_first_is_told_with_it() -> None:
    doc = Document.of("## A\n\n## B\n\n## A\n\n## A\n")
    related = [each.finding.related[0].span for each in raised("duplicate-heading", doc)]
    assert [doc.lines.position(span.start).line for span in related] == [1, 1]
