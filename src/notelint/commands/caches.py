"""The caches of a run, one for each tree: those of earlier runs that are alike."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import PathFinder

import notelint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cache.store import Cache
    from notelint.commands.settings import RunSettings
    from notelint.diagnostics import RunReport
    from notelint.engine.note_path import NotePath
    from notelint.engine.session import Session

# Findings depend on these, too; by the names that they are imported by.
_PACKAGES = ("notelint", "markdown_it", "mdit_py_plugins", "yaml")


@contextmanager
def open_caches(settings: RunSettings, notes: Sequence[NotePath]) -> Iterator[dict[str, Cache]]:
    """The caches by the root of *notes*; none for a root where none can be had."""
    if settings.cache is None:
        yield {}
        return
    from notelint.cache.store import Cache
    from notelint.workspace.git import repository_root

    kind, found = _kind(settings), {}
    for root in dict.fromkeys(note.root for note in notes):
        cache = Cache.open(root, settings.cache, f"{kind} {repository_root(root) is not None}")
        if cache:
            found[root] = cache
    try:
        yield found
    finally:
        for cache in found.values():
            cache.close()


def explain(report: RunReport, sessions: Sequence[Session], settings: RunSettings) -> None:
    """Add to *report* whether the caches had the findings of each note, if that is asked for."""
    if settings.explain_cache:
        report.cache_use = sorted(
            (note.display_path, session.decision(note))
            for session in sessions
            for note in session.notes
        )


def _kind(settings: RunSettings) -> str:
    """What two runs must have in common for one to use what the other found."""
    code = (notelint.__version__, _code(), *map(_installed, _PACKAGES), sys.version_info[:3])
    return repr((code, settings.given, settings.config))


def _installed(name: str) -> tuple[str, int] | None:
    """Where the package *name* is, and since when, without importing it."""
    found = PathFinder.find_spec(name)
    file = found.origin if found else None
    return (file, os.stat(file).st_mtime_ns) if file and os.path.exists(file) else None


def _code() -> int:
    """When the code changed last, in a checkout that is worked on; else 0."""
    package = os.path.dirname(notelint.__file__)
    if os.path.basename(os.path.dirname(package)) != "src":
        return 0
    return max(
        entry.stat().st_mtime_ns
        for folder, _, _ in os.walk(package)
        for entry in os.scandir(folder)
        if entry.name.endswith(".py")
    )
