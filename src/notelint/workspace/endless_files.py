"""FIFOs and devices among the files that git opens: it would wait for them, or read without end."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator

from notelint.workspace.git_metadata import metadata, text_in

_OPENED = (".gitignore", ".gitattributes", ".mailmap", ".gitmodules")  # in the tree
_MOST_FOLDERS = 100_000
_MOST_STORES = 20  # of objects; git follows a chain of six


def endless_file(top: str) -> str | None:
    """The path of a FIFO or a device that git opens in the work tree at the real path *top*."""
    return next(filter(_is_endless, _opened(top)), None)


def _opened(top: str) -> Iterator[str]:
    found = metadata(top)
    own = dict.fromkeys([found.own, found.common] if found else [])
    for folder in (*own, *_alternates(own)):
        yield from _below(folder, ())
    yield from _below(top, _OPENED)


def _alternates(own: Iterable[str]) -> list[str]:
    """The folders elsewhere whose objects belong to the repository in *own*."""
    stores = [os.path.join(each, "objects") for each in own]
    number = len(stores)
    for stored in stores:
        for each in text_in(stored, "info/alternates").split("\n")[:_MOST_STORES]:
            path = os.path.join(stored, each)
            folder = stored if "\0" in path else os.path.realpath(path)
            if folder not in stores and len(stores) < _MOST_STORES:
                stores.append(folder)
    return stores[number:]


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
