"""Reading and writing notes: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

MOST = 64 * 1024 * 1024  # bytes; nobody reads a larger note, and its parse would take minutes


# What to take for the content of files, by absolute path, whatever is on disk.
_given: dict[str, bytes] = {}


class FileProblem(Exception):
    """A file that can't be read or written; the message names it and says why."""


def give(path: Path, data: bytes) -> None:
    """Take *data* for what is in the file at *path*: a text that its author has not saved yet.

    From now on :func:`read` gives it and :func:`write` replaces it; the disk is left alone.
    """
    _given[os.path.abspath(path)] = data


def given(path: Path) -> bytes:
    """What :func:`give` was told, and :func:`write` since then."""
    return _given[os.path.abspath(path)]


def read(path: Path, shown: str) -> bytes:
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
            return file.read()
    except OSError as error:
        raise FileProblem(f"{shown}: cannot be read ({error.strerror})") from None


def _open_without_waiting(path: str, flags: int) -> int:
    # a FIFO that nobody writes to would hold the whole run
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def write(path: Path, shown: str, before: bytes, after: bytes, root: Path) -> None:
    """Replace *before*, the bytes last read from *path*, by *after*, in one step.

    A symbolic link is followed, but not out of *root*. Mode and owner stay. Raises
    :class:`FileProblem` when the file has other bytes by now, or can't be written.
    """
    if _given and os.path.abspath(path) in _given:
        give(path, after)
        return
    target = Path(os.path.realpath(path))
    if path.is_symlink() and not target.is_relative_to(os.path.realpath(root)):
        raise FileProblem(f"{shown}: left alone, a link to a file outside {root.name or root}")
    temporary = target.with_name(f".{target.name[:100]}.{os.getpid()}.notelint-tmp")
    try:
        status = os.stat(target)
        if not os.access(target, os.W_OK):
            raise FileProblem(f"{shown}: cannot be written (read-only)")
        try:
            _write_through(temporary, after, status)
            if read(target, shown) != before:
                raise FileProblem(f"{shown}: changed while it was being fixed; run again")
            os.replace(temporary, target)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
    except OSError as error:
        raise FileProblem(f"{shown}: cannot be written ({error.strerror})") from None


def _write_through(path: Path, data: bytes, status: os.stat_result) -> None:
    """Write *data* to a new file at *path* as far as the disk, with mode and owner of *status*."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        if hasattr(os, "fchown"):
            with contextlib.suppress(PermissionError):
                os.fchown(file.fileno(), status.st_uid, status.st_gid)
        os.chmod(path, stat.S_IMODE(status.st_mode))
        os.fsync(file.fileno())
