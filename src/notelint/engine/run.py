"""A run over many notes: analyze each, then apply the rules across files, then report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from notelint.diagnostics import Diagnostic, RunReport
from notelint.engine import workers
from notelint.engine.analyze import Result, analyze_elsewhere, analyze_file
from notelint.engine.linter import RulesFor
from notelint.engine.note_errors import errors_isolated
from notelint.engine.note_path import NotePath, from_here
from notelint.engine.session import Session, add_note
from notelint.engine.tree_linter import TreeLinter

OnProgress = Callable[[int, int], None]  # called with the numbers of notes done and of all notes
# Analyzes many notes elsewhere; the results come in any order.
Executor = Callable[[RulesFor, Sequence[NotePath]], Iterable[tuple[NotePath, Result]]]


class Run:
    """One run over the notes of *sessions*, with the rules of each.

    *jobs* is the maximum number of processes, 0 for one per processor. An *executor*, if given,
    analyzes the notes instead. An error in one note never stops the work on the others.
    """

    def __init__(
        self,
        sessions: Sequence[Session],
        rules_for: RulesFor,
        *,
        jobs: int = 1,
        executor: Executor | None = None,
    ) -> None:
        self.report = RunReport()
        self.linters = [TreeLinter(session, rules_for) for session in sessions]
        self._rules_for = rules_for
        self._jobs = jobs
        self._executor = executor or self._over_processes

    def check(self, on_progress: OnProgress | None = None) -> RunReport:
        """Report what the rules find; nothing is written but the cache."""
        self.analyze(on_progress)
        return self.conclude()

    def analyze(self, on_progress: OnProgress | None = None) -> None:
        """Analyze the notes without a current entry in the cache."""
        linters = {linter.session.root: linter for linter in self.linters}
        todo = [note for linter in self.linters for note in linter.session.to_analyze()]
        for done, (note, result) in enumerate(self._executor(self._rules_for, todo), 1):
            linters[note.root].take(note, result)
            if on_progress:
                on_progress(done, len(todo))

    def _over_processes(
        self, rules_for: RulesFor, notes: Sequence[NotePath]
    ) -> Iterable[tuple[NotePath, Result]]:
        # the largest first, so that no process is still busy with one when the others are done
        sized = sorted(((workers.size_of(note.file), note) for note in notes), reverse=True)
        sizes, ordered = [size for size, _ in sized], [note for _, note in sized]
        if workers.processes(self._jobs, sizes) == 1:
            return map(partial(analyze_file, rules_for), ordered)
        serialized = any(linter.session.cache for linter in self.linters)
        work = partial(analyze_elsewhere, rules_for, serialized)
        return workers.spread(work, ordered, sizes, self._jobs)

    def conclude(self) -> RunReport:
        """Report all findings, and save them in the cache."""
        here = os.getcwd()
        for linter in self.linters:
            session = linter.session
            failed = [note for note in session.notes if note.path in session.failed]
            # one wrong configuration may concern many notes
            why = dict.fromkeys(session.failed[note.path] for note in failed)
            self.report.failures += [each for each in why if each not in self.report.failures]
            for note in session.notes:
                found = self.diagnostics(linter, note)
                add_note(self.report, note, found, here)
            self.report.files -= len(failed)
            self.report.diagnostics += from_here(list(linter.in_tree()), session.root, here)
        self.report.diagnostics.sort(key=lambda each: each.sort_key)
        for linter in self.linters:
            linter.save()
        return self.report

    def diagnostics(self, linter: TreeLinter, note: NotePath) -> list[Diagnostic]:
        """The diagnostics of *note*; if an error stops them, none, and a failure in the report."""
        found: list[Diagnostic] = []
        with errors_isolated(note, self.report):
            found += linter.diagnostics(note)
        return found
