"""Files are read whole and written whole or not at all, whatever they are and whoever else writes.

`notelint fix` on files that nobody would expect; that its edits are right is tested elsewhere.
"""

from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import ordinary
from conftest import Ran
from notelint.config.model import Config, Layer
from notelint.engine import files
from notelint.engine.note import note_at
from notelint.engine.repair import Repair
from notelint.engine.rulesets import RuleSets
from notelint.engine.run import Run

Command = Callable[..., Ran]
Write = Callable[..., Path]

BAD, GOOD = b"text\n\n![](x\\y.png)\n", b"text\n\n![](x/y.png)\n"


@pytest.fixture
def note(write: Write) -> Path:
    write("x/y.png")
    return write("a.md", BAD)


def left_over(folder: Path) -> list[str]:
    return [each.name for each in folder.rglob("*notelint-*") if each.is_file()]


# ------------------------------------------------------------------ what writing keeps


def test_mode_stays_and_nothing_is_left(notelint: Command, note: Path, tmp_path: Path) -> None:
    note.chmod(0o640)
    assert notelint("fix").status == 0
    assert note.read_bytes() == GOOD
    assert stat.S_IMODE(note.stat().st_mode) == 0o640
    assert left_over(tmp_path) == []


def test_the_text_is_replaced_in_one_step(note: Path) -> None:
    with open(note, "rb") as reader:
        files.write(note, "a.md", BAD, GOOD, note.parent)
        assert reader.read() == BAD  # who had it open still has all of the old text
    assert note.read_bytes() == GOOD


def test_a_file_that_changed_in_between_is_left_alone(note: Path, tmp_path: Path) -> None:
    note.write_bytes(b"something else\n")
    with pytest.raises(files.FileProblem, match=r"a\.md: changed while it was being fixed"):
        files.write(note, "a.md", BAD, GOOD, tmp_path)
    assert note.read_bytes() == b"something else\n"
    assert left_over(tmp_path) == []


def test_a_file_that_went_in_between_stays_away(note: Path, tmp_path: Path) -> None:
    note.unlink()
    with pytest.raises(files.FileProblem, match=r"a\.md: cannot be written"):
        files.write(note, "a.md", BAD, GOOD, tmp_path)
    assert not note.exists()
    assert left_over(tmp_path) == []


def test_a_long_name(notelint: Command, note: Path, tmp_path: Path) -> None:
    long = note.rename(tmp_path / ("名" * 80 + ".md"))
    assert notelint("fix").status == 0
    assert long.read_bytes() == GOOD


# ------------------------------------------------------------------ what can't be written


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_is_read_only_costs_only_itself(note: Path, write: Write, what: str) -> None:
    locked = write("locked/b.md", BAD)
    write("locked/x/y.png")
    mode = locked if what == "file" else locked.parent
    mode.chmod(0o444 if what == "file" else 0o555)
    ran = ordinary.run(note.parent, "fix")
    mode.chmod(0o755)
    assert (note.read_bytes(), locked.read_bytes()) == (GOOD, BAD)
    assert ran.status == 2
    assert "locked/b.md: cannot be written" in ran.err
    assert "locked/b.md:3:5: backslash-path" in ran.out


