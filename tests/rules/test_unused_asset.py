"""``unused-asset`` looks at the whole repository, whatever is checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import Git, Write

Reported = Callable[..., list[str]]


@pytest.fixture
def reported(notelint: Callable[..., Any]) -> Reported:
    """The places of the images that are reported when *paths* are checked."""

    def run(*paths: str) -> list[str]:
        ran = notelint("check", "--select", "unused-asset", "--quiet", *paths)
        assert ran.err == ""
        found = [line.partition(": warning: no note")[0] for line in ran.out.split("\n") if line]
        assert ran.status == bool(found)
        return found

    return run


def test_every_note_of_the_repository_counts_and_ignored_images_do_not(
    write: Write, git: Git, reported: Reported
) -> None:
    for path in ("note.md", "a.png", "b.png", "build/c.png"):
        write(path)
    write("deep/two.md", "![](../a.png)\n")
    write(".gitignore", "build/\n")
    git("init", "-q")
    assert reported("note.md") == ["b.png:1:1"]
    assert reported("deep") == ["b.png:1:1"]


def test_the_settings_for_an_image_are_those_of_its_own_path(
    write: Write, reported: Reported
) -> None:
    for path in ("note.md", "kept/a.png", "b.png"):
        write(path)
    write(".notelint.yaml", "per-file:\n  kept/**:\n    ignore: [unused-asset]\n")
    assert reported(".") == ["b.png:1:1"]
