"""What a note's findings can depend on beside its own text."""

from __future__ import annotations

EVERY = "*"  # all notes that are compared; no note is called so, its name has a suffix
TEXT = "="  # before the path of a note: not only its facts matter, but where they are
