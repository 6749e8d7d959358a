"""The plain text of a block: markup, code, maths and templates are masked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.markdown.document import Document
from notelint.markdown.prose import MASK

pytestmark = pytest.mark.usefixtures("each_parser")


def masked(text: str) -> list[str]:
    return [each.masked.replace(MASK, "~") for each in Document.of(text).prose]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain [text][label]", "plain [text][label]"),
        ("a [link](b) c", "a ~~~~~~~~~ c"),
        ("a `[x][y]` c", "a ~~~~~~~~ c"),
        ("[`f()`][f]", "[~~~~~][f]"),
        ("[![i](i.png)](b) c", "~" * 16 + " c"),
        (r"\[x][y]", "~~x][y]"),
        ("<code>[x][y]</code> z", "~" * 19 + " z"),
        ("<b>[x][y]</b> z", "~~~[x][y]~~~~ z"),
        ("see $a[i][j]$ there", "see ~~~~~~~~~ there"),
        ("$5[a][b] and $6", "$5[a][b] and $6"),
        ("{{ a[i][j] }} z", "~" * 13 + " z"),
        ("${a[i][j]} z", "~" * 10 + " z"),
        ("text[^1] z\n\n[^1]: note", "text~~~~ z"),
        ("<https://a.example> z", "~" * 19 + " z"),
        ("https://a.example z", "~" * 17 + " z"),
    ],
)
def test_only_plain_text_is_unmasked(text: str, left: str) -> None:
    assert masked(text)[0] == left


def test_blocks_with_prose() -> None:
    text = "# head\n\n> quote\n> goes on\n\n- item\n\n| a | b |\n|---|---|\n| c | d\\|e |\n"
    assert masked(text) == ["head", "quote\ngoes on", "item", "a", "b", "c", "d|e"]
    prose = Document.of(text).prose
    assert [each.heading for each in prose] == [True] + [False] * 6
    assert [each.item for each in prose] == [-1, -1, 0, -1, -1, -1, -1]


def test_blocks_without_prose() -> None:
    text = "---\na: b\n---\n\n```\nc\n```\n\n    d\n\n<div>\ne\n</div>\n\n<!-- f -->\n\n[g]: h\n"
    assert masked(text) == []


def test_spans_of_the_source() -> None:
    doc = Document.of("> a\r\n> [x][y]\r\n")
    (prose,) = doc.prose
    at = prose.masked.index("[x]")
    assert doc.slice(prose.span(at, at + 6)) == "[x][y]"


def test_elements_that_overlap_a_range() -> None:
    (prose,) = Document.of("a `b` [![c](d)](e) `f`").prose
    assert [node.kind for node in prose.over(0, 2)] == []
    assert [node.kind for node in prose.over(2, 5)] == ["code"]
    assert [node.kind for node in prose.over(4, 10)] == ["code", "inline"]
    assert [node.kind for node in prose.over(8, 9)] == ["inline"]
    assert [node.kind for node in prose.over(0, 99)] == ["code", "inline", "code"]


@settings(max_examples=200)
@given(st.text("ab[]()`\\$<>*{} \n!|-#"))
def test_masking_keeps_all_offsets(text: str) -> None:
    for prose in Document.of(text).prose:
        assert len(prose.masked) == len(prose.content)
        kept = zip(prose.masked, prose.content, strict=True)
        assert all(left in (MASK, right) for left, right in kept)
