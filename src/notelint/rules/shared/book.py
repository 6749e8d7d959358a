"""The notes that the `SUMMARY.md` of a book does not list."""

from __future__ import annotations

import posixpath

from notelint.rules.shared.index_candidates import Shares, belongs
from notelint.workspace.facts import FileFacts
from notelint.workspace.reach import Reach
from notelint.workspace.workspace import Workspace

BOOK = "SUMMARY.md"


def missing_in_book(facts: FileFacts, workspace: Workspace) -> list[str]:
    """The notes beside the `SUMMARY.md` of *facts* that no chapter leads to, sorted.

    They are relative to its folder. None where fewer than four fifths of the notes are listed.
    """
    folder = posixpath.dirname(facts.path)
    notes = [each for each in workspace.compared_below(folder) if belongs(each)]
    reached = Reach(workspace, folder, indexes=(facts.path,)).find_all()
    shares, missing = Shares(notes, reached), []
    for note in notes:
        if note not in reached and shares.stands_out(note, folder):
            found = workspace.all_of(note)
            if found and not found.about.hidden and not found.about.generated:
                missing.append(posixpath.relpath(note, folder or "."))
    return sorted(missing)
