"""Markdown that stays literal text in HTML, for want of a blank line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.engine.fix import fix_document
from notelint.engine.linter import Active, in_document
from notelint.markdown.document import Document
from notelint.markdown.parser import make_parser
from notelint.rules import get
from rules.judging import covered, fixed, messages, raised

NAME = "unrendered-markdown"


def page(text: str) -> str:
    """*text* as it is rendered."""
    html: str = make_parser(record=False).render(text)
    return html


def details(body: str) -> str:
    return f"<details>\n<summary>x</summary>\n{body}</details>\n"


SILENT = {
    "blank lines": "<details>\n<summary>x</summary>\n\n- a\n- b\n\n</details>\n",
    "a paragraph of HTML": '<p align="center">\n1.5 * 10 tokens<br>\n- no more -\n</p>\n',
    "one number at the start of a line": "<p>\n1. FC Köln won\n</p>\n",
    "a line of text": "<div>text</div>\n",
    "lines with breaks": details("one<br>\ntwo<br>\n"),
    "a paragraph's lines, each with a break": "<p>\n- Hello!<br>\n- Good bye!<br>\n</p>\n",
    "values in cells": "<table><tr>\n<td>\n- 5\n</td><td>\n- 1.5\n+ 3\n</td>\n</tr></table>\n",
    "a licence": "<div>\n * Copyright (c) 2024\n\nAll rights reserved. *\n</div>\n",
    "powers and products": "<div>\n2**3 and 4**5, a*b*c and x ** y ** z\n</div>\n",
    "an index and a call": "<div>\nf[0](x) and a[i](1)\n</div>\n",
    "mathematics": "<div>\n$a_b$ and $c_d$ and $x * y * z$\n</div>\n",
    "underscores in an address": '<div>\nhttps://a.org/b__c__d and <a href="x">y</a>\n</div>\n',
    "a reference": "<div>\nsee [1] and [2](no target)\n</div>\n",
    "a single star": "<div>\n*) not included\n</div>\n",
    "a rule of dashes": "<div>\n- - -\n* * *\n</div>\n",
    "pre": "<pre>\n- a\n- b\n**c**\n</pre>\n",
    "pre in div": "<div><pre>\n- a\n- b\n[c](d.md)\n</pre></div>\n",
    "code element": "<div>\n<code>**a** [b](c.md)</code>\n</div>\n",
    "script": "<script>\n// - a\n- b\n- c\n</script>\n",
    "style": "<style>\n* { margin: 0 }\n* { padding: 0 }\n</style>\n",
    "comment": "<!--\n- a\n- b\n**c**\n-->\n",
    "comment in a block": "<div>\n<!--\n- a\n- b\n-->\n</div>\n",
    "an attribute": '<img alt="[a](b.md) **c**" src="d.png">\n',
    "an attribute over lines": '<img\n  alt="\n- a\n- b\n" src="d.png">\n',
    "code block": "```html\n<details>\n- a\n- b\n</details>\n```\n",
    "indented code": "    <details>\n    - a\n    - b\n    </details>\n",
    "inline HTML": "Some <b>**text**</b> that is no block.\n",
    "Markdown switched on": '<div markdown="1">\n- a\n- b\n</div>\n',
    "a component": "<Tabs>\n- a\n- b\n</Tabs>\n",
    "a component of another kind": "<my-note>\n- a\n- b\n</my-note>\n",
    "HTML in a component's page": "<Tabs>\n\n<div>\n- a\n- b\n</div>\n\n</Tabs>\n",
    "escaped": "<div>\n\\*\\*a\\*\\* \\[b](c.md) \\![d](e.png)\n</div>\n",
    "numbers without space": details("1.foo<br>\n2.bar<br>\n"),
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert messages(NAME, text) == []


FOUND = {
    "a list": (details("- a\n- b\n"), "- a\n- b"),
    "a list of one": (details("- a\n"), "- a"),
    "a list in a cell": ("<table><tr><td>\n- a\n- b\n</td></tr></table>\n", "- a\n- b"),
    "a link": ("<div>\nsee [a](b.md)\n</div>\n", "[a](b.md)"),
    "a link on a picture": ('<div>\n[<img src="a">](b.md)\n</div>\n', '[<img src="a">](b.md)'),
    "an image": ("<div>\n![a](b.png)\n</div>\n", "![a](b.png)"),
    "bold text": ("<div>\nsome **bold text**.\n</div>\n", "**bold text**"),
    "bold text in Chinese": ("<div>\n这是**重点**内容\n</div>\n", "**重点**"),
    "bold text in a summary": ("<details>\n<summary>**a**</summary>\n\nb\n\n</details>\n", "**a**"),
    "a heading": ("</details>\n## Next\n", "## Next"),
    "fenced code": (details("```py\nx = 1\n```\n"), "```py\nx = 1\n```"),
    "fenced code that a blank line cuts": (details("```py\nx = 1\n\ny = 2\n"), "```py"),
    "a table": (details("| a | b |\n|---|---|\n| 1 | 2 |\n"), "| a | b |\n|---|---|\n| 1 | 2 |"),
    "a text under a picture": ('<img src="a.png">\n**Figure 1**\n', "**Figure 1**"),
    "several kinds": (details("- [a](b.md)\n- **c** d\n"), "- [a](b.md)\n- **c** d"),
    "no breaks and end tags": (details("1. a <br>\n2. b <br> "), "1. a <br>\n2. b"),
}


@pytest.mark.parametrize(("text", "literal"), FOUND.values(), ids=FOUND.keys())
def test_the_span_is_the_literal_markdown(text: str, literal: str) -> None:
    assert covered(NAME, text) == [literal]


def test_one_finding_a_block() -> None:
    text = details("- a\n- b\n<div>**c**</div>\n- d\n- e\n") + "\n" + details("1. a\n2. b\n")
    assert [text.count("\n", 0, text.index(each)) + 1 for each in covered(NAME, text)] == [3, 12]


def test_message_names_kinds_reason_and_lines() -> None:
    text = "- a\n  - <details>\n    <summary>x</summary>\n    1. b\n    2. c <br>\n    3. d\n"
    text += "    4. [e](f.md)\n    </details>\n"
    assert messages(NAME, text) == [
        "Markdown stays literal text (list, link): no blank line after </summary>; "
        "lines 4 and 5, lines 6 and 7 run together for want of <br>"
    ]


def test_message_in_one_line() -> None:
    assert messages(NAME, "<summary>**a**</summary>\n") == [
        "Markdown stays literal text (bold text): it stands in a line with <summary>"
    ]


def test_a_note_as_they_are_written() -> None:
    text = (
        "- GLM-130B\n"
        "  - ICLR [[code]](https://example.org/glm)\n"
        "  - <details>\n"
        "    <summary>阅读笔记: </summary>\n"
        "    1. 使用了自编码和自回归的方式进行预训练  <br>\n"
        "    2. 使用了DeepNorm <br>\n"
        "    3. 可以用4*3090运行\n"
        '    <img src="a.png" align="middle" />\n'
        "    </details>\n"
        "\n"
        "- next\n"
    )
    after = fixed(NAME, text)
    assert after == (
        "- GLM-130B\n"
        "  - ICLR [[code]](https://example.org/glm)\n"
        "  - <details>\n"
        "    <summary>阅读笔记: </summary>\n"
        "\n"
        "    1. 使用了自编码和自回归的方式进行预训练\n"
        "    2. 使用了DeepNorm\n"
        "    3. 可以用4*3090运行\n"
        "\n"
        '    <img src="a.png" align="middle" />\n'
        "    </details>\n"
        "\n"
        "- next\n"
    )
    assert "<ol>" not in page(text)
    ordered = re.search(r"<ol>(.*?)</ol>(.*?)</details>", page(after), re.DOTALL)
    assert ordered is not None
    assert ordered[1].count("<li>") == 3
    assert "<img" in ordered[2], "the picture comes after the list"


FIXED = {
    "an end tag behind the last item": (
        "- <details>\n  <summary>x</summary>\n  1. a<br>\n  2. b</details>\n",
        "- <details>\n  <summary>x</summary>\n\n  1. a\n  2. b\n\n  </details>\n",
    ),
    "a picture between items stays in its item": (
        details('1. a<br>\n<img src="x.png"><br>\n2. b<br>\n'),
        details('\n1. a<br>\n<img src="x.png">\n2. b\n\n'),
    ),
    "breaks between items": (details("1. a\n<br>\n2. b\n"), details("\n1. a\n2. b\n\n")),
    "text around a list": (
        details("Results:<br>\n2. a<br>\n3. b<br>\nAnd more.<br>\nEnd.\n"),
        details("\nResults:<br>\n\n2. a\n3. b\n\nAnd more.<br>\nEnd.\n\n"),
    ),
    "two lists": (
        details("Pro:\n* a\n* b\nCon:\n* c\n* d\n"),
        details("\nPro:\n* a\n* b\n\nCon:\n* c\n* d\n\n"),
    ),
    "an item of two lines": (
        details("1. a<br>\n   more<br>\n2. b\n"),
        details("\n1. a<br>\n   more\n2. b\n\n"),
    ),
    "an indent that would be code": (
        "<details>\n    <summary>x</summary>\n    - a<br>\n      - b\n    </details>\n",
        "<details>\n    <summary>x</summary>\n\n- a\n  - b\n\n</details>\n",
    ),
    "an indent of tabs": (
        "<details>\n\t<summary>x</summary>\n\t- a\n\t\t- b\n\t</details>\n",
        "<details>\n\t<summary>x</summary>\n\n- a\n\t- b\n\n</details>\n",
    ),
    "a tab that reaches out of the item around": (
        "- <details>\n\t<summary>x</summary>\n\t1. a<br>\n\t2. b\n\t</details>\n",
        "- <details>\n\t<summary>x</summary>\n\n\t1. a\n\t2. b\n\n\t</details>\n",
    ),
    "a quote with carriage returns": (
        "> - <details>\r\n>   <summary>x</summary>\r\n>   - a<br>\r\n>   - b\r\n>   </details>\r\n",
        "> - <details>\r\n>   <summary>x</summary>\r\n>\r\n>   - a\r\n>   - b\r\n>\r\n"
        ">   </details>\r\n",
    ),
    "a cell": (
        "<table>\n    <tr><td>\n- a\n- b\n    </td></tr>\n</table>\n",
        "<table>\n    <tr><td>\n\n- a\n- b\n\n</td></tr>\n</table>\n",
    ),
    "fenced code": (details("```\n- a<br>\n```\n"), details("\n```\n- a<br>\n```\n\n")),
    "the end of the file": ("<div>\n**a**", "<div>\n\n**a**"),
}


@pytest.mark.parametrize(("text", "after"), FIXED.values(), ids=FIXED.keys())
def test_fix(text: str, after: str) -> None:
    assert fixed(NAME, text) == after
    assert messages(NAME, after) == []
    assert fixed(NAME, text, unsafe=False) == text


UNFIXED = {
    "a heading": details("# a\n- b\n- c\n"),
    "a heading after the end": "</details>\n## Next\n",
    "an underlined heading": details("**a**\n---\n"),
    "code that a blank line cuts": details("```py\nx = 1\n\ny = 2\n"),
    "code with a tag": details("```html\n<div>\n```\n"),
    "in a line with a tag": "<details>\n<summary>**a**</summary>\n\nb\n\n</details>\n",
    "in a summary": "<details>\n<summary>a\n- b\n- c\n</summary>\n\nd\n\n</details>\n",
    "a paragraph with an alignment": '<p align="center">\n[a](b.md)\n</p>\n',
    "a list that starts behind a tag": "<summary>x</summary> 1. a<br>\n2. b<br>\n3. c\n",
}


@pytest.mark.parametrize("text", UNFIXED.values(), ids=UNFIXED.keys())
def test_reported_without_a_fix(text: str) -> None:
    (each,) = raised(NAME, Document.of(text))
    assert each.finding.fix is None


def test_together_with_empty_images() -> None:
    text = details('1. a<br>\n2. b\n<img src="">\n')
    active = [Active(rule, rule.options()) for rule in (get("empty-image"), get(NAME))]
    done = fix_document(Document.of(text), lambda doc: in_document(doc, active), unsafe=True)
    assert done.doc.source.text == details("\n1. a\n2. b\n\n")
    assert not done.refused


LINES = st.sampled_from(
    [
        *("1. one", "2. two <br>", "- three", "* four<br>", "  - five", "        six", "\t- seven"),
        *("text", "text:<br>", "**bold**", "[a](b.md)", "![c](d.png)", "# e", "---", "| f | g |"),
        *("|---|---|", "```", "~~~", "<br>", '<img src="h.png">', "<b>", "</b>", "<p>", "</p>"),
        *("<!-- i -->", "<td>", "</td>", "<pre>", "</pre>", "  </div>", "[j]: k.md", "> l", "<m"),
        *("1. n</details>", "    </details>", "", "<div", "<Tabs>", "`code`", "\x00- o", "    ---"),
    ]
)


@st.composite
def notes(draw: st.DrawFn) -> str:
    """HTML blocks with all sorts of lines, at the top or in a container."""
    body = ["<details>", "<summary>x</summary>", *draw(st.lists(LINES, max_size=9)), "</details>"]
    first, rest = draw(st.sampled_from([("", ""), ("- ", "  "), ("> ", "> "), ("1. - ", "     ")]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return "".join((rest if at else first) + line + end for at, line in enumerate(body)) + "z" + end


def letters(text: str) -> str:
    return re.sub(r"(?i)<br>|[\s>]", "", text)


@settings(max_examples=200, deadline=None)
@given(notes())
def test_fixes_add_and_remove_nothing_but_space_and_breaks(text: str) -> None:
    done = fix_document(Document.of(text), lambda doc: raised(NAME, doc), unsafe=True)
    after = done.doc.source.text
    assert letters(after) == letters(text)
    assert [(each.level, each.text) for each in done.doc.headings] == [
        (each.level, each.text) for each in Document.of(text).headings
    ]
    left = [each.finding.fix for each in raised(NAME, done.doc)]
    assert len([fix for fix in left if fix]) <= len(done.refused)
    for each in raised(NAME, Document.of(text)):
        first, last = Document.of(text).lines.range(each.finding.span)
        assert first < last
