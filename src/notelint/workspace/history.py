"""What git knows of the past of a line."""

from __future__ import annotations

import os

from notelint.workspace.git import git

_COMMITS = 2_000  # that are looked through, from the last one


def head_of(root: str) -> str:
    """The commit that is checked out in the repository at *root*; empty without one."""
    return (git(root, "rev-parse", "--verify", "--quiet", "HEAD") or b"").decode().strip()


def since(root: str, path: str, line: int, text: str) -> str:
    """The commit, shortened, that wrote the *line* with *text* of the file at *path*.

    Empty where git does not know: the line is not committed, or older than the history that is
    there, or than the commits that are looked through.
    """
    oldest = git(root, "rev-list", "--max-count=1", f"--skip={_COMMITS}", "HEAD")
    if oldest is None:
        return ""
    first = oldest.decode().strip()
    revisions = f"{first}..HEAD" if first else "HEAD"
    where = ("-L", f"{line},{line}", revisions, "--", path)
    found = git(root, "blame", "--porcelain", *where)
    if not found:
        return ""
    head, *about = os.fsdecode(found).split("\n")
    written = next((each[1:] for each in about if each.startswith("\t")), "")
    if "boundary" in about or not written or text.strip() not in written:
        return ""
    return head[:7]