def test_a_full_disk(note: Path, write: Write, tmp_path: Path) -> None:
    large = write("b.md", BAD + b"word " * 2000)
    done = subprocess.run(
        [sys.executable, "-m", "notelint", "fix", "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        check=False,
    )
    assert done.returncode == 2
    assert b"b.md: cannot be written" in done.stderr
    assert note.read_bytes() == GOOD
    assert large.read_bytes() == BAD + b"word " * 2000
    assert left_over(tmp_path) == []


def test_a_link_stays_a_link_and_leads_nowhere_else(
    notelint: Command,
    note: Path,
    write: Write,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    outside.write_bytes(BAD)
    (tmp_path / "out.md").symlink_to(outside)
    (tmp_path / "folder").symlink_to(outside.parent)
    (tmp_path / "in.md").symlink_to(note.name)
    (tmp_path / "nowhere.md").symlink_to("missing.md")
    ran = notelint("fix", "out.md", "folder/secret.md", "in.md")
    assert note.read_bytes() == GOOD
    assert outside.read_bytes() == BAD
    assert ran.status == 2
    assert ran.err.count("left alone, a link to a file outside") == 2
    assert (tmp_path / "in.md").is_symlink()


def test_a_loop_of_links(notelint: Command, note: Path, tmp_path: Path) -> None:
    (tmp_path / "b.md").symlink_to("c.md")
    (tmp_path / "c.md").symlink_to("b.md")
    (tmp_path / "around").symlink_to(tmp_path)
    assert notelint("fix").status == 0
    assert note.read_bytes() == GOOD
    assert notelint("fix", "b.md").status == 2


def test_what_is_no_file(notelint: Command, note: Path, write: Write, tmp_path: Path) -> None:
    write("folder.md/b.md", BAD)
    write("folder.md/x/y.png")
    os.mkfifo(tmp_path / "pipe.md")
    assert notelint("fix").status == 0
    assert note.read_bytes() == GOOD
    assert (tmp_path / "folder.md" / "b.md").read_bytes() == GOOD
    assert notelint("fix", "pipe.md").err == "notelint: pipe.md: not a regular file\n"
    assert notelint("check", "/dev/null").status in (0, 2)


def test_a_file_without_end(notelint: Command, tmp_path: Path) -> None:
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    assert notelint("check", "zero.md").err == "notelint: zero.md: not a regular file\n"


def test_a_file_larger_than_any_note(notelint: Command, note: Path, tmp_path: Path) -> None:
    with open(tmp_path / "large.md", "wb") as file:
        file.truncate(files.MOST + 1)
    ran = notelint("check", "large.md", "a.md")
    assert "large.md: too large to be a note" in ran.err
    assert (ran.status, "a.md:3:5" in ran.out) == (2, True)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"new\nline.md", r"new\nline.md"),
        (b"esc\x1b]0;x\x07.md", r"esc\x1b]0;x\x07.md"),
        (b"\xff\xfe.md", r"\udcff\udcfe.md"),
        ("\u202egnp.md".encode(), r"\u202egnp.md"),
    ],
)
def test_a_name_that_would_do_something(
    notelint: Command, note: Path, tmp_path: Path, name: bytes, shown: str
) -> None:
    try:
        odd = note.rename(tmp_path / os.fsdecode(name))
    except OSError:
        pytest.skip("no such names here")
    assert notelint("check").out.startswith(f"{shown}:3:5: backslash-path")
    assert notelint("fix").err == "Fixed 1 finding in 1 file: backslash-path 1.\n"
    assert odd.read_bytes() == GOOD
    odd.chmod(0o444)
    odd.write_bytes(b"<!-- toc -->\n<!-- tocstop -->\n\n# A\n\ntext\n")
    ran = notelint("toc")
    assert ran.out == f"{shown}: refreshed\n"
    assert notelint("fmt", "--check").out in ("", f"{shown}: would change\n")


def test_a_name_in_a_diff_is_quoted_as_git_does(
    notelint: Command, note: Path, tmp_path: Path, git: Callable[..., str]
) -> None:
    git("init")
    name = 'a"\n--- b.md\n+++ b.md\n\\\x1b.md'
    odd = note.rename(tmp_path / name)
    diff = notelint("fix", "--diff").out
    assert diff.split("\n")[0] == r'--- "a/a\"\n--- b.md\n+++ b.md\n\\\033.md"'
    subprocess.run(["git", "apply"], input=diff.encode(), cwd=tmp_path, check=True)
    assert odd.read_bytes() == GOOD


# ------------------------------------------------------------------ who else writes


def test_two_runs_at_once(tmp_path: Path, write: Write) -> None:
    write("x/y.png")
    notes = [write(f"n{number}.md", BAD) for number in range(60)]
    command = [sys.executable, "-m", "notelint", "fix"]
    runs = [subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) for _ in range(3)]
    for each in runs:
        _, err = each.communicate()
        assert each.returncode in (0, 2), err
        assert all(
            b"Fixed" in line or b"changed while" in line or b"cannot be written" in line
            for line in err.splitlines()
        ), err
    assert {each.read_bytes() for each in notes} == {GOOD}
    assert left_over(tmp_path) == []


def test_what_somebody_else_has_just_fixed_is_not_told(
    note: Path, write: Write, tmp_path: Path
) -> None:
    other = write("b.md", BAD)
    on = RuleSets(Config(str(tmp_path)), Layer())
    repair = Repair(
        Run([note_at(str(each), str(tmp_path)) for each in (note, other)], on),
        on,
        unsafe=False,
        write=True,
    )

    def progress(done: int, of: int) -> None:
        other.write_bytes(GOOD)

    report = repair.fix(progress)
    assert [path for path, _, _ in report.changed] == ["a.md"]
    assert (report.diagnostics, report.problems) == ([], [])


def test_what_a_killed_run_left_is_removed_but_not_what_is_in_use(
    notelint: Command, note: Path, write: Write, tmp_path: Path
) -> None:
    fcntl = pytest.importorskip("fcntl")
    write(".notelint-1-aa.notelint-tmp", b"half of a no")
    write("x/.notelint-1-aa.notelint-tmp", b"half of a no")
    write("x/b.md", b"text\n")
    used = write(".notelint-2-bb.notelint-tmp", b"")
    with open(used, "wb") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        assert notelint("fix").status == 0
        assert left_over(tmp_path) == [used.name]
