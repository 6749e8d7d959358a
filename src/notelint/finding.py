"""What a rule says about a document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from notelint.text.edits import Fix
from notelint.text.lines import Range
from notelint.text.span import Span


class Severity(str, Enum):
    """``error``: a reader meets something broken. ``warning``: very likely a mistake."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding; ``path`` is None in the same file."""

    span: Span
    message: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing at fault: what a rule yields. ``span`` covers it and nothing else."""

    span: Span
    message: str
    fix: Fix | None = None
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class LocatedEdit:
    """An :class:`~notelint.text.edits.Edit` in lines and columns."""

    range: Range
    text: str


@dataclass(frozen=True, slots=True)
class LocatedFix:
    """A :class:`~notelint.text.edits.Fix` in lines and columns."""

    message: str
    safe: bool
    edits: tuple[LocatedEdit, ...]


@dataclass(frozen=True, slots=True)
class LocatedRelated:
    """A :class:`Related` in lines and columns, with its path."""

    path: str
    range: Range
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding as it is reported: with its file, in lines and columns, under its rule's name.

    ``path`` is relative to the current folder, with ``/``. ``text`` is what the span covers; a
    baseline recognises a finding by it.
    """

    path: str
    range: Range
    rule: str
    category: str
    severity: Severity
    message: str
    text: str = ""
    fix: LocatedFix | None = None
    related: tuple[LocatedRelated, ...] = ()

    @property
    def sort_key(self) -> tuple[str, Range, str, str]:
        """By path, line, column and rule: the order of every report."""
        return self.path, self.range, self.rule, self.message
