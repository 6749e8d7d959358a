"""Files that say how notelint is to work: how far they are looked for, and which are read.

What lies in a tree is a stranger's. A link there must not lead to a file of ours, and a FIFO must
not hold the run.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence

from notelint.config.errors import ConfigError
from notelint.workspace.git import repository_root
from notelint.workspace.snapshot import open_without_waiting

MAX_CONFIG_BYTES = 1024 * 1024  # bytes; a larger file is no configuration


def top_of(folder: str, paths: Sequence[str] = ()) -> str:
    """The folder up to which a configuration holds for what is in the absolute *folder*.

    It is the root of the repository. Without one, it is the highest folder around *folder* that
    one of *paths*, those of the call, names, or the current one; else *folder*.
    """
    root = repository_root(folder)
    if root is not None:
        return root
    named = [os.getcwd(), *(os.path.abspath(each) for each in paths)]
    around = [each for each in named if is_below(folder, each)]
    return min(around, key=len) if around else folder


def is_below(path: str, folder: str) -> bool:
    """Whether *path* is *folder*, or in it; both are absolute."""
    return path == folder or path.startswith(os.path.join(folder, ""))


def upwards(folder: str, top: str) -> Iterator[str]:
    """*folder* and all that it is in, up to *top*; absolute paths."""
    yield folder
    while folder != top and (above := os.path.dirname(folder)) != folder:
        folder = above
        yield folder


def shown(path: str) -> str:
    """*path* as messages name it: from the current folder where it is in there."""
    here = os.getcwd()
    relative = os.path.relpath(path, here)
    return (path if relative.startswith(os.pardir) else relative).replace(os.sep, "/")


def read_found(path: str, top: str) -> bytes | None:
    """The bytes of the file at *path*, found in the tree below *top*; None where there is none.

    Raises :class:`ConfigError` for what is no regular file, and for a link that leads out of the
    tree or to what git keeps. There is none where the folder itself is outside, behind a link.
    """
    try:
        os.lstat(path)
    except OSError:
        return None
    root, target = os.path.realpath(top), os.path.realpath(path)
    if not is_below(os.path.realpath(os.path.dirname(path)), root):
        return None
    below = target[len(root) :].lower().split(os.sep)
    if not is_below(target, root) or ".git" in below:
        wrong = "a link that leads out of the tree is not followed; put a file in its place"
        raise ConfigError(f"{shown(path)}: {wrong}")
    return _read(target, shown(path)) if os.path.lexists(target) else None


def read_given(path: str) -> bytes:
    """The bytes of the regular file at *path*, which the caller named, wherever it leads."""
    return _read(path, shown(path))


def _read(path: str, name: str) -> bytes:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise ConfigError(f"{name}: not a regular file")
        with open(path, "rb", buffering=0, opener=open_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it was there a moment ago
                raise ConfigError(f"{name}: not a regular file")
            data = b""
            while len(data) <= MAX_CONFIG_BYTES and (
                piece := file.read(MAX_CONFIG_BYTES + 1 - len(data))
            ):
                data += piece
    except OSError as error:
        raise ConfigError(f"{name}: cannot be read ({error.strerror})") from None
    if len(data) > MAX_CONFIG_BYTES:
        raise ConfigError(f"{name}: too large for a configuration (over {MAX_CONFIG_BYTES} bytes)")
    return data
