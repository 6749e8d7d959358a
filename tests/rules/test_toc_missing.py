"""The option of ``toc-missing``."""

from __future__ import annotations

import pytest

import notelint.rules as rules


def test_no_heading_needs_no_table() -> None:
    with pytest.raises(ValueError, match="min-headings"):
        rules.get("toc-missing").options(min_headings=0)
