"""Definitions that nothing uses, and their removal."""

from __future__ import annotations

import pytest

from rules.judging import covered, fixed

SILENT = {
    "used by every kind of reference": "[a][x] [y][] [z] ![i][w]\n\n"
    "[x]: 1.md\n[y]: 2.md\n[z]: 3.md\n[w]: 4.png\n",
    "used in another case": "[The  Label]\n\n[the label]: x.md\n",
    "used in a heading, a table and a quote": "# [a]\n\n| b |\n| - |\n| [c] |\n\n> [d]\n\n"
    "[a]: 1.md\n[c]: 2.md\n[d]: 3.md\n",
    "used in the text of an image": "![the [a] one](x.png)\n\n[a]: 1.md\n",
    "remarks": "text\n\n[//]: # (a)\n[comment]: <> (b)\n[^_^]: # (d)\n[_meta_]: - 'e'\n",
    "footnotes": "text\n\n[^1]: https://example.org\n",
    "a file of definitions": "[a]: 1.md\n[b]: 2.md\n",
    "a file put together": "{% include head.md %}\n\n[a]: 1.md\n",
    "code": "`[a]: 1.md`\n\n    [a]: 1.md\n\n```\n[a]: 1.md\n```\n",
    "HTML, comment and front matter": "<div>\n[a]: 1.md\n</div>\n\n<!--\n[b]: 2.md\n-->\n",
    "used where a generator may look": '<div markdown="1">[a]</div>\n\n[a]: 1.md\n',
    "no definition": "text\n[a]: 1.md\n\n[b]: 2.md and more\n",
    "the name of a section": "# Long words: a use\n\n[use]: #use\n\ntext\n",
    "the name of its section": "# Use\n\ntext\n\n[u]: #use\n",
    "a list that notes share": "[l1]\n\n" + "".join(f"[l{n}]: {n}.md\n" for n in range(60)),
    "a duplicate": "[a]\n\n[a]: 1.md\n[a]: 2.md\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_honest_markdown_is_left_alone(text: str) -> None:
    assert covered("unused-definition", text) == []


FIXED = {
    "text\n\n[a]: 1.md\n": "text\n",
    "[b]\n\n[a]: 1.md\n[b]: 2.md\n": "[b]\n\n[b]: 2.md\n",
    "text\n\n[a]: 1.md\n[b]: 2.md\n\nmore\n": "text\n\nmore\n",
    "text\n\n[a]: 1.md\n[b]: 2.md": "text\n",
    "[a]: 1.md\n\ntext\n": "text\n",
    "[a]: 1.md\ntext\n": "text\n",
    "text\r\n\r\n[a]: 1.md\r\n\r\nmore\r\n": "text\r\n\r\nmore\r\n",
    'text\n\n[a]:\n  1.md\n  "title"\n\nmore\n': "text\n\nmore\n",
    "- text\n\n  [a]: 1.md\n- more\n": "- text\n\n- more\n",
    "text\n\n[a]: <1 2.md>\n[a]: 3.md\n": "text\n",
}


@pytest.mark.parametrize(("text", "after"), FIXED.items())
def test_the_definition_is_removed_with_its_lines(text: str, after: str) -> None:
    assert fixed("unused-definition", text, unsafe=False) == after


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("text\n\n> [a]: 1.md\n", "[a]: 1.md"),
        ("text\n\n- [a]: 1.md\n", "[a]: 1.md"),
        ("text\n\n[注]: 这一段话没有空格\n", "[注]: 这一段话没有空格"),
    ],
)
def test_what_cannot_be_removed_by_itself_is_told(text: str, span: str) -> None:
    assert covered("unused-definition", text) == [span]
    assert fixed("unused-definition", text) == text


def test_an_address_stays_while_a_label_is_looking_for_one() -> None:
    text = "[text][this page]\n\n[that page]: 1.md\n"
    assert covered("unused-definition", text) == ["[that page]: 1.md"]
    assert fixed("unused-definition", text, unsafe=False) == text
    assert fixed("unused-definition", text) == "[text][this page]\n"
