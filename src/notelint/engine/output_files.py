"""Files that the caller names for the output of a command.

A stranger's tree may hold a symbolic link of that name, so no link inside a tree is followed. A
file that cannot be used is an error of the call: each function raises :class:`ConfigError`.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO

from notelint.config.errors import ConfigError
from notelint.engine import temporary
from notelint.engine.file_metadata import copy_metadata
from notelint.workspace import read_note
from notelint.workspace.git import repository_root
from notelint.workspace.read_note import FileProblem

# Streams that the caller has open. These are links whose targets have no other name.
_STREAM = re.compile(r"/dev/(std(out|err)|fd/\d+)|/proc/(self|thread-self|\d+)/fd/\d+")
_MAX_LINKS = 40  # the limit of Linux
# Errors of replacing a file that may still be written in place.
_IN_PLACE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV)


def read(path: str) -> bytes:
    """The bytes of the regular file at *path*; it may be as large as a note."""
    with _errors_about(path, "read"):
        return read_note.read(resolved(path), path)


def write(path: str, data: bytes) -> None:
    """Write *data* to the file at *path*, all of it or nothing."""
    with _errors_about(path, "written"):
        place = resolved(path)
        status = _status(place)
        if status and not stat.S_ISREG(status.st_mode):
            _write_in_place(place, data)
        elif status and not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        elif not _replace(place, data, status):
            _write_in_place(place, data)


def append(path: str, text: Callable[[int], bytes]) -> None:
    """Append ``text(size)`` to the file at *path*, all or nothing; *size* is its current size."""
    with _errors_about(path, "written"):
        place = resolved(path)
        new = _status(place) is None
        with _opened(place, os.O_CREAT | os.O_APPEND) as file:
            status = os.fstat(file.fileno())
            size = status.st_size if stat.S_ISREG(status.st_mode) else 0
            try:
                temporary.fill(file, text(size))
            except OSError:
                with suppress(OSError):
                    file.truncate(size)
                    if new:
                        os.unlink(place)
                raise


def resolved(path: str) -> str:
    """The absolute path that *path* names, with links resolved; it may not exist.

    Only links outside the current folder and outside every repository are followed; another link
    is an error. May also raise OSError.
    """
    here = os.getcwd()
    whole = os.path.join(here, path)
    if sys.platform == "win32":
        whole = os.path.normpath(whole)
    if _STREAM.fullmatch(whole):
        return whole
    if whole.endswith(os.sep):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    place, todo = _split(whole)
    links = 0
    while todo:
        part = todo.pop()
        if part == os.pardir:
            place = os.path.dirname(place)
            continue
        at = os.path.join(place, part)
        try:
            link = os.readlink(at)
        except OSError:  # no link, or nothing at all
            place = at
            continue
        if _in_tree(place, here):
            shown = os.path.relpath(at, here)
            fault = f"{path}: left unchanged: `{shown}` is a symbolic link of the tree"
            raise ConfigError(f"{fault}; name the file that is meant")
        links += 1
        if links > _MAX_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        if os.path.isabs(link):
            place, more = _split(link)
        else:
            more = _parts(link)
        todo += more
        if _STREAM.fullmatch(stream := os.path.join(place, *reversed(todo))):
            return stream
    return place


def _split(path: str) -> tuple[str, list[str]]:
    """The root of the absolute *path*, and the other parts of it, the last one first."""
    drive, rest = os.path.splitdrive(path)
    return drive + os.sep, _parts(rest)


def _parts(path: str) -> list[str]:
    return [part for part in reversed(path.split(os.sep)) if part not in ("", os.curdir)]


def _in_tree(folder: str, here: str) -> bool:
    """Whether *folder* is in a tree, whose files may be a stranger's."""
    top = os.path.dirname(here) == here  # the root of the disk is not a tree
    below = f"{folder}{os.sep}".startswith(f"{here}{os.sep}")
    return (below and not top) or repository_root(folder) is not None


@contextmanager
def _errors_about(path: str, what: str) -> Iterator[None]:
    """Raise errors as :class:`ConfigError` with the *path* that the caller gave."""
    try:
        yield
    except OSError as error:
        raise ConfigError(f"{path}: cannot be {what} ({error.strerror})") from None
    except FileProblem as problem:
        raise ConfigError(str(problem)) from None


def _status(place: str) -> os.stat_result | None:
    try:
        return os.stat(place, follow_symlinks=False)
    except FileNotFoundError:
        return None


def _replace(place: str, data: bytes, status: os.stat_result | None) -> bool:
    """Replace the file at *place* by a new one; False if it must be written in place instead."""
    folder, name = os.path.split(place)
    temporary.tidy(folder)
    mode = 0o600 if status else 0o666
    try:
        with (
            _folder(folder) as opened,
            temporary.new_file(folder, mode=mode, opened=opened) as (new, file),
        ):
            temporary.fill(file, data)
            if status and copy_metadata(file.fileno(), place, status):
                return False
            os.fsync(file.fileno())
            if sys.platform == "win32":
                file.close()
            if opened is None:
                os.replace(new, place)
            else:
                os.replace(new, name, src_dir_fd=opened, dst_dir_fd=opened)
    except OSError as error:
        if status and error.errno in _IN_PLACE:
            return False
        raise
    return True


@contextmanager
def _folder(path: str) -> Iterator[int | None]:
    """A descriptor of the folder at *path*, so that it cannot be replaced meanwhile.

    None if the system has no such descriptors.
    """
    if os.open not in os.supports_dir_fd:
        yield None
        return
    # permission to search the folder is enough on Linux
    flags = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW
    opened = os.open(path, flags)
    try:
        yield opened
    finally:
        os.close(opened)


def _write_in_place(place: str, data: bytes) -> None:
    """Write *data* into the existing file at *place*, which may be a device or a pipe."""
    with _opened(place, os.O_CREAT | os.O_TRUNC) as file:
        temporary.fill(file, data)


@contextmanager
def _opened(place: str, flags: int) -> Iterator[FileIO]:
    """The file at *place*, open for writing; a pipe without a reader is an error."""
    flags |= os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    if not _STREAM.fullmatch(place):
        flags |= getattr(os, "O_NOFOLLOW", 0)
    opened = os.open(place, flags, 0o666)
    if sys.platform != "win32":
        os.set_blocking(opened, True)
    with FileIO(opened, "ab" if flags & os.O_APPEND else "wb") as file:
        yield file
