"""The result of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.finding import Diagnostic


class RunReport:
    """The diagnostics of a run over ``files`` files, and what went wrong.

    ``problems`` are one-line messages about files and paths. ``fixed`` counts the applied fixes by
    rule; ``changed`` holds path, text before and text after of every file that a fix changed.
    ``cache_use`` holds, if that was asked for, the path of each note and whether the cache had its
    findings. ``in_step_summary``: the step summary of GitHub Actions has all the diagnostics.
    """

    __slots__ = (
        "cache_use",
        "changed",
        "diagnostics",
        "files",
        "fixed",
        "in_step_summary",
        "problems",
    )

    def __init__(
        self,
        diagnostics: Iterable[Diagnostic] = (),
        files: int = 0,
        problems: Iterable[str] = (),
        *,
        in_step_summary: bool = False,
    ) -> None:
        self.diagnostics = list(diagnostics)
        self.files = files
        self.problems = list(problems)
        self.in_step_summary = in_step_summary
        self.fixed: Counter[str] = Counter()
        self.changed: list[tuple[str, str, str]] = []
        self.cache_use: list[tuple[str, str]] = []
