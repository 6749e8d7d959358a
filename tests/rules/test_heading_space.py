"""Headings that are text for want of a space."""

from __future__ import annotations

import pytest

from rules.judging import covered, fixed

SILENT = {
    "headings": "# A\n\n## B\n\n### C ###\n",
    "tags": "# A\n\n#tag #other-tag\n\n#话题# and #话题\n",
    "issues": "# A\n\n#123 fixes #124\n\n##123\n",
    "a shebang": "#!/bin/sh\n\n## A\n",
    "directives of C": "#include <a.h>\n#define B\n\n## A\n",
    "tags at the top": "#llm #nlp\n\n## A\n",
    "a tag at the top of a note with a title": "#llm\n\n# A\n",
    "a tag at the top of a note without sections": "#llm\n\ntext\n",
    "a tag after the first text": "text\n\n#llm\n\n## A\n",
    "too many": "#######A\n",
    "nothing but marks": "##\n\n####\n\na\n",
    "escaped": "\\##A\n\n#\\#B\n",
    "in code": "`##A`\n\n```\n##B\n```\n\n    ##C\n",
    "in code over two lines": "a `b\n##C` d\n",
    "in a comment": "<!--\n##A\n-->\n",
    "in HTML": "<div>\n##A\n</div>\n",
    "in a table": "| a | b |\n|---|---|\n| ##A | ##B |\n",
    "within a line": "use ##A and ##B\n",
    "in front matter": "---\n##a: b\n---\n",
    "a command of a build log": "##[section]Starting\n##vso[task.complete]\n",
    "an operator": "##,\n\n##-1\n\n##=\n",
    "a whole paragraph": f"##{'A word ' * 30}\n",
    "a template": "##{{ title }}\n",
    "an escape": "##\\\\*A\\\\*\n",
    "maths": "$$\na\n##B\n$$\n",
}

FIXED = {
    "# A\n\n##B\n\ntext\n": "# A\n\n## B\n\ntext\n",
    "text\n##B\ntext\n": "text\n## B\ntext\n",
    "##标题\n\n###第一节 甲\n": "## 标题\n\n### 第一节 甲\n",
    "##B##\n": "## B##\n",
    "##1. B\r\n\r\n##2. C\r\n": "## 1. B\r\n\r\n## 2. C\r\n",
    "##[B](b.md)\n": "## [B](b.md)\n",
    "##`b` c\n": "## `b` c\n",
    "##**B**\n": "## **B**\n",
    "##🚀 B\n": "## 🚀 B\n",
    "> ##B\n> text\n": "> ## B\n> text\n",
    "- ##B\n": "- ## B\n",
    "  ##B\n": "  ## B\n",
    "#A title\n\ntext\n\n## B\n": "# A title\n\ntext\n\n## B\n",
    "---\na: b\n---\n\n#标题\n\n## B\n": "---\na: b\n---\n\n# 标题\n\n## B\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("heading-space", text) == []


@pytest.mark.parametrize(("text", "after"), FIXED.items())
def test_fixed_when_asked_for(text: str, after: str) -> None:
    assert fixed("heading-space", text) == after
    assert fixed("heading-space", after) == after
    assert fixed("heading-space", text, unsafe=False) == text


def test_the_marks_are_covered() -> None:
    assert covered("heading-space", "##A\n\n> ###B\n") == ["##", "###"]
