"""Front matter that is not YAML."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document
from rules.judging import covered, messages, raised

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefghijkl", "bcdefghijklm", strict=True)
)

SILENT = {
    "none": "# A\n\nkey: value: other\n",
    "good": "---\ntitle: A\ntags: [a, b]\n---\n\ntext\n",
    "a colon in quotes": "---\ntitle: \"A: b\"\nother: 'c: d'\n---\n",
    "a colon without a blank": "---\ntime: 12:30\nurl: https://example.org\n---\n",
    "empty": "---\n---\n\ntext\n",
    "only comments": "---\n# a: b: c\n---\n",
    "tags of a program": "---\na: !secret b\nc: !!binary |\n  d\n---\n",
    "the same key twice": "---\na: 1\na: 2\n---\n",
    "anchors": "---\na: &x {b: 1}\nc: *x\n---\n",
    "aliases that would fill the memory": f"---\n{BOMB}---\n",
    "more brackets than anyone writes": f"---\na: {'[' * 50_000}\n---\n",
    "a tab behind a colon": "---\na:\tb\nc: \t d\n---\n",
    "block texts": "---\na: |\n  b: c: d\n  `e`\nf: >\n  @g\n---\n",
    "TOML": "+++\ntitle = 'A: b: c'\n+++\n",
    "a template": "---\ntitle: {{ page.title }}\nother: a: b\n---\n",
    "another template": "---\n{% if a %}\ntitle: a: b\n{% endif %}\n---\n",
    "a rule, text, a rule": "---\n\nNo keys here, `but`: a - b: c\n\n---\n",
    "a rule, a heading, a rule": "---\n# Heading\n* a: b: c\n---\n",
    "a rule further down": "text\n\n---\na: b: c\n---\n",
    "in code": "```\n---\na: b: c\n---\n```\n",
    "other letters": "---\n标题: 甲：乙\nимя: 🐍\n---\n",
    "CRLF": "---\r\na: b\r\n---\r\n",
}

FOUND = {
    "---\na: b: c\n---\n": [": c"],
    "---\nok: 1\na: 'b\n---\n\ntext\n": ["'b"],
    "---\na: [b, c\n---\n": ["[b, c"],
    "---\na: [b, c\nd: e\n---\n": [": e"],
    "---\r\nok: 1\r\na: @b\r\n---\r\n": ["@b"],
    "---\na: `b`\n---\n": ["`b`"],
    "---\na:\n\t- b\n---\n": ["\t- b"],
    "---\na: 1\n  b: 2\n---\n": [": 2"],
    "---\na: 1\n b\nc\n---\n": ["c"],
    "---\na: *b\n---\n": ["*b"],
    "---\na: b\bc\n---\n": ["\bc"],
    "---\na: {b: c\n---\n": ["{b: c"],
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("invalid-front-matter", text) == []


@pytest.mark.parametrize(("text", "pieces"), FOUND.items())
def test_found(text: str, pieces: list[str]) -> None:
    assert covered("invalid-front-matter", text) == pieces


def test_the_line_is_that_of_the_note() -> None:
    doc = Document.of("---\ntitle: A\nabstract: B: c\n---\n\ntext\n")
    (only,) = raised("invalid-front-matter", doc)
    assert doc.lines.position(only.finding.span.start) == (3, 12)


def test_the_message_says_what_is_wrong() -> None:
    assert messages("invalid-front-matter", "---\na: *b\n---\n") == [
        "front matter is not YAML: nothing is named `&b`"
    ]
    (said,) = messages("invalid-front-matter", "---\na: b: c\n---\n")
    assert said.startswith("front matter is not YAML: mapping values")
