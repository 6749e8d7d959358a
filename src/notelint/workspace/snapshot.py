"""Digests of the files and folders that results depend on: the parts of a snapshot."""

from __future__ import annotations

import os
from collections.abc import Iterable
from zlib import crc32

from notelint.workspace.given import given, new_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Kind = Literal["folder", "files", "file", "ignored", "remote", "ref", "moves", "head"]

try:  # hashlib's own, without OpenSSL, which takes longer to load than to work on a note
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

MAX_TEXT_BYTES = 16 * 1024 * 1024  # nobody links a line of a longer text


def digest(data: bytes, size: int = 16, key: bytes = b"") -> str:
    """The BLAKE2 digest of *data* in hexadecimal digits, *size* bytes; with *key*, a keyed one."""
    return blake2b(data, digest_size=size, key=key).hexdigest()


def check_sum(values: Iterable[str], key: bytes) -> int:
    """A checksum of *values* against damage; with a *key*, also against forgery."""
    data = "\0".join(values).encode("utf-8", "surrogatepass")
    if not key:
        return crc32(data)
    return int.from_bytes(blake2b(data, digest_size=7, key=key, person=b"row").digest(), "big")


def listing_digest(names: Iterable[str]) -> str:
    """The digest of *names*, in any order."""
    return digest("\0".join(sorted(names)).encode("utf-8", "surrogatepass"))


def folder_digest(names: dict[str, bool]) -> str:
    """The digest of a folder, as listed by :func:`names_in`."""
    return listing_digest(f"{name}/" if folder else name for name, folder in names.items())


def remote_digest(remote: object) -> str:
    """The digest of the remote of a repository."""
    return digest(repr(remote).encode("utf-8", "replace"))


def moves_digest(moves: Iterable[tuple[str, str]]) -> str:
    """The digest of files that moved: where they were and where they are, in any order."""
    return listing_digest("\0".join(each) for each in moves)


def leads_out(root: str, path: str) -> bool:
    """Whether the file at *path* is not below *root*, itself or because of a symbolic link."""
    top = os.path.join(os.path.realpath(root), "")
    try:
        return not os.path.realpath(os.path.join(root, path)).startswith(top)
    except ValueError:  # it holds a NUL
        return True


def beginning(file: str) -> bytes | None:
    """The first bytes of *file*, at most the limit and one more; None if it cannot be read."""
    if (data := given(file)) is not None:
        return data[: MAX_TEXT_BYTES + 1]
    try:
        with open(file, "rb", opener=open_without_waiting) as opened:
            return opened.read(MAX_TEXT_BYTES + 1)
    except (OSError, ValueError):
        return None


def open_without_waiting(path: str, flags: int) -> int:
    """Open *path* without waiting for the writer of a FIFO; an opener for :func:`open`."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def names_in(folder: str) -> dict[str, bool]:
    """The names in *folder*, and whether each is a folder; empty where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            found = {each.name: _is_folder(each) for each in entries if _is_there(each)}
    except (OSError, ValueError):
        found = {}
    return found | new_names(folder)


def _is_there(entry: os.DirEntry[str]) -> bool:
    """Whether *entry* is no symbolic link that leads nowhere."""
    return not entry.is_symlink() or os.path.exists(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
