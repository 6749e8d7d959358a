"""Long notes without a table of contents."""

from __future__ import annotations

import pytest

from notelint import rules
from rules.judging import covered, messages

SECTIONS = "".join(f"\n## Section {number}\n\ntext\n" for number in range(12))
LINKS = "".join(f"- [Section {number}](#section-{number})\n" for number in range(12))
DOCTOC = (
    "<!-- START doctoc generated TOC please keep comment here to allow auto update -->\n\n"
    f"{LINKS}\n"
    "<!-- END doctoc generated TOC please keep comment here to allow auto update -->\n"
)

SILENT = {
    "short": "# Title\n\n## Section\n\ntext\n",
    "a table": f"# Title\n\n{DOCTOC}{SECTIONS}",
    "a table with broken markers, another rule's case": f"# Title\n\n{DOCTOC[:100]}\n{SECTIONS}",
    "not wanted": f"<!-- DOCTOC SKIP -->\n\n# Title\n{SECTIONS}",
    "written by hand": f"# Title\n\n{LINKS}{SECTIONS}",
    "written by hand in HTML": f"# Title\n\n{LINKS}{SECTIONS}".replace(
        "- [Section 0](#section-0)", '- <a href="#section-0">Section 0</a>'
    ),
    "a place for mdBook's": f"# Title\n\n<!-- toc -->\n{SECTIONS}",
    "a place for Python-Markdown's": f"# Title\n\n[TOC]\n{SECTIONS}",
    "a place for GitLab's": f"# Title\n\n[[_TOC_]]\n{SECTIONS}",
    "a place for kramdown's": f"# Title\n\n* TOC\n{{:toc}}\n{SECTIONS}",
    "headings in code": f"# Title\n\n```\n{SECTIONS}```\n",
    "headings in quotes": "# Title\n\n" + SECTIONS.replace("\n##", "\n> ##"),
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("toc-missing", text) == []


@pytest.mark.parametrize("between", ["", "text with [a link](#section-1) or two\n", "- [ ] toc\n"])
def test_found_once_at_the_first_heading(between: str) -> None:
    assert covered("toc-missing", f"# Title\n\n{between}{SECTIONS}") == ["Title"]


def test_how_many_headings_need_a_table_is_an_option() -> None:
    text = "# Title\n\n## A\n\n## B\n"
    assert messages("toc-missing", text, min_headings=3) == ["3 headings and no table of contents"]
    assert messages("toc-missing", text, min_headings=4) == []
    with pytest.raises(ValueError, match="min-headings"):
        rules.get("toc-missing").options(min_headings=0)
