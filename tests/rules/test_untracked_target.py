"""``untracked-target`` and what git knows."""

from __future__ import annotations

from pathlib import Path

from conftest import Git, Write
from rules.harness import run_on_note


def test_an_ignored_file_that_is_tracked_is_left_alone(
    tmp_path: Path, write: Write, git: Git
) -> None:
    git("init", "--quiet")
    write(".gitignore", "*.log\n")
    write("a.log")
    write("note.md", "[a](a.log)\n")
    assert [each.covers for each in run_on_note("untracked-target", tmp_path)] == ["a.log"]
    git("add", "--force", "a.log")
    assert run_on_note("untracked-target", tmp_path) == []


def test_without_a_repository_nothing_is_said(tmp_path: Path, write: Write) -> None:
    write(".gitignore", "*.log\n")
    write("a.log")
    write("note.md", "[a](a.log)")
    assert run_on_note("untracked-target", tmp_path) == []
