"""Where the notes of a run are, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Git, Write
from notelint.engine.note_path import NotePath, note_at


def test_the_root_is_the_repository_around_a_note(write: Write, git: Git, tmp_path: Path) -> None:
    git("init")
    write("other/.git/HEAD", "ref: refs/heads/main\n")
    top, other = str(tmp_path), str(tmp_path / "other")
    for path, found in {
        "a.md": NotePath(top, "a.md", "a.md"),
        "sub/b.md": NotePath(top, "sub/b.md", "sub/b.md"),
        "other/a.md": NotePath(other, "a.md", "other/a.md"),
        "../c.md": NotePath(str(tmp_path.parent), "c.md", "../c.md"),
    }.items():
        assert note_at(path, top) == note_at(f"{top}/{path}", top) == found
    assert note_at("b.md", f"{top}/sub") == NotePath(top, "sub/b.md", "b.md")


@pytest.mark.parametrize("path", ["x.md", "/x.md"])
def test_a_note_at_the_root_of_the_disk(path: str) -> None:
    assert note_at(path, "/") == NotePath("/", "x.md", "x.md")
