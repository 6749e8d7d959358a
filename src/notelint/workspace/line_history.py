"""The commit that wrote something into a note, as git knows it."""

from __future__ import annotations

from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.git import git, path_from_top
from notelint.workspace.git_refs import Refs
from notelint.workspace.git_trees import GitTrees

_MOST = 200  # places that are looked up in one run
_STEPS = 20  # commits that touched the line and did not write what is looked for
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

    def _blame(self, commit: str, path: str, line: int) -> _Blamed | None:
        revision = (commit,) if commit else ()
        where = ("-L", f"{line},{line}", *revision, "--", path)
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
    content: str


def _read(porcelain: str) -> _Blamed | None:
    """The answer of ``git blame --porcelain`` for one line."""
    header, _, rest = porcelain.partition("\n")
    match = _HEADER.match(header)
    if match is None or _UNCOMMITTED.fullmatch(match[1]):
        return None
    path, previous = "", None
    for field in rest.split("\n"):
        name, _, value = field.partition(" ")
        if field.startswith("\t"):
            return _Blamed(match[1], path, previous, field[1:]) if path else None
        if value.startswith('"'):
            return None  # a name that git quotes
        if name == "filename":
            path = value
        elif name == "previous":
            commit, _, file = value.partition(" ")
            if file.startswith('"'):
                return None
            previous = commit, file
    return None
