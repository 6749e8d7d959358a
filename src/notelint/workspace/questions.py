"""What a note's findings can depend on beside its own text."""

from __future__ import annotations

from collections.abc import Container

from notelint.workspace.discover import SUFFIXES

EVERY = "*"  # all notes that are compared; no note is called so, its name has a suffix
TEXT = "="  # before the path of a note: not only its facts matter, but where they are


def is_note(path: str, named: Container[str]) -> bool:
    """Whether the file at *path* is read as Markdown, in a run over the notes *named*."""
    return path.lower().endswith(SUFFIXES) or path in named
