"""Links to what lies in the tree as a symbolic link."""

from __future__ import annotations

from pathlib import Path

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


def test_what_lies_outside_of_the_tree_is_not_named(tmp_path: Path) -> None:
    (tmp_path / "secret-plans.md").write_text("# A\n")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / NOTE).write_text("[a](../secret-plan.md)\n")
    (found,) = run_on_note("missing-file", tmp_path / "notes")
    assert found.message == "file `../secret-plan.md` does not exist"
