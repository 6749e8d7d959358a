"""The shortest way through a run: when nothing changed, say what was found the last time.

Nothing of the parser and the rules is imported here; that alone takes longer than all this.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from notelint.cache.entry import Row
from notelint.engine.note_path import NotePath, from_here
from notelint.run_report import RunReport
from notelint.workspace.discover import notes_below
from notelint.workspace.observe import digest
from notelint.workspace.questions import EVERY, TEXT, is_note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cache.store import Cache
    from notelint.finding import Diagnostic


def recall(
    notes: Sequence[NotePath],
    memories: Mapping[str, Cache],
    left_out: Callable[[str], bool],
    here: str,
) -> RunReport | None:
    """The report on *notes* from what *memories* hold of each root; None if anything is new."""
    report = RunReport()
    if not all(memories[note.root].unchanged(note.path) for note in notes):
        return None  # which is asked first: it takes least, and nothing of it is asked again
    for root, memory in memories.items():
        members = [note for note in notes if note.root == root]
        recalled = _Recalled(root, memory, members, left_out)
        for note in members:
            row = recalled.fresh(note.path)
            if row is None:
                return None
            report.files += 1
            if row.findings != "[]":
                from notelint.cache.serialize import unpack_diagnostics

                found = from_here(unpack_diagnostics(row.findings), root, here)
                report.diagnostics += found
                report.problems += not_utf8(note, found)
    report.diagnostics.sort(key=lambda each: each.sort_key)
    return report


class _Recalled:
    def __init__(
        self,
        root: str,
        memory: Cache,
        notes: Sequence[NotePath],
        left_out: Callable[[str], bool],
    ) -> None:
        self._root = root
        self._memory = memory
        self._named = frozenset(note.path for note in notes)
        self._left_out = left_out
        self._every: dict[str, str] = {}
        self._all_new = memory.looks_at_trees
        self._still = Still(memory, self._answer)

    def fresh(self, path: str) -> Row | None:
        """The row of a note whose findings are what they would be now."""
        row = None if self._all_new else self._memory.unchanged(path)
        return row if row and self._still.holds(row) else None

    def _answer(self, need: str) -> str | None:
        if need in EVERY:
            if need not in self._every:
                self._every[need] = self._all_links(need)
            return self._every[need]
        path = need.removeprefix(TEXT)
        if not is_note(path, self._named, self._root):
            return ""
        row = self._memory.unchanged(path)
        if row is None:
            return None if os.path.isfile(f"{self._root}/{path}") else ""
        return row.digest if need.startswith(TEXT) else row.anchors

    def _all_links(self, need: str) -> str:
        paths = sorted({*notes_below(self._root), *self._named})
        compared = [path for path in paths if not self._left_out(f"{self._root}/{path}")]
        rows = [(path, self._memory.unchanged(path)) for path in compared]
        return every(need, ((path, row.links if row else "new") for path, row in rows))


class Still:
    """Which rows in *memory* still say what would be found now, if their notes are the same.

    *answer* gives what is to be seen today of each need of a row; where its answers may have
    changed, :meth:`forget` them.
    """

    def __init__(self, memory: Cache, answer: Callable[[str], str | None]) -> None:
        self._memory = memory
        self._answer = answer
        self._known: dict[tuple[str, str], bool] = {}  # very many rows have the same needs

    def holds(self, row: Row) -> bool:
        """Whether all that *row* depends on is as it was."""
        about = row.tree, row.needs
        if about not in self._known:
            self._known[about] = self._ask(*about)
        return self._known[about]

    def forget(self) -> None:
        """Ask anew from now on."""
        self._known.clear()

    def _ask(self, tree: str, needs: str) -> bool:
        import json  # a run that keeps nothing does without

        if not tree or not self._memory.still_so(tree):
            return False
        known: dict[str, str] = json.loads(needs)
        return all(self._answer(each) == seen for each, seen in known.items())


def every(need: str, links: Iterable[tuple[str, str]]) -> str:
    """The digest of what *need*, one of ``EVERY``, is about, by path; *links* as rows have them."""
    part = EVERY.index(need)
    found = ((path, known.split(" ")[part] if " " in known else known) for path, known in links)
    lines = "\n".join(f"{known} {path}" for path, known in found)
    return digest(lines.encode("utf-8", "surrogatepass"))


def not_utf8(note: NotePath, found: Iterable[Diagnostic]) -> list[str]:
    """What to say of a note that could be read only in part."""
    return [f"{note.display_path}: {each.message}" for each in found if each.rule == "not-utf8"]
