"""Moves of files that were made with other tools, found by git from the content."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from notelint.workspace.discover import tracked_or_walked
from notelint.workspace.git import (
    git,
    is_of_a_tree,
    listing,
    path_from_top,
    repository_root,
)
from notelint.workspace.git_index import copy_index, index_file
from notelint.workspace.git_metadata import repository_stamp
from notelint.workspace.tree import Tree

_MAX_FILE_BYTES = 64 * 1024 * 1024
_MAX_NAME_BYTES = 64 * 1024 * 1024  # of all paths of a commit
# Explicit, to override the user's configuration of git. All empty files are alike: not a rename.
_MOVED = (
    *("diff", "--name-status", "--diff-filter=R", "-z", "--no-relative", "-M50%", "-l1000"),
    "--no-rename-empty",
)


def past_moves(root: str, commit: str = "HEAD") -> list[tuple[str, str]]:
    """The old and new paths of files of *commit* that have moved in the tree at *root*, sorted.

    Paths are from *root*. Moves in later commits, in the index and in the work tree alone count; so
    do files that git does not track, unless it ignores them. Empty without git.
    """
    return moves_of(gone_files(root, files_of(root, commit)), root, commit)


def moves_of(gone: Sequence[str], root: str, commit: str = "HEAD") -> list[tuple[str, str]]:
    """The moves of the files *gone* since *commit*; see :func:`past_moves`."""
    top = repository_root(os.path.realpath(root))
    if not gone or top is None:
        return []
    below = path_from_top(root)
    return sorted(
        (old[len(below) :], new[len(below) :])
        for old, new in _paired(top, commit, [below + each for each in gone])
        if new.startswith(below) and is_of_a_tree(new)
    )


def gone_files(root: str, files: Iterable[str]) -> list[str]:
    """Those of *files*, from a commit, that are not in the tree at *root*."""
    there = frozenset(tracked_or_walked(root))
    names = [each for each in files if each not in there]
    return [each for each in names if not os.path.lexists(os.path.join(root, each))]


def files_of(root: str, commit: str) -> list[str]:
    """The paths of the files that *commit* has below *root*."""
    below = path_from_top(root)
    how = ("ls-tree", "-r", "-z", "--name-only", commit)
    listed = git(root, *how, max_bytes=_MAX_NAME_BYTES) or b""
    names = os.fsdecode(listed).split("\0")
    return [name[len(below) :] for name in names if name and name.startswith(below)]


def text_of(root: str, commit: str, path: str) -> bytes | None:
    """The bytes of the file at *path* in *commit*; None if it is too large or missing."""
    name = f"{commit}:{path_from_top(root)}{path}"
    return git(root, "cat-file", "blob", name, max_bytes=_MAX_FILE_BYTES)


def _paired(top: str, commit: str, gone: list[str]) -> Iterator[tuple[str, str]]:
    from tempfile import TemporaryDirectory

    index = index_file(top)
    with TemporaryDirectory(prefix="notelint-") as folder:
        copy = os.path.join(folder, "index")
        if index is None or not os.path.isfile(index):
            return
        copy_index(index, copy)
        name = git(top, "rev-parse", commit) or b""
        given = _new(top, gone, len(name.strip()))
        git(top, "update-index", "-z", "--index-info", given=given, index=copy)
        parts = os.fsdecode(git(top, *_MOVED, commit, "--", index=copy) or b"").split("\0")
    missing = frozenset(gone)
    for old, new in zip(parts[1::3], parts[2::3], strict=False):
        if old in missing and os.path.lexists(os.path.join(top, new)):
            yield old, new


def _new(top: str, gone: list[str], digits: int) -> bytes:
    """The untracked files that may be one of *gone*, as lines for the index.

    They have the id of a blob that does not exist, of so many *digits*: git reads the files.
    """
    blob = "1" * digits
    kinds = {os.path.splitext(each)[1].lower() for each in gone}
    lines = []
    for name in listing(top, "--others", "--exclude-standard")() or ():
        path = os.path.join(top, name)
        if os.path.splitext(name)[1].lower() in kinds and _may_be_read(path):
            lines.append(f"100644 {blob}\t{name}\0")
    return os.fsencode("".join(lines))


def _may_be_read(path: str) -> bool:
    if not os.path.isfile(path) or os.path.islink(path):
        return False
    return os.stat(path).st_size < _MAX_FILE_BYTES


def moved(tree: Tree) -> tuple[dict[str, str], str]:
    """The new paths of the files of the last commit that have moved in *tree*.

    Also the stamp of the repository if no file of the commit is gone; else an empty text.
    """
    before = repository_stamp(tree.root)
    if gone := gone_files(tree.root, files_of(tree.root, "HEAD")):
        return dict(moves_of(gone, tree.root)), ""
    return {}, before if tree.files else ""
