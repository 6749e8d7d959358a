"""A tree as deep as paths may be."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from conftest import Git, Run, Write

pytestmark = pytest.mark.skipif(os.name == "nt", reason="paths are shorter")


@pytest.mark.parametrize("in_git", [True, False])
def test_notes_in_more_folders_than_anybody_has(
    notelint: Run, write: Write, git: Git, tmp_path: Path, in_git: bool
) -> None:
    deep = "/".join(["d"] * 1200)
    subprocess.run(["mkdir", "-p", tmp_path / deep], check=True)
    (tmp_path / deep / "a.md").write_text("![]()\n")
    write("b.md", "# B\n\n![]()\n")
    if in_git:
        git("init", "-q")
    try:
        for call in (["check"], ["fix", "--diff"], ["mv", "--diff", "b.md", "c.md"], ["report"]):
            done = notelint(*call)
            assert done.status in (0, 1, 2)
            assert "bug" not in done.err
        assert notelint("check").out.startswith("b.md:3:1: error: ")
        assert "d/a.md: not read, it is in more than 200 folders" in notelint("check").err
        assert "not read" in notelint("check", f"{deep}/a.md").err
    finally:  # shutil cannot remove it before Python 3.12
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)
