"""The comparison of blocks: where it says that a page is the same, both pages are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mdformat._util import is_md_equal

from format_cases import LAID_OUT
from notelint.markdown.document import Document
from notelint.markdown.format.rendered import same_page
from notelint.markdown.format.same_blocks import same_blocks
from notelint.markdown.outline import Outline, outline
from strategies import documents

# What may stand where another of these stood, and look alike or not.
SPELLINGS = [
    " ", "  ", "\n", "\\\n", "  \n", "\t", "*", "-", "+", "_", "**", "`", "~~~", "```", "#", "##",
    "\n===\n", "\n---\n", "|", "\\|", ":--", "[", "]", "[^1]", "> ", "    ", "$$", "\\[", "[!NOTE]",
    "[x] ", "[ ] ", "1. ", "1) ", "2. ", "<b>", "<!-- c -->", "{#a}", "\u3000", "a",
    "\\", "~", "&lt;",
]  # fmt: skip


def is_same(before: str, after: str) -> bool:
    return same_blocks(before, after, Document.of(before), Document.of(after))


def seen(doc: Document) -> Outline:
    """The outline without the kinds of blocks."""
    return outline(doc)._replace(code=(), blocks=(), texts=(), marks=())


def judge(before: str, after: str) -> None:
    """Both pages are the same by all comparisons if the blocks are."""
    if not is_same(before, after):
        return
    old, new = Document.of(before), Document.of(after)
    assert seen(old) == seen(new)
    assert old.anchors == new.anchors
    assert same_page(before, after)
    assert is_md_equal(before, after, extensions=("gfm",))


@settings(max_examples=300, deadline=None)
@given(documents, st.data())
def test_what_looks_the_same_is_the_same(text: str, data: st.DataObject) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if not text:
        return
    at = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(0, 3))
    new = data.draw(st.sampled_from(SPELLINGS))
    judge(text, text[:at] + new + text[at + length :])


@pytest.mark.parametrize("old", SPELLINGS)
def test_spellings_of_one_another(old: str) -> None:
    for new in SPELLINGS:
        for around in ("a~b\n", "~a\n\nb\n", "- ~a\n- b\n", "a|b\n~\nc\n", "[a]: b\n\n[a]~c\n"):
            judge(around.replace("~", old), around.replace("~", new))


@pytest.mark.parametrize("task", ["> - [ ] \n", "- [ ] > \n"])
def test_mdformat_knows_no_task_that_begins_with_a_block(task: str) -> None:
    assert not is_same(f"{task}[a](b)\n", f"{task}\n[a](b)\n")


@pytest.mark.parametrize(("before", "after"), [each for each in LAID_OUT if each[1]])
def test_layouts_that_are_the_same(before: str, after: str) -> None:
    judge(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("*  a\n*  b\n", "- a\n- b\n"),
        ("T\n=\n\na  b\n", "# T\n\na b\n"),
        ("a  \nb\n", "a\\\nb\n"),
        ("    code\n", "```\ncode\n```\n"),
        ("|a|b|\n|-|-|\n|1|2|\n", "| a | b |\n| - | - |\n| 1 | 2 |\n"),
        ("*  [x]  a[^1]\n\n[^1]:  b\n", "- [x] a[^1]\n\n[^1]: b\n"),
    ],
)
def test_the_usual_layouts_are_known_to_be_the_same(before: str, after: str) -> None:
    assert is_same(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\u3000b\n", "a b\n"), ("# a  b\n", "# a b\n"), ("- a\n- b\n", "- a\n\n- b\n"),
        ("```a\n```\n", "```b\n```\n"), ("[a]: b\n\n[a]\n", "[a]: c\n\n[a]\n"),
        ("a {#b}\n", "a {#c}\n"), ("1. a\n", "2. a\n"), ("`a  b`\n", "`ab`\n"),
        ("[a](b 'c')\n", "[a](b 'd')\n"), ("- [ ] a\n", "- [x] a\n"), ("a\n", "A\n"),
    ],
)  # fmt: skip
def test_nothing_is_said_of_others(before: str, after: str) -> None:
    assert not is_same(before, after)
