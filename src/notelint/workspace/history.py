"""The history of notes and of their lines, from git."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property

from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.git import git, path_from_top, start
from notelint.workspace.git_metadata import metadata, text_in
from notelint.workspace.git_refs import Refs
from notelint.workspace.git_trees import GitTrees

_MAX_LOG_COMMITS = 20_000  # that are searched for the last change of a note
# The line that `git log` prints for a commit; the name of a note cannot look like it.
_COMMIT = lazy_regex(r"\x01([0-9a-f]+) (\d{4}-\d\d-\d\d|)")
_MAX_LOOKUPS = 200  # in one run
_MAX_STEPS = 20  # commits that changed the line, but did not write the text
_MAX_BLAMED_COMMITS = 2_000  # that are searched for the one that wrote a line, from the last one
_HEADER = lazy_regex(r"([0-9a-f]{40,64}) \d+ \d+ 1$")
_UNCOMMITTED = lazy_regex(r"0{40,64}")


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
    answer = start(root, "log", *what, f"--max-count={_MAX_LOG_COMMITS}", "HEAD", "--", *notes)
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


class Written(NamedTuple):
    """The ``commit`` that wrote a text into a note, and the ``path`` of the note at that time."""

    commit: str
    path: str


class LineHistory:
    """The history of the notes in the repository at *root*; empty if commits are missing."""

    def __init__(self, root: str, refs: Refs, trees: GitTrees) -> None:
        self._root = root
        self._refs = refs
        self._trees = trees
        known = not (refs.shallow or path_from_top(root)) and refs.id("HEAD")
        self._left = _MAX_LOOKUPS if known else 0

    def written(self, text: str, note: str, line: int) -> Written | None:
        """The commit that wrote *text* on *line*, from 1, of the note at *note*.

        *text* is the end of a link to lines of a file. None if the commit is not certain: the text
        is not committed, was in a note before, had another path before, came in by a merge, or the
        history is too long.
        """
        if self._left <= 0:
            return None
        self._left -= 1
        commit, path = "", note
        for _ in range(_MAX_STEPS):
            blamed = self._blame(commit, path, line)
            if blamed is None or text not in blamed.content:
                return None
            before = self._trees.text(*blamed.previous) if blamed.previous else None
            if before is None or text not in before:
                new = not self._is_rewritten(text, before or "", blamed)
                new = new and self._is_new(text, blamed.commit)
                return Written(blamed.commit, blamed.path) if new else None
            lines = [at for at, each in enumerate(before.split("\n"), 1) if text in each]
            if len(lines) != 1 or blamed.previous is None:
                return None
            (commit, path), line = blamed.previous, lines[0]
        return None

    def since(self, note: str, line: int, text: str) -> str:
        """The abbreviated commit that wrote *line*, which has *text*, of the note at *note*.

        Empty if it is not known: the line is not committed, or is older than the fetched history or
        the commits that are searched.
        """
        blamed = self._blame(self._range, note, line) if self._range else None
        if blamed is None or blamed.boundary or text.strip() not in blamed.content:
            return ""
        return blamed.commit[:7]

    @cached_property
    def _range(self) -> str:
        """The range of commits that :meth:`since` searches; empty if it is not known."""
        how = ("--max-count=1", f"--skip={_MAX_BLAMED_COMMITS}", "HEAD")
        oldest = git(self._root, "rev-list", *how) if self._refs.id("HEAD") else None
        if oldest is None:
            return ""
        first = oldest.decode().strip()
        return f"{first}..HEAD" if first else "HEAD"

    def _blame(self, revision: str, path: str, line: int) -> _Blamed | None:
        """The answer of ``git blame`` for *line*; in the work tree if *revision* is empty."""
        where = ("-L", f"{line},{line}", *filter(None, (revision,)), "--", path)
        found = git(self._root, "blame", "--porcelain", *where)
        return _read(found.decode("utf-8", "replace")) if found else None

    def _is_rewritten(self, text: str, before: str, blamed: _Blamed) -> bool:
        """Whether the link had the same lines *before* the commit, but another path."""
        lines = text[text.find("#") :]
        after = self._trees.text(blamed.commit, blamed.path) or ""
        return lines in before and before.count(lines) >= after.count(lines)

    def _is_new(self, text: str, commit: str) -> bool:
        """Whether no note had *text* before *commit*; False for a merge."""
        listed = git(self._root, "rev-list", "--parents", "--max-count=1", commit)
        parents = listed.decode("ascii", "replace").split()[1:] if listed else None
        if not parents:
            return parents is not None  # the first commit
        if len(parents) > 1:
            return False
        found = git(self._root, "grep", "-lzF", "-e", text, parents[0], "--", "*.md", "*.markdown")
        # git fails both if it finds nothing and if the commit is missing
        return not found and self._trees.paths(parents[0]) is not None


class _Blamed(NamedTuple):
    commit: str
    path: str
    previous: tuple[str, str] | None
    boundary: bool
    content: str


def _read(porcelain: str) -> _Blamed | None:
    """The answer of ``git blame --porcelain`` for one line."""
    header, _, rest = porcelain.partition("\n")
    match = _HEADER.match(header)
    if match is None or _UNCOMMITTED.fullmatch(match[1]):
        return None
    path, previous, boundary = "", None, False
    for field in rest.split("\n"):
        name, _, value = field.partition(" ")
        if field.startswith("\t"):
            return _Blamed(match[1], path, previous, boundary, field[1:]) if path else None
        if name == "filename":
            path = _unquoted(value)
        elif name == "previous":
            commit, _, file = value.partition(" ")
            previous = commit, _unquoted(file)
        boundary = boundary or name == "boundary"
    return None


def _unquoted(name: str) -> str:
    """The *name* of a file, as git writes it: quoted and escaped if it is not plain ASCII."""
    if name[:1] != '"':
        return name
    return os.fsdecode(name[1:-1].encode().decode("unicode_escape").encode("latin-1"))
