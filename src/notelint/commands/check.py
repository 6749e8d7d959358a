"""``check``: report what is broken; nothing is written but the cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

from notelint.commands.caches import explain, open_caches
from notelint.engine.note_path import note_at
from notelint.engine.session import cached_report, sessions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from notelint.commands.settings import RunSettings
    from notelint.diagnostics import RunReport
    from notelint.engine.run import Executor
    from notelint.engine.session import Session

    class Bar(Protocol):
        """A progress bar."""

        def __call__(self, done: int, total: int, /) -> None:
            """Show that *done* of *total* notes are done."""

        def tell(self, message: str) -> None:
            """Print a *message* in its place."""

    Progress = Callable[[], AbstractContextManager[Bar]]


def check(settings: RunSettings, progress: Progress) -> RunReport:
    """Report what is broken in the notes: from the cache if nothing changed, else from a run.

    *progress* is shown in a run only. Raises :class:`ConfigError`.
    """
    here = os.getcwd()
    notes = [note_at(file, here) for file in settings.files]
    with open_caches(settings, notes) as caches:
        opened = sessions(notes, settings.config.excluded, caches)
        report = cached_report(opened, here)
        if report is None:
            report = _run(settings, opened, progress)
        explain(report, opened, settings)
    report.problems[:0] = settings.problems
    return report


def _run(settings: RunSettings, opened: Sequence[Session], progress: Progress) -> RunReport:
    from notelint.engine.run import Run

    rules_for = settings.rules_for()
    with progress() as bar, _executor(settings, bar) as executor:
        run = Run(opened, rules_for, jobs=settings.jobs, executor=executor)
        return run.check(bar)


def _executor(settings: RunSettings, bar: Bar) -> AbstractContextManager[Executor | None]:
    """What analyses notes on other machines, where that is asked for."""
    if settings.executor is None:
        return nullcontext()
    from notelint.engine.dask import cluster

    return cluster(settings.executor, bar.tell)
