"""The shortcuts through the parser, at the edges of what each of them takes: the same tokens."""

from __future__ import annotations

from typing import Any

import pytest

from markdown.plain_parser import PLAIN, as_data
from notelint.markdown.document import Document

TEXTS = [
    "a ` b` c `", "`` ` ``", "`  `", "` a` b `", "`a `` b`", "``a`", "`a\n b`", "` `` `",
    "a  \nb", "a \n b", "a\\\nb", "a\n\tb", "\ta\n   b\n    c", "a\u3000\n\u3000b", "a\n\x0bb",
    "a\n# b", "a\n#b", "a\n####### b", "#", "# ", "#\ta # #", " # a\n    # b", "a\n=",
    "a\n---\nb", "-a", "-\na", "- a\n-\n- b", "+ a", "*a*", "* * *", "_ _ _", "___ a", "a\n***",
    "a\n- b", "a\n-", "1. a", "1) a", "1.a", "12345678910. a", "a\n1. b", "a\n2. b", "a\n1.",
    "7.\n  a", "- 1. a", "> a\nb", ">", "a\n> b", "> - a\nb", "```a`\nb", "~~~a~\nb\n~~~",
    "a\n```\nb", "``\na", "~~ a ~~", "a\n<b>", "a\n<div>", "<b>\na", "<div\na", "a\n<!-- b",
    "<?a", "a\n|b", "a|b\n-|-", "a\n-|", "|a\n:-", "a\n|-", "a\n:-:", "a\n-:\nb", "a\n\t-|-",
    "[a]: b", "a\n[b]: c", "[a]", "[^a]: b\n\nc[^a]", "a\n[^b]: c", "a & b &amp; &#35; &c",
    "a! ![b](c) !", "www a www.b.c ww.d", "a:b ://c http://d.e", "mailto: xmpp:",
    "a_b_ __c__ *d* ~e~ ~~f~~", "\\a \\* \\", "a]b[c", "a@b c@d.e",
    "[a](b\"c) [d](<e f>) [g](h(i)j)", "[a [b](c) d](e)", "[[[a](b)](c)](d)", "[a](b", "[a](b 'c",
    "[a](b\\)c)", "[a]( b )", "[a](&lt;)", "![[a](b)](c)", "---\na\n---\nb", "---\na", "--\na",
    "a\n\n\nb\n", "a\r\nb\r\rc", "a\0b", "\n\n  a", "", "\n", "- [x] a\n- [ ] b",
    "> [!NOTE]\n> a", "> [!NOTE] a", "    a\n\n    b\n c", "- a\n\n      b",
    "-\ta\n\n\tb\n\n\t\tc", ">\ta\n>\t\tb", "| a |\n|---|\n\u3000| [b](c) |",
    "1. a|b\n-|-", "- a|b\n-|-", "# a|b\n-|-", "> a|b\n> -|-", "*a*|b\n:-|-:", "[a]: b|c\n-|-",
    ">\t>\t- [a](b)", ">\t- a", "-\t-\ta\n\t\tb", "1.\t> a\n\n\t> b",
    "[^[]: a\n\n[^[]", "[^a[b]: c [^a[b]", "[^a]\n[^]b]: c", "[^a\\]: b",
    "[a]: b\n\"c\"", "[a]: b\n(c)", "[a]: b\n'c", "[a]: b (c)", "[a]: b \t", "[ ]: b", "[a]:b\x7f",
    "[a]: b\u00a0c", "[a]: b\n    \"c\"", "[a]: b\n[A]: c\n\n[a]", "[a]: b\n- \"c\"", "[a]: b)",
    "- [a]: b\n\"c\"", "- [a]: b\n  \"c\"", "# a #b #", "#\t#", "# #", "## a ##\t", "# a\\#",
    "#\u00a0a", "####### a", "# a \u3000", "*[a*](b)", "[*a*](b) *c*", "**[_a_](b)**",
    "![*a*](b) *c", "[~~a~~](b) ~~c~~", "[a](b) *c [d*](e)", "*a [b](c) d*", "[![*a*](b)](c)",
    "a\n   # b", "a\n    # b", "a\n \t- b", "-  -  -", "- - x", "* *a*", "-\t-\t-", "_ _ a",
    "- --", "a\n\n   \n\t\nb\n\n", "a\n\u00a0\nb", "a  \n\n  b", "a\n= b", "a\n==", "a\n:b",
    "a\n| b", "a\n1986. b", "a\n[^b", "[" * 120 + "a", "*" * 120 + "a",
    "- a\n  - b\n\n  c", "- - a\n\n  b\n- c", "1. a\n   - b\n\n   c\n2. d", "- > a\n\n  b\n- c",
    "- a\n\n- b", "- a\n- b\n\n\n- c", "- # a\n  b\n\n- c", "- ```\n  a\n  ```\n\n  b",
    "- a\n  \n  b", "- a\n \t\n- b", "- a\n  - b\n      \n  c",
    "> " * 102 + "a", "- " * 102 + "a\n\nb", "![" * 102 + "a" + "](b)" * 102,
]  # fmt: skip


AROUND = pytest.mark.parametrize("around", ["~", "> ~", "x\n\n~\n\ny\n"])


@pytest.mark.parametrize("text", TEXTS)
@AROUND
def test_no_shortcut_changes_a_token(text: str, around: str) -> None:
    text = around.replace("~", text)
    doc, env = Document.of(text), dict[str, Any]()
    assert as_data(PLAIN.parse(text, env)) == as_data(doc.tokens)
    assert env.get("references", {}) == doc.references


@pytest.mark.parametrize("text", TEXTS)
@AROUND
def test_what_is_seen_without_tokens_is_what_they_say(text: str, around: str) -> None:
    early, whole = (Document.of(around.replace("~", text)) for _ in "12")
    assert whole.tokens is not None  # what waits until it is asked for is there
    for one, other in zip(early.nodes, whole.nodes, strict=True):
        assert (one.kind, one.text, one.span) == (other.kind, other.text, other.span)
