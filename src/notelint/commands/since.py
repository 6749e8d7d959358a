"""The lines of notes that changed since a revision of git."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

from notelint.config.errors import ConfigError
from notelint.diagnostics import Diagnostic
from notelint.text.suffixes import SUFFIXES
from notelint.text.suggest import closest, did_you_mean
from notelint.workspace.git import base_commit, git, installed, repository_root

Lines = frozenset[int]

# explicit, to override the user's configuration of git
_DIFF = (
    *("diff", "--unified=0", "--inter-hunk-context=0", "--text", "--find-renames", "--no-color"),
    *("--no-relative", "--src-prefix=a/", "--dst-prefix=b/"),
)
_DEFAULT_BRANCHES = ("main", "master", "trunk")
_MAX_REFS = 10_000  # that are compared with an unknown revision
_MAX_REF_CHARACTERS = 200  # of one that a message names
_FILE = re.compile(rb'^\+\+\+ (?:b/(.*?)\t?|"b/(.*)"\t?)$')
_HUNK = re.compile(rb"^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb'\\([abtnvfr"\\]|[0-7]{3})')
_LETTERS = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


class ChangedLines:
    """The lines changed since *revision*, in every repository with notes.

    Files are compared with the merge base of *revision* and HEAD; without one, as in a shallow
    clone, with *revision* itself. Uncommitted changes count, staged or not.
    """

    def __init__(self, revision: str) -> None:
        self._revision = revision
        self._repositories: dict[str, _Repository] = {}

    def lines(self, note: str) -> Lines | None:
        """The changed lines, from 1, of the file at the absolute path *note*; None means all.

        Raises :class:`ConfigError` if there is no git, no repository or no such revision.
        """
        folder = os.path.realpath(os.path.dirname(note))
        root = repository_root(folder)
        if root is None:
            raise ConfigError(f"--since: {folder} is not in a git repository")
        if root not in self._repositories:
            self._repositories[root] = _Repository(root, self._revision)
        path = os.path.relpath(os.path.join(folder, os.path.basename(note)), root)
        return self._repositories[root].lines(path.replace(os.sep, "/"))

    def touched(self, diagnostic: Diagnostic) -> bool:
        """Whether *diagnostic*, whose path is from the current folder, is on a changed line."""
        lines = self.lines(os.path.abspath(diagnostic.path))
        return lines is None or diagnostic.range.touches(lines)


def changed_lines(since: str | None) -> Callable[[str], Lines | None]:
    """The lines of a note that changed *since* a revision, by its absolute path; None means all.

    Without a revision, these are all lines of every note.
    """
    return (lambda note: None) if since is None else ChangedLines(since).lines


class _Repository:
    def __init__(self, root: str, revision: str) -> None:
        self._root = root
        self._since = self._base(revision)
        self._changed = dict(self._diff(*(f":(icase)*{suffix}" for suffix in SUFFIXES)))
        tracked = self._git("ls-files", "-z", "--cached")
        self._tracked = frozenset(os.fsdecode(each) for each in tracked.split(b"\0"))

    def lines(self, path: str) -> Lines | None:
        """The changed lines of the file at *path* from the root; None for all of them."""
        if path not in self._tracked:
            return None
        if path not in self._changed and not path.lower().endswith(SUFFIXES):
            self._changed[path] = dict(self._diff(f":(literal){path}")).get(path, frozenset())
        return self._changed.get(path, frozenset())

    def _diff(self, *files: str) -> Iterator[tuple[str, Lines]]:
        # only *files*, as the rest of a repository may be large
        return _parsed(self._git(*_DIFF, self._since, "--", *files))

    def _base(self, revision: str) -> str:
        """The commit to compare with: the merge base of HEAD and *revision*."""
        if not revision or revision.startswith("-"):
            raise ConfigError(f"--since: `{revision}` is not a git revision")
        commit = base_commit(self._root, revision)
        if commit is None and not installed():
            raise ConfigError("--since: git is not installed")
        if commit is None:
            raise ConfigError(unknown_revision(self._root, revision))
        return commit

    def _git(self, *arguments: str) -> bytes:
        found = git(self._root, *arguments)
        if found is None:
            raise ConfigError(f"--since: git cannot compare the files in {self._root}")
        return found


def unknown_revision(root: str, revision: str) -> str:
    """A message: the repository at *root* has no *revision*; suggests a branch or a tag.

    It is one of the same name on a remote, the default branch by another usual name, or the one
    with the most similar name.
    """
    listed = git(root, "for-each-ref", f"--count={_MAX_REFS}", "--format=%(refname:lstrip=2)")
    every, name = os.fsdecode(listed or b"").splitlines(), revision.rpartition("/")[2]
    refs = [ref for ref in every if len(ref) <= _MAX_REF_CHARACTERS]
    usual = _DEFAULT_BRANCHES if name in _DEFAULT_BRANCHES else ()
    same = [ref for each in (name, *usual) for ref in refs if ref.rpartition("/")[2] == each]
    cure = did_you_mean(*(same[:1] or closest(revision, refs)))
    return f"--since: unknown revision `{revision}` in {root}{cure}"


def _parsed(diff: bytes) -> Iterator[tuple[str, Lines]]:
    """The paths in a diff without context, each with the numbers of its new lines."""
    path: str | None = None
    lines: set[int] = set()
    left = 0  # remaining lines of the hunk, which may look like a header
    for line in diff.split(b"\n"):
        if left and line[:1] in (b"-", b"+"):
            left -= 1
        elif hunk := _HUNK.match(line):
            removed, first, added = int(hunk[1] or 1), int(hunk[2]), int(hunk[3] or 1)
            lines.update(range(first, first + added))
            left = removed + added
        elif line.startswith(b"diff --git "):
            if path is not None:
                yield path, frozenset(lines)
            path, lines = None, set()
        elif file := _FILE.match(line):
            path = os.fsdecode(file[1] if file[2] is None else _ESCAPE.sub(_unescaped, file[2]))
    if path is not None:
        yield path, frozenset(lines)


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([_LETTERS[code[0]] if len(code) == 1 else int(code, 8)])
