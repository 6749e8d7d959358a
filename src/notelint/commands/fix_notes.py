"""Fixing the notes of a run in place, then reporting the remaining findings."""

from __future__ import annotations

import time

from notelint.cache.entry import file_stamp
from notelint.commands.command_settings import FixSettings
from notelint.diagnostics import Diagnostic, DiagnosticFix, RefusedFix, RunReport
from notelint.engine.note_errors import errors_isolated
from notelint.engine.note_path import NotePath
from notelint.engine.run import OnProgress, Run
from notelint.engine.tree_linter import TreeLinter
from notelint.markdown.document import Document, recent
from notelint.text.source import Source
from notelint.workspace import read_note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.commands.fix_filters import ChooseFor


class FixRun:
    """Fixes the findings of *run*, or those that *choose_for* picks in each note."""

    def __init__(
        self, run: Run, settings: FixSettings, choose_for: ChooseFor | None = None
    ) -> None:
        self._run = run
        self._settings = settings
        self._choose_for = choose_for
        self._undo_each_other: set[str] = set()  # notes whose fixes undo each other

    def fix(self, on_progress: OnProgress | None = None) -> RunReport:
        """Apply fixes, then report the remaining findings."""
        run = self._run
        run.analyze()
        notes = [(linter, note) for linter in run.linters for note in linter.session.notes]
        todo = [
            (linter, note)
            for linter, note in notes
            if any(self._is_to_apply(each.fix) for each in run.diagnostics(linter, note))
        ]
        for done, (linter, note) in enumerate(todo, 1):
            with errors_isolated(note, run.report):
                self._fix(linter, note)
            if on_progress:
                on_progress(done, len(todo))
        report = run.conclude()
        report.diagnostics = [*map(self._explained, report.diagnostics)]
        return report

    def _is_to_apply(self, fix: DiagnosticFix | RefusedFix | None) -> bool:
        return fix is not None and (fix.safe or self._settings.unsafe)

    def _fix(self, linter: TreeLinter, note: NotePath) -> None:
        from notelint.engine.fix import fix_note  # most runs of a hook have nothing to fix

        began = time.time_ns()
        data = read_note.read(note.file, note.display_path)
        doc = recent(Source.decode(data))
        if doc.source.invalid is not None:
            return
        if not linter.is_current(note, data):  # another program has changed it
            linter.take_document(note, doc, file_stamp(note.file, began))
        choose = self._choose_for(note, doc) if self._choose_for else None
        fixed = fix_note(linter, note, doc, unsafe=self._settings.unsafe, choose=choose)
        if fixed.refused:
            self._undo_each_other.add(note.display_path)
        if fixed.doc.source != doc.source:
            if self._settings.write:
                try:
                    linter.stamped(note, self._write(note, data, fixed.doc))
                except read_note.FileProblem:
                    linter.take_document(note, doc, "")
                    raise
            report = self._run.report
            report.fixed += fixed.applied
            report.changed.append((note.display_path, doc.source.text, fixed.doc.source.text))

    def _write(self, note: NotePath, before: bytes, doc: Document) -> str:
        """Write *doc* over *before*; return the stamp of the file."""
        from notelint.engine import write_note

        after, force = doc.source.encode(), self._settings.force
        began = time.time_ns()
        write_note.write(note.file, note.display_path, before, after, note.root, force=force)
        return file_stamp(note.file, began)

    def _explained(self, found: Diagnostic) -> Diagnostic:
        """*found* with the reason why its fix was not applied, if it should have been."""
        if found.path in self._undo_each_other and self._is_to_apply(found.fix):
            from notelint.engine.fix import UNDO_EACH_OTHER

            why = UNDO_EACH_OTHER
        elif found.refused and self._is_to_apply(found.refused):
            why = found.refused.reason
        else:
            return found
        return found._replace(message=f"{found.message} (not fixed: {why})", fix=None)
