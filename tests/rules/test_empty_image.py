"""Images without a source."""

from __future__ import annotations

import pytest

from rules.judging import covered, fixed

SILENT = {
    "a source": '![a](b.png) <img src="b.png">\n',
    "a source for later": '<img data-src="b.png"> <img :src="b"> <img srcset="b.png 2x">\n',
    "a reference": "![a][b]\n\n[b]: c.png\n",
    "in code": '`<img src="">` `![]()`\n\n```html\n<img>\n```\n\n    ![a]()\n',
    "in a comment": '<!-- <img src=""> ![]() -->\n',
    "escaped": '\\![a](b) \\<img src="">\n',
    "a link, another rule's case": "[a]()\n",
    "in a script": "<script>\nlet a = '<img src=\"\">'\n</script>\n",
}

FIXED = {
    '<img src="" alt="a">\n': "",
    'a\n\n  <img src="" />  \n\nb\n': "a\n\n\nb\n",
    "a ![b]() c\n": "a  c\n",
    "- a\n  <img>\n- b\n": "- a\n- b\n",
    '> <img src="">\r\n> a\r\n': "> \r\n> a\r\n",
    '<img src="">\na\n\nb\n': "a\n\nb\n",
    '<IMG SRC=" ">a\n': "a\n",
    '<p align="center"><img src=""></p>\n': '<p align="center"></p>\n',
    "<table><tr><td><img></td></tr></table>\n": "<table><tr><td></td></tr></table>\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("empty-image", text) == []


@pytest.mark.parametrize(("text", "after"), FIXED.items())
def test_removed_with_its_line_where_nothing_else_is_on_it(text: str, after: str) -> None:
    assert fixed("empty-image", text, unsafe=False) == after


@pytest.mark.parametrize("text", ["[![]()](a.md)\n", '<a href="a.md"><img src=""></a>\n'])
def test_what_is_clicked_is_told_and_stays(text: str) -> None:
    assert len(covered("empty-image", text)) == 1
    assert fixed("empty-image", text) == text


# For GitHub, the lines from the tag up to a blank one are HTML here, and shown as they are.
RAW_ON_GITHUB = [
    '- m\n<img src="">\n# Title\n',
    '- m\r\n<img src="">\r\n# Title\r\n',
    '1. a\n<img src="" align="middle" />\n2. b\n',
    '- m\n<img src="">\ntext\n',
    '- m\n <img src="">\n# Title\n',
    '- a\n\n  m\n<img src="">\n# Title\n',
    '> m\n<img src="">\n# Title\n',
    '> m\n  <img src="">\n# Title\n',
    '> - m\n> <img src="">\n> # Title\n',
    '- > m\n  <img src="">\n  # Title\n',
    '- m\n<img src=""><b>\n# Title\n',
    '- m\n<b><img src="">\n# Title\n',
    "- m\n![]()<b>\n# Title\n",
    '> [!NOTE]\n> m\n<img src="">\n- x\n',
]
NOT_RAW = {
    '- m\n  <img src="">\n# Title\n': "- m\n# Title\n",
    '- m\n<img src="">\n': "- m\n",
    '- m\n<img src="">\n\n# Title\n': "- m\n\n# Title\n",
    '> - m\n> <img src="">\n>\n> # Title\n': "> - m\n> \n>\n> # Title\n",
    '- m\n<img src=""> text\n# Title\n': "- m\n text\n# Title\n",
    "- m\n![]()\n# Title\n": "- m\n# Title\n",
    'm\n<img src="">\nx\n': "m\nx\n",
    '  m\n<img src="">\nx\n': "  m\nx\n",
}


@pytest.mark.parametrize("text", RAW_ON_GITHUB)
def test_a_tag_stays_below_which_github_shows_html(text: str) -> None:
    assert len(covered("empty-image", text)) == 1
    assert fixed("empty-image", text) == text


@pytest.mark.parametrize(("text", "after"), NOT_RAW.items())
def test_a_tag_goes_below_which_it_does_not(text: str, after: str) -> None:
    assert fixed("empty-image", text, unsafe=False) == after
