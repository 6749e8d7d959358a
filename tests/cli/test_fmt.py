"""``notelint fmt``: mdformat's layout, and the same page."""

from __future__ import annotations

import os
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings

from conftest import Ran, Run, Write
from format_cases import LAID_OUT, STAY, TOC
from notelint.config.mdformat import Layout
from notelint.engine.layout import PageChanged, lay_out
from notelint.markdown.format.rendered import same_page
from notelint.text.source import Source
from referee import page
from strategies import documents


def laid_out(text: str) -> str:
    """*text* laid out; a second time changes nothing."""
    after = lay_out(Source.decode(text.encode()), Layout())
    assert lay_out(after, Layout()) == after
    return after.encode().decode()


# ---------------------------------------------------------------------- what stays as it is


@pytest.mark.parametrize("text", STAY)
def test_stays_as_it_is(text: str) -> None:
    assert laid_out(text) == text


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_byte_order_mark_stay(ends: str) -> None:
    text = "\ufeff# T\n\n- a\n\n```\ncode\n```\n".replace("\n", ends)
    assert laid_out(text) == text


# ---------------------------------------------------------------------- what is laid out


@pytest.mark.parametrize(("before", "after"), LAID_OUT)
def test_is_laid_out(before: str, after: str | None) -> None:
    got = laid_out(before)
    assert same_page(before, got)
    if after is not None:
        assert got == after


def test_a_longer_indent_moves_details_as_a_whole() -> None:
    before = "*   a\n\n    <details>\n\n      * b\n\n    </details>\n"
    assert laid_out(before) == "- a\n\n  <details>\n\n    * b\n\n  </details>\n"


def test_a_block_that_would_look_otherwise_stays_as_it_is() -> None:
    row = "| a | b |\n|---|---|\n| 1 | 2 | a cell too many |\n"
    assert laid_out(f"Title\n===\n\n{row}") == f"# Title\n\n{row}"


# ---------------------------------------------------------------------- mdformat's configuration


@pytest.mark.parametrize(
    ("toml", "before", "after"),
    [
        ("wrap = 12", "中文 some words [a b](c d) [a b](c)\n", None),
        ("wrap = 12", "one two three four\n", "one two\nthree four\n"),
        ('wrap = "no"', "one\ntwo\nthree\n", "one two three\n"),
        ("number = true", "1. a\n1. b\n", "1. a\n2. b\n"),
        ("number = false", "1. a\n2. b\n", "1. a\n1. b\n"),
        ('end_of_line = "lf"', "a\r\n", "a\n"),
        ('end_of_line = "crlf"', "a\n", "a\r\n"),
        ('exclude = ["a.md"]', "*  a\n", "*  a\n"),
        ('exclude = ["sub/**"]', "*  a\n", "- a\n"),
        ('extensions = ["gfm"]\nvalidate = false', "*  a\n", "- a\n"),
        (
            "[plugin.tables]\ncompact_tables = true",
            "|aaaa|\n|-|\n|b|\n",
            "| aaaa |\n| -- |\n| b |\n",
        ),
    ],
)
def test_mdformat_is_configured_as_ever(
    notelint: Run, write: Write, toml: str, before: str, after: str | None
) -> None:
    write(".mdformat.toml", toml)
    path = write("a.md", before)
    assert notelint("fmt").status == 0
    assert notelint("fmt", "--check").status == 0
    if after is not None:
        assert path.read_bytes().decode() == after


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("wrap = 0", '`wrap` must be "keep", "no" or a number of columns'),
        ("wraps = 80", "unknown key `wraps`; did you mean `wrap`?"),
        ("number = 'x'", "`number` must be true or false"),
        ("wrap =", "not valid TOML"),
        ('extensions = ["nonsense"]', "`nonsense` is not installed"),
        ('codeformatters = ["nonsense"]', "`nonsense` is not installed"),
    ],
)
def test_a_wrong_configuration_is_told(
    notelint: Run, write: Write, toml: str, message: str
) -> None:
    write("sub/.mdformat.toml", toml)
    path = write("sub/a.md", "*  a\n")
    ran = notelint("fmt")
    assert ran.status == 2
    assert ".mdformat.toml: " in ran.err
    assert message in ran.err
    assert path.read_text() == "*  a\n"


# ---------------------------------------------------------------------- the command


def test_names_what_it_laid_out(notelint: Run, write: Write) -> None:
    write("a.md", "*  a\n")
    write("b.md", "- b\n")
    assert notelint("fmt", "--check") == Ran(1, "a.md: would be formatted\n", "")
    assert notelint("fmt") == Ran(0, "a.md: formatted\n", "")
    assert notelint("fmt") == Ran(0, "", "")


