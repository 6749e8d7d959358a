"""Fixing many files, each through the gate and in one step."""

from __future__ import annotations

import os
from collections.abc import Sequence

from notelint.engine import files, temporary
from notelint.engine.fix import Fixed, fix_document
from notelint.engine.lint import Raised, RulesFor
from notelint.engine.look import internal, sifted
from notelint.engine.note import Note
from notelint.engine.outcome import Report
from notelint.engine.root import Root
from notelint.engine.run import OnProgress, Run
from notelint.finding import Diagnostic
from notelint.markdown.document import Document
from notelint.text.source import Source


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

    def fix(self, on_progress: OnProgress | None = None) -> Report:
        """Apply the fixes, then report what is left."""
        self._run.look()
        if self._write:
            notes = (note for root in self._run.roots for note in root.notes)
            for folder in {os.path.dirname(note.file) for note in notes}:
                temporary.tidy(folder)
        todo = [
            (root, note, offered)
            for root in self._run.roots
            for note in root.notes
            if (offered := self._offered(self._run.findings(root, note))) is not None
        ]
        for done, (root, note, offered) in enumerate(todo, 1):
            try:
                self._fix(root, note, offered)
            except files.FileProblem as problem:
                self._run.report.problems.append(str(problem))
            except Exception as error:  # a bug of ours must not cost the other notes
                self._run.report.problems.append(f"{note.shown}: {internal(error)}")
            if on_progress:
                on_progress(done, len(todo))
        self._run.tell()
        for root in self._run.roots:
            root.keep()
        return self._run.report

    def _offered(self, found: Sequence[Diagnostic]) -> bool | None:
        """Whether there is a fix to apply; None if there is none to give a reason for either."""
        if any(each.fix and (each.fix.safe or self._unsafe) for each in found):
            return True
        return False if any(each.refused for each in found) else None

    def _fix(self, root: Root, note: Note, offered: bool) -> None:
        data = files.read(note.file, note.shown)
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
                files.write(note.file, note.shown, data, after, note.root, force=self._force)
            report = self._run.report
            report.fixed += fixed.applied
            report.changed.append((note.shown, doc.source.text, fixed.doc.source.text))
            root.take_document(note, fixed.doc)
        elif offered and not fixed.refused:  # somebody else has just fixed it
            root.take_document(note, fixed.doc)
        self._explain(root, note, fixed)

    def _explain(self, root: Root, note: Note, fixed: Fixed) -> None:
        """Let the findings whose fixes were refused say so."""
        for raised, reason in fixed.refused.items():
            at = fixed.doc.lines.range(raised.finding.span)
            root.refuse(note, at, raised.rule.name, f"fix not applied: {reason}")
