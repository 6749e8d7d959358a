"""Fixes of ``unrendered-markdown``: what they render, and what they leave of random notes."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.engine.fix import fix_document
from notelint.engine.linter import Active, in_document
from notelint.markdown.document import Document
from notelint.markdown.parser import make_parser
from notelint.rules import get
from rules.fixtures import cases
from rules.harness import RuleHarness

RULE = RuleHarness("unrendered-markdown")


def page(text: str) -> str:
    """*text* as it is rendered."""
    html: str = make_parser(record=False).render(text)
    return html


def test_a_list_is_rendered_as_a_list() -> None:
    every = {case.title: case for case in cases(Path(__file__).with_name("unrendered-markdown.md"))}
    case = every["A note as they are written"]
    assert "<ol>" not in page(case.text)
    ordered = re.search(r"<ol>(.*?)</ol>(.*?)</details>", page(case.unsafe or ""), re.DOTALL)
    assert ordered is not None
    assert ordered[1].count("<li>") == 3
    assert "<img" in ordered[2], "the picture comes after the list"


def test_together_with_empty_images() -> None:
    text = '<details>\n<summary>x</summary>\n1. a<br>\n2. b\n<img src="">\n</details>\n'
    active = [Active(rule, rule.options()) for rule in (get("empty-image"), get(RULE.name))]
    done = fix_document(Document.of(text), lambda doc: in_document(doc, active), unsafe=True)
    assert done.doc.source.text == ("<details>\n<summary>x</summary>\n\n1. a\n2. b\n\n</details>\n")
    assert not done.refused


LINES = st.sampled_from(
    [
        *("1. one", "2. two <br>", "- three", "* four<br>", "  - five", "        six", "\t- seven"),
        *("text", "text:<br>", "**bold**", "[a](b.md)", "![c](d.png)", "# e", "---", "| f | g |"),
        *("|---|---|", "```", "~~~", "<br>", '<img src="h.png">', "<b>", "</b>", "<p>", "</p>"),
        *("<!-- i -->", "<td>", "</td>", "<pre>", "</pre>", "  </div>", "[j]: k.md", "> l", "<m"),
        *("1. n</details>", "    </details>", "", "<div", "<Tabs>", "`code`", "\x00- o", "    ---"),
    ]
)


@st.composite
def notes(draw: st.DrawFn) -> str:
    """HTML blocks with all sorts of lines, at the top or in a container."""
    body = ["<details>", "<summary>x</summary>", *draw(st.lists(LINES, max_size=9)), "</details>"]
    first, rest = draw(st.sampled_from([("", ""), ("- ", "  "), ("> ", "> "), ("1. - ", "     ")]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return "".join((rest if at else first) + line + end for at, line in enumerate(body)) + "z" + end


def letters(text: str) -> str:
    return re.sub(r"(?i)<br>|[\s>]", "", text)


@settings(max_examples=200, deadline=None)
@given(notes())
def test_fixes_add_and_remove_nothing_but_space_and_breaks(text: str) -> None:
    done = RULE.fix(Document.of(text))
    after = done.doc.source.text
    assert letters(after) == letters(text)
    assert [(each.level, each.text) for each in done.doc.headings] == [
        (each.level, each.text) for each in Document.of(text).headings
    ]
    left = [each.finding.fix for each in RULE.findings(done.doc)]
    assert len([fix for fix in left if fix]) <= len(done.refused)
    for each in RULE.findings(Document.of(text)):
        first, last = Document.of(text).lines.range(each.finding.span)
        assert first < last
