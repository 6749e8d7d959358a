"""Headings more than one level below the one before."""

from __future__ import annotations

import pytest

from rules.judging import covered, messages

SILENT = {
    "one level at a time": "# A\n\n## B\n\n### C\n",
    "back up, however far": "# A\n\n## B\n\n### C\n\n# D\n",
    "starts below level 1": "### A\n\n#### B\n",
    "in a quote, in a list": "# A\n\n> #### B\n\n- #### C\n",
    "in code": "# A\n\n```sh\n### B\n```\n",
    "in a comment": "# A\n\n<!--\n### B\n-->\n",
    "escaped": "# A\n\n\\### B\n",
    "HTML between": "# A\n\n<h2>B</h2>\n\n### C\n",
    "a title in HTML": '<h1 align="center">A</h1>\n\n### B\n',
    "HTML for its looks": "# A\n\n<h4>B</h4>\n\ntext\n\n## C\n",
    "underlined": "A\n===\n\nB\n---\n",
}

FOUND = {
    "# A\n\n### B\n": ["B"],
    "# A\n\n## B\n\n##### C\n\n###### D\n": ["C"],
    "A\n===\n\n### B\n\n### C\n": ["B"],
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("heading-skip", text) == []


@pytest.mark.parametrize(("text", "pieces"), FOUND.items())
def test_found(text: str, pieces: list[str]) -> None:
    assert covered("heading-skip", text) == pieces


def test_the_message_tells_both_levels() -> None:
    said = messages("heading-skip", "## A\n\n#### B\n")
    assert said == ["heading jumps from level 2 to level 4"]
