"""Checks before a transaction, for everything that is in its way."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from notelint.engine.note_path import display_path
from notelint.refactor.refusal import Refusal
from notelint.text.startup import NamedTuple
from notelint.workspace.digests import digest
from notelint.workspace.git import installed, listing, repository_root
from notelint.workspace.git_index import (
    SUBMODULE,
    IndexEntry,
    index_entries,
    index_file,
    is_of_another_tree,
    without_content,
)
from notelint.workspace.read_note import read
from notelint.workspace.safe_files import walk


class Tracked(NamedTuple):
    """The entries of git's index for the files that move, with their new paths.

    The index has no content yet of the files in ``empty``.
    """

    top: str
    index_file: str
    moves: list[tuple[IndexEntry, str]]
    empty: frozenset[str]


class AbsoluteMoves:
    """Moves in the tree at *root*, given as pairs of old and new paths relative to it.

    The attributes ``root`` and ``pairs`` are absolute paths without symbolic links above the tree.
    """

    def __init__(self, root: str, pairs: Iterable[tuple[str, str]]) -> None:
        self.root = os.path.realpath(root)
        self.pairs = [(self.absolute(old), self.absolute(new)) for old, new in pairs]
        self._new = dict(self.pairs)

    def absolute(self, path: str) -> str:
        """The absolute path of the file or folder at *path*."""
        return os.path.normpath(os.path.join(self.root, path))

    def source_of(self, path: str) -> str | None:
        """The old path, among the pairs, that *path* is or is in; None if it stays."""
        while len(path) > len(self.root):
            if path in self._new:
                return path
            path = os.path.dirname(path)
        return None

    def new(self, path: str) -> str:
        """The path afterwards of the file or folder at *path*."""
        source = self.source_of(path)
        return path if source is None else self._new[source] + path[len(source) :]


def shown(path: str) -> str:
    """*path* as messages name it."""
    return display_path(path, os.getcwd())


def refuse(path: str, fault: str) -> Refusal:
    """The error for *path*."""
    return Refusal(f"{shown(path)}: {fault}")


def check_moves(moves: AbsoluteMoves) -> None:
    """Raise :class:`Refusal` if something is in the way of a move."""
    root, pairs = moves.root, moves.pairs
    for paths, fault in (
        ([old for old, _ in pairs], "moved twice"),
        ([new for _, new in pairs], "the target of two moves"),
    ):
        times = Counter(paths)
        if twice := [path for path in paths if times[path] > 1]:
            raise refuse(twice[0], fault)
    targets = AbsoluteMoves(root, ((new, new) for _, new in pairs))
    for old, new in pairs:
        _check_place(root, old)
        if not os.path.lexists(old):
            raise refuse(old, "no such file or folder")
        _check_source(old)
        _check_place(root, new)
        if moves.source_of(os.path.dirname(old)):
            raise refuse(old, "moves with its folder; name one of them")
        if new.startswith(old + os.sep):
            raise refuse(old, "cannot move into itself")
        if targets.source_of(os.path.dirname(new)):
            raise refuse(new, "its folder moves there, too; move one of them at a time")
        _check_target(root, old, new, moves)


def _check_place(root: str, path: str) -> None:
    """Raise :class:`Refusal` for a *path* outside of the tree, in another, or in git's folder."""
    if not path.startswith(os.path.join(root, "")) or path.endswith(os.sep):
        raise refuse(path, f"not in {root}")
    folder = root
    for part in path[len(root) :].strip(os.sep).split(os.sep):
        if part.lower().rstrip(". ") in (".git", "git~1"):
            raise refuse(path, "in git's own folder")
        if folder != root and os.path.lexists(os.path.join(folder, ".git")):
            raise refuse(path, f"in another repository, {shown(folder)}")
        if os.path.islink(folder) and folder != root:
            raise refuse(path, f"behind a symbolic link, {shown(folder)}")
        folder = os.path.join(folder, part)


def _check_source(old: str) -> None:
    mode = os.lstat(old).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)):
        raise refuse(old, "not a file or a folder")
    if not os.access(os.path.dirname(old), os.W_OK | os.X_OK):
        raise refuse(old, "cannot be moved, its folder is read-only")
    if not stat.S_ISDIR(mode):
        return
    if not os.access(old, os.W_OK):
        raise refuse(old, "cannot be moved, it is read-only")
    for folder, folders, names in walk(old):
        if ".git" in folders or ".git" in names:
            raise refuse(folder, "a repository of its own, which notelint does not move")


def _check_target(root: str, old: str, new: str, moves: AbsoluteMoves) -> None:
    if new == old or (
        os.path.lexists(new) and not moves.source_of(new) and not is_only_case(old, new)
    ):
        raise refuse(new, "already exists")
    above = os.path.dirname(new)
    while not os.path.lexists(above) or (above != root and moves.source_of(above)):
        above = os.path.dirname(above)
    if not os.path.isdir(above):
        raise refuse(new, f"{shown(above)} is not a folder")
    if not os.access(above, os.W_OK | os.X_OK):
        raise refuse(new, f"cannot be written, {shown(above)} is read-only")
    if os.stat(above).st_dev != os.lstat(old).st_dev:
        raise refuse(new, f"on another file system than {shown(old)}")


