"""A ``>`` behind four columns of indent is text, as on GitHub."""

from __future__ import annotations

import re

import cmarkgfm
import pytest

from notelint.config.mdformat import Layout
from notelint.engine.layout import lay_out
from notelint.markdown.parser import make_parser
from notelint.text.source import Source


def flat(html: str) -> str:
    """*html* without white space, and with tags as cmark-gfm writes them."""
    return re.sub(r"\s+|(?<=<hr)(?=>)", "", html.replace("/>", ">"))


@pytest.mark.parametrize(
    "text",
    [
        "> a\n    > b\n",
        ">\n    >b\n",
        "> - a\n    > b\n",
        "- > a\n      > b\n",
        "- > a\n    > b\n",
        "1. > a\n   > b\n",
        "> # a\n    > b\n",
        "> ```\n    > b\n> ```\n",
        "> a\n\t> b\n",
        "> a\n>     > b\n",
        "> > a\n>     > b\n> > c\n",
        "> > a\n    > b\n> > c\n",
        "> a\nlazy\n    > b\n> c\n",
        "> a\n    > b\n- c\n    > d\n",
        "> a\n    >\nb\n",
        "> a\n>\n    > b\nc\n",
        "- a\n\n    > b\n    > c\n",
        "> a\n   > b\n",
    ],
)
def test_as_cmark_gfm(text: str) -> None:
    expected = flat(cmarkgfm.github_flavored_markdown_to_html(text))
    assert flat(make_parser(record=False).render(text)) == expected


def test_fmt_takes_no_mark_from_the_page() -> None:
    after = lay_out(Source.of("> *  a\n    > b\n"), Layout()).text
    assert "&gt; b" in cmarkgfm.github_flavored_markdown_to_html(after)
