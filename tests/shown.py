"""What the fixes of markup within a line leave of any note, held against GitHub's renderer."""

from __future__ import annotations

import re
from html import unescape

import cmarkgfm
from cmarkgfm.cmark import Options
from hypothesis import strategies as st

from notelint import fix_text, lint_text
from notelint.markdown.delimiters import Pair, levels, pairs
from notelint.markdown.document import Document

_OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
_PIECES = [
    "**", "**", "**", "*", "***", "__", "_", "~", "~", "~~", "~~~", "a", "word", "X", "1", "23",
    " ", " ", "，", "。", "：", "“", "”", "（", "）", "「", "」", "、", "中", "文字", "が", "은",
    "→", "€", "中\u3000", ":", ".", "(", ")", "\\*", "\\~", "`c`", "`~`", "[t](u)", "[**t**](u)",
    "<String>", "<T>", "<your-name>", "<user name>", "<br>", "<b>", "</b>", "<Foo/>", "gs://",
    "Box", "[^1]", "[^a]", "[^A]", "[^2]", "3~4", "1~2", "**注意：**", "x**", "|", "[a~b](u)",
    "https://e.org/",
]  # fmt: skip
_BEGINS = ["", "", "", "- ", "> ", "1. ", "# ", "[^1]: ", "[^a]: ", "| a |\n|---|\n| x"]

# A tag at the beginning of a lazy line begins an HTML block in cmark-gfm, against CommonMark, 4.6.
_line = st.builds(
    lambda begin, pieces, end: begin + "x" * (pieces[0][0] == "<") + "".join(pieces) + end,
    st.sampled_from(_BEGINS),
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12),
    st.sampled_from(["\n", "\n", "\n\n"]),
)
texts = st.lists(_line, min_size=1, max_size=4).map("".join)

_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_CODE = re.compile(r"</?(?:code|a)\b[^>]*>")
_MARK = " data-footnote-ref>"


def html(text: str) -> str:
    """The page of *text*, as GitHub's renderer makes it."""
    page: str = cmarkgfm.github_flavored_markdown_to_html(text, options=_OPTIONS)
    return page


def agree(text: str) -> None:
    """Hold what is known of *text*, and what the fixes leave of it, against its page."""
    page, doc = html(text), Document.of(text)
    keys = [each.key for each in doc.footnotes.definitions]
    used = {each.key for each in doc.footnotes.references}
    assert len(used & set(keys)) == page.count('<li id="fn-')
    if used.issuperset(keys) and len(keys) == len(set(keys)):  # no note is dropped
        _same_marks(doc, page)
        assert sum(each.defined for each in doc.footnotes.references) == page.count(_MARK)
        _emphasised(text, page)
        _unstruck(text, page)
        _unswallowed(text, page)


def _same_marks(doc: Document, page: str) -> None:
    found = [
        pair
        for prose in doc.prose
        for level in levels(prose)
        for pair in _told_apart(pairs(level.runs()))
    ]
    for tag, length in (("em", 1), ("strong", 2)):
        ours = sum(each.char != "~" and each.length == length for each in found)
        assert ours == page.count(f"<{tag}>"), tag
    assert sum(each.char == "~" for each in found) == page.count("<del>")


def _told_apart(found: list[Pair]) -> list[Pair]:
    """*found* without strong emphasis in strong emphasis, which the renderer does not show."""
    strong = [each for each in found if each.char != "~" and each.length == 2]
    return [
        each
        for each in found
        if each not in strong or not any(_directly_in(each, other, found) for other in strong)
    ]


def _directly_in(inner: Pair, outer: Pair, found: list[Pair]) -> bool:
    def inside(one: Pair, other: Pair) -> bool:
        return other.open < one.open and one.close < other.close

    return inside(inner, outer) and not any(
        inside(inner, each) and inside(each, outer) for each in found
    )


def _emphasised(text: str, page: str) -> None:
    fixed = fix_text(text, select=["literal-emphasis"])
    after = html(fixed)
    assert _bare(after, r"[*_]|</?(?:em|strong)>|\s") == _bare(page, r"[*_]|</?(?:em|strong)>|\s")
    assert _marks(after) <= _marks(page)
    assert (fixed == text) == (_marks(after) == _marks(page))


def _marks(page: str) -> int:
    return len(re.findall(r"[*_]", _TAG.sub("", page)))


def _unstruck(text: str, page: str) -> None:
    fixed = fix_text(text, select=["accidental-strikethrough"])
    after = html(fixed)
    assert _bare(after, "~|</?del>") == _bare(page, "~|</?del>")
    fewer = page.count("<del>") - after.count("<del>")
    assert fewer > 0 if fixed != text else fewer == 0


def _unswallowed(text: str, page: str) -> None:
    fixed = fix_text(text, select=["swallowed-text"], unsafe=True)
    assert unescape(_CODE.sub("", html(fixed))) == unescape(_CODE.sub("", page))
    left = lint_text(fixed, select=["swallowed-text"])
    assert all(each.fix is None for each in left)


def _bare(page: str, without: str) -> str:
    return re.sub(without, "", page)
