"""Reading and writing notes: whole or not at all."""

from __future__ import annotations

import os
import stat
import sys

from notelint.engine import temporary
from notelint.engine.carry import carry

MOST = 64 * 1024 * 1024  # bytes; nobody reads a larger note, and its parse would take minutes

# What to take for the content of files, by absolute path, whatever is on disk.
_given: dict[str, bytes] = {}

TYPE_CHECKING = False
if TYPE_CHECKING:
    Name = str | os.PathLike[str]


class FileProblem(Exception):
    """A file that can't be read or written; the message names it and says why."""


class Loss(FileProblem):
    """A file that is not written since it would lose what it has beside its text."""

    def __init__(self, fault: str, cure: str = "`--force` writes it anyway") -> None:
        super().__init__(f"{fault}; {cure}")
        self.fault = fault


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


def write(
    path: Name, shown: str, before: bytes, after: bytes, root: Name, *, force: bool = False
) -> None:
    """Replace *before*, the bytes last read from *path*, by *after*, in one step.

    A symbolic link is followed, but not out of *root*. Mode, owner, group, access control list and
    extended attributes stay. Raises :class:`FileProblem` when the file has other bytes by now, or
    can't be written, and :class:`Loss` when not all of these can stay, unless *force*.
    """
    if _given and os.path.abspath(path) in _given:
        give(path, after)
        return
    target, inside = os.path.realpath(path), os.path.realpath(root)
    if not target.startswith(os.path.join(inside, "")):
        where = os.path.basename(root) or root
        raise FileProblem(f"{shown}: left alone, a link to a file outside {where}")
    folder = os.path.dirname(target)
    try:
        status = os.stat(target)
        if not os.access(target, os.W_OK):
            raise FileProblem(f"{shown}: cannot be written (read-only)")
        temporary.tidy(folder)
        with temporary.new_file(folder) as (new, file):
            temporary.fill(file, after)
            lost = carry(file.fileno(), target, status)
            if lost and not force:
                raise Loss(f"{shown}: left alone, writing it would lose its {', '.join(lost)}")
            os.fsync(file.fileno())
            if read(target, shown) != before:
                raise FileProblem(f"{shown}: changed while it was being fixed; run again")
            if sys.platform == "win32":
                file.close()
            os.replace(new, target)
    except OSError as error:
        raise FileProblem(f"{shown}: cannot be written ({error.strerror})") from None
