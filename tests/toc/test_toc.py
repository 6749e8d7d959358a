"""Tables of contents: found, rendered, compared and brought up to date."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.markdown.document import Document
from notelint.toc.compare import differences
from notelint.toc.entries import entries
from notelint.toc.layout import DEFAULT_TITLE, refresh
from notelint.toc.markers import find_blocks, marker_problems
from notelint.toc.options import TocOptions

START = (
    "<!-- START doctoc generated TOC please keep comment here to allow auto update -->\n"
    "<!-- DON'T EDIT THIS SECTION, INSTEAD RE-RUN doctoc TO UPDATE -->\n"
)
WRAPPED = DEFAULT_TITLE.replace(" [DocToc]", "\n[DocToc]") + "\n"
END = "<!-- END doctoc generated TOC please keep comment here to allow auto update -->\n"


def toc(text: str, **options: Any) -> str:
    """*text* with its table of contents up to date; a second run must change nothing."""
    doc = Document.of(text)
    edit = refresh(doc, TocOptions(**options))
    if edit is None:
        return text
    new = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert refresh(Document.of(new), TocOptions(**options)) is None
    return new


def listed(text: str, **options: Any) -> list[str]:
    """The lines of the list for *text* under a fresh block."""
    lines = toc(f"{START}{END}\n{text}", **options).split(END)[0].split("\n")
    return [line for line in lines if line.lstrip().startswith(("-", "*", "+", "1."))]


def block(inner: str) -> str:
    return f"{START}{inner}{END}\n"


def changes(text: str, **options: Any) -> str:
    doc = Document.of(text)
    found = differences(doc, find_blocks(doc)[0], TocOptions(**options))
    return found.summary() if found else ""


# ---------------------------------------------------------------------- what stays as it is


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no headings\n",
        "# ???\n",  # no anchor to link to
        "# ![logo](x.png)\n",  # no text to show
        "> # quoted\n\n- # listed\n",
        "<!-- DOCTOC SKIP -->\n\n# A\n",
        "# A\n\n<!-- DOCTOC SKIP -->\n",
        block("\n- [A](#a)\n\n") + "# A\n",
        block("**My title**\n\n- [A](#a)\n\n") + "# A\n",
        "# Above\n\n" + block("\n- [A](#a)\n\n") + "# A\n",
        f"# A\n\n{START}\nno end\n",  # nobody knows what to replace
        f"# A\n\n{END}",
    ],
)
def test_nothing_to_do(text: str) -> None:
    assert toc(text) == text


def test_without_a_block_an_update_does_nothing() -> None:
    assert toc("# A\n", update_only=True) == "# A\n"
    assert toc("<!-- toc -->\n\n# A\n", update_only=True) == "<!-- toc -->\n\n# A\n"


def test_a_short_note_gets_no_block_but_keeps_one() -> None:
    assert toc("# A\n", min_headings=2) == "# A\n"
    assert "[A](#a)" in toc(block("") + "# A\n", min_headings=2)


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{START}{END}```\n\n# A\n",
        f"> {START.splitlines()[0]}\n> {END}\n# A\n",
        f"- item\n\n  {START.splitlines()[0]}\n  {END}\n# A\n",
        "text <!-- toc --> text <!-- tocstop -->\n",
        "<!-- TOC -->\n<!-- TOC -->\n",  # an editor's own pair
    ],
)
def test_no_block_but_on_lines_of_its_own(text: str) -> None:
    assert find_blocks(Document.of(text)) == []
    assert marker_problems(Document.of(text)) == []


# ---------------------------------------------------------------------- a new block


def test_a_new_block_goes_to_the_top() -> None:
    assert toc("# A\n\ntext\n\n## B\n", title="**Contents**") == (
        f"{START}**Contents**\n\n- [A](#a)\n  - [B](#b)\n\n{END}\n# A\n\ntext\n\n## B\n"
    )


def test_a_new_block_goes_behind_the_front_matter() -> None:
    matter = "---\ntitle: x\n---\n"
    expected = f"{matter}\n{START}\n- [A](#a)\n\n{END}\n# A\n"
    assert toc(f"{matter}\n# A\n", no_title=True) == expected
    assert toc(f"{matter}# A\n", no_title=True) == expected


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_endings_are_kept(newline: str) -> None:
    text = f"---\nx: 1\n---\n# A\n\n{block('')}# B\n".replace("\n", newline)
    assert "\n" not in toc(text).replace(newline, "")
    assert toc("# A\n\n## B".replace("\n", newline)).count(newline) == 11


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<!-- toc -->", "<!-- tocstop -->"),
        ("<!-- mdformat-toc start --maxlevel=2 -->", "<!-- mdformat-toc end -->"),
    ],
)
def test_a_lone_start_marker_is_filled(start: str, end: str) -> None:
    text = f"intro\n\n{start}\n\n## A\n"
    assert marker_problems(Document.of(text)) == []
    assert toc(text) == f"intro\n\n{start}\n\n- [A](#a)\n\n{end}\n\n## A\n"


# ---------------------------------------------------------------------- an existing block


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<!-- START doctoc -->\n", "<!-- END doctoc -->"),
        ("<!-- toc -->\n", "<!-- tocstop -->"),
        ("<!-- toc:start -->\n", "<!-- toc:end -->"),
        ("<!-- mdformat-toc start --slug=github -->\n", "<!-- mdformat-toc end -->"),
    ],
)
def test_markers_are_kept(start: str, end: str) -> None:
    text = f"{start}\n- [old](#old)\n\n{end}\n\n## A\n"
    assert toc(text) == f"{start}\n- [A](#a)\n\n{end}\n\n## A\n"


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        ("**Contents**\n\n- [old](#old)\n\n", "**Contents**\n"),
        ("**Contents**\n- [old](#old)\n", "**Contents**\n"),
        ("## Contents\n\n* [old](#old)\n", "## Contents\n"),
        ("Contents\n---\n\n- [old](#old)\n", "Contents\n---\n"),
        ("<h2>目录</h2>\n\n- [old](#old)\n", "<h2>目录</h2>\n"),
        (f"{WRAPPED}\n- [old](#old)\n", WRAPPED),
        ("**Contents**\n\n", "**Contents**\n"),
        ("", ""),
    ],
)
def test_the_title_is_kept(inner: str, title: str) -> None:
    assert toc(block(inner) + "## A\n") == block(f"{title}\n- [A](#a)\n\n") + "## A\n"


def test_the_title_is_kept_without_an_entry() -> None:
    text = block("**目录**\n\n") + "text\n"
    assert toc(block("**目录**\n\n- [A](#a)\n\n") + "text\n") == toc(text) == text


def test_a_title_that_is_a_heading_is_listed_where_it_was() -> None:
    inner, rest = "## Contents\n\n- [Contents](#contents)\n- [A](#a)\n\n", "## A\n"
    assert toc(block(inner) + rest, all=True) == block(inner) + rest
    assert toc(block(inner) + rest, all=True, no_title=True) == block("\n- [A](#a)\n\n") + rest
    without = inner.replace("- [Contents](#contents)\n", "")
    assert toc(block(without) + rest, all=True) == block(without) + rest
    assert toc(rest, title="## Contents", all=True) == block(without) + rest


def test_a_title_is_replaced_or_removed_when_asked() -> None:
    text = block("**Old**\n\n- [A](#a)\n\n") + "# A\n"
    assert "**New**\n\n- [A]" in toc(text, title="**New**")
    assert "**Old**" not in toc(text, no_title=True)


def test_the_warning_line_is_put_back() -> None:
    first = START.splitlines()[0]
    assert toc(f"{first}\n**T**\n\n- [A](#a)\n\n{END}\n# A\n").startswith(START + "**T**\n")


def test_a_block_without_headings_is_emptied() -> None:
    assert toc(block("\n- [A](#a)\n\n") + "text\n") == block("") + "text\n"


def test_only_headings_below_count_unless_all_do() -> None:
    text = f"# Above\n\n{block('')}## Below\n"
    assert "Above](" not in toc(text)
    assert "- [Above](#above)\n  - [Below](#below)\n" in toc(text, all=True)


# ---------------------------------------------------------------------- entries


@pytest.mark.parametrize(
    ("heading", "entry"),
    [
        ("`code` and *emph* __strong__", "`code` and *emph* __strong__](#code-and-emph-strong)"),
        ("[text](http://x.y) tail", "text tail](#text-tail)"),
        ("*see [b](c) d*", "*see b d*](#see-b-d)"),
        ("[a `]` b](c)", "a `]` b](#a--b)"),
        ("[[x]](c)", "[x]](#x)"),
        ("[ref][r] and [r]", "ref and r](#ref-and-r)"),
        ("![img](a.png) tail", "* tail](#-tail)"),
        ("<https://a.b>", "https://a.b](#httpsab)"),
        ("https://a.b/c", "https://a.b/c](#httpsabc)"),
        ("<b>B</b> <a name='x'></a>", "<b>B</b>](#b-)"),
        ("A <!-- note -->", "A](#a-)"),
        ("note[^1]", "note](#note1)"),
        ("note[^1] [^2]", "note [^2]](#note1-2)"),
        ("**![](x.png) Logo**", "**Logo**](#-logo)"),
        ("**Logo ![](x.png)**", "**Logo**](#logo-)"),
        ("**![](x.png)** Logo", "Logo](#-logo)"),
        ("a *![](x.png)* b", "a b](#a--b)"),
        ("![](x.png) **Logo**", "* **Logo**](#-logo)"),
        ("A & B &amp; &copy;", "A & B &amp; &copy;](#a--b--)"),
        ("un]balanced", r"un\]balanced](#unbalanced)"),
        ("[ unbalanced", r"\[ unbalanced](#-unbalanced)"),
        ("[x] done", "[x] done](#x-done)"),
        (r"foo \[bar\] \*x", r"foo \[bar\] \*x](#foo-bar-x)"),
        ("snake_case", "snake_case](#snake_case)"),
        ("中文，标题", "中文，标题](#%E4%B8%AD%E6%96%87%E6%A0%87%E9%A2%98)"),
        ("❤️ heart", "❤️ heart](#%EF%B8%8F-heart)"),
        ("🚀 rocket", "🚀 rocket](#-rocket)"),
        ("What's new? {#new}", "What's new? {#new}](#whats-new-new)"),
    ],
)
def test_an_entry(heading: str, entry: str) -> None:
    assert listed(f"## {heading}\n\n[r]: http://x\n\n[^1]: note\n") == [f"- [{entry}"]


def test_a_heading_over_several_lines_and_one_with_white_space_at_its_edge() -> None:
    assert listed("a\nb\n---\n\n## Title \u00a0\n") == ["- [a b](#ab)", "- [Title](#title-)"]


def test_repeats_lead_to_the_heading_they_name() -> None:
    assert listed("## dup\n## dup\n## dup-1\n") == [
        "- [dup](#dup)",
        "- [dup](#dup-1)",
        "- [dup-1](#dup-1-1)",
    ]
    # headings that are not listed have their anchors all the same
    assert "- [Prior art](#prior-art-1)" in toc(f"# Prior art\n\n{block('')}# Prior art\n")
    assert listed("> # A\n\n# A\n") == ["- [A](#a-1)"]


def test_a_heading_of_two_lines_is_one_entry() -> None:
    (entry,) = listed("Setext *a*\ntwo lines\n===\n")
    assert entry.startswith("- [Setext *a* two lines](#")


def test_html_headings() -> None:
    text = '<h1 align="center">My <b>P</b></h1>\n\n<h2 id="own">B</h2>\n\n<h5>no</h5>\n'
    assert listed(text) == ["- [My P](#my-p)", "  - [B](#own)"]
    assert listed("<h1>\n  <img src='x'>\n  P\n</h1>\n\n# A\n") == ["- [A](#a)"]


@pytest.mark.parametrize(
    "comment", ["<!-- DOCTOC EXCLUDE -->\n## B", "<!-- doctoc-exclude -->\n\n## B",
                "## B <!-- omit in toc -->"],
)  # fmt: skip
def test_headings_are_kept_out_by_a_comment(comment: str) -> None:
    assert listed(f"## A\n\n{comment}\n\n## C\n") == ["- [A](#a)", "- [C](#c)"]


def test_levels() -> None:
    text = "# A\n## B\n### C\n"
    assert listed(text, min_level=2) == ["- [B](#b)", "  - [C](#c)"]
    assert listed(text, max_level=2) == ["- [A](#a)", "  - [B](#b)"]
    assert listed("### C\n## B\n") == ["  - [C](#c)", "- [B](#b)"]


def test_a_skipped_level_does_not_break_the_list() -> None:
    assert listed("# A\n### C\n") == ["- [A](#a)", "    - [C](#c)"]  # as doctoc
    assert listed("# A\n##### E\n##### F\n###### G\n") == [
        "- [A](#a)",
        "    - [E](#e)",
        "    - [F](#f)",
        "        - [G](#g)",
    ]
    assert listed("##### E\n# A\n") == ["  - [E](#e)", "- [A](#a)"]


def test_bullets_and_indentation() -> None:
    text = "# A\n## B\n"
    assert listed(text, bullet="*") == ["* [A](#a)", "  * [B](#b)"]
    assert listed(text, ordered=True) == ["1. [A](#a)", "   1. [B](#b)"]
    assert listed(text, indent=4) == ["- [A](#a)", "    - [B](#b)"]


def test_flavors() -> None:
    assert listed("# A & B\n## A\n## A\n", flavor="bitbucket") == [
        "- [A & B](#markdown-header-a-b)",
        "    - [A](#markdown-header-a)",
        "    - [A](#markdown-header-a_1)",
    ]
    assert listed("# x²\n", flavor="gitlab") == ["- [x²](#x%C2%B2)"]


def test_mdformat_toc_says_itself_what_it_lists() -> None:
    text = "# T\n\n<!-- mdformat-toc start {} -->\n<!-- mdformat-toc end -->\n\n## A\n\n### B\n"
    assert "- [T](#t)\n  - [A](#a)\n    - [B](#b)\n" in toc(text.format("--slug=github"))
    assert "\n- [A](#a)\n\n" in toc(text.format("--minlevel=2 --maxlevel=2"))
    assert "- [T](#t)" in toc(text.format("--minlevel=9"))


@pytest.mark.parametrize(
    "wrong",
    [{"indent": 1}, {"bullet": "o"}, {"min_level": 3, "max_level": 2}, {"flavor": "other"}],
)
def test_options_that_make_no_list_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        TocOptions(**wrong)


# ---------------------------------------------------------------------- stale or not


@pytest.mark.parametrize(
    "inner",
    [
        "**T**\n\n- [A *b*](#a-b)\n  - [标](#%E6%A0%87)\n\n",
        "- [A *b*](#a-b)\n  - [标](#标)\n",
        "* [A b](#a-b)\n    * [标](#标)\n",
        "prose\n\n1. [A *b*](#a-b)\n   1. [标](<#标>)\n\nmore prose\n\n",
    ],
)
def test_what_a_reader_does_not_notice_is_not_stale(inner: str) -> None:
    assert changes(block(inner) + "# A *b*\n\n## 标\n") == ""


@pytest.mark.parametrize(
    ("inner", "summary"),
    [
        ("- [A](#a)\n", "missing: `B`"),
        ("- [A](#a)\n  - [B](#b)\n  - [C](#c)\n", "too many: `C`"),
        ("- [A](#a)\n  - [B](#x)\n", "leading elsewhere: `B`"),
        ("- [A](#a)\n- [B](#b)\n", "order or nesting differs"),
        ("- [B](#b)\n  - [A](#a)\n", "order or nesting differs"),
        ("- [A](#a)\n  - [B](#b)\n  - prose\n", "too many: `prose`"),
        ("", "missing: `A`, `B`"),
    ],
)
def test_stale(inner: str, summary: str) -> None:
    assert changes(block(inner) + "# A\n\n## B\n") == summary


def test_a_long_summary_is_cut() -> None:
    text = block("") + "".join(f"# H{n}\n\n" for n in range(22))
    assert changes(text).startswith("missing: `H0`, `H1`, ")
    assert changes(text).endswith(", `H18`, `H19` and 2 more")


# ---------------------------------------------------------------------- markers


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{START}{END}", []),
        ("<!-- toc -->\n", []),
        (f"a\n\n{START}\n", [3]),
        (f"a\n\n{END}\n", [3]),
        (f"{END}\n\n{START}\n", [1]),
        ("<!-- toc:start -->\n", [1]),
        ("<!-- tocstop -->\n", [1]),
        (f"{START}{END}\n{START}{END}", [5]),
        (f"{START}{END}\n<!-- toc -->\n<!-- tocstop -->\n", [5]),
        (f"{START}\n{START}{END}", [1]),
        ("<!-- toc -->\n\ntext\n\n<!-- toc -->\n\n- [A](#a)\n\n<!-- tocstop -->\n", [1]),
        (
            "<!-- mdformat-toc start -->\n<!-- mdformat-toc start -->\n<!-- mdformat-toc end -->\n",
            [1],
        ),
        ("<!-- toc:start -->\n<!-- toc:start -->\n<!-- toc:end -->\n", [1]),
        ("<!-- toc -->\n\ntext\n\n<!-- toc -->\n", [1, 5]),
        ("<!-- toc -->\n\n- [A](#a)\n\n# A\n", [1]),  # its end is lost
        ("<!-- toc -->\n\n**目录**\n\n- [A](#a)\n\n# A\n", [1]),
        ("<!-- mdformat-toc start -->\n- [A](#a)\n\n# A\n", [1]),
        ("<!-- toc -->\n\n- [A](a.md)\n- a\n", []),
        ("<!-- toc -->\n- [A](#a)\n<!-- /toc -->\n\n# A\n", []),  # the pair of another tool
        (f"<!-- toc -->\n\n{START}{END}", [1]),
        (f"<!-- toc -->\n\n- [A](#a)\n\n{END}", [1, 5]),
        (f"<!-- toc -->\n{START}{END}<!-- tocstop -->\n", [2]),
        ("<!-- toc -->\n<!-- toc:start -->\n<!-- tocstop -->\n<!-- toc:end -->\n", [2]),
    ],
)
def test_marker_problems(text: str, lines: list[int]) -> None:
    doc = Document.of(text)
    assert [doc.lines.position(span.start).line for span, _ in marker_problems(doc)] == lines


# ---------------------------------------------------------------------- any heading at all

PIECES = st.sampled_from(
    ["a", "B c", " ", "`", "``", "[", "]", "(", ")", "![", "](x)", "<b>", "</b>", "<", ">", "*",
     "_", "~", "\\", "&", "&amp;", "http://x.y", "www.x.y", "a@b.cd", "[^1]", "<!-- x -->", "#",
     "é", "中", "，", "🚀", "\ufe0f", "$", "|", "!", "<a href='x'>", "</a>", "<br>", "[r]", "<http://x>"]
)  # fmt: skip
HEADINGS = st.lists(
    st.tuples(st.integers(1, 6), st.lists(PIECES, max_size=8).map("".join)), min_size=1, max_size=6
)


@given(HEADINGS)
@settings(max_examples=200, deadline=None)
def test_every_entry_is_a_link_to_its_heading(headings: list[tuple[int, str]]) -> None:
    text = "".join(f"{'#' * level} {words}\n\n" for level, words in headings)
    text = f"{block('')}{text}[r]: http://x\n\n[^1]: note\n"
    doc = Document.of(text)
    anchors = {heading.slug for heading in doc.headings}
    expected = entries(doc, find_blocks(doc)[0], TocOptions())
    after = Document.of(toc(text))
    (toc_block,) = find_blocks(after)
    links = [link for link in after.links if link.span.overlaps(toc_block.inner)]
    assert [link.destination for link in links] == [f"#{entry.anchor}" for entry in expected]
    assert all(link.kind == "inline" for link in links)
    assert len({item.lines[0] for item in after.items}) == len(links)
    assert {unquote(link.destination[1:]) for link in links} <= anchors
    assert [heading.slug for heading in after.headings] == [each.slug for each in doc.headings]
