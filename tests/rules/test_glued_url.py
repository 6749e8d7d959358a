"""Bare URLs that run on into the text behind them."""

from __future__ import annotations

import pytest

from rules.judging import covered, fixed

SILENT = {
    "blanks around": "见 https://example.org/a 。 https://example.org/b\n",
    "ASCII punctuation": "(https://example.org/a), https://example.org/b.\n",
    "angle brackets": "见<https://example.org/a>，<https://example.org/b，c>\n",
    "links": "[a](https://example.org/a，b) ![](https://example.org/。.png)\n\n[c]\n\n"
    "[c]: https://example.org/，\n",
    "titles in addresses": "https://zh.wikipedia.org/wiki/大语言模型 "
    "https://zh.wikipedia.org/wiki/李白（诗人） https://baike.baidu.com/item/《西游记》 "
    "https://zh.wikipedia.org/wiki/鬼灭之刃：无限列车篇 https://zh.wikipedia.org/wiki/我，机器人\n",
    "names of files and pages": "https://example.org/2021年度总结 "
    "https://example.org/Python教程.md "
    "https://github.com/o/r/blob/main/LLM笔记.md https://example.org/#第1节\n",
    "host names": "https://例子.中国/路径 https://abc中文.com/a http://中文网.com\n",
    "queries": "https://example.org?q=中文 https://example.org/?q=你好，世界&b=中文\n",
    "an address in an address": "https://web.archive.org/web/2020/https://example.org/中文\n",
    "other letters": "https://en.wikipedia.org/wiki/Café https://example.org/наука\n",
    "no host": "https://，没有\n",
    "code": "`https://example.org/a，b`\n\n    https://example.org/a，b\n\n```\nhttps://a.b，c\n```\n",
    "comment and HTML": "<!-- https://example.org/a，b -->\n\n<div>\nhttps://a.b/c，d\n</div>\n",
}

FIXED = {
    "https://example.org/a，见": "<https://example.org/a>，见",
    "https://example.org/a。": "<https://example.org/a>。",
    "（https://example.org/a）。": "（<https://example.org/a>）。",
    "“https://example.org/a”是": "“<https://example.org/a>”是",
    "https://example.org/a（说明）": "<https://example.org/a>（说明）",
    "https://example.org/a【荐】": "<https://example.org/a>【荐】",
    "(https://example.org/a)，见": "(<https://example.org/a>)，见",
    "(https://example.org/a)を": "(<https://example.org/a>)を",
    "https://example.org/a.，见": "<https://example.org/a>.，见",
    "https://example.org/a\u3000见": "<https://example.org/a>\u3000见",
    "https://example.org：8080": "<https://example.org>：8080",
    "https://example.org或": "<https://example.org>或",
    "https://example.org/a、https://example.org/b。": "<https://example.org/a>、<https://example.org/b>。",
    "https://example.org/a和https://example.org/b": "<https://example.org/a>和https://example.org/b",
    "https://github.com/example/notes的说明": "<https://github.com/example/notes>的说明",
    "https://github.com/example/notes를": "<https://github.com/example/notes>를",
    "https://arxiv.org/abs/2301.00001论文": "<https://arxiv.org/abs/2301.00001>论文",
    "https://example.org/a.html页面": "<https://example.org/a.html>页面",
    "https://zh.wikipedia.org/wiki/大语言模型。": "<https://zh.wikipedia.org/wiki/大语言模型>。",
    "# 见 https://example.org/a。": "# 见 <https://example.org/a>。",
    "> - 见：https://example.org/a；\r\n": "> - 见：<https://example.org/a>；\r\n",
    "https://example.org/?a=1&copy=2。": "<https://example.org/?a=1&copy=2>。",
    "https://example.org/?a&b，见": "<https://example.org/?a&b>，见",
    "| a |\n| - |\n| https://example.org/a，见 |": "| a |\n| - |\n| <https://example.org/a>，见 |",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_honest_markdown_is_left_alone(text: str) -> None:
    assert covered("glued-url", text) == []


@pytest.mark.parametrize(("text", "after"), FIXED.items())
def test_the_address_is_put_in_angle_brackets(text: str, after: str) -> None:
    assert fixed("glued-url", text, unsafe=False) == after
    assert covered("glued-url", after) == []


def test_an_address_without_a_scheme_cannot_be_put_in_angle_brackets() -> None:
    text = "www.example.org，见\n"
    assert covered("glued-url", text) == ["www.example.org，见"]
    assert fixed("glued-url", text) == text


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org?&mp;c。",  # in brackets `∓c`
        "https://example.org/?a=1&copy;b，见",
        "https://example.org/&amp;b。",
        "https://example.org/a&copy;。",  # GitHub's address ends before it
        "https://example.org/&#65;b。",
        "https://example.org/&#x41;b。",
        "（https://example.org/a&lt;b）",
    ],
)
def test_in_brackets_a_character_reference_would_be_another_address(text: str) -> None:
    assert len(covered("glued-url", text)) == 1
    assert fixed("glued-url", text) == text


def test_what_is_a_link_in_the_wrong_form_is_left_to_that_rule() -> None:
    text = "[文]（https://example.org/a）后面\n"
    assert covered("unrendered-link", text) == ["[文]（https://example.org/a）"]
    assert covered("glued-url", text) == []
