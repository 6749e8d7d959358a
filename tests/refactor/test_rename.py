"""`notelint rename` in real repositories: headings, anchors, entries, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Git, Run, Write


@pytest.fixture(autouse=True)
def _repository(git: Git) -> None:
    git("init", "-q", "-b", "main")


@pytest.mark.parametrize(
    ("before", "anchor", "text", "after"),
    [
        # which of equal headings: the anchor says it, and those behind count down
        ("# E\n\n# E\n\n# E\n\n[](#e) [](#e-1) [](#e-2)\n", "e-1", "F",
         "# E\n\n# F\n\n# E\n\n[](#e) [](#f) [](#e-1)\n"),
        ("# E\n\n# E\n\n# E\n\n[](#e) [](#e-1) [](#e-2)\n", "e", "F",
         "# F\n\n# E\n\n# E\n\n[](#f) [](#e) [](#e-1)\n"),
        # the anchor of another heading: that one counts up, or this one does
        ("# X\n\n# E\n\n[](#x) [](#e)\n", "x", "E", "# E\n\n# E\n\n[](#e) [](#e-1)\n"),
        ("# E\n\n# X\n\n[](#e) [](#x)\n", "x", "e!", "# E\n\n# e!\n\n[](#e) [](#e-1)\n"),
        ("# E\n\n# X\n\n# E\n\n[](#e-1) [](#x)\n", "x", "E 1",
         "# E\n\n# E 1\n\n# E\n\n[](#e-2) [](#e-1)\n"),
        # the same anchor as before
        ("# Old\n\n[](#old)\n", "old", "OLD!", "# OLD!\n\n[](#old)\n"),
        # where headings stand
        ("Old\n===\n\n[](#old)\n", "old", "New", "New\n===\n\n[](#new)\n"),
        ("Old\nheading\n---\n\n[](#oldheading)\n", "oldheading", "New", "New\n---\n\n[](#new)\n"),
        ("> ## Old ##\n\n[](#old)\n", "old", "New", "> ## New ##\n\n[](#new)\n"),
        ("- x\n  ## Old\n\n[](#old)\n", "old", "New", "- x\n  ## New\n\n[](#new)\n"),
        ("<details>\n\n## Old\n\n</details>\n\n[](#old)\n", "OLD", "New",
         "<details>\n\n## New\n\n</details>\n\n[](#new)\n"),
        # headings in HTML: an id stays
        ('<h2 id="o">Old</h2>\n\n[](#o) [](#old)\n', "o", "A & B",
         '<h2 id="o">A &amp; B</h2>\n\n[](#o) [](#a--b)\n'),
        ("<h1 align=center><img src=x.png alt=''><br> Old </h1>\n\n[](#-old-)\n", "-old-", "New",
         "<h1 align=center><img src=x.png alt=''><br> New </h1>\n\n[](#-new-)\n"),
        # what stands beside the text stays
        ("# [Old](https://x.org)\n\n[](#old)\n", "old", "`New`",
         "# [`New`](https://x.org)\n\n[](#new)\n"),
        ("# ![](x.png) Old\n\n[](#-old)\n", "-old", "New", "# ![](x.png) New\n\n[](#-new)\n"),
        ('# <a id="i"></a>Old\n\n[](#i) [](#old)\n', "i", "New",
         '# <a id="i"></a>New\n\n[](#i) [](#new)\n'),
        ("# Old <!-- omit in toc -->\n\n[](#old-)\n", "old-", "New",
         "# New <!-- omit in toc -->\n\n[](#new-)\n"),
        ("# Old {#i}\n\n[](#i)\n", "old-i", "New", "# New {#i}\n\n[](#i)\n"),
        ("# **Old** `x`\n\n[](#old-x)\n", "old-x", "*New*", "# *New*\n\n[](#new)\n"),
        ("# See [old](#b)\n\n# B\n", "see-old", "Read [the new](#b)",
         "# Read [the new](#b)\n\n# B\n"),
        # links in the new text, and gone with the old one
        ("# Old\n\n[](#old) [r]\n\n[r]: x\n", "old", "A [b](#old), [r], ![](x.png)",
         "# A [b](#old), [r], ![](x.png)\n\n[](#a-b-r-) [r]\n\n[r]: x\n"),
        ("# See [old](#b)\n\n# B\n\n[](#b) [](#see-old)\n", "see-old", "Go [up](x) ![](x)",
         "# Go [up](x) ![](x)\n\n# B\n\n[](#b) [](#go-up-)\n"),
        # spelling of links
        ("# 安装\n\n[](#%E5%AE%89%E8%A3%85) [](#安装) [](<#安装>)\n", "安装", "配 置",
         "# 配 置\n\n[](#%E9%85%8D-%E7%BD%AE) [](#配-置) [](<#配-置>)\n"),
        ("# Old\n\n[](#user-content-old) [](#Old 'T') <a href='#old'>x</a>\n\n[r]: #old\n", "old",
         "New", "# New\n\n[](#user-content-new) [](#new 'T') <a href='#new'>x</a>\n\n[r]: #new\n"),
        # a table of contents: anchors and texts, but for texts that a person changed
        ("<!-- toc -->\n\n- [Old `x`](#old-x)\n  - [mine](#old-x-1)\n\n<!-- tocstop -->\n\n"
         "# Old `x`\n\n## Old `x`\n", "old-x", "New [x]",
         "<!-- toc -->\n\n- [New [x]](#new-x)\n  - [mine](#old-x)\n\n<!-- tocstop -->\n\n"
         "# New [x]\n\n## Old `x`\n"),
        ("<!-- toc -->\n\n- <a href='#old'>Old</a>\n\n<!-- tocstop -->\n\n# Old\n", "old", "A < B",
         "<!-- toc -->\n\n- <a href='#a--b'>A &lt; B</a>\n\n<!-- tocstop -->\n\n# A < B\n"),
        # percent-encoded there as `toc` does, unless another entry is not
        ("<!-- toc -->\n\n- [Old](#old)\n\n<!-- tocstop -->\n\n# Old\n\n[](#old)\n", "old", "新，x",
         "<!-- toc -->\n\n- [新，x](#%E6%96%B0x)\n\n<!-- tocstop -->\n\n# 新，x\n\n[](#新x)\n"),
        ("<!-- toc -->\n\n- [中](#中)\n- [Old](#old)\n\n<!-- tocstop -->\n\n# 中\n\n# Old\n",
         "old", "新",
         "<!-- toc -->\n\n- [中](#中)\n- [新](#新)\n\n<!-- tocstop -->\n\n# 中\n\n# 新\n"),
    ],
)  # fmt: skip
def test_in_one_note(
    notelint: Run, write: Write, before: str, anchor: str, text: str, after: str
) -> None:
    note = write("a.md", before)
    ran = notelint("rename", f"a.md#{anchor}", text)
    assert (ran.status, note.read_text()) == (0, after), ran.err


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_in_all_files(notelint: Run, write: Write, newline: str) -> None:
    def file(name: str, text: str) -> Path:
        return write(name, text.replace("\n", newline))

    file("d/a.md", "\ufeff# Old\n\n[a](a.md#old)\n")
    notes = [
        file("b.md", "[a](d/a.md#old) ![a](./d/a.md?x=1#old)\n"),
        file("e/c.md", "[a](/d/a.md#Old)\n\n[r]: ../d/a.md#old 'T'\n"),
        file("x.html", "<a href=d/a.md#old>a</a>"),
        file("d/o.md", "# Old\n\n[o](#old) [a](a.md)\n"),
    ]
    assert notelint("rename", "d/a.md#old", "New").status == 0
    assert [each.read_bytes().decode() for each in notes] == [
        f"[a](d/a.md#new) ![a](./d/a.md?x=1#new){newline}",
        f"[a](/d/a.md#new){newline}{newline}[r]: ../d/a.md#new 'T'{newline}",
        "<a href=d/a.md#new>a</a>",
        f"# Old{newline}{newline}[o](#old) [a](a.md){newline}",
    ]


def test_a_folder_stands_for_its_readme(notelint: Run, write: Write) -> None:
    write("d/README.md", "# Old\n")
    note = write("a.md", "[d](d/#old) [d](d#old)\n")
    assert notelint("rename", "d/README.md#old", "New").status == 0
    assert note.read_text() == "[d](d/#new) [d](d#new)\n"


@pytest.mark.parametrize(
    "call",
    [
        ("--", "a.md#x", "--verbose"),
        ("a.md#x", "--", "--verbose"),
        ("-q", "--", "a.md#x", "--verbose"),
        ("a.md#x", "-q", "--", "--verbose"),
    ],
)
def test_a_text_that_begins_with_hyphens(
    notelint: Run, write: Write, call: tuple[str, ...]
) -> None:
    note = write("a.md", "## x\n\n[x](#x)\n")
    assert notelint("rename", *call).status == 0
    assert note.read_text() == "## --verbose\n\n[x](#--verbose)\n"


def test_a_title_in_front_matter_is_told(notelint: Run, write: Write) -> None:
    note = write("a.md", '---\ntitle: "Old"\n---\n\n# Old\n\n[[#Old]]\n')
    ran = notelint("rename", "a.md#old", "New", "-q")
    assert note.read_text() == '---\ntitle: "Old"\n---\n\n# New\n\n[[#Old]]\n'
    assert ran.err.splitlines() == [
        "notelint: a.md:2: front matter has the old text as its title; not changed",
        "notelint: a.md:7: wiki link `[[#Old]]` is not changed",
    ]


@pytest.mark.parametrize(
    ("heading", "text", "said"),
    [
        ("a.md#old", "", "the new text is empty"),
        ("a.md#old", " \t", "the new text is empty"),
        ("a.md#old", "New\nline", "the new text has a line break"),
        ("a.md#old", "New\r", "the new text has a line break"),
        ("a.md#old", "New ##", "read as something other"),
        ("a.md#old", "<!-- x -->", "shows no words"),
        ("a.md#odl", "New", "no heading with the anchor `#odl`; did you mean `#old`?"),
        ("a.md#", "New", "no heading with the anchor"),
        ("a.md", "New", "`a.md` names no heading; write NOTE#ANCHOR"),
        ("b.md#old", "New", "b.md: no such file"),
        ("a.md#see-it-here", "New", "holds a link or a picture beside its text"),
        ("a.md#setext", "- New", "not read as the text of that heading"),
        ("a.md#old", "!!!", "a.md:10: the link `#old` cannot follow: the new text has no anchor"),
        ("a.md#old", "The id", "a.md:10: the link `#old` cannot follow: `#the-id` leads elsewhere"),
    ],
)
def test_what_is_refused(notelint: Run, write: Write, heading: str, text: str, said: str) -> None:
    before = "<a id='the-id'></a>\n\n# A\n# Old\n\n# See [it](#x) here\n\nSetext\n---\n[o](#old)\n"
    note = write("a.md", before)
    for more in ((), ("--check",), ("--diff",)):
        ran = notelint("rename", heading, text, *more)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err
    assert note.read_text() == before


def test_a_text_with_the_anchor_of_an_id_below(notelint: Run, write: Write) -> None:
    write("a.md", "# Old\n\n[n](#new)\n\n<a id='new'></a>\n")
    said = "a.md:3: the link `#new` cannot follow: another place would have its anchor"
    assert said in notelint("rename", "a.md#old", "New").err


def test_a_link_that_was_broken(notelint: Run, write: Write) -> None:
    """The text that a heading had before may be given back to it."""
    note = write("a.md", "# Old\n\n[o](#old) [n](#new) [m](#New)\n")
    other = write("b.md", "[n](a.md#new)\n")
    assert notelint("rename", "a.md#old", "New").status == 0
    assert note.read_text() == "# New\n\n[o](#new) [n](#new) [m](#New)\n"
    assert other.read_text() == "[n](a.md#new)\n"


def test_a_link_to_the_top(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n\n## Old\n\n[top](#top)\n")
    said = "a.md:5: the link `#top` cannot follow"
    assert said in notelint("rename", "a.md#old", "Top").err


def test_check_and_diff_write_nothing(notelint: Run, write: Write) -> None:
    note = write("a.md", "# Old\n\n[o](#old)\n")
    assert notelint("rename", "a.md#old", "New", "--check").out == "a.md: would be changed\n"
    ran = notelint("rename", "a.md#old", "New", "--diff")
    assert (ran.status, "+# New\n" in ran.out, "+[o](#new)\n" in ran.out) == (1, True, True)
    assert note.read_text() == "# Old\n\n[o](#old)\n"
    assert notelint("rename", "a.md#old", "Old", "--check").status == 0  # nothing to do


def test_a_check_finds_nothing_afterwards(notelint: Run, write: Write) -> None:
    write("a.md", "# Notes\n\n## Old\n\nText.\n\n### Old\n\nText: [o](#old), [p](#old-1).\n")
    assert notelint("toc", "a.md").status == 0
    assert notelint("rename", "a.md#old", "New *way* of `x_y`").status == 0
    assert notelint("check", "--ignore", "duplicate-heading").err == ""
    assert notelint("toc", "--check").status == 0


def test_a_symbolic_link_has_no_headings_of_its_own(notelint: Run, write: Write) -> None:
    note = write("d/a.md", "# Old\n")
    links = write("b.md", "[o](c.md#old)\n")
    (links.parent / "c.md").symlink_to("d/a.md")
    ran = notelint("rename", "c.md#old", "New")
    assert (ran.status, ran.err) == (2, "notelint: c.md: a symbolic link; name d/a.md itself\n")
    assert (note.read_text(), links.read_text()) == ("# Old\n", "[o](c.md#old)\n")


def test_links_through_symbolic_links_follow(notelint: Run, write: Write) -> None:
    write("d/a.md", "# Old\n")
    links = write("b.md", "[o](c.md#old) [p](e/a.md#old) [q](d/a.md#old)\n")
    (links.parent / "c.md").symlink_to("d/a.md")
    (links.parent / "e").symlink_to("d")
    assert notelint("rename", "d/a.md#old", "New").status == 0
    assert links.read_text() == "[o](c.md#new) [p](e/a.md#new) [q](d/a.md#new)\n"
    assert notelint("check").status == 0
