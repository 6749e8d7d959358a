"""A table of contents brought up to date: what is written, and what stays as it is."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document
from notelint.toc.markers import marker_problems
from toc.refreshing import END, START, WRAPPED, block, toc


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
