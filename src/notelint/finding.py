"""What a rule says about a document."""

from __future__ import annotations

from enum import Enum

from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from notelint.text.edits import Fix
    from notelint.text.source import Position, Range, Span


class Severity(str, Enum):
    """``error``: a reader meets something broken. ``warning``: very likely a mistake."""

    ERROR = "error"
    WARNING = "warning"


class Related(NamedTuple):
    """Another place that explains a finding; ``path`` is None in the same file.

    With ``compare``, the message goes on, on lines of its own, with how the text there differs.
    """

    span: Span
    message: str
    path: str | None = None
    compare: bool = False


class Finding(NamedTuple):
    """One thing at fault: what a rule yields. ``span`` covers it and nothing else.

    ``key`` is what a later run recognises it by, where the text of the span may be another one.
    ``refused`` tells that its fix was taken away since it would do more than it should.
    """

    span: Span
    message: str
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    key: str | None = None
    refused: bool = False


class LocatedEdit(NamedTuple):
    """An :class:`~notelint.text.edits.Edit` in lines and columns."""

    range: Range
    text: str


class LocatedFix(NamedTuple):
    """A :class:`~notelint.text.edits.Fix` in lines and columns."""

    message: str
    safe: bool
    edits: tuple[LocatedEdit, ...]


class LocatedRelated(NamedTuple):
    """A :class:`Related` in lines and columns, with its path."""

    path: str
    range: Range
    message: str


class Diagnostic(NamedTuple):
    """A finding as it is reported: with its file, in lines and columns, under its rule's name.

    ``path`` is relative to the current folder, with ``/``. ``text`` is what the span covers.
    ``refused`` tells that its rule has a fix, which would do more than it should.
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
    key: str | None = None
    refused: bool = False

    @property
    def identity(self) -> str:
        """What tells the finding from others of its rule in its file, wherever it moves to."""
        return self.text if self.key is None else self.key

    @property
    def last_line(self) -> int:
        """The last line that the finding covers something of, its line end included."""
        start, end = self.range
        return end.line - 1 if end.column == 1 and end.line > start.line else end.line

    def with_paths(self, rebase: Callable[[str], str]) -> Diagnostic:
        """The same finding with *rebase* applied to its path and to those of related places."""
        related = tuple(other._replace(path=rebase(other.path)) for other in self.related)
        return self._replace(path=rebase(self.path), related=related)

    @property
    def sort_key(self) -> tuple[str, Position, str, Position, str]:
        """By path, line, column and rule: the order of every report."""
        return self.path, self.range.start, self.rule, self.range.end, self.message
