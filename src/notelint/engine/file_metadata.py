"""The metadata of a file, copied to the file that replaces it."""

from __future__ import annotations

import contextlib
import os
import stat
import sys

_ACCESS = {"system.posix_acl_access": "access control list"}
# The kernel makes these itself, of the text or of who wrote it.
_KERNEL = frozenset({"security.capability", "security.evm", "security.ima"})


def carry(file: int, path: str, old: os.stat_result) -> list[str]:
    """Give the new, open *file* what the one at *path* with the status *old* has.

    Returns the names of what cannot be given.
    """
    lost = []
    if old.st_nlink > 1:
        lost.append("hard links")  # the other names would keep the old text
    if sys.platform != "win32":
        lost += _owners(file, old)
        lost += _attributes(file, path)
        os.fchmod(file, stat.S_IMODE(old.st_mode))  # which a new owner or list may have changed
    return lost


def _owners(file: int, old: os.stat_result) -> list[str]:
    new = os.fstat(file)
    if (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid):
        return []
    try:
        os.fchown(file, old.st_uid, old.st_gid)
    except OSError:
        with contextlib.suppress(OSError):  # the group alone may be one of ours
            os.fchown(file, -1, old.st_gid)
    new = os.fstat(file)
    owner = ["owner"] if new.st_uid != old.st_uid else []
    return owner + (["group"] if new.st_gid != old.st_gid else [])


def _attributes(file: int, path: str) -> list[str]:
    """Extended attributes and, on Linux, with them the access control list."""
    if sys.platform != "linux":
        return []
    old, new = _all(path), _all(file)
    lost = []
    for name in sorted(old.keys() | new.keys()):
        if name in _KERNEL or old.get(name, name) == new.get(name, name):
            continue
        try:
            if name in old:
                os.setxattr(file, name, os.getxattr(path, name))
            else:
                os.removexattr(file, name)  # a folder may give its files a list of its own
        except OSError:
            if not name.startswith("security."):  # a label, which the kernel decides upon
                lost.append(_ACCESS.get(name, f"extended attribute `{name}`"))
    return lost


def _all(file: int | str) -> dict[str, bytes | None]:
    """The extended attributes of *file*, with None in place of what can't be read."""
    found: dict[str, bytes | None] = {}
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # a file system may have none
            for name in os.listxattr(file):
                found[name] = None
                with contextlib.suppress(OSError):
                    found[name] = os.getxattr(file, name)
    return found
