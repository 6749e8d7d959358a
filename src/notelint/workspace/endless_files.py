"""FIFOs and devices among the files that git opens: it would wait for them or read forever."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator

from notelint.workspace.git_metadata import metadata, read_small
from notelint.workspace.safe_files import walk

_OPENED = frozenset((".gitignore", ".gitattributes", ".mailmap", ".gitmodules"))  # in the tree
_MAX_FOLDERS = 100_000


def endless_file(top: str) -> str | None:
    """The path of a FIFO or a device that git opens in the work tree at the real path *top*."""
    found = metadata(top)
    own = _below([found.own, found.common] if found else [])
    return next(filter(_is_endless, own), None) or _in_tree(top)


def _in_tree(top: str) -> str | None:
    """The path of such a file in the tree, or in repositories nested in it.

    Git opens files of the latter to tell a repository from a folder.
    """
    inner = []
    for number, (at, folders, files) in enumerate(walk(top)):
        if number > _MAX_FOLDERS:
            break
        for name in filter(_OPENED.__contains__, files):
            if _is_endless(path := os.path.join(at, name)):
                return path
        if at != top and (".git" in folders or ".git" in files):
            inner.append(os.path.join(at, ".git"))
        folders[:] = [each for each in folders if each != ".git"]
    return next(filter(_is_endless, _below(inner)), None)


def _below(folders: Iterable[str]) -> Iterator[str]:
    """The files below git's *folders*, and below the folders that links and files in them name."""
    left, seen = [*reversed([*folders])], set[tuple[int, int]]()
    while left and len(seen) < _MAX_FOLDERS:
        at = left.pop()
        try:
            status = os.stat(at)
            names = os.listdir(at) if stat.S_ISDIR(status.st_mode) else []
        except (OSError, ValueError):  # ValueError: a NUL in the name
            continue
        if (key := (status.st_dev, status.st_ino)) in seen:
            continue
        seen.add(key)
        if not stat.S_ISDIR(status.st_mode):
            yield at
        elif os.path.basename(at) == "info":
            left += _alternates(at)
        left += [os.path.join(at, name) for name in names]
        if os.path.basename(at) == ".git":
            named = read_small(at).partition("gitdir: ")[2].rstrip("\r\n")
            left += [os.path.join(os.path.dirname(at), named)] if named else []


def _alternates(folder: str) -> list[str]:
    """The object folders that the object folder around *folder*, its ``info``, refers to."""
    names = read_small(os.path.join(folder, "alternates")).splitlines()
    return [os.path.join(os.path.dirname(folder), each.strip('"')) for each in names if each]


def _is_endless(path: str) -> bool:
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode) or stat.S_ISBLK(mode)
