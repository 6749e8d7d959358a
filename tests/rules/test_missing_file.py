"""Links to what lies in the tree as a symbolic link, and to what git knows to have moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Git, Write
from notelint.workspace.discover import discover
from rules.harness import NOTE, fix_note, run_on_note


def test_a_symbolic_link_that_leads_nowhere_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A\n")
    (tmp_path / "good.md").symlink_to("there.md")
    (tmp_path / "a-long-name-of-a-note.md").symlink_to("none.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "folder").symlink_to("none")
    text = "[a](good.md) [b](a-long-name-of-a-note.md) [c](loop.md) [d](folder/x.md) [e](folder)\n"
    (tmp_path / NOTE).write_text(text)
    assert [each.covers for each in run_on_note("missing-file", tmp_path)] == [
        "a-long-name-of-a-note.md", "loop.md", "folder/x.md", "folder",
    ]  # fmt: skip
    assert fix_note("missing-file", tmp_path) == text
    (tmp_path / "none.md").write_text("# B\n")
    assert len(run_on_note("missing-file", tmp_path)) == 3


def test_git_knows_where_a_file_went(tmp_path: Path, write: Write, git: Git) -> None:
    git("init", "-q")
    write("old/plan.md", "# Plan\n\nWhat is to be done, in the order of doing it.\n")
    write("old/image.png", "a picture of something")
    write("old/index.md", "# Index\n\nIt is one of many, but has its own words.\n")
    write("b/index.md", "# B\n")
    text = "[a](old/plan.md?plain=1#plan) ![](old/image.png) [c](old/index.md) [d](old/gone.md)\n"
    write(NOTE, text)
    git("add", "-A")
    git("commit", "-qm", "x")
    assert run_on_note("missing-file", tmp_path)[0].covers == "old/gone.md"
    discover(())  # the next run
    (tmp_path / "new").mkdir()
    git("mv", "old/plan.md", "new/a (plan).md")  # in the index
    (tmp_path / "old" / "image.png").rename(tmp_path / "new" / "picture.png")  # git was not told
    (tmp_path / "old" / "index.md").rename(tmp_path / "new" / "start.md")
    assert [each.message for each in run_on_note("missing-file", tmp_path)] == [
        "file `old/plan.md` does not exist; did you mean `new/a%20%28plan%29.md`?",
        "image `old/image.png` does not exist; did you mean `new/picture.png`?",
        "file `old/index.md` does not exist; did you mean `new/start.md`?",
        "file `old/gone.md` does not exist",
    ]
    assert fix_note("missing-file", tmp_path, unsafe=False) == text
    assert fix_note("missing-file", tmp_path) == (
        "[a](new/a%20%28plan%29.md?plain=1#plan) ![](new/picture.png) [c](new/start.md)"
        " [d](old/gone.md)\n"
    )


def test_a_copy_is_no_move(tmp_path: Path, write: Write, git: Git) -> None:
    git("init", "-q")
    write("here.md", "# Here\n\nSome words, which are in the copy as well.\n")
    write(NOTE, "[a](here.md) [b](gone.md)\n")
    git("add", "-A")
    git("commit", "-qm", "x")
    write("copy.md", (tmp_path / "here.md").read_text())
    assert [each.covers for each in run_on_note("missing-file", tmp_path)] == ["gone.md"]


def test_what_lies_outside_of_the_tree_is_not_named(tmp_path: Path) -> None:
    (tmp_path / "secret-plans.md").write_text("# A\n")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / NOTE).write_text("[a](../secret-plan.md)\n")
    (found,) = run_on_note("missing-file", tmp_path / "notes")
    assert found.message == "file `../secret-plan.md` does not exist"


def test_the_whole_of_a_home_folder_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "far" / "below").mkdir(parents=True)
    (tmp_path / "far" / "below" / "a-long-name-of-a-note.md").write_text("# A\n")
    (tmp_path / NOTE).write_text("[a](a-long-name-of-a-note.md)\n")
    assert "did you mean" in run_on_note("missing-file", tmp_path)[0].message
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "did you mean" not in run_on_note("missing-file", tmp_path)[0].message
