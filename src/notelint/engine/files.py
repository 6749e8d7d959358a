"""Reading and writing notes: whole or not at all."""

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

MOST = 64 * 1024 * 1024  # bytes; nobody reads a larger note, and its parse would take minutes

# The name of a file that is to take the place of another; next to it, so that it is one step.
_START, _END = ".notelint-", ".notelint-tmp"

# What to take for the content of files, by absolute path, whatever is on disk.
_given: dict[str, bytes] = {}

TYPE_CHECKING = False
if TYPE_CHECKING:
    Name = str | os.PathLike[str]


class FileProblem(Exception):
    """A file that can't be read or written; the message names it and says why."""


def give(path: Name, data: bytes) -> None:
    """Take *data* for what is in the file at *path*: a text that its author has not saved yet.

    From now on :func:`read` gives it and :func:`write` replaces it; the disk is left alone.
    """
    _given[os.path.abspath(path)] = data


def given(path: Name) -> bytes:
    """What :func:`give` was told, and :func:`write` since then."""
    return _given[os.path.abspath(path)]


def read(path: Name, shown: str) -> bytes:
    """The bytes of the regular file at *path*. Raises :class:`FileProblem`, naming *shown*."""
    if _given and (data := _given.get(os.path.abspath(path))) is not None:
        return data
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise FileProblem(f"{shown}: not a regular file")
            if found.st_size > MOST:
                size = f"{found.st_size} bytes, the limit is {MOST}"
                raise FileProblem(f"{shown}: too large to be a note ({size})")
            data = file.read(found.st_size + 1)
            if len(data) > found.st_size:  # it grows, or is none of those that know their size
                data += file.read(MOST)
            if len(data) > MOST:
                raise FileProblem(f"{shown}: too large to be a note (the limit is {MOST} bytes)")
            return data
    except OSError as error:
        raise FileProblem(f"{shown}: cannot be read ({error.strerror})") from None


def _open_without_waiting(path: str, flags: int) -> int:
    # a FIFO that nobody writes to would hold the whole run
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def write(path: Name, shown: str, before: bytes, after: bytes, root: Name) -> None:
    """Replace *before*, the bytes last read from *path*, by *after*, in one step.

    A symbolic link is followed, but not out of *root*. Mode and owner stay. Raises
    :class:`FileProblem` when the file has other bytes by now, or can't be written.
    """
    if _given and os.path.abspath(path) in _given:
        give(path, after)
        return
    target, inside = os.path.realpath(path), os.path.realpath(root)
    if not target.startswith(os.path.join(inside, "")):
        where = os.path.basename(root) or root
        raise FileProblem(f"{shown}: left alone, a link to a file outside {where}")
    try:
        status = os.stat(target)
        if not os.access(target, os.W_OK):
            raise FileProblem(f"{shown}: cannot be written (read-only)")
        tidy(os.path.dirname(target))
        with _new_file(os.path.dirname(target)) as (temporary, file):
            _write_through(file, after, status)
            if read(target, shown) != before:
                raise FileProblem(f"{shown}: changed while it was being fixed; run again")
            if sys.platform == "win32":
                file.close()
            os.replace(temporary, target)
    except OSError as error:
        raise FileProblem(f"{shown}: cannot be written ({error.strerror})") from None


@cache
def tidy(folder: str) -> None:
    """Remove from *folder* what a run left there that was killed as it wrote; once a process."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(_START) and entry.name.endswith(_END):
                with contextlib.suppress(OSError):
                    _remove_if_left(entry.path)


def _remove_if_left(path: str) -> None:
    """Remove the file at *path* if no process that still runs has it locked."""
    if sys.platform == "win32":
        os.unlink(path)  # which fails for a file that a process has open
    else:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.unlink(path)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _new_file(folder: str) -> Iterator[tuple[str, FileIO]]:
    """A new file in *folder*, open and locked; removed afterwards if it is still there."""
    while True:
        path = os.path.join(folder, f"{_START}{os.getpid()}-{os.urandom(4).hex()}{_END}")
        file = FileIO(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        try:
            if _locked(file) and os.path.exists(path):  # else another run has just tidied it away
                yield path, file
                return
        finally:
            file.close()
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)


def _locked(file: FileIO) -> bool:
    """Lock *file*, where that can be done; False if another process did."""
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system may have no locks
            return True
    return True


def _write_through(file: FileIO, data: bytes, status: os.stat_result) -> None:
    """Write *data* to a new file as far as the disk, with mode and owner of *status*."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]
    if sys.platform != "win32":
        with contextlib.suppress(PermissionError):
            os.fchown(file.fileno(), status.st_uid, status.st_gid)
        os.fchmod(file.fileno(), stat.S_IMODE(status.st_mode))
    os.fsync(file.fileno())
