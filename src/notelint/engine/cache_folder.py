"""The folder for what notelint keeps between runs."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from notelint.workspace.discover import CACHE
from notelint.workspace.git import repository_root


def cache_file(name: str, folder: str | None = None, here: str | None = None) -> str | None:
    """The file *name* in the cache folder, which is made where it is missing; it may not exist.

    *folder* is the one that the user wants. Else it is ``.notelint_cache`` at the top of the
    repository around *here* (the current folder), out of git's sight, and outside repositories the
    platform's folder for caches. None where it cannot be made or written to.
    """
    folder = folder or default_folder(here or os.getcwd())
    try:
        os.makedirs(folder, exist_ok=True)
        file = os.path.join(folder, name)
        # A repository may come with a link that leads elsewhere.
        if any(map(os.path.islink, (folder, file))) or not os.access(folder, os.W_OK):
            return None
        _hide(folder)
    except OSError:
        return None
    return file


def default_folder(here: str) -> str:
    """The cache folder for *here* where the user wants no other; it may not exist."""
    root = repository_root(here)
    return os.path.join(root, CACHE) if root else os.path.join(_platform(), "notelint")


def _platform() -> str:
    """Where this platform wants programs to keep what can be made again."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        return given
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches")
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    return os.path.expanduser("~/.cache")


def _hide(folder: str) -> None:
    """Tell git, and tools that make backups, to leave the folder alone."""
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
        with suppress(FileExistsError), open(f"{folder}/{name}", "x", encoding="utf-8") as file:
            file.write(text)


# https://bford.info/cachedir/
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n"
