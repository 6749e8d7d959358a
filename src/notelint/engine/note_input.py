"""Notes read from disk and looked at, here or elsewhere; one bad file never stops the others."""

from __future__ import annotations

import time

from notelint.cache.entry import Analysis, stamp_of
from notelint.cache.serialize import Packed, pack, unpacked
from notelint.engine.analyze import internal, look
from notelint.engine.linter import RulesFor
from notelint.engine.note_path import NotePath
from notelint.text.startup import NamedTuple
from notelint.workspace import read_note
from notelint.workspace.observe import digest


class Looked(NamedTuple):
    """A note that was read in this run: what was seen, or why nothing was.

    ``packed`` is what was seen as it is kept, in a run that keeps it; with it ``seen`` may be None.
    """

    note: NotePath
    seen: Analysis | None
    problem: str | None = None
    digest: str = ""
    stamp: str = ""
    packed: Packed | None = None


class Read(NamedTuple):
    """A note as it was on disk, and what tells that it is still so."""

    note: NotePath
    data: bytes
    stamp: str

    def looked(self, seen: Analysis | str) -> Looked:
        """The note, once it is looked at; a text says why it could not be."""
        if isinstance(seen, str):
            return Looked(self.note, None, f"{self.note.display_path}: {seen}")
        return Looked(self.note, seen, None, digest(self.data), self.stamp)


def read(note: NotePath) -> Read | Looked:
    """The bytes of *note*, or why there are none."""
    now = time.time_ns()
    try:
        data = read_note.read(note.file, note.display_path)
    except read_note.FileProblem as problem:
        return Looked(note, None, str(problem))
    try:
        stamp = stamp_of(note.file, now)
    except OSError:  # the text is not from there, or it is gone
        stamp = ""
    return Read(note, data, stamp)


def seen_in(rules_for: RulesFor, note: NotePath, data: bytes) -> Analysis | str:
    """What is to be seen in the bytes of *note*, or what bug of ours keeps us from seeing it."""
    try:
        return look(note.path, data, rules_for(note.file))
    except Exception as error:
        return internal(error)


def look_into(rules_for: RulesFor, note: NotePath) -> Looked:
    """Read *note* and look at it. Raises nothing."""
    found = read(note)
    if isinstance(found, Looked):
        return found
    return found.looked(seen_in(rules_for, note, found.data))


def look_and_pack(rules_for: RulesFor, note: NotePath) -> Looked:
    """:func:`look_into`, but what is seen is packed, and so takes less to get elsewhere."""
    return lighter(completed(look_into(rules_for, note)))


def lighter(looked: Looked) -> Looked:
    """*looked* without what was seen, where that is packed."""
    return looked._replace(seen=None) if looked.packed else looked


def completed(looked: Looked) -> Looked:
    """*looked* with what was seen both ways."""
    if looked.packed:
        return looked if looked.seen else looked._replace(seen=unpacked(looked.packed))
    return looked._replace(packed=pack(looked.seen)) if looked.seen else looked
