"""What a note's findings can depend on beside its own text."""

from __future__ import annotations

from collections.abc import Container

from notelint.workspace.discover import SUFFIXES

# Of all notes that are compared: the links that entries are about, all links, what may be written
# twice. No note is called so, its name has a suffix.
ENTRIES, LINKS, COPIES = "*", "**", "*="
EVERY = (ENTRIES, LINKS, COPIES)
TEXT = "="  # before the path of a note: not only its facts matter, but where they are


def is_note(path: str, named: Container[str]) -> bool:
    """Whether the file at *path* is read as Markdown, in a run over the notes *named*."""
    return path.lower().endswith(SUFFIXES) or path in named
