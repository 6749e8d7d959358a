"""A tree with all that moves, and what a transaction makes of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from notelint.refactor.transaction import apply
from notelint.workspace.digests import digest
from notelint.workspace.git import clear_cache

Files = dict[str, bytes | str]  # the text of a link begins with `->`


def state(root: Path) -> Files:
    """Every file below *root* but git's, every link, and every empty folder."""
    found: Files = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name == ".git" or name.startswith(".git/"):
            continue
        if path.is_symlink():
            found[name] = f"->{os.readlink(path)}"
        elif path.is_file():
            found[name] = path.read_bytes()
        elif path.is_dir() and not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def in_git(root: Path) -> str:
    """What git says of the tree: its index, and what is staged, changed and untracked."""
    said = ""
    for call in (["ls-files", "--stage", "-v"], ["status", "--porcelain=v1", "--untracked=all"]):
        done = subprocess.run(["git", *call], cwd=root, capture_output=True, check=True)
        said += done.stdout.decode()
    return said


def transact(
    root: Path, moves: Sequence[tuple[str, str]] = (), writes: Mapping[str, str] | None = None
) -> None:
    """Call :func:`apply` with digests of the files as they are."""
    clear_cache()
    texts = {name: text.encode() for name, text in (writes or {}).items()}
    apply(str(root), texts, moves, {name: digest((root / name).read_bytes()) for name in texts})


def rearrange(root: Path) -> None:
    """Write two notes, swap two, and move one and a folder, in a tree with these."""
    transact(
        root,
        [("a.md", "b.md"), ("b.md", "a.md"), ("docs", "new/docs"), ("alone/z.md", "new/z.md")],
        {"a.md": "a, rewritten\n", "docs/c.md": "c, rewritten\n"},
    )
