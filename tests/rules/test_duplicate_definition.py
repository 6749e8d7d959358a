"""Labels defined twice."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document
from rules.judging import messages, raised

SILENT = {
    "two labels": "[a] [b]\n\n[a]: 1.md\n[b]: 1.md\n",
    "remarks": "[//]: # (a)\n[//]: # (b)\n[comment]: <> (c)\n[comment]: <> (d)\n",
    "in code": "[a]\n\n[a]: 1.md\n\n```\n[a]: 2.md\n```\n\n    [a]: 3.md\n",
    "in a comment": "[a]\n\n[a]: 1.md\n\n<!--\n[a]: 2.md\n-->\n",
    "in HTML": "[a]\n\n[a]: 1.md\n\n<div>\n[a]: 3.md\n</div>\n",
    "in a paragraph": "[a]\n\n[a]: 1.md\n\ntext\n[a]: 2.md\n",
    "a footnote of that name": "[a] [^a]\n\n[a]: 1.md\n[^a]: 2.md\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_honest_markdown_is_left_alone(text: str) -> None:
    assert messages("duplicate-definition", text) == []


def test_the_second_is_found_and_the_first_is_named() -> None:
    doc = Document.of("[A]\n\n[a]: 1.md\n\n> [A]: 2.md\n")
    (found,) = raised("duplicate-definition", doc)
    assert doc.slice(found.finding.span) == "A"
    assert [doc.slice(each.span) for each in found.finding.related] == ["[a]: 1.md"]


def test_the_message_says_whether_it_matters() -> None:
    assert messages("duplicate-definition", "[a]\n\n[a]: 1.md\n[a]: 1.md\n[a]: 2.md\n") == [
        "`[a]` is defined already; the same again",
        "`[a]` is defined already; ignored, the first one counts",
    ]
