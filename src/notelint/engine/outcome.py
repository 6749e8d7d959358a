"""What a run came to."""

from __future__ import annotations

from collections import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.finding import Diagnostic


class Report:
    """The findings of a run, and what went wrong.

    ``problems`` are one-line messages about files and paths. ``fixed`` counts the fixes applied by
    rule; ``changed`` holds path, text before and text after of every file that a fix changed.
    """

    __slots__ = ("changed", "diagnostics", "files", "fixed", "problems")

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.problems: list[str] = []
        self.files = 0
        self.fixed: Counter[str] = Counter()
        self.changed: list[tuple[str, str, str]] = []
