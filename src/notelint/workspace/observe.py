"""What a run saw of the tree around its notes, in a form that tells whether it is still so."""

from __future__ import annotations

import os
from collections.abc import Iterable
from zlib import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Kind = Literal["folder", "files", "file", "ignored", "home"]

try:  # hashlib's own, without OpenSSL, which takes longer to load than to work on a note
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

MOST = 16 * 1024 * 1024  # bytes; a larger file is no text that somebody links a line of


def digest(data: bytes, size: int = 16, key: bytes = b"") -> str:
    """A short name, of *size* bytes, for *data* that no other data has; only *key* can tell it."""
    return blake2b(data, digest_size=size, key=key).hexdigest()


def check_sum(values: Iterable[str], key: bytes) -> int:
    """A sum by which damage shows, and with a *key* also what others wrote."""
    data = "\0".join(values).encode("utf-8", "surrogatepass")
    if not key:
        return crc32(data)
    return int.from_bytes(blake2b(data, digest_size=7, key=key, person=b"row").digest(), "big")


def listing_digest(names: Iterable[str]) -> str:
    """The digest of *names*, in whatever order they come."""
    return digest("\0".join(sorted(names)).encode("utf-8", "surrogatepass"))


def folder_digest(names: dict[str, bool]) -> str:
    """The digest of what :func:`names_in` found in a folder."""
    return listing_digest(f"{name}/" if folder else name for name, folder in names.items())


def home_digest(home: object) -> str:
    """The digest of where a repository lives."""
    return digest(repr(home).encode("utf-8", "replace"))


def observe(root: str, kind: Kind, path: str) -> str:
    """What is to be seen now of the tree at *root*, as a digest.

    That is the names in a folder, all its files, what git ignores there, the bytes of one file, or
    where it lives on GitHub.
    """
    if kind == "folder":
        return folder_digest(names_in(os.path.join(root, path)))
    if kind == "files":
        from notelint.workspace.discover import tracked_or_walked

        return listing_digest(tracked_or_walked(root))
    if kind == "ignored":
        from notelint.workspace.discover import ignored_below

        return listing_digest(ignored_below(root))
    if kind == "home":
        from notelint.workspace.home import home_of

        return home_digest(home_of(root))
    return digest(beginning(os.path.join(root, path)) or b"")


def leads_out(root: str, path: str) -> bool:
    """Whether the file at *path* is not below *root*, itself or because of a symbolic link."""
    top = os.path.join(os.path.realpath(root), "")
    try:
        return not os.path.realpath(os.path.join(root, path)).startswith(top)
    except ValueError:  # it holds a NUL
        return True


def beginning(file: str) -> bytes | None:
    """The first bytes of *file*, one more than :data:`MOST` at most; None if it can't be read."""
    try:
        with open(file, "rb", opener=open_without_waiting) as opened:
            return opened.read(MOST + 1)
    except (OSError, ValueError):
        return None


def open_without_waiting(path: str, flags: int) -> int:
    """Open *path*, an opener for :func:`open`; a FIFO that nobody writes to holds no run up."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def names_in(folder: str) -> dict[str, bool]:
    """The names in *folder*, and whether each is a folder; empty where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return {each.name: _is_folder(each) for each in entries if _is_there(each)}
    except (OSError, ValueError):
        return {}


def _is_there(entry: os.DirEntry[str]) -> bool:
    """Whether *entry* is no symbolic link that leads nowhere."""
    return not entry.is_symlink() or os.path.exists(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
