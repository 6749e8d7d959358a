"""Options of tables of contents that make no list."""

from __future__ import annotations

from typing import Any

import pytest

from notelint.toc.options import TocOptions


@pytest.mark.parametrize(
    "wrong",
    [
        {"indent": 1},
        {"bullet": "o"},
        {"min_level": 3, "max_level": 2},
        {"min_headings": -1},
        {"flavor": "other"},
    ],
)
def test_options_that_make_no_list_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        TocOptions(**wrong)
