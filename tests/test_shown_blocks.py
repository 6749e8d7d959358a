"""Lists, alerts, formulas and addresses after their fixes, in any note, by cmark-gfm.

`python tests/benchmarks/shown.py 10000` holds ten thousand notes.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from shown_blocks import agree, texts


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts)
def test_any_note_is_shown_as_declared(text: str) -> None:
    agree(text)


@pytest.mark.parametrize(
    "text",
    [
        "2. \n\n  - \n",
        "1. A\n  1. B\n  2. C\n2. D\n",
        "> [!TIP] - a\n> [!NOTE]\tb\n\n>[!danger] # c\n",
        "\\(O(n^2)\\)\\(a_i \\leq b\\) 中\\( x = 1 \\)文\n",
        "<https://link.zhihu.com/?target=http%3A//e.org/_x_*y*%3Cz%3E>\n",
    ],
)
def test_notes_at_the_edges_are_shown_as_declared(text: str) -> None:
    agree(text)
