"""What commands leave of notes, by GitHub's renderer: the same page but for what they declare."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from contents import contents
from notelint import fix_text
from notelint.config.mdformat import Layout
from notelint.engine.layout import PageChanged, lay_out
from notelint.markdown.document import Document
from notelint.text.source import Source
from notelint.toc.options import TocOptions
from notelint.toc.render import DEFAULT_TITLE
from referee import page, shown
from strategies import even_documents

ROOT = Path(__file__).parents[1]
NOTES = sorted([*ROOT.glob("*.md"), *ROOT.glob("notes/**/*.md"), *ROOT.glob("tests/notes/*.md")])
OURS = pytest.mark.parametrize("path", NOTES, ids=[each.name for each in NOTES])
MANY = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
# What the fixes of these rules change, as the page has it.
ADDRESSES = ("backslash-path", "anchor-case", "broken-anchor")
_ADDRESS = re.compile(r'(?<=(?:href|.src)=")[^"]*')
_EMPTY_IMAGE = re.compile(r'<img(?! src="[^"])[^>]*>|<img src="[\s]*"[^>]*>')
_GAP = re.compile(r"\s+|<p></p>|<(\w+)></\1>")


def laid_out(text: str) -> str:
    try:
        return lay_out(Source(text), Layout()).text
    except PageChanged:
        return text


def agree(text: str) -> None:
    """Hold the page of *text* against those that the commands leave."""
    before = page(text)
    assert page(laid_out(text)) == before
    moved = page(fix_text(text, unsafe=True, select=ADDRESSES))
    assert _ADDRESS.sub("", moved) == _ADDRESS.sub("", before)
    assert page(fix_text(text, select=["unused-definition"])) == before
    without = page(fix_text(text, select=["empty-image"]))
    assert _seen(without) == _seen(before)
    after, whole = contents(text, TocOptions()), shown(text)
    assert shown(after).headings == whole.headings
    more = Counter(shown(after).said) - Counter(whole.said)
    assert not more - Counter(shown(DEFAULT_TITLE).said)


def _seen(html: str) -> str:
    return _GAP.sub("", _EMPTY_IMAGE.sub("", html))


@OURS
def test_our_notes_stay_the_same_pages(path: Path) -> None:
    agree(path.read_text(encoding="utf-8"))


@MANY
@given(even_documents)
def test_any_note_stays_the_same_page(text: str) -> None:
    agree(text)


@MANY
@given(even_documents)
def test_no_fix_changes_a_formula(text: str) -> None:
    def formulas(text: str) -> list[str]:
        doc = Document.of(text)
        return [doc.slice(each) for each in doc.formulas]

    fixed = fix_text(text, unsafe=True)
    assert formulas(fixed) == formulas(text.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    "text",
    [
        "grep \\| sort\n---\n\n*  x\n",
        "|foo\n---\n\n*  x\n",
        "foo|\n--\n\n*  x\n",
        "`a|b`\n---\n\n*  x\n",
        "a\n:--\nb\n\n*  x\n",
        "a\n|-|\nb | c\n\n*  x\n",
        "|-|\n|-|\n\n*  x\n",
        "text\na\n-:\n\n*  x\n",
    ],
)
def test_headings_and_tables_are_those_of_github(text: str) -> None:
    after = laid_out(text)
    assert after.endswith("\n- x\n")
    assert page(after) == page(text)
    kinds = {token.tag for token in Document.of(text).tokens} & {"h2", "table"}
    assert kinds == {each for each in ("h2", "table") if f"<{each}>" in page(text)}
