"""A run over many files: look at each, look across, report; one bad file never stops the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from notelint.engine import parallel
from notelint.engine.files import FileProblem
from notelint.engine.lint import RulesFor
from notelint.engine.look import internal
from notelint.engine.looked import Looked, look_and_pack, look_into
from notelint.engine.note import Note, from_here
from notelint.engine.outcome import Report
from notelint.engine.recall import not_utf8
from notelint.engine.root import Root
from notelint.finding import Diagnostic

if TYPE_CHECKING:
    from notelint.engine.memory import Memory

OnProgress = Callable[[int, int], None]  # how many notes are done, of how many
Spread = Callable[[RulesFor, Sequence[Note]], Iterable[Looked]]


class Run:
    """One run over *notes*, with the rules of each.

    The notes of the tree that are *left_out*, by their absolute path, are not compared with others;
    a link to them is as good as any. *memories* hold what is known of each root from earlier runs.
    *jobs* is the number of processes at most, 0 for one a processor. *spread* looks at many notes
    elsewhere, and returns what it saw in any order.
    """

    def __init__(
        self,
        notes: Sequence[Note],
        rules_for: RulesFor,
        left_out: Callable[[str], bool] = lambda note: False,
        *,
        memories: Mapping[str, Memory] | None = None,
        jobs: int = 1,
        spread: Spread | None = None,
    ) -> None:
        self.report = Report()
        self._here = os.getcwd()
        self._rules_for = rules_for
        self._jobs = jobs
        self._spread = spread or self._over_processes
        by_root: dict[str, list[Note]] = {}
        for note in notes:
            by_root.setdefault(note.root, []).append(note)
        self.roots = [
            Root(root, members, rules_for, left_out, (memories or {}).get(root))
            for root, members in by_root.items()
        ]

    def check(self, on_progress: OnProgress | None = None) -> Report:
        """Report what the rules find; nothing is written."""
        self.look(on_progress)
        self.tell()
        for root in self.roots:
            root.keep()
        return self.report

    def look(self, on_progress: OnProgress | None = None) -> None:
        """Look at every note of which nothing is known yet."""
        roots = {root.root: root for root in self.roots}
        todo = [note for root in self.roots for note in root.unseen()]
        for done, looked in enumerate(self._spread(self._rules_for, todo), 1):
            roots[looked.note.root].take(looked)
            if on_progress:
                on_progress(done, len(todo))

    def _over_processes(self, rules_for: RulesFor, notes: Sequence[Note]) -> Iterable[Looked]:
        # the largest first: a process that gets one at the end would keep the others waiting
        sized = sorted(((parallel.size_of(note.file), note) for note in notes), reverse=True)
        sizes = [size for size, _ in sized]
        several = parallel.processes(self._jobs, sizes) > 1
        pack = several and any(root.memory for root in self.roots)
        work = partial(look_and_pack if pack else look_into, rules_for)
        return parallel.spread(work, [note for _, note in sized], sizes, self._jobs)

    def tell(self) -> None:
        """Report all that is found now."""
        for root in self.roots:
            self.report.problems += root.problems()
            for note in root.notes:
                found = from_here(self.findings(root, note), root.root, self._here)
                self.report.files += root.known(note)
                self.report.diagnostics += found
                self.report.problems += not_utf8(note, found)
            in_tree = list(root.in_tree())
            self.report.diagnostics += from_here(in_tree, root.root, self._here)
        self.report.diagnostics.sort(key=lambda each: each.sort_key)

    def findings(self, root: Root, note: Note) -> list[Diagnostic]:
        """What is to be reported of *note*; a bug of ours must not cost the other notes."""
        try:
            return root.findings(note)
        except FileProblem as problem:
            message = str(problem)
        except Exception as error:
            message = f"{note.shown}: {internal(error)}"
        if message not in self.report.problems:
            self.report.problems.append(message)
        return []
