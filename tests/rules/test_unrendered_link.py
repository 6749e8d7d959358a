"""Links that are shown as text."""

from __future__ import annotations

import pytest

from rules.judging import covered, fixed

SILENT = {
    "links": '[text](url.md) [text](<a b.pdf>) [text](url.md "a title") [text]( url.md ) <https://a.b>\n',
    "prose in parentheses": "[sic] (see below) [text](link needed) [text]（今天） (see)[below]\n",
    "a choice": "[x] (and/or) [option] (yes/no) [text] (e.g.) [text] (v1.2)\n",
    "boxes": "- [ ] (https://example.org/a)\n- [x] (notes.md) done\n",
    "citations": "[1] (https://example.org/a) [Smith 2020] (https://example.org) [@a] (a.md)\n",
    "references": "[text] (a.md)\n\n[text]: b.md\n",
    "calls": "f(x)[0.5] and g(a)[i/2] and call(name)[file.md] and a[i](x y)\n",
    "footnotes": "text[^1] (a.md)\n\n[^1]: note\n",
    "code": "`[text](a b.pdf)` `(a)[b.md]`\n\n    [text]（a.md）\n\n```\n[text] (a.md)\n```\n",
    "HTML": "<div>\n[text](a b.pdf)\n</div>\n\n<code>[text](a b.pdf)</code>\n",
    "comment": "<!-- [text](a b.pdf) -->\n",
    "escaped": "\\[text](a b.pdf) [text\\](a b.pdf) [text]\\(a b.pdf) \\(a)[b.md]\n",
    "placeholders": "[text](<your name>.md) [text]({{ a file }}.md) [text](${a b}.md)\n",
    "an anchor that is none": "[text] (#123) [text] (#tag) (text)[#tag]\n",
    "a link in parentheses": "（[text](a.md)） ([text](a.md)) [[text](a.md)]\n",
    "a link after a parenthesis": "(1)[text](a.md) （2）[text](b.md)\n",
    "wiki links": "[[笔记]]（a.md） [[note]] (notes/a.md) [[栏]]（ ![[b.svg]] ）\n",
    "an embedded note": "[栏]（![[b.svg]]） [bar] (![[b.svg]])\n",
    "two lines": "[text]\n(a.md)\n\n[text](a\nb.pdf)\n",
}

SAFE = {
    "[text](a b.pdf)\n": "[text](a%20b.pdf)\n",
    "![](my image.png)\n": "![](my%20image.png)\n",
    '![alt](my image.png "title")\n': '![alt](my%20image.png "title")\n',
    "[a `b`](c d (2).pdf#page=2)\n": "[a `b`](c%20d%20(2).pdf#page=2)\n",
    "[text](a\\ b.md)\n": "[text](a%20b.md)\n",
    "[text](../a folder/)\n": "[text](../a%20folder/)\n",
    "[text](https://example.org/a b.pdf)\n": "[text](https://example.org/a%20b.pdf)\n",
    "# Some words\n\n[text](#Some words)\n": "# Some words\n\n[text](#some-words)\n",
    "(text)[https://example.org/a]\n": "[text](https://example.org/a)\n",
    "(text)[notes/a.md] more\n": "[text](notes/a.md) more\n",
    "[文](https://example.org/a）后面\n": "[文](https://example.org/a)后面\n",
    "[文]（https://example.org/a）后面\n": "[文](https://example.org/a)后面\n",
    "[文]（ a.md ）\n": "[文](a.md)\n",
    "> - [文]（a.md），[章](b c.md)\r\n": "> - [文](a.md)，[章](b%20c.md)\r\n",
    "| a |\n| - |\n| [文]（a.md） |\n": "| a |\n| - |\n| [文](a.md) |\n",
}

UNSAFE = {
    "[text] (https://example.org/a)\n": "[text](https://example.org/a)\n",
    "[[text]] (https://a.org/b)\n": "[[text]](https://a.org/b)\n",
    "[[全文]]（https://a.org/b）\n": "[[全文]](https://a.org/b)\n",
    "[文] （ https://example.org/a ）。\n": "[文](https://example.org/a)。\n",
}

LEFT = [
    "[text](https://example.org/a some words)\n",
    "[text](a.md or b.md)\n",
    "[text](https://docs.exam ple.org/a/b.html)\n",
    "[text](#no such heading)\n",
    "# [text](a b.pdf)\n",
]


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_honest_markdown_is_left_alone(text: str) -> None:
    assert covered("unrendered-link", text) == []


@pytest.mark.parametrize(("text", "after"), SAFE.items())
def test_what_has_one_reading_is_mended(text: str, after: str) -> None:
    assert fixed("unrendered-link", text, unsafe=False) == after
    assert covered("unrendered-link", after) == []


@pytest.mark.parametrize(("text", "after"), UNSAFE.items())
def test_what_may_be_meant_needs_asking(text: str, after: str) -> None:
    assert fixed("unrendered-link", text, unsafe=False) == text
    assert fixed("unrendered-link", text) == after


@pytest.mark.parametrize("text", LEFT)
def test_what_has_two_readings_is_told_and_left(text: str) -> None:
    assert len(covered("unrendered-link", text)) == 1
    assert fixed("unrendered-link", text) == text


def test_the_finding_covers_the_link_as_it_is_written() -> None:
    text = "a ![b](c d.png) (e)[f.md] [gh] (i.md)\n"
    assert covered("unrendered-link", text) == ["![b](c d.png)", "(e)[f.md]", "[gh] (i.md)"]
