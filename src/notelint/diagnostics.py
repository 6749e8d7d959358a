"""Findings, as rules yield them; diagnostics, as they are reported; the report of a run."""

from __future__ import annotations

from collections import Counter
from enum import Enum

from notelint.text.escape import printable
from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from notelint.text.edits import Fix
    from notelint.text.source import Position, Range, Span


class Severity(str, Enum):
    """``error``: a reader meets something broken. ``warning``: very likely a mistake."""

    ERROR = "error"
    WARNING = "warning"


class Related(NamedTuple):
    """Another place that explains a finding; ``path`` is None for the same file.

    With ``compare``, a short diff with the text there is appended to the message.
    """

    span: Span
    message: str
    path: str | None = None
    compare: bool = False


class RefusedFix(NamedTuple):
    """A fix that the gate refused: the reason, and whether it is safe."""

    reason: str
    safe: bool


class Finding(NamedTuple):
    """One fault, as a rule yields it. ``span`` covers the thing at fault and nothing else.

    ``key`` identifies the finding in later runs, in place of the text in the span.
    ``refused`` is set if the gate refused its fix, which was removed. ``many`` is the message,
    after their number, of many findings of the rule in a file for which it is equal.
    """

    span: Span
    message: str
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    key: str | None = None
    refused: RefusedFix | None = None
    many: str | None = None


class DiagnosticEdit(NamedTuple):
    """The replacement of the text in a range.

    - ``range``: the lines and columns; an empty range inserts
    - ``text``: the new text; empty text removes
    """

    range: Range
    text: str


class DiagnosticFix(NamedTuple):
    """The repair of a finding; its edits are applied all together or not at all.

    - ``message``: what it does
    - ``safe``: whether ``notelint fix`` applies it without ``--unsafe``
    - ``edits``: in order of the text
    """

    message: str
    safe: bool
    edits: tuple[DiagnosticEdit, ...]


class DiagnosticRelated(NamedTuple):
    """Another place that explains a finding.

    - ``path``: the file, relative to the current folder, with ``/``
    - ``range``: the lines and columns
    - ``message``: what is there
    """

    path: str
    range: Range
    message: str


class Diagnostic(NamedTuple):
    """A finding as it is reported: with its rule and path, in lines and columns.

    ``str()`` is its line in the report.

    - ``path``: the file, relative to the current folder, with ``/``
    - ``range``: the lines and columns of the thing at fault
    - ``rule``: the name of the rule
    - ``category``: the category of the rule
    - ``severity``: ``error`` or ``warning``
    - ``message``: the fault, then the cure
    - ``text``: the text in the range
    - ``fix``: the repair, None if there is none
    - ``related``: other places that explain it
    - ``key``: identifies it in later runs, None if ``text`` does
    - ``refused``: why its fix was withdrawn, None if it was not
    - ``many``: the message, after a number, for many of the rule in a file with the same one
    """

    path: str
    range: Range
    rule: str
    category: str
    severity: Severity
    message: str
    text: str = ""
    fix: DiagnosticFix | None = None
    related: tuple[DiagnosticRelated, ...] = ()
    key: str | None = None
    refused: RefusedFix | None = None
    many: str | None = None

    def __str__(self) -> str:
        """The finding on one line, in the form of compilers, which editors and CI servers know.

        No character in it is one that a terminal would obey. ``[*]`` at the end marks what
        ``notelint fix`` repairs.
        """
        start = self.range.start
        where = f"{self.path}:{start.line}:{start.column}"
        text = printable(f"{where}: {self.severity.value}: {self.message} [{self.rule}]")
        return text + self.mark

    @property
    def mark(self) -> str:
        """The mark after a finding that has a safe fix."""
        return " [*]" if self.fix and self.fix.safe else ""

    @property
    def identity(self) -> str:
        """The identity of the finding among those of its rule and file; lines do not count."""
        return self.text if self.key is None else self.key

    @property
    def last_line(self) -> int:
        """The last line with a character in the range, line ends included."""
        return self.range.lines[-1]

    def with_paths(self, rebase: Callable[[str], str]) -> Diagnostic:
        """A copy with *rebase* applied to its path and those of related places."""
        related = tuple(other._replace(path=rebase(other.path)) for other in self.related)
        return self._replace(path=rebase(self.path), related=related)

    @property
    def sort_key(self) -> tuple[str, Position, str, Position, str]:
        """The order of every report: by path, line, column and rule."""
        return self.path, self.range.start, self.rule, self.range.end, self.message


class RunReport:
    """The result of a run over ``files`` files.

    ``failures`` are one-line messages about files and paths that could not be handled. ``fixed``
    counts the applied fixes by rule; ``changed`` has path, text before and text after of each
    changed file. ``cache_use`` has the path of each note and whether the cache had its findings, if
    that was asked for. ``in_step_summary``: the step summary of GitHub has all the diagnostics.
    """

    def __init__(
        self,
        diagnostics: Iterable[Diagnostic] = (),
        files: int = 0,
        failures: Iterable[str] = (),
        *,
        in_step_summary: bool = False,
    ) -> None:
        self.diagnostics = list(diagnostics)
        self.files = files
        self.failures = list(failures)
        self.in_step_summary = in_step_summary
        self.fixed: Counter[str] = Counter()
        self.changed: list[tuple[str, str, str]] = []
        self.cache_use: list[tuple[str, str]] = []
