"""Reading notes: from disk, or the unsaved text."""

from __future__ import annotations

import os
import stat

from notelint.workspace.safe_files import open_without_waiting
from notelint.workspace.unsaved import unsaved

MAX_NOTE_BYTES = 64 * 1024 * 1024  # parsing a larger note would take minutes

TYPE_CHECKING = False
if TYPE_CHECKING:
    Name = str | os.PathLike[str]


class FileProblem(Exception):
    """A file that cannot be read or written; the message names it and says why."""


def read(path: Name, shown: str) -> bytes:
    """The bytes of the regular file at *path*. A :class:`FileProblem` calls it *shown*."""
    if (data := unsaved(path)) is not None:
        return data
    try:
        with open(path, "rb", opener=open_without_waiting) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise FileProblem(f"{shown}: not a regular file")
            limit = f"the limit is {MAX_NOTE_BYTES}"
            if found.st_size > MAX_NOTE_BYTES:
                size = f"{found.st_size} bytes, {limit}"
                raise FileProblem(f"{shown}: too large to be a note ({size})")
            data = file.read(found.st_size + 1)
            if len(data) > found.st_size:  # it grows, or reports no size, as in /proc
                data += file.read(MAX_NOTE_BYTES)
            if len(data) > MAX_NOTE_BYTES:
                raise FileProblem(f"{shown}: too large to be a note ({limit} bytes)")
            return data
    except OSError as error:
        raise FileProblem(f"{shown}: cannot be read ({error.strerror})") from None
