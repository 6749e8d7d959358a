"""The fast path, on random documents and at the edges of each shortcut: the same tokens."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given, settings

from markdown.plain_parser import PLAIN, as_data
from notelint.markdown import fast
from notelint.markdown.document import Document
from strategies import documents

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
    "$a$", "a $b [c](d)$ e", "$$\na\n- b\n$$", "a\n$$\n- b\n$$\nc", "a\n  $$b\n> c\n  $$", "$$a$$",
    "$$\na\n\n$$", "$$a\nb$$ c", "- $$\n  a\n  - b\n  $$\n- c", "- $$\na\n$$", "> $$\n> # a\n> $$",
    "a $`b`$ `c`", "a `$b` $c", "\\(a_1 [b](c)\\)", "\\(see [b](c)\\)", "\\[\nx = 1\n- b\n\\]",
    "\\[1\\]", "a\n\\[\n\\alpha\n# b\n\\]", "$5 [a](b) $6", "# $a_b$ [c](d)", "a $b\n  c$ d",
    "$a\\$b$",
    "$$ $", "\\$a$",
    "![$a](b)$", "<a $b$>c", "http://a.b/$c$ $d$", "|$a$|\n|-|\n|$b|c$|", "$$\n[a]: b\n$$\n\n[a]",
    "+++\na = 1\n+++\nb", "+++\na\n+++", "+++", "{\n\"a\": 1\n}\nb", "{a}", "{\"a\": 1}", "a\n{b",
    "a\n+++ b", "a\n|-|\nb", "a\n:--\nb|c", "a\nb\n:--", "- a\n:--", "# a\n:--",
    "[a]: b\n:--\n\n[a]",
    "- a\n  |-|\n  b", "a\\|b\n---", "|a\n---", "> a|b\n-|-", "<b>a\n:--", "| a\n| :-",
    "[a](b)\\\n:--\nc\\",
    "> " * 102 + "a", "- " * 102 + "a\n\nb", "![" * 102 + "a" + "](b)" * 102,
    "[a](b) [c][a] [a] [b]\n\n[a]: x\n[b]: y 'z'", "[`a`](b) [` `](c) [``](d) [`a`b](c)",
    "[a\nb](c) [d\n  e][f]\n\n[f]: g", "[a]() [](b) []() [] [ ](c)",
    "[a](b(c)d) [a](b(c(d))) [a](()b)",
    "![a](b) ![](c) ![a\nb](c) ![a_b_c](d) ![www.a.b](c) ![http://a.b](c) ![a@b.c](d)",
    "[http://a.b](c) [www.a.b](c) [a@b.c](d) [a!](b)![c](d)", "[a](b)[c](d)[e]\n\n[e]: f",
    "[a][ ] [a][]\n\n[a]: b", "[A\tb][] [a  B]\n\n[a b]: c",
    "[^a](b) ![^a](b) [a][^b]\n\n[^b]: c\n[a]: d",
    "*[a](b)* _[a](b)_ **[a](b) c**", "[a [b](c) d][e]\n\n[e]: f", "![[a](b)](c) [![a](b)](c)",
    "`[a`](b) [a`](b)` [`a](b)`", "[a](b\u00a0c) [a](b\u3000) [a](b\x01)",
    "|a|\n|-|\n|[b](c) ![d](e)|",
    "[a](b\n) [a](b c) [a](b 'c') [a]\n(b) [a] (b) [a](<b>)\n\n[a]: c",
    "[a]: b\n\n![a] ![a][] ![c][a]",
    "*" * 98 + "[`a`](b)", "[" * 60 + "[`a`](b)" + "](c)" * 60, "# [a](b) `c` [d]\n\n[d]: e",
]  # fmt: skip


AROUND = pytest.mark.parametrize("around", ["~", "> ~", "x\n\n~\n\ny\n"])


def parsed_plainly(text: str) -> Document:
    """The document that the plain parser makes of *text*."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(fast.SWITCH, "1")
        return Document.of(text)


def elements(doc: Document) -> dict[str, Any]:
    """All that a rule can know of *doc*.

    Two blanks are as good as one: behind a backslash the parser leaves one at the end of a line.
    """
    return {
        "nodes": [
            (node.kind, re.sub(" +", " ", node.text), node.images, node.span) for node in doc.nodes
        ],
        "links": [
            (link.kind, link.destination, link.image, link.item, link.label, link.span, link.target)
            for link in doc.links
        ],
        "headings": [heading._replace(nodes=()) for heading in doc.headings],
        "prose": [
            (prose.masked, prose.span(0, len(prose.content)), prose.item, prose.heading)
            for prose in doc.prose
        ],
        "html blocks": [(block.span, block.lines) for block in doc.html_blocks],
        "tags": [
            (
                *(tag.name, tag.closing, tag.self_closing, tag.span),
                *((each.name, each.value, each.span, each.value_span) for each in tag.attributes),
            )
            for tag in doc.tags
        ],
        "comments": [(comment.text, comment.closed, comment.span) for comment in doc.comments],
        "others": [doc.items, doc.codes, doc.definitions, doc.front_matter],
        "names": [doc.anchors, doc.used_labels, doc.references],
        "parts": list(doc.parts(1, len(doc.lines))),
        "empty sections": [heading.span for heading in doc.empty_sections],
    }


@settings(max_examples=500, deadline=None)
@given(documents)
@example("> \u3000\n> \u3000\n")
def test_both_parsers_find_the_same_elements(text: str) -> None:
    assert elements(Document.of(text)) == elements(parsed_plainly(text))


@pytest.mark.parametrize("text", TEXTS)
@AROUND
def test_shortcuts_change_no_element(text: str, around: str) -> None:
    text = around.replace("~", text)
    assert elements(Document.of(text)) == elements(parsed_plainly(text))


@pytest.mark.parametrize("text", TEXTS)
@AROUND
def test_shortcuts_change_no_token(text: str, around: str) -> None:
    text = around.replace("~", text)
    doc, env = Document.of(text), dict[str, Any]()
    assert as_data(PLAIN.parse(text, env)) == as_data(doc.tokens)
    assert env.get("references", {}) == doc.references


@pytest.mark.parametrize("text", TEXTS)
@AROUND
def test_elements_are_the_same_before_and_after_parsing_is_finished(text: str, around: str) -> None:
    early, finished = (Document.of(around.replace("~", text)) for _ in "12")
    assert finished.tokens is not None
    assert elements(early) == elements(finished)


@settings(max_examples=300, deadline=None)
@given(documents)
def test_finishing_the_parse_yields_all_tokens_and_no_other_elements(text: str) -> None:
    early, finished = Document.of(text), Document.of(text)
    assert as_data(finished.tokens) == as_data(PLAIN.parse(text, {}))
    assert elements(early) == elements(finished)


def test_the_switch_turns_the_fast_path_off() -> None:
    _, late, _ = Document.of("text")._parsed.tokens
    _, complete, _ = parsed_plainly("text")._parsed.tokens
    assert (late.content, late.children) == (complete.content, [])
    assert complete.children
