"""Kinds of notes by their path."""

from __future__ import annotations

import pytest

from notelint.workspace.note_kinds import CHANGELOG, STYLE_GUIDE, kinds_of


@pytest.mark.parametrize(
    "path",
    [
        "CHANGELOG.md", "change-log.md", "docs/Change_Logs/1.md", "release notes.md",
        "ReleaseNotes-2.md", "release-notes/1.2.md", "changes.md", "CHANGES.md", "history.md",
        "HISTORY.md", "NEWS.md", "releases_v1.md", "whatsnew.md", "What's new.md",
        ".changesets/a.md", "更新日志.md", "変更履歴.md",
    ],
)  # fmt: skip
def test_changelogs(path: str) -> None:
    assert kinds_of(path) == {CHANGELOG}


@pytest.mark.parametrize("path", ["style-guide.md", "docs/Writing Guide/commas.md"])
def test_style_guides(path: str) -> None:
    assert kinds_of(path) == {STYLE_GUIDE}


@pytest.mark.parametrize("path", ["a.md", "news.md", "guide.md", "whatever.md", "changed.md"])
def test_other_notes(path: str) -> None:
    assert kinds_of(path) == set()
