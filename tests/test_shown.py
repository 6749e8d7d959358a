"""Emphasis, tildes, tags and footnotes in any note, by GitHub's renderer.

`python tests/benchmarks/shown.py 10000` holds ten thousand notes.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from shown import agree, texts


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(texts)
def test_any_note_is_shown_as_declared(text: str) -> None:
    agree(text)


@pytest.mark.parametrize(
    "text",
    [
        "**要求：**请在周五前完成，一份**“开源实战”**的清单。\n",
        "~a* b~~\n",
        "x~~***，，~→*文~~***y\n",
        "Fußnote[^A].\n[^a]: Text\n",
        "**重要。**所以**为何？**因为**100%**是\n",
        "<user name>@<T> `e`<T>\n",
        "~~**注意：**3~4**注意：**3~4\n",
    ],
)
def test_notes_at_the_edges_are_shown_as_declared(text: str) -> None:
    agree(text)
