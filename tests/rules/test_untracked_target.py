"""Links to files that git ignores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.judging_across import judged

Write = Callable[..., Path]
Git = Callable[..., str]


@pytest.fixture
def tree(tmp_path: Path, write: Write, git: Git) -> Path:
    """A repository that ignores ``data/`` and ``*.log``, tracking one log all the same."""
    git("init", "--quiet")
    write(".gitignore", "data/\n*.log\n/build/**\n!/build/keep.md\n")
    for name in ("data/x.csv", "data/deep/y.csv", "new/a.log", "new/b.md", "tracked.log"):
        write(name, "x\n")
    for name in ("build/out.md", "build/keep.md", "文档/图.log"):
        write(name, "x\n")
    git("add", "--force", "tracked.log")
    return tmp_path


SILENT = [
    "[not added yet](new/b.md) [a folder](new) [itself](note.md)",
    "[tracked](tracked.log) [kept](build/keep.md)",
    "[missing](data/none.csv) [missing](none.log)",
    "[elsewhere](https://example.org/a.log) [here](#a.log)",
    "`[code](new/a.log)`\n\n```\n[code](new/a.log)\n```\n\n<!-- [comment](new/a.log) -->",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_others_can_have_is_left_alone(text: str, tree: Path, write: Write) -> None:
    write("note.md", text)
    assert judged("untracked-target", tree) == []


FOUND = {
    "[a](data/x.csv)": "data/x.csv",
    "[a](data/deep/y.csv#L1)": "data/deep/y.csv#L1",
    "[a](data/)": "data/",
    "![a](new/a.log)": "new/a.log",
    "[a](/new/a.log?raw=1)": "/new/a.log?raw=1",
    "[a][b]\n\n[b]: build/out.md": "build/out.md",
    '<img src="文档/图.log">': "文档/图.log",
    "[a](%E6%96%87%E6%A1%A3/图.log)": "%E6%96%87%E6%A1%A3/图.log",
}


@pytest.mark.parametrize(("text", "target"), FOUND.items())
def test_what_git_ignores_is_found(text: str, target: str, tree: Path, write: Write) -> None:
    write("note.md", text)
    assert [each.covers for each in judged("untracked-target", tree)] == [target]


def test_a_note_in_a_folder_says_the_path_from_the_root(tree: Path, write: Write) -> None:
    write("notes/deep/note.md", "[a](../../new/a.log)")
    (found,) = judged("untracked-target", tree, "notes/deep/note.md")
    assert found.message == "`new/a.log` is here, but git ignores it"


def test_without_a_repository_nothing_is_said(tmp_path: Path, write: Write) -> None:
    write(".gitignore", "*.log\n")
    write("a.log")
    write("note.md", "[a](a.log)")
    assert judged("untracked-target", tmp_path) == []
