"""Findings left out: what a baseline records, and what is on lines that have not changed."""

from __future__ import annotations

import os
from itertools import islice

from notelint.commands.settings import Filters, RunSettings
from notelint.report.plain_text import count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import Counter

    from notelint.commands.baseline import Entry
    from notelint.run_report import RunReport


def leave_out(found: RunReport, settings: RunSettings, filters: Filters) -> list[str]:
    """Take from *found* what *filters* leave out; what to tell of entries that are out of date.

    Raises :class:`ConfigError`.
    """
    told = _leave_out_known(found, settings, filters.baseline) if filters.baseline else []
    if filters.since is not None:
        from notelint.commands.since import Changed

        changed = Changed(filters.since)
        for file in settings.files:  # a wrong revision is told also where there is no finding
            changed.lines(os.path.abspath(file))
        found.diagnostics = [each for each in found.diagnostics if changed.touched(each)]
    return told


def write_baseline(found: RunReport, path: str) -> str:
    """Record what was *found* in the file at *path*; what to tell of it."""
    from notelint.commands.baseline import Baseline

    Baseline.of(path, found.diagnostics).write()
    return f"{path}: {count(len(found.diagnostics), 'finding')} recorded"


def _leave_out_known(found: RunReport, settings: RunSettings, path: str) -> list[str]:
    from notelint.commands.baseline import Baseline

    read = {os.path.abspath(file) for file in settings.files}
    rules_for = settings.rules_for()

    def looked_for(file: str, rule: str) -> bool:
        return file in read and rule in rules_for(file).names

    found.diagnostics, stale = Baseline.read(path).sort(found.diagnostics, looked_for)
    return [_outdated(path, stale)] if stale else []


def _outdated(path: str, stale: Counter[Entry]) -> str:
    shown = [f"{each.path}: {each.rule} {each.text}" for each in islice(sorted(stale), 3)]
    more = ", …" if len(stale) > len(shown) else ""
    number = count(stale.total(), "finding")
    return f"{path}: {number} no longer there ({', '.join(shown)}{more}); write it anew"
