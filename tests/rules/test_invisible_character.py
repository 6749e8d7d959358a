"""Fixes of ``invisible-character`` in random text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.markdown.document import Document
from rules.harness import RuleHarness

RULE = RuleHarness("invisible-character")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab#-*1. >`|[]()\n\u200b\u200d\u2060\ufeff\u200e\u00a0\u3000", max_size=40))
def test_fixing_ends_and_loses_no_letter(text: str) -> None:
    doc = RULE.fix(Document.of(text)).doc
    again = RULE.fix(doc).doc
    assert again.source.text == doc.source.text
    letters = [char for char in text if char.isalnum()]
    assert [char for char in doc.source.text if char.isalnum()] == letters