def test_a_diff_writes_nothing(notelint: Run, write: Write) -> None:
    path = write("a.md", "*  a\n")
    ran = notelint("fmt", "--diff")
    assert ran == Ran(1, "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-*  a\n+- a\n", "")
    assert path.read_text() == "*  a\n"


def test_what_cannot_be_laid_out_is_named_and_left_alone(notelint: Run, write: Write) -> None:
    nul, latin = write("a.md", "*  a\0\n"), write("b.md", b"*  \xff\n")
    write("deep.md", "*" * 5000 + "a" + "*" * 5000)
    other = write("c.md", "*  c\n")
    ran = notelint("fmt")
    assert ran.status == 2
    assert "b.md:1:4: error: byte at offset 3 is not UTF-8" in ran.out
    assert ran.err == (
        "notelint: a.md: left unchanged: it contains a NUL character\n"
        "notelint: deep.md: left unchanged: it is nested too deeply for mdformat\n"
    )
    assert (nul.read_bytes(), latin.read_bytes()) == (b"*  a\0\n", b"*  \xff\n")
    assert other.read_text() == "- c\n"


def test_mode_and_time_of_an_unchanged_file_stay(notelint: Run, write: Write) -> None:
    path = write("a.md", "*  a\n")
    path.chmod(0o640)
    notelint("fmt")
    assert path.stat().st_mode & 0o777 == 0o640
    os.utime(path, (1, 1))
    notelint("fmt")
    assert path.stat().st_mtime == 1


MESSY = f"""\
标题
===

{TOC}## 安装
text
![]()

*   [[论文](papers\\a.md)]<img src="">
*   <details>
    <summary>x</summary>

    * [q](#安装)

    </details>

### 从源码 ###
看 [b](b.md?utm_source=x)
<img src="">

<!-- notelint-disable-next-line empty-link -->
[empty]()
"""


@pytest.mark.parametrize("order", list(permutations(["fmt", "toc", "fix"])), ids="-".join)
def test_one_round_in_any_order_is_enough(
    notelint: Run, write: Write, order: tuple[str, ...]
) -> None:
    path = write("a.md", MESSY)
    write("b.md", "# b\n")
    for command in order:
        notelint(command)
    once = path.read_bytes()
    for command in order:
        notelint(command)
        assert path.read_bytes() == once
    assert "empty-link" not in notelint("check").out


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
@given(documents)
def test_any_note_is_the_same_page_or_left_alone(text: str) -> None:
    try:
        after = lay_out(Source(text), Layout())
    except PageChanged:
        return
    assert same_page(text.replace("\r\n", "\n").replace("\r", "\n"), after.text)
    assert lay_out(after, Layout()) == after


@pytest.mark.parametrize(
    "text",
    ["1. one\n\n    !!! note\n        nested\n", "> ??? tip\n>     folded\n\n*  a\n"],
)
def test_blocks_of_a_site_inside_others_are_left_alone(text: str) -> None:
    with pytest.raises(PageChanged, match="inside another block"):
        lay_out(Source.of(text), Layout())


def test_what_only_looks_like_a_block_of_a_site() -> None:
    assert laid_out("*  !!! wow\n*  : x\n\n```\n!!! note\n  x\n```\n") == (
        "- !!! wow\n- : x\n\n```\n!!! note\n  x\n```\n"
    )


@pytest.mark.parametrize("above", ["", "> ", "- x\n\n  "])
def test_a_definition_on_a_table_is_text_on_github(above: str) -> None:
    inside = above.rpartition("\n")[2].replace("-", " ")
    lines = ["[a]: http://x.org", "| h | k |", "|---|---|", "| 1 | 2 |"]
    with pytest.raises(PageChanged, match="shows a definition right above a table as text"):
        lay_out(Source.of(above + f"\n{inside}".join(lines) + "\n\nSee [a].\n"), Layout())
    parted = "[a]: http://x.org\n\n| h |\n|---|\n\nSee [a].\n"
    assert laid_out(parted) == "[a]: http://x.org\n\n| h   |\n| --- |\n\nSee [a].\n"


@pytest.mark.parametrize("above", ["", "> ", "- x\n\n  "])
@pytest.mark.parametrize("indent", ["    ", "    - "])
def test_an_indented_line_below_a_definition_is_text_on_github(above: str, indent: str) -> None:
    inside = above.rpartition("\n")[2].replace("-", " ")
    text = f"{above}[a]: http://x.org\n{inside}{indent}words\n\nSee [a].\n"
    assert "<code>" not in page(text)
    with pytest.raises(
        PageChanged, match="shows an indented line right below a definition as text"
    ):
        lay_out(Source.of(text), Layout())


