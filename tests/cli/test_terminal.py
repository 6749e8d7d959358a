"""What a person sees: on a real pseudo-terminal, and what a pipe gets instead."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import which

import pytest

import notelint.rules as rules
from diagnostics import HOSTILE, diagnostic
from notelint.cli.tty import Progress
from notelint.diagnostics import RunReport
from notelint.engine.linter import Active, RuleSet
from notelint.engine.note_path import note_at
from notelint.engine.run import Run
from notelint.engine.session import sessions
from notelint.report.terminal import Screen, render
from notelint.text.source import LineIndex
from rules.harness import ForAll

pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")
SIZED = hasattr(termios, "tcsetwinsize")  # from Python 3.11 on

NOTE = """\
# Notes

中文 ![]() and\ta ![]()

### Skipped

Text.
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with one note in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(NOTE, "utf-8")
    return tmp_path


def seen(*arguments: str, width: int = 80, env: Mapping[str, str] | None = None) -> str:
    """What `notelint` writes to a terminal of *width* columns, line ends as ``\\n``."""
    master, slave = pty.openpty()
    if SIZED:
        termios.tcsetwinsize(slave, (24, width))
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with subprocess.Popen(
        [sys.executable, "-m", "notelint", *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**clean, "TERM": "xterm-256color", **(env or {})},
    ):
        os.close(slave)
        data = b""
        while chunk := _read(master):
            data += chunk
    os.close(master)
    return data.decode("utf-8").replace("\r\n", "\n")


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # Linux says so when the last writer has gone
        return b""


def piped(*arguments: str, env: Mapping[str, str] | None = None) -> str:
    """What `notelint` writes to a pipe."""
    command = [sys.executable, "-m", "notelint", *arguments]
    full = {**os.environ, **(env or {})}
    return subprocess.run(command, stdout=subprocess.PIPE, env=full, check=False).stdout.decode()


PLAIN = """\
a.md:3:4: error: image has no source [empty-image] [*]
a.md:3:16: error: image has no source [empty-image] [*]
a.md:5:5: warning: heading jumps from level 1 to level 3 [heading-skip]
3 problems (2 errors, 1 warning) in 1 of 1 file; 2 fixable with notelint fix
"""

PICTURE = """\
a.md:3:4: error: image has no source [empty-image] [*]
    3 | 中文 ![]() and  a ![]()
      |      ^^^^^

a.md:3:16: error: image has no source [empty-image] [*]
    3 | 中文 ![]() and  a ![]()
      |                   ^^^^^

a.md:5:5: warning: heading jumps from level 1 to level 3 [heading-skip]
    5 | ### Skipped
      |     ^^^^^^^

3 problems (2 errors, 1 warning) in 1 of 1 file; 2 fixable with notelint fix
"""

GROUPED = """\
a.md
  3:4: error: image has no source [empty-image] [*]
  3:16: error: image has no source [empty-image] [*]
  5:5: warning: heading jumps from level 1 to level 3 [heading-skip]

b.md
  1:1: error: image has no source [empty-image] [*]

4 problems (3 errors, 1 warning) in 2 of 2 files; 3 fixable with notelint fix
"""

MORE = "Learn more about a rule with notelint rules NAME\n"


# ---------------------------------------------------------------------- nothing of it in a pipe


def test_a_pipe_gets_a_finding_a_line(here: Path) -> None:
    assert piped("check") == PLAIN
    colored = piped("check", env={"FORCE_COLOR": "1", "TERM": "xterm-256color"})
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == PLAIN


def test_a_file_gets_a_finding_a_line(here: Path) -> None:
    assert seen("check", "--output-file", "report") == ""
    assert (here / "report").read_text("utf-8") == PLAIN


def test_a_pipe_gets_what_it_asks_for(here: Path) -> None:
    assert piped("check", "--output-format", "full") == PICTURE
    assert piped("check", "--output-format", "concise") == PLAIN
    (here / "b.md").write_text("![]()\n", "utf-8")
    assert piped("check", "--output-format", "grouped") == GROUPED
    seen("check", "--output-format", "grouped", "--output-file", "report")
    assert (here / "report").read_text("utf-8") == GROUPED


def test_the_other_places_are_shown(here: Path) -> None:
    (here / "a.md").write_text(TWICE, "utf-8")
    shown = piped("check", "--output-format", "full")
    assert "      = line 3: first linked here\n" in shown
    assert "first linked here" not in piped("check")


TWICE = "# A\n\n- [x](https://example.org/a)\n- [x](https://example.org/a)\n"


