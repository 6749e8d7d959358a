"""What is kept between runs is never trusted: a run with it says what a run without it says."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import notelint
import ordinary
from conftest import Git, Ran, Run, Write, cache_folder, cached
from notelint.cache import database

Agree = Callable[..., Ran]

ACROSS = "rules:\n  duplicate-link:\n    across-files: true\n"


@pytest.fixture
def agree(notelint: Run, git: Git) -> Agree:
    """Check in a repository with and without what earlier runs found; what both say."""
    git("init")

    def check(*arguments: str) -> Ran:
        with_it = notelint("check", *arguments)
        assert with_it == notelint("check", "--no-cache", *arguments)
        return with_it

    return check


def base() -> Path:
    """The one database that runs made."""
    (found,) = cached("notes")
    return found


def two_notes(write: Write) -> None:
    write("a.md", "# A\n\nSee [b](b.md#usage).\n\n![](x)\n")
    write("b.md", "# B\n\n## Usage\n\nRun it.\n")


# ------------------------------------------------------------------ what may change


def test_nothing_changed(agree: Agree, write: Write) -> None:
    two_notes(write)
    assert agree() == agree()


def test_a_note_changed(agree: Agree, write: Write) -> None:
    two_notes(write)
    before = agree()
    write("a.md", "# A\n\n[t]()\n")
    assert agree() != before


def test_a_heading_renamed_that_another_note_links(agree: Agree, write: Write) -> None:
    two_notes(write)
    assert "broken-anchor" not in agree().out
    write("b.md", "# B\n\n## Use\n\nRun it.\n")
    assert "broken-anchor" in agree().out


def test_the_target_of_a_link_comes_moves_and_goes(
    agree: Agree, write: Write, tmp_path: Path
) -> None:
    write("a.md", "![x](assets/x.png)\n")
    assert "missing-file" in agree().out
    write("assets/x.png")
    assert agree().status == 0
    (tmp_path / "assets" / "x.png").rename(tmp_path / "assets" / "X.png")
    assert "path-case" in agree().out
    (tmp_path / "assets").rename(tmp_path / "images")
    assert "missing-file" in agree().out


def test_notes_that_are_compared_come_and_go(agree: Agree, write: Write, tmp_path: Path) -> None:
    write(".notelint.yaml", ACROSS)
    write("b.md", "- [x](https://example.org/x)\n")
    assert agree().status == 0
    first = write("a.md", "- [x](https://example.org/x)\n")
    assert "b.md:1:3: warning: already linked in `a.md`" in agree().out
    first.unlink()
    assert agree().status == 0


def test_the_place_that_a_finding_names_moves_in_another_note(agree: Agree, write: Write) -> None:
    write(".notelint.yaml", ACROSS)
    write("a.md", "- [x](https://example.org/x)\n")
    write("b.md", "- [x](https://example.org/x)\n")
    assert '"line": 1' in agree("--output-format", "json", "b.md").out
    write("a.md", "Text.\n\n- [x](https://example.org/x)\n")
    assert '"line": 3' in agree("--output-format", "json", "b.md").out


def test_what_git_ignores(agree: Agree, write: Write) -> None:
    write("a.md", "![x](x.png)\n")
    write("x.png")
    assert agree().status == 0
    write(".gitignore", "*.png\n")
    assert "untracked-target" in agree().out


def test_the_configuration(agree: Agree, write: Write) -> None:
    write("a.md", "![]()\n")
    for rules, status in (("toc", 1), ("images", 0), ("toc", 1), ("empty-image", 0)):
        write(".notelint.yaml", f"ignore: [{rules}]\n")
        assert agree().status == status
        assert agree("--ignore", "images").status == 0
        assert agree("--select", "text").status == 0


def test_a_folder_becomes_a_repository(notelint: Run, write: Write, git: Git) -> None:
    write(".notelint.yaml", "cache-dir: kept\n")
    write("a.md", "[x](https://github.com/o/r/blob/main/missing.md) [y](x.pdf)\n")
    write("x.pdf")
    write(".gitignore", "*.pdf\n")
    assert notelint("check") == notelint("check", "--no-cache")
    git("init")
    git("remote", "add", "origin", "https://github.com/o/r")
    assert notelint("check") == notelint("check", "--no-cache")
    assert "own-url" in notelint("check").out


def test_a_second_write_in_the_same_moment(agree: Agree, write: Write) -> None:
    for number in range(20):
        write("a.md", f"[x](#{'ab'[number % 2]})\n\n# A\n\ntext\n")
        assert ("broken-anchor" in agree().out) is bool(number % 2)


def test_a_change_that_restores_the_time(agree: Agree, write: Write) -> None:
    note = write("a.md", "[x](#a)\n\n# A\n\ntext\n")
    agree()
    before = note.stat()
    write("a.md", "[x](#b)\n\n# A\n\ntext\n")
    os.utime(note, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "broken-anchor" in agree().out


def test_a_touch(agree: Agree, write: Write) -> None:
    two_notes(write)
    before = agree()
    os.utime(write("b.md", "# B\n\n## Usage\n\nRun it.\n"), (1, 1))
    assert agree() == before


# ------------------------------------------------------------------ what may be asked


def test_single_notes_after_all(agree: Agree, write: Write) -> None:
    two_notes(write)
    for paths in ([], ["a.md"], ["b.md"], ["b.md", "a.md"], []):
        agree(*paths)


def test_a_file_is_a_note_only_where_it_is_named(agree: Agree, write: Write) -> None:
    write("a.md", "See [t](t.txt#nowhere).\n")
    write("t.txt", "# T\n\ntext\n")
    for paths in (["."], [".", "t.txt"], ["."]):
        assert ("broken-anchor" in agree(*paths).out) is (len(paths) == 2)


def test_a_rule_on_the_tree_that_is_off_for_some_notes(agree: Agree, write: Write) -> None:
    write(".notelint.yaml", "select: [unused-asset]\nper-file:\n  a.md:\n    ignore: [images]\n")
    write("a.md", "text\n")
    write("b.md", "text\n")
    write("x.png")
    assert agree(".").status == 1
    assert agree("a.md").status == 0
    assert agree(".").status == 1


def test_a_fix_that_is_only_shown(agree: Agree, notelint: Run, write: Write) -> None:
    write("a.md", "[b](b.md#Usage)\n\n![](x\\y.png)\n")
    write("b.md", "# B\n\n## Usage\n\n<img src=''>\n")
    agree()
    notelint("fix", "--diff")
    agree()
    notelint("fix")
    agree()


def test_a_note_of_a_name_that_is_no_unicode(agree: Agree, write: Write, tmp_path: Path) -> None:
    two_notes(write)
    try:
        (tmp_path / os.fsdecode(b"\xff.md")).write_text("![]()\n")
    except OSError:
        pytest.skip("the file system takes Unicode only")
    assert r"\udcff.md:1:1" in agree().out
    agree()


def test_a_linked_fifo_holds_nobody(agree: Agree, write: Write, tmp_path: Path) -> None:
    write("a.md", "[x](pipe#L3) [y](other.md#x)\n")
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "other.md")
    agree("a.md")
    agree("a.md")


# ------------------------------------------------------------------ what may be wrong with the file


def damages(data: bytes) -> Iterator[bytes]:
    chance = random.Random(7)
    yield b""
    yield b"not a database"
    yield data[: len(data) // 2]
    yield data + data
    for _ in range(40):
        found = bytearray(data)
        for at in chance.sample(range(len(found)), chance.choice([1, 1, 3, 50])):
            found[at] = chance.randrange(256)
        yield bytes(found)
    for word in (b"a.md", b"empty-image", b"broken-anchor", b'"error"', b"[[", b"{}", b"1"):
        yield data.replace(word, bytes(reversed(word)))


def test_damage(notelint: Run, write: Write, git: Git, tmp_path: Path) -> None:
    git("init")
    two_notes(write)
    notelint("check")
    right = notelint("check", "--no-cache")
    file = base()
    whole = file.read_bytes()
    for damaged in damages(whole):
        file.write_bytes(damaged)
        assert notelint("check") == right
        assert notelint("check") == right


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE TABLE note (path, stamp)",
        "CREATE TABLE something (other)",
        "CREATE VIEW note AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n)"
        " SELECT x path, x stamp, x digest, x anchors, x links, x findings, x needs, x tree, x sum"
        " FROM n",  # never ends
    ],
)
def test_a_database_of_others(agree: Agree, write: Write, tmp_path: Path, schema: str) -> None:
    two_notes(write)
    right = agree()
    file = base()
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute(schema)
    other.close()
    assert agree() == right
    assert agree() == right


def test_nothing_of_it_is_run(agree: Agree, write: Write, tmp_path: Path) -> None:
    two_notes(write)
    right = agree()
    with sqlite3.connect(base()) as other:
        other.execute("CREATE TRIGGER t AFTER INSERT ON note BEGIN DELETE FROM snapshot; END")
        other.execute('UPDATE note SET findings = \'__import__("os").mkdir("bad")\', sum = 0')
        other.execute("UPDATE note SET analysis = x'80049563', analysis_sum = NULL")
    other.close()
    assert agree() == right
    assert not (tmp_path / "bad").exists()


@pytest.mark.parametrize(
    "what", ["file", "folder", "link", "database link", "link to one of ours", "fifo"]
)
def test_something_else_in_its_place(
    agree: Agree, write: Write, tmp_path: Path, what: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    two_notes(write)
    right = agree()
    file, outside = base(), tmp_path_factory.mktemp("outside")
    theirs = outside / "theirs"
    with sqlite3.connect(theirs) as other:
        other.execute("CREATE TABLE precious (words)")
    other.close()
    if what == "link to one of ours":
        theirs.write_bytes(file.read_bytes())
        write("a.md", "[t]()\n")
        right = agree("--no-cache")
    before = theirs.read_bytes()
    if what in ("file", "link"):
        for each in cache_folder().iterdir():
            each.unlink()
        cache_folder().rmdir()
        if what == "file":
            cache_folder().write_text("a file")
        else:
            cache_folder().symlink_to(tmp_path / "gone")
    else:
        file.unlink()
        if what == "folder":
            file.mkdir()
        elif what == "fifo":
            os.mkfifo(file)
        else:
            file.symlink_to(theirs)
    assert agree() == right
    assert theirs.read_bytes() == before
    assert [each.name for each in outside.iterdir()] == ["theirs"]


def test_a_folder_that_cannot_be_written(agree: Agree, write: Write, tmp_path: Path) -> None:
    two_notes(write)
    right = agree()
    file = base()
    for what in (file, file.parent):
        what.chmod(0o555 if what.is_dir() else 0o444)
        assert ordinary.run(tmp_path, "check") == right
    write("a.md", "[t]()\n")
    changed = ordinary.run(tmp_path, "check")
    file.parent.chmod(0o755)
    assert changed == agree()


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o177, 0o222, 0o777], ids=oct)
def test_a_umask_of_another(agree: Agree, write: Write, tmp_path: Path, umask: int) -> None:
    two_notes(write)
    right = agree("--isolated")  # the folder is there, and none of what this run keeps fits
    before = os.umask(umask)
    try:
        assert ordinary.run(tmp_path, "check") == right
        write("a.md", "[t]()\n").chmod(0o644)
        changed = ordinary.run(tmp_path, "check")
    finally:
        os.umask(before)
    assert changed == ordinary.run(tmp_path, "check")
    assert changed == agree()


def test_another_version_has_one_of_its_own(
    agree: Agree, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_notes(write)
    right = agree()
    monkeypatch.setattr(notelint, "__version__", "999")
    assert agree() == right
    assert len(cached("notes")) == 2


def test_a_run_that_finds_it_held_by_another(
    agree: Agree, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_notes(write)
    agree()
    holder = sqlite3.connect(base(), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(database, "_WAIT", 0.1)
    write("b.md", "# B\n\n## Use\n\nRun it.\n")
    assert "broken-anchor" in agree().out
    holder.execute("ROLLBACK")
    holder.close()
    assert "broken-anchor" in agree().out


def test_runs_at_once(notelint: Run, write: Write, git: Git, tmp_path: Path) -> None:
    git("init")
    for number in range(30):
        write(f"n{number}.md", f"# N\n\n[x](n{number + 1}.md#n) ![]({number % 3 or ''})\n")
    right = notelint("check", "--no-cache")
    command = [sys.executable, "-m", "notelint", "check"]
    runs = [
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    for each in runs:
        out, err = each.communicate()
        assert Ran(each.returncode, out.decode(), err.decode()) == right
    assert notelint("check") == right


def test_notes_that_are_gone_are_forgotten(agree: Agree, write: Write, tmp_path: Path) -> None:
    two_notes(write)
    for number in range(50):
        write(f"n{number}.md", "text\n")
    agree()
    for number in range(50):
        (tmp_path / f"n{number}.md").unlink()
    write("a.md", "text\n")
    agree()
    with sqlite3.connect(base()) as other:
        left = other.execute("SELECT path FROM note ORDER BY path").fetchall()
    other.close()
    assert left == [("a.md",), ("b.md",)]
