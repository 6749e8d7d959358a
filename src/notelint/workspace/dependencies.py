"""The dependencies that findings in a note can have, beside the text of the note."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager

from notelint.text.suffixes import SUFFIXES
from notelint.workspace.safe_files import leads_out

# Dependencies on all notes that are compared: on the links that list entries are about, on all
# links, on the blocks that may be repeated, on the outlinks. Before the path of a folder, the last
# one means the notes below it. No note has such a name, since names of notes have a suffix.
ALL_ENTRIES, ALL_LINKS, ALL_COPIES, ALL_OUTLINKS = "*", "**", "*=", "*>"
ALL_KINDS = (ALL_ENTRIES, ALL_LINKS, ALL_COPIES, ALL_OUTLINKS)
# Before the path of a note: a dependency on its whole text, or its outlinks, not on its targets.
TEXT_OF, OUTLINKS_OF = "=", ">"


class Recorder:
    """Records the dependencies of the answers of a workspace."""

    def __init__(self) -> None:
        self._dependencies: set[str] = set()

    def add(self, *dependencies: str) -> None:
        """Record *dependencies* of the current answer."""
        self._dependencies.update(dependencies)

    @contextmanager
    def recording(self) -> Iterator[set[str]]:
        """Collect the dependencies of the answers inside the context, apart from those outside."""
        before, self._dependencies = self._dependencies, set()
        try:
            yield self._dependencies
        finally:
            self._dependencies = before


def is_note(path: str, named: Container[str], root: str) -> bool:
    """Whether the file at *path* is read as Markdown in a run over the notes *named* below *root*.

    A file outside of *root* is read only if it is named: links, symbolic ones included, must not
    reveal the content of other folders.
    """
    return path in named or (path.lower().endswith(SUFFIXES) and not leads_out(root, path))
