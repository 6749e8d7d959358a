"""The error of an operation that is not carried out."""

from __future__ import annotations

from notelint.workspace.read_note import FileProblem


class Refusal(FileProblem):
    """An operation that is refused or undone; the message says why."""
