"""What a person put between the markers of a table of contents stays there, byte for byte."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run, Write
from contents import PAIRS, note, wrong
from notelint import fix_text, lint_text
from notelint.engine.gate import attempt
from notelint.engine.table_of_contents import with_fresh_toc
from notelint.markdown.document import Document
from notelint.rules.effects import ReplacesToc
from notelint.text.edits import Edit, Fix
from notelint.text.source import Span
from notelint.toc.options import TocOptions

# What stands below the list, and what the message calls it.
BELOW = {
    "## Papers\n\nThree weeks of notes.": "a heading",
    "Papers\n------": "a heading",
    "<h2>Papers</h2>": "HTML",
    "#": "a heading",
    "Three weeks of notes.": "a paragraph",
    "two\nlines": "a paragraph",
    "**目录**": "a paragraph",
    "| m | s |\n|---|---|\n| a | 1 |": "a table",
    "```python\nprint(1)\n```": "code",
    "~~~\n- [A](#a)\n~~~": "code",
    "![shot](shot.png)": "an image",
    '<img src="shot.png">': "HTML",
    "<details>\n<summary>More</summary>\n\n- [A](#a)\n\n</details>": "HTML",
    "<!-- a remark -->": "a comment",
    "<!-- notelint-disable toc-stale -->": "a comment",
    "<!-- DON'T EDIT THIS SECTION, ASK ANNA -->": "a comment",
    "***": "a thematic break",
    "> quoted": "a quote",
    "> [!NOTE]\n> of note": "an alert",
    "[r]: https://example.org/r": "a definition",
    "[^1]: A note.": "a footnote",
    "$$\nx\n$$": "a formula",
    "<<<<<<< HEAD": "a paragraph",
    "+ [A](#a) — 12 of them": "a list item",
    "+ 12 of [these](#a)": "a list item",
    "+ words": "a list item",
    "+ [A](a.md)": "a list item",
    "+ [A](a.md#a)": "a list item",
    "+ <https://example.org/>": "a list item",
    "+ [A](#a) [B](#b)": "a list item",
    "+ [A](#a)[^1]": "a list item",
    "+ [![icon](icon.png) A](#a)": "a list item",
    "+ `A` [A](#a)": "a list item",
    "+ ~~[A](#a)~~": "a list item",
    '+ [A](#a) <a id="here"></a>': "a list item",
    '+ <a href="#a" id="here">A</a>': "a list item",
    "+ [A](#a) <!-- ten -->": "a list item",
    "+ [A](#a)\n  and words": "a list item",
    "+ [A](#a)\nand words": "a list item",
    "+ [ ] [A](#a)": "a task",
    "+ [x] [A](#a)": "a task",
    "+ [A](#a)\n\n  A paragraph.": "a paragraph",
    "+ [A](#a)\n  > quoted": "a quote",
    "+ [A](#a)\n  ```\n  code\n  ```": "code",
    "+ # Heading": "a heading",
    "+ [A](#a)\n\n  [r]: https://example.org/r": "a definition",
    "+ [r]: https://example.org/r": "a definition",
}
# What may stand between the markers: it is all the table's own, and goes when it is stale.
OWN = [
    "- [Old](#old)",
    "* [Old](#old)\n    * [Older](#older)",
    "1. [Old](#old)\n   1. [Older](#older)",
    "- [Old](#old)\n\n- [Older](#older)\n\n\n+ [Oldest](#oldest)",
    "- **[Old](#old)**\n- *[`Older`](#older)*",
    '- [Old](#old "title")\n- [Older](<#older>)',
    "- [**Old** <b>B</b> &amp; \\[c\\]](#old)",
    '- <a href="#old">Old</a>',
    "- [Old][own]",
    "- [Old\n  one](#old)",
    "-\n  [Old](#old)\n-",
    "- - [Older](#older)",
    "    - [Older](#older)\n- [Old](#old)",
    "- [Old](#old)\n      - [Older](#older)",
    "- [![logo](logo.png) A](#-a)",
    "- [旧](#%E6%97%A7)\n  - [更旧](#更旧)",
]
REST = "## Data ![logo](logo.png)\n\ntext [^1]\n\n[own]: #old\n"


def text_of(pair: tuple[str, str], inner: str) -> str:
    return f"# N\n\n{pair[0]}\n{inner}\n{pair[1]}\n\n{REST}"


@pytest.mark.parametrize("below", BELOW)
def test_a_table_that_holds_more_is_left_alone(
    below: str, notelint: Run, write: Write, tmp_path: Path
) -> None:
    for number, pair in enumerate(PAIRS):
        text = text_of(pair, f"- [Old](#old)\n\n{below}\n")
        line = text[: text.index(f"\n{below}\n")].count("\n") + 2
        file = write(f"{number}.md", text)
        for command in (("toc",), ("fix", "--select=toc")):
            status, out, _ = notelint(*command, "--isolated", file.name)
            assert status == 1
            assert file.read_text("utf-8") == text
            [told] = [each for each in out.splitlines() if "toc-stale" in each]
            place = rf"but holds {BELOW[below]}[^()]*\(line ({line}|{line + 1}|{line + 2})\) that"
            assert re.search(place, told), told
            assert "[*]" not in told
        notelint("fmt", file.name)
        kept = text[text.index(pair[0]) : text.index(pair[1])].strip()
        assert kept in file.read_text("utf-8")


@pytest.mark.parametrize("inner", OWN)
def test_what_a_generator_writes_is_refreshed(inner: str) -> None:
    for start, end in PAIRS:
        for newline in ("\n", "\r\n"):
            text = text_of((start, end), f"**目录**\n\n{inner}\n").replace("\n", newline)
            fixed = fix_text(text, select=["toc-stale"])
            table = fixed[: fixed.index(end)]
            assert "旧" not in table
            assert "Old" not in table
            assert "**目录**" in table
            assert "[Data" in table
            assert fix_text(fixed, select=["toc-stale"]) == fixed


# An item in the way is one that no heading asks for.
NOT_LISTED = [below for below in BELOW if not below.startswith("+") and "- [A]" not in below]


@pytest.mark.parametrize("below", NOT_LISTED)
def test_a_table_that_holds_more_and_is_not_stale_is_silent(
    below: str, notelint: Run, write: Write
) -> None:
    text = f"# N\n\n<!-- toc -->\n* [Data](#data)\n\n{below}\n\n<!-- tocstop -->\n\n## Data\n"
    file = write("a.md", text)
    assert notelint("toc", "--isolated", "a.md") == (0, "", "")
    assert file.read_text("utf-8") == text
    assert lint_text(text, select=["toc-stale"]) == []


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("**目录**\n", "**目录**\n"),  # raw, and so it stays
        ("\n**目录**\n", "\n**目录**\n"),
        ("\n## 目录\n", "\n## 目录\n"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_a_start_marker_may_stand_right_below_html(above: str, below: str) -> None:
    text = "<p>\nraw\n</p>\n<!-- toc -->\n{}\n- [{}](#{})\n\n<!-- tocstop -->\n\n## A\n"
    assert fix_text(text.format(above, "Old", "old"), select=["toc"]) == text.format(
        below, "A", "a"
    )


@pytest.mark.parametrize(
    "inner", ["two\nlines\n\n- [Old](#old)\n", "- [Old](#old)\n", "**目录**\n- [Old](#old)\n"]
)
def test_what_html_above_the_marker_takes_in_is_left_alone(inner: str) -> None:
    text = f"<p>\nraw\n</p>\n<!-- toc -->\n{inner}\n<!-- tocstop -->\n\n## A\n"
    [found] = lint_text(text, select=["toc"])
    assert "holds HTML (line 5)" in found.message
    assert fix_text(text) == text


def test_a_heading_in_a_list_is_no_title() -> None:
    text = "<!-- toc -->\n\n- # Papers\n- [Old](#old)\n\n<!-- tocstop -->\n\n## A\n"
    [found] = lint_text(text, select=["toc"])
    assert "holds a heading (line 3)" in found.message


def test_the_finding_has_no_fix(notelint: Run, write: Write) -> None:
    write("a.md", text_of(PAIRS[0], "- [Old](#old)\n\n## Papers\n"))
    status, out, _ = notelint("check", "--isolated", "--output-format=json", "a.md")
    told = json.loads(out)
    [finding] = [each for each in told["findings"] if each["rule"] == "toc-stale"]
    assert status == 1
    assert finding["fix"] is None
    assert finding["message"] == (
        "table of contents differs from the headings (missing: `Data *`; too many: `Old`), "
        "but holds a heading (line 7) that is not part of it; move it out of the block"
    )


def test_only_the_first_table_has_a_fix() -> None:
    table = "<!-- toc -->\n\n* [{0}](#{0})\n\n<!-- tocstop -->\n\n"
    text = f"{table.format('b')}{table.format('old')}## b\n"
    [found] = lint_text(text, select=["toc"])
    assert (found.rule, found.fix) == ("toc-markers", None)
    assert fix_text(text, select=["toc"]) == text


def test_a_second_table_is_told_as_such_even_if_it_is_stale() -> None:
    table = "<!-- toc -->\n\n* [{0}](#{0})\n\n<!-- tocstop -->\n\n"
    text = f"{table.format('a')}{table.format('old')}## b\n"
    found = [(each.rule, each.range.start.line) for each in lint_text(text, select=["toc"])]
    assert found == [("toc-stale", 1), ("toc-markers", 7)]


TOC, STOP, LIST = "<!-- toc -->\n\n", "<!-- tocstop -->\n\n", "- [Old](#old)\n\n"
MDFORMAT, MDFORMAT_END = "<!-- mdformat-toc start -->\n\n", "<!-- mdformat-toc end -->\n\n"
OTHER, OTHER_END = "<!-- toc:start -->\n\n", "<!-- toc:end -->\n\n"
WRONG_PAIRS = [
    f"{TOC}Words.\n\n{TOC}{LIST}{STOP}",
    f"{TOC}{LIST}Words.\n\n{TOC}{LIST}{STOP}",
    f"{TOC}Words.\n\n{OTHER}{LIST}{STOP}",
    f"{TOC}{OTHER}Words.\n\n{STOP}{OTHER_END}",
    f"{TOC}{LIST}{OTHER}Words.\n\n{STOP}{LIST}{OTHER_END}",
    f"{OTHER}Words.\n\n{OTHER}{LIST}{OTHER_END}",
    f"<!-- START doctoc -->\n\n{TOC}Words.\n\n{STOP}<!-- END doctoc -->\n\n",
    f"{MDFORMAT}Words.\n\n{TOC}{LIST}{MDFORMAT_END}",
    f"{MDFORMAT}Words.\n\n{MDFORMAT}{LIST}{MDFORMAT_END}",
    f"{MDFORMAT}{LIST}Words.\n\n## Old\n\n",
    f"{TOC}**目录**\n\n{LIST}Words.\n\n## Old\n\n",
]


@pytest.mark.parametrize("table", WRONG_PAIRS)
def test_what_stands_between_markers_that_do_not_pair_stays(
    table: str, notelint: Run, write: Write
) -> None:
    file = write("a.md", f"# N\n\n{table}## Data\n\ntext\n")

    def lines() -> list[str]:
        text = file.read_text("utf-8")
        return [line for line in text.split("\n") if line and not line.lstrip().startswith("- [")]

    before = lines()
    for command in ("toc", "fix", "toc"):
        once = file.read_text("utf-8")
        status, out, _ = notelint(command, "--isolated", "a.md")
        assert status == 1
        assert "toc-markers" in out or command == "fix"  # there the stale table says enough
        assert lines() == before
    assert file.read_text("utf-8") == once


def test_no_entry_for_a_heading_between_the_markers(notelint: Run, write: Write) -> None:
    text = "<!--mdformat-toc start-->\n# s\n\n|\n<!--mdformat-toc end-->\n"
    file = write("b.md", text)
    for _ in range(2):
        status, out, _ = notelint("toc", "--isolated", "b.md")
        assert (status, file.read_text("utf-8")) == (1, text)
        assert "holds a paragraph (line 4)" in out


PLANTED = {
    "a heading less": ("## Papers\n\n", ""),
    "a word less": ("Three weeks", "weeks"),
    "a definition less": ("[r]: https://example.org/r\n\n", ""),
    "code less": ("`code` ", ""),
    "another title": ("**目录**", "**Contents**"),
    "an item less": ("- 12 of [these](#these)\n", ""),
}


@pytest.mark.parametrize("what", PLANTED)
def test_the_gate_compares_all_but_the_list(what: str) -> None:
    inner = (
        "**目录**\n\n- [Old](#old)\n- 12 of [these](#these)\n\n## Papers\n\n"
        "Three weeks `code` [x][r].\n\n[r]: https://example.org/r\n\n"
    )
    text = text_of(PAIRS[3], inner)
    old, new = PLANTED[what]
    start = text.index(old)
    edits = (Edit(Span(start, start + len(old)), new),)
    _, objection = attempt(Document.of(text), ReplacesToc(), [Fix("planted", edits)])
    assert objection is not None
    start = text.index("- [Old](#old)")
    edits = (Edit(Span(start, start + len("- [Old](#old)")), "- [Data](#data)\n  - [B](#b)"),)
    _, objection = attempt(Document.of(text), ReplacesToc(), [Fix("right", edits)])
    assert objection is None


def test_the_gate_lets_a_title_go_that_another_was_asked_for() -> None:
    doc = Document.of(text_of(PAIRS[3], "## Contents\n\n- [Old](#old)\n"))
    after, objection = with_fresh_toc(doc, TocOptions(title="**目录**"))
    assert objection is None
    assert "## Contents" not in after.source.text


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_nothing_that_a_reader_sees_is_lost(chance: Random) -> None:
    text = note(chance)
    assert wrong(text) is None, text
