"""The secret of this user on this machine, by which a run knows what an earlier one made."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from functools import cache

from notelint.engine.cache_folder import _platform

_SIZE = 32
# No checkout of git makes a file that its owner can't write to; Windows would not remove one.
_MODE = 0o400 if os.name == "posix" else 0o600


@cache
def user_key() -> bytes:
    """The secret, made where there is none yet; another one each time where none can be kept."""
    from notelint.engine.files import FileProblem
    from notelint.engine.output_files import settle

    file = os.path.join(_platform(), "notelint", "key")
    if os.path.isabs(file):
        with suppress(OSError, FileProblem):
            file = settle(file)
            os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
            return _read(file) or _make(file)
    return os.urandom(_SIZE)


def _read(file: str) -> bytes | None:
    """The secret in *file*; None where another user or a repository may have put the file there."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        opened = os.open(file, flags | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    try:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode) or found.st_size != _SIZE:
            return None
        if os.name == "posix" and (
            found.st_uid != os.geteuid()
            or found.st_nlink > 2  # the second name is that of the run which is just making it
            or stat.S_IMODE(found.st_mode) != _MODE
        ):
            return None
        return os.read(opened, _SIZE)
    finally:
        os.close(opened)


def _make(file: str) -> bytes:
    """Put a new secret into *file*, unless another run has just done so; the one to use."""
    fresh = f"{file}-{os.urandom(8).hex()}"
    key = os.urandom(_SIZE)
    opened = os.open(
        fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _MODE
    )
    try:
        os.write(opened, key)
    finally:
        os.close(opened)
    try:
        try:
            os.link(fresh, file)
        except OSError:  # there is one, or the file system has no links
            if found := _read(file):
                return found
            os.replace(fresh, file)
    finally:
        with suppress(OSError):
            os.unlink(fresh)
    return key
