"""The index of a repository: its entries, and a copy of it in which files have moved."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable

from notelint.text.startup import NamedTuple
from notelint.workspace.git import git
from notelint.workspace.git_metadata import is_own, metadata

SUBMODULE = "160000"  # a mode
_EMPTY = ("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
          "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813")  # fmt: skip


class IndexEntry(NamedTuple):
    """A file in the index. *tag* is that of ``git ls-files -v``."""

    path: str
    mode: str
    blob: str
    stage: str
    tag: str

    @property
    def conflicted(self) -> bool:
        """Whether a merge left more than one version of the file."""
        return self.stage != "0"


def index_file(root: str) -> str | None:
    """The path of the index of the work tree at the real path *root*; None without a repository."""
    found = metadata(root)
    return os.path.join(found.own, "index") if found else None


def is_of_another_tree(root: str) -> bool:
    """Whether the index of the work tree at the real path *root* may belong to another one."""
    found = metadata(root)
    return found is not None and not is_own(root, found)


def index_entries(root: str) -> list[IndexEntry] | None:
    """The entries in the index of the repository of *root*; None if git cannot list them."""
    listed = git(root, "ls-files", "-z", "--stage", "-v")
    if listed is None:
        return None
    entries = []
    for line in os.fsdecode(listed).split("\0"):
        fields, _, path = line.partition("\t")
        if path:
            tag, mode, blob, stage = fields.split(" ")
            entries.append(IndexEntry(path, mode, blob, stage, tag))
    return entries


def copy_index(index: str, copy: str) -> None:
    """Copy the *index* to the file *copy*, which may exist. May raise OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    opened = os.open(copy, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with open(index, "rb") as file, open(opened, "wb") as to:
        to.write(file.read())
    same_time(index, copy)


def same_time(index: str, copy: str) -> None:
    """Give *copy* the times of *index*: git compares them to find changed files."""
    times = os.stat(index)
    os.utime(copy, ns=(times.st_atime_ns, times.st_mtime_ns))


def without_content(root: str, entries: Iterable[IndexEntry]) -> frozenset[str]:
    """The paths in *entries* that were added without their content (``git add -N``)."""
    if not any(each.blob in _EMPTY for each in entries):
        return frozenset()
    how = ("diff-files", "--diff-filter=A", "--name-only", "-z")
    return frozenset(os.fsdecode(git(root, *how) or b"").split("\0"))


def move_in_index(
    root: str, index: str, moves: Iterable[tuple[IndexEntry, str]], empty: Container[str]
) -> bool:
    """Change the paths of entries in the *index*, a copy; False if git cannot.

    Staged content and flags of a file are kept. *empty* are the paths without content in git. The
    files themselves have moved already.
    """
    moving = list(moves)
    kept = [(entry, path) for entry, path in moving if entry.path not in empty]
    lines = [f"0 {'0' * len(entry.blob)}\t{entry.path}" for entry, _ in moving]
    lines += [f"{entry.mode} {entry.blob}\t{path}" for entry, path in kept]
    added = [f":(literal){path}" for entry, path in moving if entry.path in empty]
    add = ("add", "--force", "--intent-to-add", "--pathspec-from-file=-", "--pathspec-file-nul")
    calls = (
        (("update-index", "-z", "--index-info"), lines),
        (_flagged("--assume-unchanged"), [p for e, p in kept if e.tag.islower()]),
        (_flagged("--skip-worktree"), [p for e, p in kept if e.tag in "sS"]),
        (add, added),
    )
    return all(
        git(root, *call, given=_lines(given), index=index) is not None
        for call, given in calls
        if given
    )


def _flagged(flag: str) -> tuple[str, ...]:
    return "update-index", flag, "-z", "--stdin"


def _lines(lines: Iterable[str]) -> bytes:
    return b"".join(os.fsencode(each) + b"\0" for each in lines)
