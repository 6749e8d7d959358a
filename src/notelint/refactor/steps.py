"""The steps of a transaction: planned, taken, and undone.

A step is one of the words below with its paths and digests. What there is to undo is read from the
tree, so that it does not matter whether the last step was taken.
"""

from __future__ import annotations

import os
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress

from notelint.engine import temporary, write_note
from notelint.engine.file_metadata import copy_metadata
from notelint.refactor.preflight import AbsoluteMoves, Tracked, is_only_case, refuse, shown
from notelint.refactor.refusal import Refusal
from notelint.workspace.digests import digest
from notelint.workspace.git_index import copy_index, move_in_index, same_time
from notelint.workspace.read_note import FileProblem, read

WRITE, FOLDER, RENAME, INDEX = "write", "folder", "rename", "index"
Step = Sequence[str]


def planned(
    moves: AbsoluteMoves,
    before: Mapping[str, bytes],
    texts: Mapping[str, bytes],
    tracked: Tracked | None,
) -> list[Step]:
    """The steps: writes, before anything moves; folders and renames; and the index last."""
    steps: list[Step] = [
        (WRITE, path, digest(texts[path]), b64encode(data).decode())
        for path, data in before.items()
    ]
    steps += _renames(moves)
    if tracked:
        steps.append((INDEX, tracked.index_file, digest(_bytes(tracked.index_file))))
    return steps


def _renames(moves: AbsoluteMoves) -> Iterator[Step]:
    """The renames; a file that is in the way of another first gets a temporary name."""
    in_the_way = {moves.source_of(new) for _, new in moves.pairs}
    aside = {}
    for old, new in moves.pairs:
        if old in in_the_way or (os.path.lexists(new) and is_only_case(old, new)):
            name = f".notelint-moving-{os.urandom(8).hex()}"
            aside[old] = os.path.join(os.path.dirname(old), name)
            yield RENAME, old, aside[old]
    made: set[str] = set()
    for old, new in moves.pairs:
        for folder in _missing(moves, os.path.dirname(new)):
            if folder not in made:
                made.add(folder)
                yield FOLDER, folder
        yield RENAME, aside.get(old, old), new


def _missing(moves: AbsoluteMoves, folder: str) -> list[str]:
    """*folder* and those above it that have to be made, topmost first."""
    found = []
    while folder != moves.root and (not os.path.isdir(folder) or moves.source_of(folder)):
        found.append(folder)
        folder = os.path.dirname(folder)
    return found[::-1]


def take(step: Step, root: str, texts: Mapping[str, bytes]) -> None:
    """Take a *step* in the tree at *root*, other than that of the index. May raise OSError."""
    kind, path = step[0], step[1]
    if kind == WRITE:
        try:
            write_note.write(path, shown(path), b64decode(step[3]), texts[path], root)
        except write_note.Loss as loss:
            raise Refusal(loss.fault) from None
    elif kind == FOLDER:
        os.mkdir(path)
    elif os.path.lexists(step[2]):
        raise refuse(step[2], "already exists")
    else:
        os.rename(path, step[2])


def take_index(step: Step, tracked: Tracked, copy: str) -> None:
    """Move the files in the index of git, first in a *copy* of it. May raise OSError."""
    index, lock = tracked.index_file, f"{tracked.index_file}.lock"
    copy_index(index, copy)
    if not move_in_index(tracked.top, copy, tracked.moves, tracked.empty):
        raise refuse(tracked.top, "git cannot move the files")
    folder = os.path.dirname(index)
    temporary.tidy(folder)
    with temporary.new_file(folder) as (new, file):
        temporary.fill(file, _bytes(copy))
        copy_metadata(file.fileno(), index, os.stat(index))
        os.fsync(file.fileno())
        if sys.platform == "win32":
            file.close()
        same_time(copy, new)
        _make_lock(new, lock)
        try:
            if digest(_bytes(index)) != step[2]:
                raise Refusal(f"{index}: changed meanwhile; run again")
            os.replace(lock, index)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(lock)


def _make_lock(new: str, lock: str) -> None:
    """Make the file *new* the *lock* of git in one step, so that its bytes say that it is ours."""
    try:
        os.link(new, lock)
    except FileExistsError:
        raise Refusal(f"{lock}: another git is at work; run again") from None
    except OSError:  # a file system may have no hard links
        if os.path.lexists(lock):
            raise Refusal(f"{lock}: another git is at work; run again") from None
        os.rename(new, lock)


def settle_index(step: Step, copy: str) -> bool:
    """Whether a killed run has replaced the index of git by its *copy*; removes its lock."""
    temporary.tidy(os.path.dirname(step[1]))
    lock = f"{step[1]}.lock"
    if os.path.isfile(lock) and os.path.exists(copy) and _bytes(lock) == _bytes(copy):
        os.unlink(lock)
    now = _bytes(step[1])
    return digest(now) != step[2] and os.path.exists(copy) and now == _bytes(copy)


def undo(steps: Sequence[Step], root: str, reached: Callable[[int], None]) -> list[str]:
    """Undo *steps*, the last first; a message for each step that cannot be undone.

    The last step, and any write, may not have been taken. *reached* is called with the number of
    the last step that is not undone. May raise OSError.
    """
    left = []
    for number, step in reversed([*enumerate(steps)]):
        kind, path = step[0], step[1]
        if kind == WRITE:
            left += _unwrite(step, root)
            continue
        if kind == FOLDER:
            with suppress(OSError):  # there may be something else in it by now
                os.rmdir(path)
        elif kind == RENAME and _may_go_back(step[2], path):
            os.rename(step[2], path)
        elif kind == RENAME and number < len(steps) - 1:
            left.append(f"{shown(step[2])}: not moved back to {shown(path)}, changed meanwhile")
        reached(number - 1)
    return left


def _may_go_back(new: str, old: str) -> bool:
    """Whether *new* is there, and *old* is not, and no symbolic link has come between."""
    folders = os.path.dirname(new), os.path.dirname(old)
    return (
        os.path.lexists(new)
        and not os.path.lexists(old)
        and all(os.path.realpath(each) == each for each in folders)
    )


def _unwrite(step: Step, root: str) -> list[str]:
    _, path, new, old = step
    temporary.tidy(os.path.dirname(os.path.realpath(path)))
    try:
        now, before = read(path, shown(path)), b64decode(old)
        if digest(now) == new and now != before:
            write_note.write(path, shown(path), now, before, root)
        elif now != before:
            return [f"{shown(path)}: changed meanwhile, and left as it is"]
    except FileProblem as problem:
        return [str(problem)]
    return []


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
