"""Which files: what was named, and in folders what git would not ignore."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

SUFFIXES = (".md", ".markdown")
_NEVER = frozenset(
    {"node_modules", "bower_components", "vendor", "__pycache__", "venv", "site-packages"}
)


class Found(NamedTuple):
    """What the paths of a call mean: notes in order of path, and what is wrong with the call."""

    files: list[Path]
    problems: list[str]


def discover(paths: Iterable[str], exclude: Iterable[str] = ()) -> Found:
    """The notes that *paths* name; a file is taken whatever its suffix, a folder searched.

    Paths come back as they were given, those found in a folder below it. Raises nothing: what is
    not there is told in ``problems``.
    """
    files: dict[str, Path] = {}
    problems = []
    for given in paths:
        path = Path(given)
        try:
            if path.is_dir():
                found = [path / each for each in notes_below(path)]
            elif path.exists():
                found = [path]
            else:
                problems.append(f"{given}: no such file or folder")
                continue
        except (OSError, ValueError) as error:
            problems.append(f"{given}: {getattr(error, 'strerror', None) or error}")
            continue
        for each in found:
            files.setdefault(os.path.normpath(each), Path(os.path.normpath(each)))
    patterns = list(exclude)
    kept = [path for path in files.values() if not _excluded(path, patterns)]
    return Found(sorted(kept, key=lambda path: path.as_posix()), problems)


def _excluded(path: Path, patterns: list[str]) -> bool:
    if not patterns:
        return False
    from notelint.text.glob import matches

    return any(matches(pattern, path.as_posix()) for pattern in patterns)


def notes_below(folder: Path) -> list[str]:
    """The Markdown files below *folder*, as paths relative to it with ``/``."""
    return [each for each in tracked_or_walked(folder) if each.lower().endswith(SUFFIXES)]


def tracked_or_walked(folder: Path) -> list[str]:
    """The files below *folder* that git does not ignore; without git, all but the usual clutter."""
    listed = git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed is None:
        return list(_walk(folder))
    # Deleted but not yet told to git: listed, and not there.
    names = dict.fromkeys(os.fsdecode(each) for each in listed.split(b"\0") if each)
    return [name for name in names if os.path.isfile(folder / name)]


def ignored_below(folder: Path) -> list[str]:
    """What is below *folder* and git ignores, a folder of nothing else as one, ending in ``/``.

    Nothing where there is no git. A file that is tracked all the same is not ignored.
    """
    how = ("--others", "--ignored", "--exclude-standard", "--directory")
    listed = git(folder, "ls-files", "-z", *how)
    return [os.fsdecode(each) for each in (listed or b"").split(b"\0") if each]


def _walk(folder: Path) -> Iterator[str]:
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(
            each for each in folders if not each.startswith(".") and each not in _NEVER
        )
        below = Path(at).relative_to(folder).as_posix()
        for name in sorted(names):
            if os.path.isfile(os.path.join(at, name)):
                yield name if below == "." else f"{below}/{name}"


@cache
def repository_root(folder: Path) -> Path | None:
    """The top of the git work tree that the absolute *folder* is in, found without calling git."""
    for each in (folder, *folder.parents):
        if os.path.exists(each / ".git"):
            return each
    return None


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What git prints when *given* this; None without git or repository, or where it fails."""
    if repository_root(Path(os.path.abspath(folder))) is None:
        return None
    try:
        done = subprocess.run(
            ["git", "-C", os.fspath(folder), *arguments],
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