def is_only_case(old: str, new: str) -> bool:
    """Whether *new* is there only because the file system finds *old* by it."""
    folder, name = os.path.split(new)
    same = os.path.samestat(os.lstat(old), os.lstat(new))
    return same and name not in os.listdir(folder)


def check_writes(
    root: str, writes: Mapping[str, bytes], digests: Mapping[str, str]
) -> dict[str, bytes]:
    """The bytes now of each file in *writes*.

    Raises :class:`Refusal` for one that cannot be written or would lose more than its text, and for
    a file that has changed since *digests* was made.
    """
    before: dict[str, bytes] = {}
    real: dict[str, str] = {}
    for path in sorted({*writes, *digests}):
        data = read(path, shown(path))
        if path in writes:
            target = os.path.realpath(path)
            other = real.setdefault(target, path)
            if other != path and writes[other] != writes[path]:
                raise refuse(path, f"the same file as {shown(other)}, and links differ in them")
            _check_file(root, path, target)
            if other == path:
                before[path] = data
        if digest(data) != digests[path]:
            raise refuse(path, "changed since it was read; run again")
    return before


def _check_file(root: str, path: str, target: str) -> None:
    if not target.startswith(os.path.join(root, "")):
        raise refuse(path, f"a link to a file outside {root}")
    status = os.stat(target)
    if not (os.access(target, os.W_OK) and os.access(os.path.dirname(target), os.W_OK)):
        raise refuse(path, "cannot be written (read-only)")
    if status.st_nlink > 1:
        raise refuse(path, "has hard links, which would keep the old links")
    if os.name == "posix" and os.geteuid() not in (0, status.st_uid):
        raise refuse(path, "belongs to another user, and would become yours")


def tracked(moves: AbsoluteMoves, writes: Iterable[str]) -> Tracked | None:
    """The moved files that git tracks; None if there are none.

    Raises :class:`Refusal` if git does not answer, or cannot move one of them.
    """
    root = moves.root
    top = repository_root(root)
    if top is None or not moves.pairs or not installed():
        return None
    index, entries = index_file(top), index_entries(top)
    if index is None or entries is None:
        raise refuse(top, "git cannot read this repository")
    if os.path.lexists(f"{index}.lock"):
        raise Refusal(f"{index}.lock: another git is at work; wait until it ends")
    paths = (os.path.join(top, each.path) for each in entries if each.mode == SUBMODULE)
    submodules = AbsoluteMoves(root, ((each, each) for each in paths))
    for _, new in moves.pairs:
        if submodules.source_of(new):
            raise refuse(new, "in a submodule")
    written = frozenset(writes)
    found = []
    for entry in entries:
        path = os.path.join(top, entry.path)
        source = moves.source_of(path)
        if entry.conflicted and (source or path in written):
            raise refuse(path, "has an unresolved conflict")
        if source is None:
            continue
        if entry.mode == SUBMODULE:
            raise refuse(path, "a submodule; move it with `git mv`")
        new = os.path.relpath(moves.new(path), top).replace(os.sep, "/")
        found.append((entry, new))
    if not found:
        return None
    _check_index(top, index)
    return Tracked(top, index, found, without_content(top, [entry for entry, _ in found]))


def _check_index(top: str, index: str) -> None:
    if is_of_another_tree(top):
        fault = "the repository that `.git` leads to does not name this tree"
        raise refuse(top, f"{fault}; move with `git mv`, or set `core.worktree` there")
    if os.path.islink(index):
        raise Refusal(f"{index}: a symbolic link, which notelint does not replace")


def check_links(moves: AbsoluteMoves) -> None:
    """Raise :class:`Refusal` for a symbolic link of the tree that would lead nowhere."""
    for path in _files(moves.root) if moves.pairs else ():
        if not os.path.islink(path):
            continue
        there = _target(path, path)
        if not os.path.lexists(there):
            continue
        new = moves.new(path)
        if _target(path, new) != moves.new(there):
            fault = f"a symbolic link that would no longer lead to {shown(there)}"
            raise refuse(path, f"{fault}; change it first")


def _files(root: str) -> Iterator[str]:
    """The files in the tree, less those that git ignores."""
    names = listing(root, "--cached", "--others", "--exclude-standard")()
    if names is not None:
        yield from (os.path.join(root, name) for name in names)
        return
    for folder, folders, files in walk(root):
        yield from (os.path.join(folder, name) for name in (*folders, *files))


def _target(link: str, at: str) -> str:
    """The path that the symbolic *link* leads to if it is at the path *at*."""
    return os.path.normpath(os.path.join(os.path.dirname(at), os.readlink(link)))
