"""The folder that git keeps of a work tree, found and read without calling git.

Whoever made a tree may have made this folder as well: what is read of it is a small regular file
inside it, and what git would not have made is no repository.
"""

from __future__ import annotations

import os
import stat

from notelint.text.late import late
from notelint.text.named import NamedTuple
from notelint.workspace.observe import leads_out

MOST = 1024 * 1024  # bytes; git's own limit for a file `.git`

_HEAD = late(r"ref:\s*refs/|[0-9a-f]{40}")
# Git opens these without asking what they are, and a FIFO would hold it for ever.
_OWN = ("HEAD", "index", "config.worktree", "commondir")
_COMMON = (
    *("config", "packed-refs", "shallow", "objects/info/alternates"),
    *("info/exclude", "info/attributes", "info/sparse-checkout"),
)


class Metadata(NamedTuple):
    """The folder for one work tree, and the one that all work trees of a repository share."""

    own: str
    common: str


def metadata(root: str) -> Metadata | None:
    """Where git keeps what it knows of the work tree at *root*.

    None where ``.git`` is there but leads to nothing that git takes for the repository of this
    tree: then git would go on to look for one in *root* itself and in the folders above.
    """
    own = _own(root)
    if own is None or not _is_head(own):
        return None
    common = own
    if named := text_in(own, "commondir").strip("\r\n"):
        common = os.path.realpath(os.path.join(own, named))
        if os.path.dirname(own) != os.path.join(common, "worktrees"):
            return None
    folders = all(os.path.isdir(f"{common}/{name}") for name in ("objects", "refs"))
    return Metadata(own, common) if folders and _harmless(own, common) else None


def _own(root: str) -> str | None:
    """The real path of the folder that ``.git`` is, or names."""
    top = os.path.realpath(root)
    found = os.path.realpath(os.path.join(top, ".git"))
    if not os.path.isdir(found):
        named = read_small(found).partition("gitdir: ")
        if named[0] or not named[2]:
            return None
        found = os.path.realpath(os.path.join(top, named[2].rstrip("\r\n")))
    if os.path.basename(found) == ".git":
        return found if os.path.dirname(found) == top else None  # else that of another tree
    # What is committed as plain files can be made to look like a repository, but not as `.git`.
    within = found.startswith(os.path.join(_outermost(top), ""))
    return None if within and ".git" not in found.split(os.sep) else found


def _outermost(root: str) -> str:
    """The topmost folder around *root* that has a ``.git``."""
    found = folder = root
    while (above := os.path.dirname(folder)) != folder:
        folder = above
        if os.path.lexists(os.path.join(folder, ".git")):
            found = folder
    return found


def _is_head(folder: str) -> bool:
    head = os.path.join(folder, "HEAD")
    if os.path.islink(head):
        return os.readlink(head).startswith("refs/")
    return _HEAD.match(text_in(folder, "HEAD")) is not None


def _harmless(own: str, common: str) -> bool:
    """Whether git can open what it looks for there."""
    files = (*(f"{own}/{name}" for name in _OWN), *(f"{common}/{name}" for name in _COMMON))
    return all(map(_absent_or_regular, files))


def _absent_or_regular(file: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(file).st_mode)
    except OSError:
        return True


def text_in(folder: str, name: str) -> str:
    """The text of the file *name* in *folder*; ``""`` where there is none, or it leads out."""
    return "" if leads_out(folder, name) else read_small(os.path.join(folder, name))


def read_small(file: str) -> str:
    """The text of *file*; ``""`` where it is no regular file, larger than ``MOST``, or missing."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as opened:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size > MOST:
                return ""
            return opened.read(MOST).decode("utf-8", "surrogateescape")
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return ""
