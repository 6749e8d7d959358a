"""Rare work on cache folders: create and mark them, remove old files, check a configured one."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from notelint.cache.folder import (
    KEY,
    KEY_SIZE,
    CacheFolder,
    ForeignFolder,
    cache_folder,
    read_key,
    remove,
    user_folder,
    write,
)
from notelint.workspace.git import repository_root
from notelint.workspace.git_metadata import read_small

_MAX_FILES = 8  # of a kind and tree: one for each set of rules and options in use
_MAX_AGE_SECONDS = 30 * 24 * 3600  # seconds since a file was used

_NAME = re.compile(
    r"(?:notes|links|configuration|layouts|tables)"
    r"-[0-9a-f]{16}[0-9a-f]{32}-[0-9a-f]{16}\.(?:sqlite|json)"
)
_IGNORE, _TAG = ".gitignore", "CACHEDIR.TAG"
_IGNORE_ALL = "*\n"  # git ignores the whole folder
# https://bford.info/cachedir/
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n"


@cache
def user_key() -> bytes:
    """The secret key, created if there is none; a new one in each run if it cannot be stored."""
    folder = cache_folder()
    return folder.key if folder else os.urandom(KEY_SIZE)


def configured_folder(path: str, *, anywhere: bool) -> CacheFolder | None:
    """Create and mark the folder *path* of a configuration; None if that fails.

    With *anywhere*, the caller has named the folder, and other files may be in it. Otherwise
    raises :class:`ForeignFolder` for a folder with files that notelint did not make.
    """
    own = cache_folder()
    if own is None:
        return None
    folder = CacheFolder(path, own.key, False)
    try:
        os.makedirs(path, exist_ok=True)
        if not _mark(folder) and not anywhere:
            raise ForeignFolder(path)
        return folder if os.access(path, os.W_OK) else None
    except OSError:
        return None


def known_folders(wanted: str | None) -> list[CacheFolder]:
    """The folders that may hold cached files: the *wanted* one, if any, and the user's own."""
    own = user_folder()
    key = read_key(own) if own is not None else None
    if own is None or key is None:
        return []
    folders = [CacheFolder(own, key, True)]
    return folders if wanted is None else [CacheFolder(wanted, key, False), *folders]


def own_files(folder: CacheFolder) -> Iterator[str]:
    """The names of the files in *folder* that notelint made, without those that mark it."""
    with suppress(OSError):
        for name in os.listdir(folder.path):
            if _NAME.fullmatch(name):
                head, _, proof = name.partition(".")[0].rpartition("-")
                # in the user's own folder, files made with an earlier key count, too
                if folder.own or proof == folder.proof("name", head, size=8):
                    yield name


def make_room(folder: CacheFolder) -> None:
    """Remove files that have not been used for long, and those over the limit of a tree."""
    used = {}
    for name in own_files(folder):
        with suppress(OSError):
            used[name] = os.lstat(os.path.join(folder.path, name)).st_mtime
    of_tree: Counter[str] = Counter()
    for name in sorted(used, key=lambda each: -used[each]):
        tree = name.rpartition("-")[0][: -len("0" * 32)]
        of_tree[tree] += 1
        if of_tree[tree] > _MAX_FILES or used[name] < time.time() - _MAX_AGE_SECONDS:
            remove(os.path.join(folder.path, name))


def clean(folder: CacheFolder) -> tuple[int, int]:
    """Remove all files that notelint made in *folder*; return their number and size in bytes."""
    marked = not folder.own and _read(folder, _TAG) == _tag(folder)
    names = [*own_files(folder)]
    if marked:
        names += [_TAG] + [_IGNORE] * (_read(folder, _IGNORE) == _IGNORE_ALL)
    removed = size = 0
    for name in names:
        file = os.path.join(folder.path, name)
        with suppress(OSError):
            size_of_file = os.lstat(file).st_size
            if remove(file):
                removed, size = removed + 1, size + size_of_file
    with suppress(OSError):
        if folder.own:
            for name in filter(_is_key, os.listdir(folder.path)):
                remove(os.path.join(folder.path, name))
        if marked or folder.own:
            os.rmdir(folder.path)
    return removed, size


def _is_key(name: str) -> bool:
    """Whether *name* is that of the secret key, or of its temporary file."""
    return name == KEY or (name.startswith(f"{KEY}-") and len(name) == len(KEY) + 17)


def _mark(folder: CacheFolder) -> bool:
    """Mark *folder* as a cache of notelint; False if it has other files."""
    if _read(folder, _TAG) != _tag(folder):
        if set(os.listdir(folder.path)) - set(own_files(folder)):
            return False
        _write(folder, _TAG, _tag(folder))  # first: it proves that notelint made the other file
    if _read(folder, _TAG) == _tag(folder) and _read(folder, _IGNORE) != _IGNORE_ALL:
        _write(folder, _IGNORE, _IGNORE_ALL)
    return True


def _write(folder: CacheFolder, name: str, text: str) -> None:
    with suppress(OSError):
        write(os.path.join(folder.path, name), text, 0o666)


def _read(folder: CacheFolder, name: str) -> str:
    return read_small(os.path.join(folder.path, name))


def _tag(folder: CacheFolder) -> str:
    return f"{_SIGNATURE}# A cache of notelint, {folder.proof('folder')}\n"


def misplaced(path: str, folder: str) -> str | None:
    """The reason to refuse *path* as `cache-dir` of a configuration in *folder*, if any."""
    top = os.path.realpath(repository_root(folder) or folder)
    try:
        target = os.path.normpath(os.path.join(os.path.realpath(folder), path))
        real = os.path.realpath(os.path.join(folder, path))  # `..` goes up from where a link leads
    except ValueError:  # it holds a NUL
        return "is not a path"
    if not target.startswith(os.path.join(top, "")):
        return "must be a folder inside the repository; only `--config` may name another"
    if os.path.normcase(real) != os.path.normcase(target) or os.path.islink(target):
        return "leads through a symbolic link"
    parts = os.path.relpath(target, top).lower().split(os.sep)
    return "belongs to git" if any(map(_is_git, parts)) else None


def _is_git(part: str) -> bool:
    """Whether a file system may read *part*, in lower case, as `.git`.

    Windows drops everything after a colon, and dots and spaces at the end; macOS drops invisible
    characters.
    """
    visible = "".join(filter(str.isprintable, part.partition(":")[0]))
    return visible.rstrip(". ") in (".git", "git~1")
