"""Entries: which headings are listed, as what, how deep, and each a link to its heading."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.markdown.document import Document
from notelint.toc.entries import entries
from notelint.toc.markers import find_blocks
from notelint.toc.options import TocOptions
from toc.refreshing import block, listed, toc


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
