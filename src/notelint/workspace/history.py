"""The dates of the last changes of notes, from git."""

from __future__ import annotations

import os
from collections.abc import Callable

from notelint.text.startup import lazy_regex
from notelint.workspace.git import git, start
from notelint.workspace.git_metadata import metadata, text_in

_MAX_COMMITS = 20_000  # that are searched for the last change of a note
# The line that git prints for a commit; the name of a note cannot look like it.
_COMMIT = lazy_regex(r"\x01([0-9a-f]+) (\d{4}-\d\d-\d\d|)")


def date_of(root: str) -> str:
    """The date of the commit that is checked out, ``YYYY-MM-DD``; empty without one."""
    return (git(root, "log", "-1", "--format=%cs", "HEAD") or b"").decode().strip()


def last_changes(root: str) -> Callable[[], dict[str, str]]:
    """Start git; return a function that waits for the dates on which notes were last changed.

    Each is the date of a commit, ``YYYY-MM-DD``, by the path of the note from the root. It is empty
    for notes in the first commit of a shallow clone, which may be older.
    """
    what = ("--name-only", "--no-renames", "-z", "--format=%x01%H %cs")
    notes = (":(glob,icase)**/*.md", ":(glob,icase)**/*.markdown")
    answer = start(root, "log", *what, f"--max-count={_MAX_COMMITS}", "HEAD", "--", *notes)
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
