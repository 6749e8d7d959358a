"""``notelint toc`` as it is called."""

from __future__ import annotations

import io

import pytest

from conftest import Run, Write


def test_a_title_may_be_a_heading(notelint: Run, write: Write) -> None:
    note = write("a.md", "# A\n\ntext\n")
    assert notelint("toc", "--title", "## Contents", "a.md")[0] == 0
    text = note.read_text()
    assert "## Contents\n\n- [A](#a)\n" in text
    assert notelint("toc", "--check", "a.md")[0] == 0, "it is kept"


def test_a_title_that_takes_the_anchor_of_a_heading_is_refused(notelint: Run, write: Write) -> None:
    note = write("a.md", "# Contents\n\ntext\n")
    status, _, err = notelint("toc", "--title", "## Contents", "a.md")
    assert (status, note.read_text()) == (2, "# Contents\n\ntext\n")
    assert err == "notelint: a.md: table of contents not written: it would change the headings\n"


NOTE = "# Title\n\n## One\n\n### Deep\n\ntext\n\n## Two\n\ntext\n"


@pytest.mark.parametrize(
    ("options", "new"),
    [
        (["--min-level", "2"], "## New"),
        (["--max-level", "2"], "## New"),
        (["--max-level", "1"], "# New"),
        (["--min-level", "3"], "### New"),
        (["--min-level", "2", "--max-level", "2"], "## New"),
        (["--ordered"], "# New"),
        (["--bullet", "*"], "# New"),
        (["--indent", "4"], "# New"),
        (["--no-title"], "# New"),
        (["--ordered", "--min-level", "2"], "## New"),
    ],
)
def test_check_and_fix_keep_what_toc_writes(
    notelint: Run, write: Write, options: list[str], new: str
) -> None:
    note = write("a.md", NOTE)
    assert notelint("toc", *options, "a.md")[0] == 0
    written = note.read_text()
    for command in ("check", "fix"):
        assert notelint(command, "--select", "toc", "a.md")[0] == 0
    assert note.read_text() == written
    note.write_text(f"{written}\n{new}\n\ntext\n")
    notelint("fix", "--select", "toc", "a.md")
    fixed = note.read_text()
    assert "(#new)" in fixed
    assert notelint("toc", *options, "a.md")[0] == 0
    assert note.read_text() == fixed


@pytest.mark.parametrize("command", ["fix", "fix --unsafe"])
@pytest.mark.parametrize(
    "heading", ["**注意：**后面", "3~4 个，1~2 个", "Box<String> x", "**`X`**을 b"]
)
def test_an_entry_that_repeats_the_fault_of_its_heading(
    notelint: Run, write: Write, command: str, heading: str
) -> None:
    note = write("a.md", f"# A\n\nx\n\n## {heading}\n\nx\n")
    before = notelint("check", "a.md").out.split("\n")
    assert notelint("toc", "a.md")[0] == 0
    written = note.read_text()
    assert len(notelint("check", "a.md").out.split("\n")) == len(before)
    notelint(*command.split(), "a.md")
    assert note.read_text() == written
    # what is in no table
    note.write_text(written.replace("# A\n\nx\n", f"# A\n\n{heading}\n"))
    assert notelint("check", "a.md").out.count("\na.md:") == len(before) - 2


@pytest.mark.parametrize("flavor", ["gitlab", "bitbucket"])
def test_anchors_of_another_forge_are_not_broken(notelint: Run, write: Write, flavor: str) -> None:
    write(".notelint.yaml", f"toc: {{flavor: {flavor}}}\n")
    note = "# ① Größe\n\nx\n\n## A -- b_2\n\nx\n\n## 中文 C\n\nx\n\n## 中文\n\n### 中文 C\n\nx\n"
    write("a.md", note)
    assert notelint("toc", "a.md")[0] == 0
    assert notelint("check", "a.md").out == "No problems in 1 file\n"
    write("b.md", "# B\n\n[c](a.md#markdown-header-gone) [d](a.md#gone)\n")
    assert notelint("check", "b.md").out.count("[broken-anchor]") == 2


def test_all_headings_are_read_off_the_list(notelint: Run, write: Write) -> None:
    note = write("a.md", "# Title\n\n<!-- toc -->\n\n## One\n\ntext\n")
    notelint("toc", "--all", "a.md")
    assert "- [Title](#title)" in note.read_text()
    assert notelint("check", "--select", "toc", "a.md")[0] == 0


def test_without_a_path_tables_are_only_refreshed(notelint: Run, write: Write) -> None:
    none, old = write("a.md", NOTE), write("b.md", "<!-- toc -->\n<!-- tocstop -->\n\n# B\n\nx\n")
    assert notelint("toc", "--check")[:2] == (1, "b.md: would be refreshed\n")
    ran = notelint("toc")
    assert ran == (0, "b.md: refreshed\n", "notelint: 1 table of contents refreshed\n")
    assert (none.read_text(), "(#b)" in old.read_text()) == (NOTE, True)
    ran = notelint("toc", ".")
    assert ran == (0, "a.md: created\n", "notelint: 1 table of contents created\n")
    assert notelint("toc", "--quiet", "--title", "X", ".") == (0, "", "")
    old.unlink()
    none.write_text(NOTE)
    message = "notelint: no table of contents in 1 file; `notelint toc PATH` creates them\n"
    assert notelint("toc") == (0, "", message)


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        (None, "", ".notelint.yaml: toc: {min-level: 2, bullet: \"*\"}"),
        ("pyproject.toml", "[tool.notelint]\n", "pyproject.toml, below [tool.notelint.toc]: "
         'min-level = 2; bullet = "*"'),
        (".notelint.yml", "toc: {min-level: 2}\n", '.notelint.yml: toc: {bullet: "*"}'),
    ],
)  # fmt: skip
def test_how_options_last(
    notelint: Run, write: Write, name: str | None, text: str, lines: str
) -> None:
    write("a.md", NOTE)
    if name:
        write(name, text)
    options = ("--min-level", "2", "--bullet", "*")
    _, _, err = notelint("toc", *options, "a.md")
    assert err.splitlines()[-1].endswith(f"to keep them, write in {lines}")
    assert notelint("toc", *options, "a.md")[2] == "", "nothing changes, nothing is lost"


def test_a_pipe_is_silent(notelint: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    for command, text in (("toc", b"# A\n"), ("fmt", b"*  a\n")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
        status, out, err = notelint(command, "-")
        assert (status, err) == (0, "")
        assert out.encode() != text


@pytest.mark.parametrize("given", ["toc-stale", "toc"])
def test_the_severity_is_that_of_the_configuration(notelint: Run, write: Write, given: str) -> None:
    write(".notelint.yaml", f"severity: {{{given}: warning}}\n")
    write("a.md", "# A\n\n<!-- toc -->\n\n- [Old](#old)\n\nMine.\n\n<!-- tocstop -->\n")
    status, out, _ = notelint("toc", "--check", ".")
    assert (status, out.split(": ")[1]) == (1, "warning")
