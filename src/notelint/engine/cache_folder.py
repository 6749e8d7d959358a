"""The folder for what notelint keeps between runs."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from notelint.workspace.discover import repository_root

NAME = ".notelint_cache"


def cache_file(name: str, folder: Path | None = None, here: Path | None = None) -> Path | None:
    """The file *name* in the cache folder, which is made where it is missing; it may not exist.

    *folder* is the one that the user wants. Else it is ``.notelint_cache`` at the top of the
    repository around *here* (the current folder), out of git's sight, and outside repositories the
    platform's folder for caches. None where it cannot be made or written to.
    """
    folder = folder or default_folder(here or Path.cwd())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # A repository may come with a link that leads elsewhere.
        if folder.is_symlink() or (folder / name).is_symlink() or not os.access(folder, os.W_OK):
            return None
        _hide(folder)
    except OSError:
        return None
    return folder / name


def default_folder(here: Path) -> Path:
    """The cache folder for *here* where the user wants no other; it may not exist."""
    root = repository_root(here)
    return root / NAME if root else _platform() / "notelint"


def _platform() -> Path:
    """Where this platform wants programs to keep what can be made again."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home())
    return Path.home() / ".cache"


def _hide(folder: Path) -> None:
    """Tell git, and tools that make backups, to leave the folder alone."""
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
        with suppress(FileExistsError), open(folder / name, "x", encoding="utf-8") as file:
            file.write(text)


# https://bford.info/cachedir/
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n"
