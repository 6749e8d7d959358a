"""Texts that are not saved yet: each lies over the file of its path, which need not exist.

They come from an editor, or from standard input. All that reads notes, lists folders or counts
lines sees them in place of what is on the disk.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Name = str | os.PathLike[str]

_given: dict[str, bytes] = {}  # by absolute path


def give(path: Name, data: bytes) -> None:
    """Use *data* as the content of the file at *path* from now on; the file is not written."""
    _given[os.path.abspath(path)] = data


def take_back(path: Name) -> None:
    """Use what is on the disk at *path* again."""
    _given.pop(os.path.abspath(path), None)


def given(path: Name) -> bytes | None:
    """The data of the last :func:`give` for *path*; None without one."""
    return _given.get(os.path.abspath(path)) if _given else None


def new_names(folder: str) -> dict[str, bool]:
    """The names that texts add to *folder*, and whether each is a folder."""
    return {
        first: bool(rest) for path in new_files(folder) for first, _, rest in [path.partition("/")]
    }


def new_files(folder: str) -> Iterator[str]:
    """The paths below *folder*, with ``/``, of texts that have no file yet."""
    if _given:
        below = os.path.join(os.path.abspath(folder), "")
        for path in _given:
            if path.startswith(below) and not os.path.lexists(path):
                yield path[len(below) :].replace(os.sep, "/")
