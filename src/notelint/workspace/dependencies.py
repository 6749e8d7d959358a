"""The dependencies that findings of a note can have, beside its own text."""

from __future__ import annotations

from collections.abc import Container

from notelint.workspace.discover import SUFFIXES
from notelint.workspace.snapshot import leads_out

# Dependencies on all notes that are compared: on the links that entries are about, on all links, on
# the blocks that may be repeated, on the ways on from them; before a folder, the last means the
# notes below that. No note has such a name: names of notes have a suffix.
ALL_ENTRIES, ALL_LINKS, ALL_COPIES, ALL_WAYS = "*", "**", "*=", "*>"
ALL_KINDS = (ALL_ENTRIES, ALL_LINKS, ALL_COPIES, ALL_WAYS)
# Before the path of a note: depends on its whole text, or the ways on from it, not on its targets.
TEXT_OF, WAYS_OF = "=", ">"


def is_note(path: str, named: Container[str], root: str) -> bool:
    """Whether the file at *path* is read as Markdown in a run over the notes *named* below *root*.

    A file outside of *root* is read only if it is named: a link, also a symbolic one, must not
    reveal what is in other folders.
    """
    return path in named or (path.lower().endswith(SUFFIXES) and not leads_out(root, path))