@pytest.mark.skipif(not which("vim"), reason="needs vim")
@pytest.mark.parametrize("form", ["concise", "full"])
def test_vim_jumps_to_every_finding(here: Path, form: str) -> None:
    (here / "b [*]: 1.md").write_text("# B\n\n![]() [x](#no)\n", "utf-8")
    (here / "c.md").write_text(TWICE, "utf-8")
    (here / "report").write_text(piped("check", "--output-format", form), "utf-8")
    listed = "map(filter(getqflist(), 'v:val.valid'), '[v:val.lnum, v:val.col, v:val.text]')"
    write = f"call writefile([json_encode({listed})], 'list')"
    vim = ["vim", "-Nu", "NONE", "-i", "NONE", "-es"]  # with its own errorformat
    subprocess.run([*vim, "-c", "cgetfile report", "-c", write, "-c", "qa!"], check=True)
    assert json.loads((here / "list").read_text("utf-8")) == [
        [3, 4, " error: image has no source [empty-image] [*]"],
        [3, 16, " error: image has no source [empty-image] [*]"],
        [5, 5, " warning: heading jumps from level 1 to level 3 [heading-skip]"],
        [3, 1, " error: image has no source [empty-image] [*]"],
        [3, 11, " error: no heading or id for `#no` [broken-anchor]"],
        [4, 3, " warning: already linked on line 3 as `x` [duplicate-link]"],
    ]


# ---------------------------------------------------------------------- a terminal


def test_a_terminal_shows_the_line_and_what_is_at_fault(here: Path) -> None:
    assert seen("check", "--color", "never") == PICTURE + MORE


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_color_where_none_is_wanted(here: Path, env: dict[str, str]) -> None:
    assert seen("check", env=env) == PICTURE + MORE


def test_color_is_all_that_is_added(here: Path) -> None:
    shown = seen("check")
    assert (
        "\x1b[1ma.md\x1b[0m:3:4: \x1b[1;31merror\x1b[0m: image has no source [empty-image]" in shown
    )
    assert "\x1b[1;33mwarning\x1b[0m: " in shown
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == PICTURE + MORE


def test_an_empty_no_color_is_none(here: Path) -> None:
    assert "\x1b[" in seen("check", env={"NO_COLOR": ""})


def test_color_can_be_had_in_a_pipe(here: Path) -> None:
    shown = piped("check", "--color", "always", env={"NO_COLOR": "1"})
    assert "\x1b[" in shown
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == PLAIN


@pytest.mark.parametrize("name", ["FORCE_COLOR", "CLICOLOR_FORCE"])
def test_color_can_be_forced(here: Path, name: str) -> None:
    diff = ("fix", "--diff", "--select", "empty-image")
    assert "\x1b[31m-" in piped(*diff, env={name: "1"})
    assert "\x1b" not in piped(*diff, env={name: "0"})
    assert "\x1b" not in piped(*diff, env={name: "1", "NO_COLOR": "1"})
    assert "\x1b" not in piped(*diff, "--color", "never", env={name: "1"})
    assert "\x1b[" in seen("check", env={name: "1", "TERM": "dumb"})


def test_a_diff_and_a_page_have_colors(here: Path) -> None:
    shown = seen("fix", "--diff")
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == seen("fix", "--diff", "--color", "never")
    assert "\x1b[1m--- a/a.md\x1b[0m\n" in shown
    assert shown.endswith("Would fix 2 problems in 1 file: empty-image 2.\n")
    page = seen("rules", "toc-stale")
    assert re.sub(r"\x1b\[[0-9;]*m", "", page) == piped("rules", "toc-stale")
    assert "\x1b[1mWhy:\x1b[0m " in page


@pytest.mark.skipif(not SIZED, reason="a terminal of unknown size")
def test_the_list_of_rules_fits_the_terminal(here: Path) -> None:
    for width in (70, 90, 140):
        lines = seen("rules", "--color", "never", width=width).splitlines()
        assert max(map(len, lines)) <= width
        assert {line.split()[0] for line in lines if line[0] != " "} >= {*rules.CATALOG}


def test_quiet_leaves_the_counts_out(here: Path) -> None:
    assert seen("check", "--color", "never", "--quiet") == PICTURE.rpartition("3 problems")[0]


def test_nothing_is_explained_where_nothing_is_found(here: Path) -> None:
    (here / "a.md").write_text("Text.\n", "utf-8")
    assert seen("check", "--color", "never") == "No problems in 1 file\n"


def test_other_formats_are_the_same_everywhere(here: Path) -> None:
    assert seen("check", "--output-format", "jsonl") == piped("check", "--output-format", "jsonl")


@pytest.mark.skipif(not SIZED, reason="a terminal of unknown size")
def test_a_long_line_is_cut_around_the_fault(here: Path) -> None:
    (here / "a.md").write_text("语" * 500 + "![]()" + "言" * 500 + "\n", "utf-8")
    lines = seen("check", "--color", "never", width=60).split("\n")
    assert lines[1].startswith("    1 | …语")
    assert lines[1].endswith("言…")
    assert sum(2 if char in "语言" else 1 for char in lines[1]) in (59, 60)
    before = lines[1][: lines[1].index("![]()")]
    assert lines[2].index("^") == len(before) + before.count("语")


