"""Files written and moved in one transaction: all of it happens, or nothing.

First come checks for what is in the way. Then a journal is written, files get their new text where
they are, are renamed, and last the index of git is replaced, in one step. An error undoes what was
done. A process that is killed leaves the journal: :func:`recover` undoes what is in it, or finishes
it if only empty folders are left to remove.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from notelint.refactor import preflight
from notelint.refactor.journal import Journal, journal_path
from notelint.refactor.preflight import AbsoluteMoves, Tracked, shown
from notelint.refactor.refusal import Refusal
from notelint.refactor.steps import INDEX, WRITE, planned, settle_index, take, take_index, undo


def apply(
    root: str,
    writes: Mapping[str, bytes],
    moves: Sequence[tuple[str, str]],
    digests: Mapping[str, str],
    *,
    dry: bool = False,
) -> None:
    """Give files new bytes, and move files and folders, in the tree at *root*.

    Paths are relative to *root*, and those of *writes* and *digests* are from before the moves.
    *moves* are of files and whole folders, name each new path in full, and happen at once: two
    notes may swap their names. Folders for them are made, and those that become empty are removed.
    *digests* are of the bytes that the caller read (:func:`notelint.workspace.digests.digest`), at
    least of the files to write. A *dry* call only checks.

    A file that git tracks moves in its index, too, as by ``git mv``: staged changes stay staged.
    Raises :class:`Refusal` or FileProblem, and then everything is as it was.
    """
    real = AbsoluteMoves(root, moves)
    texts = {real.absolute(path): data for path, data in writes.items()}
    read = {real.absolute(path): each for path, each in digests.items()}
    try:
        preflight.check_moves(real)
        before = preflight.check_writes(real.root, texts, read)
        in_git = preflight.tracked(real, texts)
        preflight.check_links(real)
        if dry:
            return
        folders = {os.path.dirname(old) for old, _ in real.pairs}
        plan = {
            "root": real.root,
            "steps": planned(real, before, texts, in_git),
            "emptied": sorted(folders, key=len, reverse=True),  # those that may become empty
        }
        _run(plan, texts, in_git)
    except OSError as error:
        name = f"{shown(error.filename)}: " if isinstance(error.filename, str) else ""
        raise Refusal(f"{name}{error.strerror}") from None


def _run(plan: dict[str, Any], texts: Mapping[str, bytes], in_git: Tracked | None) -> None:
    """Take the steps of *plan*, or none."""
    steps, reached = plan["steps"], -1
    journal = Journal(plan["root"])
    journal.begin(plan)
    try:
        for reached, step in enumerate(steps):
            if step[0] != WRITE or not reached:  # whether a file was written shows in the file
                journal.step(reached)
            if step[0] == INDEX and in_git:
                take_index(step, in_git, journal.index)
            else:
                take(step, plan["root"], texts)
        reached = len(steps)
        journal.step(reached)
    except BaseException as error:
        if left := _settle(plan, reached, journal)[1:]:
            raise Refusal("; ".join((str(error), *left))) from error
        raise
    _remove_empty(plan)
    journal.end()


def pending(root: str) -> bool:
    """Whether a killed run left a transaction in the tree at *root* to undo."""
    path = journal_path(os.path.realpath(root))
    return path is not None and os.path.exists(path)


def recover(root: str) -> list[str]:
    """Undo or finish the transaction of a killed run in the tree at *root*; messages about it.

    Raises :class:`Refusal` if that run is not over, or if this is not possible.
    """
    if not pending(root):
        return []
    journal = Journal(os.path.realpath(root))
    found = journal.resume()
    if found is None:
        return []
    plan, reached = found
    try:
        return _settle(plan, reached, journal)
    except OSError as error:
        raise Refusal(f"{journal.path}: cannot be undone ({error.strerror})") from None


def _settle(plan: dict[str, Any], reached: int, journal: Journal) -> list[str]:
    """Undo the steps of *plan* up to the one *reached*, or finish, and end the journal.

    Returns messages about it.
    """
    try:
        said = _undo_or_finish(plan, reached, journal) if reached >= 0 else []
    except OSError:
        journal.close()  # it stays for another try
        raise
    journal.end()
    return said


def _undo_or_finish(plan: dict[str, Any], reached: int, journal: Journal) -> list[str]:
    steps, copy = plan["steps"], journal.index
    if reached < len(steps):
        step = steps[reached]
        if step[0] != INDEX or not settle_index(step, copy):
            while step[0] == WRITE and reached + 1 < len(steps) and steps[reached + 1][0] == WRITE:
                reached += 1
            left = undo(steps[: reached + 1], plan["root"], journal.step)
            return ["an interrupted move is undone", *left]
    _remove_empty(plan)
    return ["an interrupted move is finished"]


def _remove_empty(plan: dict[str, Any]) -> None:
    here = os.path.join(os.getcwd(), "")
    for folder in plan["emptied"]:
        with suppress(OSError):  # it is not empty
            while folder != plan["root"] and not here.startswith(os.path.join(folder, "")):
                os.rmdir(folder)
                folder = os.path.dirname(folder)
