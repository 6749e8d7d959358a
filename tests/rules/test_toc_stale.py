"""Tables of contents that differ from the headings."""

from __future__ import annotations

import pytest

from rules.judging import fixed, messages

NAME = "toc-stale"
SECTIONS = "".join(f"## Part {n}\n\ntext\n\n### Example of {n}\n\ntext\n\n" for n in range(9))
SHORT = "".join(f"- [Part {n}](#part-{n})\n" for n in range(9))


def note(entries: str, sections: str = SECTIONS) -> str:
    """A note with a table of contents."""
    return f"# Note\n\n<!-- toc -->\n\n{entries}\n<!-- tocstop -->\n\n{sections}"


SILENT = {
    "one that stops at a level": note(SHORT),
    "bullets, indents and emphasis": note("* [*A*](#a)\n   * [B](#b)\n", "## A\n\n### B\n\ntext\n"),
    "in code": "```\n<!-- toc -->\n<!-- tocstop -->\n```\n\n# A\n",
    "asked to be skipped": "<!-- DOCTOC SKIP -->\n\n" + note("- [Old](#old)\n"),
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_silent(text: str) -> None:
    assert messages(NAME, text) == []


def test_all_that_is_missing_and_too_many_is_named() -> None:
    sections = "".join(f"## New {n}\n\ntext\n\n" for n in range(12))
    [message] = messages(NAME, note("- [Old](#old)\n", sections))
    assert all(f"`New {n}`" in message for n in range(12))
    assert message.endswith("too many: `Old`")


def test_one_deeper_heading_is_missing() -> None:
    text = note("- [A](#a)\n- [B](#b)\n", "## A\n\ntext\n\n## B\n\n### C\n\ntext\n")
    [message] = messages(NAME, text)
    assert message.endswith("missing: `C`")


def test_what_is_missing_down_to_the_level_where_it_stops() -> None:
    text = note(SHORT.replace("- [Part 4](#part-4)\n", ""))
    [message] = messages(NAME, text)
    assert message.endswith("missing: `Part 4`")
    assert fixed(NAME, text) == note(SHORT)
