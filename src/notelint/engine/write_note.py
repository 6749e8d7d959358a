"""Writing a note: all of it or nothing."""

from __future__ import annotations

import os
import sys

from notelint.engine import temporary
from notelint.engine.file_metadata import copy_metadata
from notelint.workspace.read_note import FileProblem, read
from notelint.workspace.safe_files import leads_out
from notelint.workspace.unsaved import put_unsaved, unsaved

Name = str | os.PathLike[str]


class Loss(FileProblem):
    """A file that is not written since it would lose some of its metadata."""

    def __init__(self, fault: str, cure: str = "`--force` writes it anyway") -> None:
        super().__init__(f"{fault}; {cure}")
        self.fault = fault


def write(
    path: Name, shown: str, before: bytes, after: bytes, root: Name, *, force: bool = False
) -> None:
    """Replace *before*, the bytes last read from *path*, by *after*, in one step.

    A symbolic link is followed, but not out of *root*. Mode, owner, group, access control list and
    extended attributes stay. Raises :class:`FileProblem` if the file has changed meanwhile or is
    not writable, and :class:`Loss` if some of these would be lost, unless *force*.
    """
    if unsaved(path) is not None:
        put_unsaved(path, after)
        return
    target = os.path.realpath(path)
    if leads_out(os.fspath(root), os.path.abspath(path)):
        where = os.path.basename(root) or root
        raise FileProblem(f"{shown}: left unchanged: a link to a file outside {where}")
    folder = os.path.dirname(target)
    try:
        status = os.stat(target)
        if not os.access(target, os.W_OK):
            raise FileProblem(f"{shown}: cannot be written (read-only)")
        temporary.tidy(folder)
        with temporary.new_file(folder) as (new, file):
            temporary.fill(file, after)
            lost = copy_metadata(file.fileno(), target, status)
            if lost and not force:
                raise Loss(f"{shown}: left unchanged: writing it would lose its {', '.join(lost)}")
            os.fsync(file.fileno())
            if read(target, shown) != before:
                raise FileProblem(f"{shown}: changed while it was being fixed; run again")
            if sys.platform == "win32":
                file.close()
            os.replace(new, target)
    except OSError as error:
        raise FileProblem(f"{shown}: cannot be written ({error.strerror})") from None
