"""FIFOs and devices among the files that git opens: it would wait for them, or read without end."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from notelint.workspace.git_metadata import metadata, text_in

_OPENED = (".gitignore", ".gitattributes", ".mailmap", ".gitmodules")  # in the tree
_MOST_FOLDERS = 100_000


def endless_file(top: str) -> str | None:
    """The path of a FIFO or a device that git opens in the work tree at the real path *top*."""
    return next(filter(_is_endless, _opened(top)), None)


def _opened(top: str) -> Iterator[str]:
    found = metadata(top)
    own = [found.own, found.common] if found else []
    for folder in own:
        stored = os.path.join(folder, "objects")
        own += [os.path.join(stored, each) for each in _alternates(stored)]
    for folder in dict.fromkeys(own):
        yield from _below(folder, ())
    yield from _below(top, _OPENED)


def _alternates(stored: str) -> list[str]:
    return [each for each in text_in(stored, "info/alternates").splitlines() if each][:20]


def _below(folder: str, names: tuple[str, ...]) -> Iterator[str]:
    """The files below *folder* that have one of *names*, or all without names."""
    left = _MOST_FOLDERS
    for at, folders, files in os.walk(folder):
        left -= 1
        if left < 0:
            return
        if names and ".git" in folders:
            folders.remove(".git")
        for name in files if not names else filter(files.__contains__, names):
            yield os.path.join(at, name)


def _is_endless(path: str) -> bool:
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode) or stat.S_ISBLK(mode)
