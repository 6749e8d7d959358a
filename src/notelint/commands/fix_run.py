"""``fix``: apply fixes in place, each through the gate, then report the remaining findings."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from notelint.cache.entry import file_stamp
from notelint.commands.check_run import explain, open_caches
from notelint.commands.command_settings import NO_FILTERS, Filters, FixSettings, RunSettings
from notelint.diagnostics import Diagnostic, RunReport
from notelint.engine import files, temporary
from notelint.engine.analyze import findings_of
from notelint.engine.fix import Fixed, fix_document
from notelint.engine.guard import guarded
from notelint.engine.linter import RuleFinding, RulesFor
from notelint.engine.note_path import NotePath, note_at
from notelint.engine.run import OnProgress, Run
from notelint.engine.session import sessions
from notelint.engine.tree_linter import TreeLinter
from notelint.markdown.document import Document
from notelint.text.source import Source
from notelint.workspace import read_note

if TYPE_CHECKING:
    from notelint.commands.check_run import Progress


def fix(settings: RunSettings, how: FixSettings, progress: Progress) -> RunReport:
    """Apply fixes, then report the remaining findings. Raises :class:`ConfigError`."""
    rules_for = settings.rules_for()
    with progress() as on_progress:
        notes = [note_at(file, os.getcwd()) for file in settings.files]
        with open_caches(settings, notes) as caches:
            opened = sessions(notes, settings.configs.excluded, caches, settings.configs.included)
            run = Run(opened, rules_for, jobs=settings.jobs)
            report = FixRun(run, rules_for, how, settings.filters).fix(on_progress)
            explain(report, opened, settings)
    report.problems[:0] = settings.problems
    return report


class FixRun:
    """Fixes the findings of *run* that *filters* do not leave out, as the settings *how* say."""

    def __init__(
        self, run: Run, rules_for: RulesFor, how: FixSettings, filters: Filters = NO_FILTERS
    ) -> None:
        self._run = run
        self._filters = None
        if filters != NO_FILTERS:
            from notelint.commands.fix_filters import FixFilters

            self._filters = FixFilters(filters)
        self._rules_for = rules_for
        self._how = how

    def fix(self, on_progress: OnProgress | None = None) -> RunReport:
        """Apply fixes, then report the remaining findings."""
        run = self._run
        run.analyze()
        notes = [(linter, note) for linter in run.linters for note in linter.session.notes]
        if self._how.write:
            for folder in {os.path.dirname(note.file) for _, note in notes}:
                temporary.tidy(folder)
        todo = [
            (linter, note, offered)
            for linter, note in notes
            if (offered := self._offered(run.diagnostics(linter, note))) is not None
        ]
        for done, (linter, note, offered) in enumerate(todo, 1):
            with guarded(note, run.report):
                self._fix(linter, note, offered)
            if on_progress:
                on_progress(done, len(todo))
        return run.conclude()

    def _offered(self, found: Sequence[Diagnostic]) -> bool | None:
        """Whether there is a fix to apply; None if there is not even a refusal to explain."""
        if any(each.fix and (each.fix.safe or self._how.unsafe) for each in found):
            return True
        return False if any(each.refused for each in found) else None

    def _fix(self, linter: TreeLinter, note: NotePath, offered: bool) -> None:
        began = time.time_ns()
        data = read_note.read(note.file, note.display_path)
        doc = Document(Source.decode(data))
        if doc.source.invalid is not None:
            return
        on = self._rules_for(note.file)
        keep = self._filters.of(note, doc) if self._filters else None

        def find(doc: Document) -> Sequence[RuleFinding]:
            found = findings_of(note.path, doc, linter.workspace, on).kept
            return keep(doc, found) if keep else found

        fixed = fix_document(doc, find, unsafe=self._how.unsafe)
        if fixed.doc.source != doc.source:
            stamp = self._write(note, data, fixed.doc) if self._how.write else ""
            report = self._run.report
            report.fixed += fixed.applied
            report.changed.append((note.display_path, doc.source.text, fixed.doc.source.text))
            linter.take_document(note, fixed.doc, stamp)
        elif offered and not fixed.refused:  # something else has just fixed it
            linter.take_document(note, fixed.doc, file_stamp(note.file, began))
        _explain(linter, note, fixed)

    def _write(self, note: NotePath, before: bytes, doc: Document) -> str:
        """Write *doc* over *before*; the stamp of the file."""
        after = doc.source.encode()
        began = time.time_ns()
        files.write(note.file, note.display_path, before, after, note.root, force=self._how.force)
        return file_stamp(note.file, began)


def _explain(linter: TreeLinter, note: NotePath, fixed: Fixed) -> None:
    """Give the findings whose fixes were refused the reason."""
    for raised, reason in fixed.refused.items():
        at = fixed.doc.lines.range(raised.finding.span)
        linter.refuse(note, at, raised.rule.name, f"fix not applied: {reason}")
