"""The commit that wrote something into a note, as git knows it."""

from __future__ import annotations

import os
from functools import cached_property

from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.git import git, path_from_top
from notelint.workspace.git_refs import Refs
from notelint.workspace.git_trees import GitTrees

_MOST = 200  # places that are looked up in one run
_STEPS = 20  # commits that touched the line and did not write what is looked for
_COMMITS = 2_000  # that are looked through for the one that wrote a line, from the last one
_HEADER = lazy_regex(r"([0-9a-f]{40,64}) \d+ \d+ 1$")
_UNCOMMITTED = lazy_regex(r"0{40,64}")


class Written(NamedTuple):
    """The ``commit`` that wrote a text into a note, which was at ``path`` then."""

    commit: str
    path: str


class LineHistory:
    """The history of the notes in the repository at *root*, none where commits are missing."""

    def __init__(self, root: str, refs: Refs, trees: GitTrees) -> None:
        self._root = root
        self._refs = refs
        self._trees = trees
        self._left = 0 if refs.shallow or path_from_top(root) or not refs.id("HEAD") else _MOST

    def written(self, text: str, note: str, line: int) -> Written | None:
        """The commit that wrote *text* into the line of the note at *note*, from 1.

        *text* is the end of an address of lines. None where that is not sure: it is not committed,
        stood elsewhere in a note before or had another path, came in by a merge, or the history is
        too long.
        """
        if self._left <= 0:
            return None
        self._left -= 1
        commit, path = "", note
        for _ in range(_STEPS):
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
        """The commit, shortened, that wrote the *line* with *text* of the note at *note*.

        Empty where git does not know: the line is not committed, or older than the history that is
        there, or than the commits that are looked through.
        """
        blamed = self._blame(self._range, note, line) if self._range else None
        if blamed is None or blamed.boundary or text.strip() not in blamed.content:
            return ""
        return blamed.commit[:7]

    @cached_property
    def _range(self) -> str:
        """The commits that :meth:`since` looks through; empty where git does not know."""
        how = ("--max-count=1", f"--skip={_COMMITS}", "HEAD")
        oldest = git(self._root, "rev-list", *how) if self._refs.id("HEAD") else None
        if oldest is None:
            return ""
        first = oldest.decode().strip()
        return f"{first}..HEAD" if first else "HEAD"

    def _blame(self, revision: str, path: str, line: int) -> _Blamed | None:
        """What git says of the *line*, in the work tree if *revision* is empty."""
        where = ("-L", f"{line},{line}", *filter(None, (revision,)), "--", path)
        found = git(self._root, "blame", "--porcelain", *where)
        return _read(found.decode("utf-8", "replace")) if found else None

    def _is_rewritten(self, text: str, before: str, blamed: _Blamed) -> bool:
        """Whether the link had these lines *before* the commit, and another path."""
        lines = text[text.find("#") :]
        after = self._trees.text(blamed.commit, blamed.path) or ""
        return lines in before and before.count(lines) >= after.count(lines)

    def _is_new(self, text: str, commit: str) -> bool:
        """Whether no note had *text* before *commit*, which is no merge."""
        listed = git(self._root, "rev-list", "--parents", "--max-count=1", commit)
        parents = listed.decode("ascii", "replace").split()[1:] if listed else None
        if not parents:
            return parents is not None  # the first commit
        if len(parents) > 1:
            return False
        found = git(self._root, "grep", "-lzF", "-e", text, parents[0], "--", "*.md", "*.markdown")
        # git fails where it finds nothing, and where the commit is not here
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
