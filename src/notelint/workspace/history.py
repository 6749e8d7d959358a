"""When notes were last changed, as git knows it."""

from __future__ import annotations

import os
from collections.abc import Callable

from notelint.text.startup import lazy_regex
from notelint.workspace.git import git, start
from notelint.workspace.git_metadata import metadata, text_in

_MOST = 20_000  # commits that are looked through for the last change of a note
# What git prints of a commit; no name of a note can look like it.
_COMMIT = lazy_regex(r"\x01([0-9a-f]+) (\d{4}-\d\d-\d\d|)")


def date_of(root: str) -> str:
    """The day of the commit that is checked out, ``YYYY-MM-DD``; empty without one."""
    return (git(root, "log", "-1", "--format=%cs", "HEAD") or b"").decode().strip()


def last_changes(root: str) -> Callable[[], dict[str, str]]:
    """Start git; returns a function that waits for the days on which notes were last changed.

    Each is that of a commit, ``YYYY-MM-DD``, by the path of the note from the root. The first
    commit of a history that was cut says nothing of the notes in it.
    """
    what = ("--name-only", "--no-renames", "-z", "--format=%x01%H %cs", f"--max-count={_MOST}")
    notes = (":(glob,icase)**/*.md", ":(glob,icase)**/*.markdown")
    answer = start(root, "log", *what, "HEAD", "--", *notes)
    found = metadata(os.path.realpath(root))
    cut = frozenset(text_in(found.common, "shallow").split()) if found else frozenset()

    def changes() -> dict[str, str]:
        days: dict[str, str] = {}
        day = ""
        for each in os.fsdecode(answer() or b"").split("\0"):
            part = each.lstrip("\n")
            if commit := _COMMIT.fullmatch(part):
                day = "" if commit[1] in cut else commit[2]
            elif part:
                days.setdefault(part, day)
        return days

    return changes
