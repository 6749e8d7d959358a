"""Fixes of a paragraph in which there are too many to try each of them."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document
from rules.harness import RuleHarness


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("literal-emphasis", "他说**「强调」**后" * 400),
        ("literal-emphasis", "他说**「强调」**后\n" * 400),
        ("accidental-strikethrough", "3~4 个，1~2 个 " * 400),
    ],
)
def test_all_are_tried_together(rule: str, text: str) -> None:
    found = RuleHarness(rule).findings(Document.of(text))
    assert len(found) == 400
    assert all(each.finding.fix for each in found)
