"""Unsaved texts: each takes the place of the file at its path, which need not exist.

They come from an editor or from standard input. All functions that read notes, list folders or
count lines see them instead of the files on disk.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Name = str | os.PathLike[str]

_unsaved: dict[str, bytes] = {}  # by absolute path


def put_unsaved(path: Name, data: bytes) -> None:
    """Make *data* the content of the file at *path* for this process; the file is not written."""
    _unsaved[os.path.abspath(path)] = data


def drop_unsaved(path: Name) -> None:
    """Use the file on disk at *path* again."""
    _unsaved.pop(os.path.abspath(path), None)


def unsaved(path: Name) -> bytes | None:
    """The unsaved content of the file at *path*; None if there is none."""
    return _unsaved.get(os.path.abspath(path)) if _unsaved else None


def new_names(folder: str) -> dict[str, bool]:
    """The names that unsaved texts add to *folder*, and whether each is a folder."""
    return {
        first: bool(rest) for path in new_files(folder) for first, _, rest in [path.partition("/")]
    }


def new_files(folder: str) -> Iterator[str]:
    """The paths below *folder*, with ``/``, of unsaved texts without a file."""
    if _unsaved:
        below = os.path.join(os.path.abspath(folder), "")
        for path in _unsaved:
            if path.startswith(below) and not os.path.lexists(path):
                yield path[len(below) :].replace(os.sep, "/")
