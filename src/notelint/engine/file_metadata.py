"""The metadata of a file, copied to the file that replaces it."""

from __future__ import annotations

import contextlib
import os
import stat
import sys

_ACCESS = {"system.posix_acl_access": "access control list"}
# The kernel makes these itself, from the content or from who wrote it.
_KERNEL = frozenset({"security.capability", "security.evm", "security.ima"})


def copy_metadata(file: int, path: str, old: os.stat_result) -> list[str]:
    """Copy the metadata of the file at *path*, whose status is *old*, to the new, open *file*.

    Returns the names of what cannot be copied.
    """
    lost = []
    if old.st_nlink > 1:
        lost.append("hard links")  # the other names would keep the old text
    if sys.platform != "win32":
        lost += _copy_owners(file, old)
        lost += _copy_attributes(file, path)
        os.fchmod(file, stat.S_IMODE(old.st_mode))  # last: the copies above may change it
    return lost


def _copy_owners(file: int, old: os.stat_result) -> list[str]:
    new = os.fstat(file)
    if (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid):
        return []
    try:
        os.fchown(file, old.st_uid, old.st_gid)
    except OSError:
        with contextlib.suppress(OSError):  # the user may be allowed to set the group alone
            os.fchown(file, -1, old.st_gid)
    new = os.fstat(file)
    owner = ["owner"] if new.st_uid != old.st_uid else []
    return owner + (["group"] if new.st_gid != old.st_gid else [])


def _copy_attributes(file: int, path: str) -> list[str]:
    """Copy the extended attributes, which include the access control list, on Linux."""
    if sys.platform != "linux":
        return []
    old, new = _attributes(path), _attributes(file)
    lost = []
    for name in sorted(old.keys() | new.keys()):
        if name in _KERNEL or old.get(name, name) == new.get(name, name):
            continue
        try:
            if name in old:
                os.setxattr(file, name, os.getxattr(path, name))
            else:
                os.removexattr(file, name)  # a default of the folder, such as its access list
        except OSError:
            if not name.startswith("security."):  # a label, which is up to the kernel
                lost.append(_ACCESS.get(name, f"extended attribute `{name}`"))
    return lost


def _attributes(file: int | str) -> dict[str, bytes | None]:
    """The extended attributes of *file*; None for the value of one that cannot be read."""
    found: dict[str, bytes | None] = {}
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # not every file system has them
            for name in os.listxattr(file):
                found[name] = None
                with contextlib.suppress(OSError):
                    found[name] = os.getxattr(file, name)
    return found
