"""What is seldom done to a cache folder: to make it, mark it as ours, and remove what is old."""

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
    KEY_MODE,
    KEY_SIZE,
    CacheFolder,
    ForeignFolder,
    read_key,
    remove,
    user_folder,
)
from notelint.workspace.git import repository_root
from notelint.workspace.git_metadata import read_small

MAX_FILES = 8  # files of a kind for a tree: one for each set of rules and options that is in use
_MAX_AGE_SECONDS = 30 * 24 * 3600  # seconds since a file was used

_NAME = re.compile(
    r"((?:notes|links|configuration)-[0-9a-f]{16})[0-9a-f]{32}-[0-9a-f]{16}\.(?:sqlite|json)"
)
_IGNORE, _TAG = ".gitignore", "CACHEDIR.TAG"
_NOTHING = "*\n"  # for git to see
# https://bford.info/cachedir/
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n"


@cache
def user_key() -> bytes:
    """The secret, made where there is none yet; another one each time where none can be kept."""
    folder = user_folder()
    key = (read_key(folder) or new_key(folder)) if folder else None
    return key or os.urandom(KEY_SIZE)


def new_key(folder: str) -> bytes | None:
    """A secret for *folder*, unless another run has just put one there; None if it can't stay."""
    file = os.path.join(folder, KEY)
    fresh = f"{file}-{os.urandom(8).hex()}"
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        _write_key(fresh)
        try:
            os.link(fresh, file)
        except OSError:  # there is one, or the file system has no links
            # behind a link, what is there may be a file of somebody else's
            if read_key(folder) is None and not os.path.islink(folder):
                os.replace(fresh, file)
        return read_key(folder)
    except OSError:
        return None
    finally:
        with suppress(OSError):
            os.unlink(fresh)


def _write_key(file: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    opened = os.open(file, flags, KEY_MODE)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(opened, KEY_MODE)  # whatever the umask
        os.write(opened, os.urandom(KEY_SIZE))
    finally:
        os.close(opened)


def prepared(folder: CacheFolder, anywhere: bool) -> CacheFolder | None:
    """The *folder* that a configuration names, made and marked; None where that can't be."""
    try:
        os.makedirs(folder.path, exist_ok=True)
        if not _mark(folder) and not anywhere:
            raise ForeignFolder(folder.path)
        return folder if os.access(folder.path, os.W_OK) else None
    except OSError:
        return None


def known_folders(wanted: str | None) -> list[CacheFolder]:
    """The folders with what is kept: the one that is *wanted*, if any, and the user's own."""
    own = user_folder()
    key = read_key(own) if own is not None else None
    if own is None or key is None:
        return []
    folders = [CacheFolder(own, key, True)]
    return folders if wanted is None else [CacheFolder(wanted, key, False), *folders]


def ours(folder: CacheFolder) -> Iterator[str]:
    """The names of the files in *folder* that notelint made, but for those that mark it."""
    with suppress(OSError):
        for name in os.listdir(folder.path):
            if _NAME.fullmatch(name):
                head, _, proof = name.partition(".")[0].rpartition("-")
                # where only we write, what an earlier secret was the proof of is ours as well
                if folder.own or proof == folder.proof("name", head, size=8):
                    yield name


def make_room(folder: CacheFolder) -> None:
    """Remove what was not used for long, and what is too much for one tree."""
    used = {}
    for name in ours(folder):
        with suppress(OSError):
            used[name] = os.lstat(os.path.join(folder.path, name)).st_mtime
    of_tree: Counter[str] = Counter()
    for name in sorted(used, key=lambda each: -used[each]):
        tree = name[: -len("0" * 32 + "-" + "0" * 16 + ".sqlite")]
        of_tree[tree] += 1
        if of_tree[tree] > MAX_FILES or used[name] < time.time() - _MAX_AGE_SECONDS:
            remove(os.path.join(folder.path, name))


def clean(folder: CacheFolder) -> tuple[int, int]:
    """Remove all that notelint made in *folder*; how many files were kept there, and bytes."""
    marked = not folder.own and _read(folder, _TAG) == _tag(folder)
    names = [*ours(folder)]
    if marked:
        names += [_TAG] + [_IGNORE] * (_read(folder, _IGNORE) == _NOTHING)
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
    """Whether a file of this *name* is the secret, or was to become it."""
    return name == KEY or (name.startswith(f"{KEY}-") and len(name) == len(KEY) + 17)


def _mark(folder: CacheFolder) -> bool:
    """Have the marks of a folder of ours; False where it has files that are not."""
    if _read(folder, _TAG) != _tag(folder):
        if set(os.listdir(folder.path)) - set(ours(folder)):
            return False
        _put(folder, _TAG, _tag(folder))  # first: it proves that the other is ours
    if _read(folder, _TAG) == _tag(folder):
        _put(folder, _IGNORE, _NOTHING)
    return True


def _put(folder: CacheFolder, name: str, text: str) -> None:
    if _read(folder, name) == text:
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    with suppress(OSError), open(os.open(f"{folder.path}/{name}", flags, 0o666), "wb") as file:
        file.write(text.encode())


def _read(folder: CacheFolder, name: str) -> str:
    return read_small(os.path.join(folder.path, name))


def _tag(folder: CacheFolder) -> str:
    return f"{_SIGNATURE}# A cache of notelint, {folder.proof('folder')}\n"


def misplaced(path: str, folder: str) -> str | None:
    """Why nothing is kept at *path* for a configuration that was found in *folder*, if so."""
    top = os.path.realpath(repository_root(folder) or folder)
    try:
        target = os.path.normpath(os.path.join(os.path.realpath(folder), path))
        real = os.path.realpath(target)
    except ValueError:  # it holds a NUL
        return "is no path"
    if not target.startswith(os.path.join(top, "")):
        return "must be a folder inside the repository; only `--config` may name another"
    if os.path.normcase(real) != os.path.normcase(target) or os.path.islink(target):
        return "leads through a symbolic link"
    parts = os.path.relpath(target, top).lower().split(os.sep)
    if any(part.rstrip(". ") in (".git", "git~1") for part in parts):
        return "is a folder of git"
    return None
