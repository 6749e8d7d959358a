"""Moves made with git or a file manager are found by the text of the files; nothing is written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from conftest import Git, Write
from notelint.workspace.discover import discover
from notelint.workspace.git import base_commit, clear_cache
from notelint.workspace.past_moves import past_moves as find

TEXT = "# {0}\n\nA note about {0}, of some length.\nAnd {0} again, so that it is known by it.\n"
LETTERS = ("alpha", "beta", "gamma", "delta")


@pytest.fixture(autouse=True)
def _repository(git: Git, write: Write) -> None:
    clear_cache()
    git("init", "-q", "-b", "main")
    for name in LETTERS:
        write(f"{name}.md", TEXT.format(name))
    write("empty.md")
    write(".gitignore", "ignored/\n")
    git("add", "-A")
    git("commit", "-qm", "x")


def past_moves(folder: str, commit: str = "HEAD") -> list[tuple[str, str]]:
    """The moves that a new run finds."""
    discover(())
    return find(folder, commit)


def move(root: Path, old: str, new: str) -> None:
    """Move a file as a file manager does."""
    (root / new).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(root / old, root / new)


def stamp(folder: Path) -> list[tuple[str, int]]:
    """All of *folder*, and when each was written to."""
    return sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*"))


def test_in_the_index_and_in_the_work_tree(git: Git, write: Write, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    git("mv", "alpha.md", "docs/one.md")
    move(tmp_path, "beta.md", "new/two.md")
    write("new/two.md", (tmp_path / "new" / "two.md").read_text() + "And a line.\n")
    git("mv", "gamma.md", "staged.md")
    move(tmp_path, "staged.md", "three.md")
    before = stamp(tmp_path)
    assert past_moves(str(tmp_path)) == [
        ("alpha.md", "docs/one.md"), ("beta.md", "new/two.md"), ("gamma.md", "three.md"),
    ]  # fmt: skip
    assert stamp(tmp_path) == before
    assert past_moves(str(tmp_path / "docs")) == []


def test_since_a_revision(git: Git, write: Write, tmp_path: Path) -> None:
    git("checkout", "-qb", "branch")
    git("mv", "alpha.md", "one.md")
    git("commit", "-qm", "one")
    assert past_moves(str(tmp_path)) == []
    git("mv", "one.md", "two.md")
    git("commit", "-qm", "two")
    move(tmp_path, "beta.md", "b.md")
    base = base_commit(str(tmp_path), "main")
    assert base is not None
    assert past_moves(str(tmp_path), base) == [("alpha.md", "two.md"), ("beta.md", "b.md")]


def test_what_is_no_move(git: Git, write: Write, tmp_path: Path) -> None:
    shutil.copy(tmp_path / "alpha.md", tmp_path / "copy.md")  # the first is there yet
    move(tmp_path, "beta.md", "ignored/beta.md")
    move(tmp_path, "empty.md", "other.md")  # which empty file it was, nobody knows
    (tmp_path / "gamma.md").unlink()
    write("another.md", "# Another\n\nNothing of it was there before, so it is no move.\n")
    git("rm", "-q", "--cached", "delta.md")
    (tmp_path / "link.md").symlink_to("alpha.md")
    assert past_moves(str(tmp_path)) == []


def test_a_move_and_back(git: Git, tmp_path: Path) -> None:
    git("mv", "alpha.md", "one.md")
    move(tmp_path, "one.md", "alpha.md")
    assert past_moves(str(tmp_path)) == []


def test_a_file_that_went_again(git: Git, tmp_path: Path) -> None:
    git("mv", "alpha.md", "one.md")
    (tmp_path / "one.md").unlink()
    assert past_moves(str(tmp_path)) == []


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_odd_names_and_other_digests(git: Git, write: Write, tmp_path: Path, form: str) -> None:
    shutil.rmtree(tmp_path / ".git")
    clear_cache()
    git("init", "-q", f"--object-format={form}")
    git("add", "-A")
    git("commit", "-qm", "x")
    name = os.fsdecode(b'\xff "odd"\n\tname\\.md')
    move(tmp_path, "alpha.md", name)
    assert past_moves(str(tmp_path)) == [("alpha.md", name)]


def test_the_configuration_of_a_stranger(git: Git, tmp_path: Path) -> None:
    for name, value in {
        "diff.renames": "false",
        "diff.renameLimit": "1",
        "diff.noprefix": "true",
        "diff.relative": "true",
        "diff.external": "touch sprung",
        "diff.x.textconv": "touch sprung",
        "filter.x.clean": "touch sprung",
        "core.fsmonitor": "touch sprung",
        "core.hooksPath": ".",
    }.items():
        git("config", name, value)
    (tmp_path / "post-index-change").write_text("#!/bin/sh\ntouch sprung\n")
    (tmp_path / "post-index-change").chmod(0o755)
    (tmp_path / ".gitattributes").write_text("*.md filter=x diff=x\n")
    move(tmp_path, "alpha.md", "one.md")
    move(tmp_path, "beta.md", "two.md")
    assert past_moves(str(tmp_path)) == [("alpha.md", "one.md"), ("beta.md", "two.md")]
    assert not (tmp_path / "sprung").exists()
    assert not (tmp_path / ".git" / "sprung").exists()


def test_without_a_commit_or_a_repository(git: Git, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / ".git")
    clear_cache()
    assert past_moves(str(tmp_path)) == []
    git("init", "-q")
    clear_cache()
    assert past_moves(str(tmp_path)) == []