def test_code_that_is_parted_from_a_definition_gets_a_fence() -> None:
    text = "[a]: http://x.org\n\n    code\n\nSee [a].\n"
    assert laid_out(text) == "[a]: http://x.org\n\n```\ncode\n```\n\nSee [a].\n"


OUTSIDE = "ends the list or quote above a tag that has a line to itself: part them"
UNDER = "right below a definition"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("- m\n<img src='x'>\n# T\n", 2, OUTSIDE),
        ("> m\r\n<b>\r\n", 2, OUTSIDE),
        ("> - m\n> </b>\nx\n", 2, OUTSIDE),
        ("10. m\n   <br />\n", 2, OUTSIDE),
        (">\t- m\n>   <b>\n", 2, OUTSIDE),
        ("- > m\n<b>\n", 2, OUTSIDE),
        ("> [!NOTE]\n> x\n<b>\n", 3, OUTSIDE),
        ("- a `b\n<i>\nc`\n", 2, OUTSIDE),
        ("---\na: 1\n---\n\n- a\n\n  b\n <i>\n", 8, OUTSIDE),
        ("[^1]: x\n<b>\n\nf[^1]\n", 2, OUTSIDE),
        ("|a|\n|-|\n|b|\n<br>\n", 4, "ends a table above a tag"),
        ("> > a\n    # x\n", 2, "shows an indented line right below a quote as text"),
        ("> > a\n    ```\n", 2, "shows an indented line right below a quote as text"),
        ("[a]: b\n0) x\n", 2, f"shows a list {UNDER} as text"),
        ("[a]: b\n*\n", 2, f"shows a list {UNDER} as text"),
        ("[a]: b\n<b>\nx\n", 2, f"begins a paragraph with a tag {UNDER}"),
        ("- [a]: b\n   <br>\nz\n", 2, f"begins a paragraph with a tag {UNDER}"),
        ("> [a]: b\nlazy\n", 2, "takes the line below a definition into its list or quote"),
        ("- [x]:z\nt\n", 2, "takes the line below a definition into its list or quote"),
    ],
)
def test_what_github_reads_otherwise_is_left_alone(text: str, line: int, why: str) -> None:
    with pytest.raises(PageChanged) as refused:
        lay_out(Source.of(text), Layout())
    assert f"GitHub {why}" in str(refused.value)
    assert f"(line {line})" in str(refused.value)


def test_a_blank_line_that_would_go_below_a_definition_is_left_alone() -> None:
    with pytest.raises(PageChanged, match="would change the page on GitHub"):
        lay_out(Source.of("0) [a]: b\n   \n    0) x\n"), Layout())


@pytest.mark.parametrize(
    "text",
    [
        "- m\n  <b>\n",
        "-    m\n    <b>\n",
        "> m\n    <b>\n",
        "> m\n> <b>\n",
        "m\n<b>\n",
        "- m\n<b> x\n",
        "- m\n<b></b>\n",
        "- m\n<div>\n",
        "- m\n\n<b>\n",
        "- m\n<!-- c -->\n",
        "- m\n<http://e.org>\n",
        "- m\n\\<b>\n",
        "- x\n      y\n  <b>\n",
        "- a\n\n    b\n  <i>\n",
        "1. a\n   - b\n     <b>\n",
        "|a|\n|-|\n|b|\n\n<br>\n",
        "|a|\n|-|\n| <br> |\n",
        "> # h\n    code\n",
        "[a]: b\n1. x\n",
        "[a]: b\n- x\n",
        "[a]: b\n<div>\n",
        "[a]: b\n\n0) x\n",
        "- [a]: b\n0) x\n",
        "- [a]: b\n- c\n",
        "> [a]: b\n> c\n",
        "> [a]: b\n<b>\n",
        "> [a]: b\n# c\n",
        "text\n\n[a]: b",
    ],
)
def test_what_github_reads_as_the_parser_does_is_laid_out(text: str) -> None:
    text = f"T\n===\n\n{text}"
    after = laid_out(text)
    assert after.startswith("# T\n")
    assert page(after) == page(text)


def test_a_table_that_stays_may_end_above_a_tag() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 | a cell too many |\n<br>\n"
    assert laid_out(f"{table}\n*  x\n") == f"{table}\n- x\n"
