"""What a note's findings can depend on beside its own text."""

from __future__ import annotations

from collections.abc import Container

from notelint.workspace.discover import SUFFIXES
from notelint.workspace.snapshot import leads_out

# Of all notes that are compared: the links that entries are about, all links, what may be written
# twice. No note is called so, its name has a suffix.
ALL_ENTRIES, ALL_LINKS, ALL_COPIES = "*", "**", "*="
ALL_KINDS = (ALL_ENTRIES, ALL_LINKS, ALL_COPIES)
TEXT_OF = "="  # before the path of a note: not only its facts matter, but where they are


def is_note(path: str, named: Container[str], root: str) -> bool:
    """Whether the file at *path* is read as Markdown, in a run over the notes *named* of *root*.

    What is elsewhere is read only where it is named: whoever writes a link or makes a symbolic one
    shall not hear of it what is in other folders.
    """
    return path in named or (path.lower().endswith(SUFFIXES) and not leads_out(root, path))
