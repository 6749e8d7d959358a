"""Safe reading of files and folders, whatever is in a tree."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator

from notelint.workspace.unsaved import new_names, unsaved

MAX_TEXT_BYTES = 16 * 1024 * 1024  # links to lines of longer texts are not judged


def leads_out(root: str, path: str) -> bool:
    """Whether the file at *path* is not below *root*, by its path or because of a symbolic link.

    A link into ``.git`` leads out, too: git's own files are not part of the tree.
    """
    top = os.path.join(os.path.realpath(root), "")
    try:
        real = os.path.realpath(os.path.join(root, path))
    except ValueError:  # it holds a NUL
        return True
    return not real.startswith(top) or (_is_gits(real[len(top) :]) and not _is_gits(path))


def _is_gits(path: str) -> bool:
    return ".git" in path.lower().replace(os.sep, "/").split("/")


def beginning(file: str) -> bytes | None:
    """The first bytes of *file*, at most one more than the limit; None if it cannot be read."""
    if (data := unsaved(file)) is not None:
        return data[: MAX_TEXT_BYTES + 1]
    try:
        with open(file, "rb", opener=open_without_waiting) as opened:
            return opened.read(MAX_TEXT_BYTES + 1)
    except (OSError, ValueError):
        return None


def absent_or_regular(path: str) -> bool:
    """Whether *path* is a regular file or does not exist."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True


def open_without_waiting(path: str, flags: int) -> int:
    """Open *path* without waiting for the writer of a FIFO; an opener for :func:`open`."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def walk(
    folder: str, onerror: Callable[[OSError], object] | None = None
) -> Iterator[tuple[str, list[str], list[str]]]:
    """:func:`os.walk` for any depth; before Python 3.12, that function is recursive."""
    left = [folder]
    while left:
        at = left.pop()
        folders: list[str] = []
        files: list[str] = []
        try:
            with os.scandir(at) as entries:
                for each in entries:
                    (folders if _is_folder(each) else files).append(each.name)
        except OSError as error:
            if onerror:
                onerror(error)
            continue
        yield at, folders, files
        below = (os.path.join(at, each) for each in reversed(folders))
        left += [each for each in below if not os.path.islink(each)]


def names_in(folder: str) -> dict[str, bool]:
    """The names in *folder*, and whether each is a folder; empty if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            found = {each.name: _is_folder(each) for each in entries if _is_there(each)}
    except (OSError, ValueError):
        found = {}
    return found | new_names(folder)


def _is_there(entry: os.DirEntry[str]) -> bool:
    """Whether *entry* is not a broken symbolic link."""
    return not entry.is_symlink() or os.path.exists(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
