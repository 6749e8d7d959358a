"""Where the notes of a run are, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Git, Write
from notelint.engine.note_path import note_at, notes_at


def test_many_are_named_as_each_is(write: Write, git: Git, tmp_path: Path) -> None:
    git("init")
    write("other/.git/HEAD", "ref: refs/heads/main\n")
    names = ["a.md", "b.md", "sub/a.md", "sub/b.md", "other/a.md", "other/sub/b.md", "../c.md"]
    paths = [*names, *(str(tmp_path / name) for name in names), "/a.md", "/b.md"]
    for here in (tmp_path, tmp_path / "sub", tmp_path.parent):
        assert notes_at(paths, str(here)) == [note_at(each, str(here)) for each in paths]


@pytest.mark.parametrize("path", ["x.md", "/x.md"])
def test_one_without_a_folder(path: str) -> None:
    assert notes_at([path], "/") == [note_at(path, "/")]