# ---------------------------------------------------------------------- links


def documented(folder: Path) -> dict[str, str]:
    """An environment in which the distribution names its documentation."""
    info = folder / "packages" / "notelint-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: notelint\nVersion: 1\n"
        "Project-URL: Documentation, https://example.com/notelint/\n",
        "utf-8",
    )
    return {"PYTHONPATH": str(info.parent)}


LINK = "\x1b]8;;https://example.com/notelint/rules/empty-image/\x1b\\"


def test_rules_are_linked_where_the_terminal_can(here: Path) -> None:
    env = documented(here)
    assert LINK in seen("check", env={**env, "WT_SESSION": "1"})
    assert LINK in seen("check", env={**env, "VTE_VERSION": "7006"})
    assert LINK in seen("check", env={**env, "TERM_PROGRAM": "WezTerm"})


def test_rules_are_not_linked_elsewhere(here: Path) -> None:
    env = {**documented(here), "WT_SESSION": "1"}
    assert "\x1b]8" not in seen("check", env={**env, "CI": "true"})
    assert "\x1b]8" not in seen("check", env={**env, "TERM": "dumb"})
    assert "\x1b]8" not in seen("check", "--color", "never", env=env)
    assert "\x1b]8" not in piped("check", "--color", "always", env=env)
    assert "\x1b]8" not in seen("check", env={"VTE_VERSION": "4000", **documented(here / "x")})


# ---------------------------------------------------------------------- notes that are hostile


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_note_moves_the_cursor(text: str) -> None:
    found = diagnostic(text, path=text, line=1, column=1, text="x")
    shown = render(RunReport([found], 1), Screen(), lambda path: LineIndex("x" + text))
    assert not {char for char in shown if char < " " and char != "\n"}
    assert not set("\x7f\x9b\u202e\u2028") & set(shown)


def test_a_diff_shows_control_characters_and_a_pipe_gets_them(here: Path) -> None:
    (here / "a.md").write_bytes(b"\x1b[2J \r\n\xc2\x9b2J\xe2\x80\xae\r\n![]()\r\n\tx\ry\n")
    plain = ("--color", "never")
    shown = seen("fix", "--diff", "--select", "empty-image", *plain).replace("\r\n", "\n")
    assert " \\x1b[2J \n \\x9b2J\\u202e\n-![]()\n " in shown
    assert not set("\x1b\x9b\u202e\r") & set(shown)
    assert "\x1b[2J" in piped("fix", "--diff", "--select", "empty-image")


def test_a_note_that_has_changed_is_not_shown() -> None:
    found = diagnostic(line=9, text="![]()")
    for now in (None, LineIndex(""), LineIndex("![]()\n"), LineIndex("\n" * 8 + "# Other\n")):
        shown = render(RunReport([found], 1), Screen(), {"notes/a.md": now}.get)
        assert shown == "notes/a.md:9:1: error: image has no source [empty-image]\n\n"


def test_of_many_lines_the_first_is_shown() -> None:
    found = diagnostic(line=1, column=3, end=(2, 4), text="cd\nefg")
    shown = render(RunReport([found], 1), Screen(), lambda path: LineIndex("abcd\nefgh\n"))
    assert shown.endswith("    1 | abcd\n      |   ^^\n\n")


# ---------------------------------------------------------------------- progress


def drawn(after: float, note: str = "") -> str:
    """What a bar that waits *after* seconds writes to a terminal for two of three."""
    master, slave = pty.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as stream:
        with Progress(stream, after) as progress:
            progress(2, 3, note)
        stream.write(".")
        stream.flush()
        data = b""
        while not data.endswith(b"."):  # a terminal may hand over each write by itself
            data += os.read(master, 1000)
    os.close(master)
    return data.decode()


def test_a_bar_comes_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert drawn(0) == "\r[####################          ] 2/3\x1b[K\r\x1b[K."


def test_a_bar_may_say_how_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert "] 2/3 1 dead, 1 alive\x1b[K" in drawn(0, "1 dead, 1 alive")


def test_no_bar_for_a_short_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert drawn(3600) == "."


def test_no_bar_where_it_cannot_be_wiped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert drawn(0) == "."
    monkeypatch.setenv("TERM", "xterm")
    with (tmp_path / "log").open("w+", encoding="utf-8") as stream:
        with Progress(stream, 0) as progress:
            progress(1, 2)
        assert stream.tell() == 0


def test_every_note_is_counted(here: Path) -> None:
    (here / "b.md").write_text(NOTE, "utf-8")
    told: list[tuple[int, int]] = []
    notes = ("a.md", "b.md", "missing.md")
    none = RuleSet([], lambda name: Active(rules.get(name), None))
    Run(sessions([note_at(note, str(here)) for note in notes]), ForAll(none)).check(
        lambda done, total: told.append((done, total))
    )
    assert told == [(1, 3), (2, 3), (3, 3)]
