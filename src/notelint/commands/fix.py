"""Fixing many files, each through the gate and in one step."""

from __future__ import annotations

import os
from collections.abc import Iterable

from notelint.engine import files, temporary
from notelint.engine.analyze import internal, sifted
from notelint.engine.fix import Fixed, fix_document
from notelint.engine.linter import Raised, RulesFor
from notelint.engine.note_path import NotePath
from notelint.engine.run import OnProgress, Run
from notelint.engine.session import Session
from notelint.finding import Diagnostic
from notelint.markdown.document import Document
from notelint.run_report import RunReport
from notelint.text.source import Source
from notelint.workspace import read_note


class Repair:
    """Fixes what *run* finds, in place if *write*; with *unsafe*, also what needs a second look.

    With *force*, also files that lose something else by it.
    """

    def __init__(
        self, run: Run, rules_for: RulesFor, *, unsafe: bool, write: bool, force: bool = False
    ) -> None:
        self._run = run
        self._rules_for = rules_for
        self._unsafe = unsafe
        self._write = write
        self._force = force

    def fix(self, on_progress: OnProgress | None = None) -> RunReport:
        """Apply the fixes, then report what is left."""
        self._run.look()
        if self._write:
            notes = (note for root in self._run.roots for note in root.notes)
            for folder in {os.path.dirname(note.file) for note in notes}:
                temporary.tidy(folder)
        todo = [
            (root, note)
            for root in self._run.roots
            for note in root.notes
            if self._fixable(self._run.findings(root, note))
        ]
        for done, (root, note) in enumerate(todo, 1):
            try:
                self._fix(root, note)
            except read_note.FileProblem as problem:
                self._run.report.problems.append(str(problem))
            except Exception as error:  # a bug of ours must not cost the other notes
                self._run.report.problems.append(f"{note.display_path}: {internal(error)}")
            if on_progress:
                on_progress(done, len(todo))
        self._run.tell()
        for root in self._run.roots:
            root.keep()
        return self._run.report

    def _fixable(self, found: Iterable[Diagnostic]) -> bool:
        return any((each.fix and (each.fix.safe or self._unsafe)) or each.refused for each in found)

    def _fix(self, root: Session, note: NotePath) -> None:
        data = read_note.read(note.file, note.display_path)
        doc = Document(Source.decode(data))
        if doc.source.invalid is not None:
            return
        on = self._rules_for(note.file)

        def find(doc: Document) -> list[Raised]:
            return sifted(note.path, doc, root.workspace, on).kept

        fixed = fix_document(doc, find, unsafe=self._unsafe)
        if fixed.doc.source != doc.source:
            if self._write:
                after = fixed.doc.source.encode()
                files.write(note.file, note.display_path, data, after, note.root, force=self._force)
            report = self._run.report
            report.fixed += fixed.applied
            report.changed.append((note.display_path, doc.source.text, fixed.doc.source.text))
            root.take_document(note, fixed.doc)
        elif not fixed.refused:  # somebody else has just fixed it
            root.take_document(note, fixed.doc)
        self._explain(root, note, fixed)

    def _explain(self, root: Session, note: NotePath, fixed: Fixed) -> None:
        """Let the findings whose fixes were refused say so."""
        for raised, reason in fixed.refused.items():
            at = fixed.doc.lines.range(raised.finding.span)
            root.refuse(note, at, raised.rule.name, f"fix not applied: {reason}")
