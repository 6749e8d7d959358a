"""Temporary files that replace others, and removal of those that a killed run left."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from functools import cache
from io import FileIO

if sys.platform != "win32":
    import fcntl

# The name of a file that is to replace another in the same folder, so that it takes one step.
# Between its start and end are random digits and the proof that this user's notelint chose them.
_START, _END = ".notelint-", ".notelint-tmp"
_RANDOM, _PROOF = 8, 32  # digits


def _name(folder: str, random: str) -> str:
    """The name with the digits *random* in *folder*; only this user's notelint can compute it."""
    from hashlib import blake2b

    from notelint.cache.maintenance import user_key

    named = f"temporary {os.stat(folder).st_ino} {random}".encode()
    proof = blake2b(named, key=user_key(), digest_size=_PROOF // 2).hexdigest()
    return f"{_START}{random}{proof}{_END}"


@cache
def tidy(folder: str) -> None:
    """Remove temporary files that a killed run of this user left in *folder*.

    Runs once per process and folder. Other files with such a name stay.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith(_START) and name.endswith(_END):
                random = name[len(_START) : len(_START) + _RANDOM]
                with contextlib.suppress(OSError, ValueError):
                    if name == _name(folder, random):
                        _remove_if_left(entry.path)


def _remove_if_left(path: str) -> None:
    """Remove the file at *path* unless a running process has it locked."""
    if sys.platform == "win32":
        os.unlink(path)  # which fails for a file that a process has open
    else:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                os.unlink(path)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def new_file(
    folder: str, *, mode: int = 0o600, opened: int | None = None
) -> Iterator[tuple[str, FileIO]]:
    """A new file in *folder*, open and locked; removed afterwards if it is still there.

    Yields its path and the file; with *opened*, a descriptor of the folder, its name and the file.
    """
    while True:
        path = _name(folder, os.urandom(_RANDOM // 2).hex())
        if opened is None:
            path = os.path.join(folder, path)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        file = FileIO(os.open(path, flags, mode, dir_fd=opened), "wb")
        try:
            if locked(file) and _is_there(path, opened):
                yield path, file
                return
        finally:
            file.close()
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path, dir_fd=opened)


def _is_there(path: str, opened: int | None) -> bool:
    """Whether the new file at *path* still exists: another run may have tidied it away."""
    try:
        os.stat(path, dir_fd=opened, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def locked(file: FileIO) -> bool:
    """Lock *file* if the system can; False if another process has locked it."""
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system may have no locks
            return True
    return True


def fill(file: FileIO, data: bytes) -> None:
    """Write all of *data* to *file*."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]
