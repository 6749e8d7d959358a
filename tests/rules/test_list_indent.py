"""Fixes of ``list-indent``: what is rendered stays the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.markdown.document import Document
from notelint.markdown.parser import make_parser
from rules.fixtures import Case, cases
from rules.harness import RuleHarness

RULE = RuleHarness("list-indent")
HABIT = "- a\n" + "  - b\n" * 8 + "\n"  # eight nested items, indented by two


def page(text: str) -> str:
    """*text* as it is rendered."""
    html: str = make_parser(record=False).render(text)
    return html


@pytest.mark.parametrize("case", cases(Path(__file__).with_name("list-indent.md")), ids=str)
def test_fixes_keep_the_page(case: Case) -> None:
    assert case.safe is None or page(case.safe) == page(case.text)


def test_one_sibling_moves_with_the_other() -> None:
    first, second = RULE.findings(Document.of(HABIT + "- f\n  - g\n      - h\n      - i\n"))
    assert first.finding.fix is second.finding.fix


LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from([" " * width for width in range(10)] + ["\t"]),
    st.sampled_from(["- ", "* ", "1. ", "", "-   ", "> ", "- [ ] ", "```", "<div>"]),
    st.sampled_from(["a", "b c", "", "- d", "    e"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_fixes_keep_any_page(lines: list[str]) -> None:
    text = HABIT * 6 + "\n".join(lines) + "\n"
    after = RULE.fix(Document.of(text)).doc
    assert page(after.source.text) == page(text)
    assert RULE.fix(after).doc.source.text == after.source.text
