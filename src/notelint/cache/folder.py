"""The cache folder, and the names of notelint's files in it.

By default it is in the user's folder for caches. A folder that a configuration names may come with
the tree: it is used only if it is empty, or if it has a mark that only this user's notelint can
make. No other file in it is opened, read or removed.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress

from notelint.text.startup import NamedTuple
from notelint.workspace.digests import digest

KEY = "key"  # the name of the file with the secret
KEY_SIZE = 32
# Git never checks out a file that its owner cannot write to. Windows could not remove one.
_KEY_MODE = 0o400 if os.name == "posix" else 0o600


class ForeignFolder(Exception):
    """A folder with files that this user's notelint did not make; the message is its path."""


class CacheFolder(NamedTuple):
    """A folder and the secret key of its user; ``own``: only this user can write to it."""

    path: str
    key: bytes
    own: bool

    def file(self, kind: str, end: str, root: str, *parts: str) -> str:
        """The path of the file of this *kind* for the tree at *root*; it may not exist."""
        tree = self.proof("tree", os.path.realpath(root), size=8)
        name = f"{kind}-{tree}{self.proof('about', *parts)}"
        return os.path.join(self.path, f"{name}-{self.proof('name', name, size=8)}.{end}")

    @property
    def content_key(self) -> bytes:
        """The key for the sums of rows; empty in a folder that only this user can write to."""
        return b"" if self.own else self.key

    def proof(self, *parts: str, size: int = 16) -> str:
        """The keyed digest of *parts*: *size* bytes in hexadecimal digits."""
        return digest("\0".join(parts).encode("utf-8", "surrogatepass"), size, self.key)


def cache_folder() -> CacheFolder | None:
    """The user's own folder; None if it cannot be made or written."""
    own = user_folder()
    key = (read_key(own) or new_key(own)) if own is not None else None
    return CacheFolder(own, key, _is_private(own)) if own is not None and key else None


def _is_private(folder: str) -> bool:
    """Whether no other user can write to *folder*."""
    try:
        found = os.stat(folder)
    except OSError:
        return False
    return os.name != "posix" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)


def user_folder() -> str | None:
    """The cache folder of the user, as ``platformdirs`` names it; it may not exist."""
    if sys.platform == "win32":
        return os.path.join(_windows_folder(), "Cache")
    above = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(above):
        above = _home() + ("/Library/Caches" if sys.platform == "darwin" else "/.cache")
    return os.path.join(above, "notelint") if os.path.isabs(above) else None


def state_folder() -> str | None:
    """The folder of the user for what `clean` keeps, as ``platformdirs`` names it."""
    if sys.platform == "win32":
        return _windows_folder()
    if sys.platform == "darwin":
        above = _home() + "/Library/Application Support"
    elif not os.path.isabs(above := os.environ.get("XDG_STATE_HOME", "")):
        above = _home() + "/.local/state"
    return os.path.join(above, "notelint") if os.path.isabs(above) else None


def _windows_folder() -> str:
    """The folder for files of notelint on Windows."""
    local = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    return os.path.join(os.path.normpath(local), "notelint")


def _home() -> str:
    if os.path.isabs(home := os.environ.get("HOME", "")):
        return home.rstrip("/")
    with suppress(ImportError, KeyError):
        import pwd

        return pwd.getpwuid(os.getuid()).pw_dir.rstrip("/")
    return ""


def read_key(folder: str) -> bytes | None:
    """The secret key in *folder*; None if someone else may have put the file there."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        opened = os.open(os.path.join(folder, KEY), flags | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    try:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode) or found.st_size != KEY_SIZE:
            return None
        if os.name == "posix" and (
            found.st_uid != os.geteuid()
            or found.st_nlink > 2  # the second link is that of a run which is just creating it
            or stat.S_IMODE(found.st_mode) != _KEY_MODE
        ):
            return None
        return os.read(opened, KEY_SIZE)
    finally:
        os.close(opened)


def new_key(folder: str) -> bytes | None:
    """Create a secret key in *folder*, or take that of another run; None if it cannot be stored."""
    file = os.path.join(folder, KEY)
    fresh = f"{file}-{os.urandom(8).hex()}"
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        _write_key(fresh)
        try:
            os.link(fresh, file)
        except OSError:  # it exists, or the file system has no hard links
            # behind a link there may be someone else's file
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
    opened = os.open(file, flags, _KEY_MODE)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(opened, _KEY_MODE)  # whatever the umask
        os.write(opened, os.urandom(KEY_SIZE))
    finally:
        os.close(opened)


def write(file: str, text: str, mode: int = 0o600) -> None:
    """Write *text* to *file*, unless it is a link or exists and is not a regular file."""
    if os.path.lexists(file) and not os.path.isfile(file):
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(file, flags, mode), "wb") as opened:
        opened.write(text.encode())


def remove(file: str) -> bool:
    """Remove *file* and the files of SQLite beside it; return whether it was there."""
    for each in journals(file):
        with suppress(OSError):
            os.unlink(each)
    try:
        os.unlink(file)
    except OSError:
        return False
    return True


def journals(file: str) -> tuple[str, ...]:
    """The journals that SQLite would read together with the database at *file*."""
    return f"{file}-journal", f"{file}-wal", f"{file}-shm"
