"""More than one heading of level 1."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document
from rules.judging import covered, raised

SILENT = {
    "one": "# A\n\n## B\n\n## C\n",
    "none": "## A\n\n## B\n",
    "in a quote, in a list": "# A\n\n> # B\n\n- # C\n",
    "in code": "# A\n\n```sh\n# B\n```\n\n    # C\n",
    "in a comment": "# A\n\n<!--\n# B\n-->\n",
    "escaped": "# A\n\n\\# B\n",
    "nothing but the marker": "# A\n\n#\n",
    "front matter": "---\ntitle: A\n---\n\n# A\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("multiple-titles", text) == []


def test_every_title_but_the_first_is_told_with_the_first() -> None:
    doc = Document.of("# A\n\nB\n===\n\n<h1>C</h1>\n")
    found = [each.finding for each in raised("multiple-titles", doc)]
    assert [doc.slice(each.span) for each in found] == ["B", "C"]
    assert [doc.slice(each.related[0].span) for each in found] == ["A", "A"]
