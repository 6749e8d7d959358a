"""The metadata of a work tree (its ``.git``), found and read without calling git.

The author of a tree may have made this folder, too: only small regular files inside it are read,
and a folder that git would not have made does not count as a repository.
"""

from __future__ import annotations

import os
import stat

from notelint.text.startup import NamedTuple
from notelint.workspace.git_config import names_only_files, settings
from notelint.workspace.safe_files import absent_or_regular, leads_out

MAX_GIT_FILE_BYTES = 1024 * 1024  # git's own limit for a file `.git`

# Git opens these whatever they are, and would wait forever for a FIFO.
_OWN = ("HEAD", "index", "config.worktree", "commondir")
_HEX = frozenset("0123456789abcdef")
_COMMON = (
    *("config", "packed-refs", "shallow", "objects/info/alternates"),
    *("info/exclude", "info/attributes", "info/sparse-checkout"),
)


class Metadata(NamedTuple):
    """The git folder of the work tree at *top*, and the one that all its work trees share."""

    top: str
    own: str
    common: str


def metadata(root: str) -> Metadata | None:
    """The metadata of the work tree at the real path *root*.

    None if its ``.git`` does not lead to the repository of this tree. Git would then search *root*
    itself and the folders above for another one.
    """
    own = _own(root)
    if own is None or not _is_head(own):
        return None
    common = own
    if os.path.lexists(os.path.join(own, "commondir")):
        common = os.path.realpath(os.path.join(own, text_in(own, "commondir").strip("\r\n")))
        if os.path.dirname(own) != os.path.join(common, "worktrees"):
            return None
    whole = all(map(_is_folder, (f"{common}/objects", f"{common}/refs")))
    return Metadata(root, own, common) if whole and _harmless(root, own, common) else None


def is_own(root: str, found: Metadata) -> bool:
    """Whether *found* is in the tree at the real path *root*, or names *root* as its work tree.

    A file ``.git`` may lead to the repository of another tree, which must not be written to.
    """
    if found.own.startswith(os.path.join(root, "")):
        return True
    if found.own != found.common:
        named = text_in(found.own, "gitdir").rstrip("\r\n")
        return os.path.realpath(os.path.join(found.own, os.path.dirname(named))) == root
    texts = (text_in(found.own, each) for each in ("config.worktree", "config"))
    named = next(filter(None, (dict(settings(each)).get("core.worktree") for each in texts)), "")
    return named != "" and os.path.realpath(os.path.join(found.own, named)) == root


def hooks_lead_out(root: str) -> bool:
    """Whether writing a hook for the tree at *root* may write outside its repository."""
    top = os.path.realpath(root)
    found = metadata(top)
    if found is None or not is_own(top, found):
        return True
    folder = os.path.join(found.common, "hooks")
    names = os.listdir(folder) if os.path.isdir(folder) else []
    hooks = ["hooks", *(f"hooks/{each}" for each in names)]
    return any(leads_out(found.common, each) for each in hooks)


def repository_stamp(root: str) -> str:
    """A stamp that changes with every commit and every change of the index; ``""`` if unknown."""
    found = metadata(os.path.realpath(root))
    if found is None:
        return ""
    head = text_in(found.own, "HEAD").strip()
    branch = text_in(found.common, head.removeprefix("ref: ")) if head[:5] == "ref: " else head
    marks = [head, branch]
    try:
        for file in (f"{found.own}/index", *([] if branch else [f"{found.common}/packed-refs"])):
            seen = os.lstat(file)
            marks.append(f"{seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino} {seen.st_size}")
    except OSError:
        return ""
    return " ".join(marks)


def _own(top: str) -> str | None:
    """The real path of the git folder: ``.git`` itself, or the folder that it names."""
    found = os.path.join(top, ".git")
    if os.path.islink(found):
        found = os.path.realpath(found)
    if not os.path.isdir(found):
        named = read_small(found).partition("gitdir: ")
        if named[0] or not named[2]:
            return None
        found = os.path.realpath(os.path.join(top, named[2].rstrip("\r\n")))
    if os.path.basename(found) == ".git":
        return found if os.path.dirname(found) == top else None  # of another tree
    # Committed files can look like a repository, but git commits no folder called `.git`.
    within = found.startswith(os.path.join(_outermost(top), ""))
    return None if within and ".git" not in found.split(os.sep) else found


def _outermost(root: str) -> str:
    """The topmost folder around *root* with a ``.git``."""
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
    text = text_in(folder, "HEAD").rstrip()
    if text.startswith("ref:"):
        return text.removeprefix("ref:").lstrip().startswith("refs/")
    return len(text) >= 40 and _HEX.issuperset(text[:40])


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and os.access(path, os.X_OK)


def _harmless(root: str, own: str, common: str) -> bool:
    """Whether all files that git opens there, or that are configured, are regular or missing."""
    files = (*(f"{own}/{name}" for name in _OWN), *(f"{common}/{name}" for name in _COMMON))
    return all(map(absent_or_regular, files)) and all(
        names_only_files(file, root) for file in (f"{common}/config", f"{own}/config.worktree")
    )


def text_in(folder: str, name: str) -> str:
    """The text of the file *name* in *folder*; ``""`` if it is missing or leads out."""
    outside = "/" in name and leads_out(folder, name)  # otherwise by a link only: not read at all
    return "" if outside else read_small(os.path.join(folder, name))


def read_small(file: str, limit: int = MAX_GIT_FILE_BYTES) -> str:
    """The text of *file*; ``""`` if it is missing, a link, not regular, or over *limit* bytes.

    ``""`` also if it contains a NUL, which no path may have.
    """
    try:
        flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(file, os.O_RDONLY | flags)
        with open(descriptor, "rb") as opened:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size > limit:
                return ""
            text = opened.read(limit).decode("utf-8", "surrogateescape")
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return ""
    return "" if "\0" in text else text
