"""Digests of the files and folders that results depend on: the parts of a snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    SnapshotKind = Literal["folder", "link", "files", "file", "ignored", "remote", "ref", "moves"]

try:  # the module behind hashlib: loading OpenSSL takes longer than checking a note
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b


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


def link_digest(end: str | None) -> str:
    """The digest of the target of a symbolic link in the tree, which is None outside of it."""
    return "" if end is None else digest(end.encode("utf-8", "surrogatepass"))


def remote_digest(remote: object) -> str:
    """The digest of the remote of a repository."""
    return digest(repr(remote).encode("utf-8", "replace"))


def moves_digest(moves: Iterable[tuple[str, str]]) -> str:
    """The digest of pairs of an old and a new path, in any order."""
    return listing_digest("\0".join(each) for each in moves)
