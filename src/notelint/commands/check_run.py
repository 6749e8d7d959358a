"""``check``: report what is broken; nothing is written but the cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from notelint.engine.note_path import NotePath, note_at
from notelint.engine.packages import PACKAGES, program
from notelint.engine.session import Session, cached_report, sessions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from notelint.cache.folder import CacheFolder
    from notelint.cache.store import Cache
    from notelint.commands.command_settings import RunSettings
    from notelint.diagnostics import RunReport
    from notelint.engine.run import Executor

    class Bar(Protocol):
        """A progress bar."""

        def __call__(self, done: int, total: int, /) -> None:
            """Show that *done* of *total* notes are done."""

        def tell(self, message: str) -> None:
            """Print a *message* in its place."""

    ProgressFactory = Callable[[], AbstractContextManager[Bar]]


def check(settings: RunSettings, progress: ProgressFactory) -> RunReport:
    """Report what is broken in the notes: from the cache if nothing changed, else by a run.

    *progress* is shown during a run. Raises :class:`ConfigError`.
    """
    here = os.getcwd()
    notes = [note_at(each, here) for each in settings.files]
    with open_sessions(settings, notes) as opened:
        report = cached_report(opened, here)
        if report is None:
            report = _run(settings, opened, progress)
        explain(report, opened, settings)
    report.failures[:0] = settings.failures
    return report


def _run(settings: RunSettings, opened: Sequence[Session], progress: ProgressFactory) -> RunReport:
    from notelint.engine.run import Run

    rules_for = settings.rules_for()
    with progress() as bar, _executor(settings, bar) as executor:
        run = Run(opened, rules_for, jobs=settings.jobs, executor=executor)
        return run.check(bar)


def _executor(settings: RunSettings, bar: Bar) -> AbstractContextManager[Executor | None]:
    """The executor that the settings name, which analyzes notes on other machines; else None."""
    if settings.executor is None:
        return nullcontext()
    from notelint.engine.dask import cluster

    return cluster(settings.executor, bar.tell)


@contextmanager
def open_sessions(settings: RunSettings, notes: Sequence[NotePath]) -> Iterator[list[Session]]:
    """A session for each root of *notes*; the caches are open inside the context."""
    caches = _caches(settings, settings.cache, notes) if settings.cache else {}
    try:
        yield sessions(notes, settings.configs.excluded, caches, settings.configs.included)
    finally:
        for cache in caches.values():
            cache.close()


def _caches(
    settings: RunSettings, folder: CacheFolder, notes: Sequence[NotePath]
) -> dict[str, Cache]:
    """The open caches by the roots of *notes*; a cache that cannot be opened is left out."""
    from notelint.cache.store import Cache
    from notelint.workspace.git import repository_root

    configs = settings.configs
    # runs share cached findings only if they are of the same program and arguments
    key, found = repr((program(PACKAGES), settings.cli_layer, configs.fixed)), {}
    for root in dict.fromkeys(note.root for note in notes):
        kind = f"{key} {repository_root(root) is not None}"
        if cache := Cache.open(root, folder, kind, configs.key):
            found[root] = cache
    return found


def explain(report: RunReport, sessions: Sequence[Session], settings: RunSettings) -> None:
    """Add to *report*, if the settings ask for it, whether the cache had the findings of a note."""
    if settings.explain_cache:
        report.cache_use = sorted(
            (note.display_path, session.cache_use(note))
            for session in sessions
            for note in session.notes
        )
