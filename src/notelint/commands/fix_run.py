"""``fix``: apply fixes in place, then report the remaining findings."""

from __future__ import annotations

import os
from collections.abc import Sequence

from notelint.commands.check_run import explain, open_sessions
from notelint.commands.command_settings import FixSettings, RunSettings
from notelint.engine import temporary
from notelint.engine.note_path import note_at
from notelint.engine.session import Session, cached_report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.commands.check_run import ProgressFactory
    from notelint.diagnostics import RunReport


def fix(settings: RunSettings, fixing: FixSettings, progress: ProgressFactory) -> RunReport:
    """Apply fixes, then report the remaining findings. Raises :class:`ConfigError`.

    If the cache shows that there is nothing to fix, neither rules nor the parser are loaded.
    """
    here = os.getcwd()
    notes = [note_at(each, here) for each in settings.files]
    if fixing.write:
        for folder in {os.path.dirname(note.file) for note in notes}:
            temporary.tidy(folder)
    with open_sessions(settings, notes) as opened:
        report = _nothing_to_fix(settings, opened, here)
        if report is None:
            report = _run(settings, fixing, opened, progress)
        explain(report, opened, settings)
    report.failures[:0] = settings.failures
    return report


def _nothing_to_fix(
    settings: RunSettings, opened: Sequence[Session], here: str
) -> RunReport | None:
    """The report from the caches alone; None if they are not current, or a finding has a fix."""
    if settings.leaves_out:
        return None
    report = cached_report(opened, here)
    if report and any(each.fix or each.refused for each in report.diagnostics):
        return None
    return report


def _run(
    settings: RunSettings, fixing: FixSettings, opened: Sequence[Session], progress: ProgressFactory
) -> RunReport:
    from notelint.commands.fix_notes import FixRun
    from notelint.engine.run import Run

    choose = None
    if settings.leaves_out:
        from notelint.commands.fix_filters import FixFilter

        choose = FixFilter(settings).of_note
    with progress() as on_progress:
        run = Run(opened, settings.rules_for(), jobs=settings.jobs)
        return FixRun(run, fixing, choose).fix(on_progress)
