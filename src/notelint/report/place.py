"""Where findings are, for those who look at a repository and not at the current folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache

from notelint.finding import Diagnostic


def last_line(diagnostic: Diagnostic) -> int:
    """The last line that *diagnostic* covers something of, its line end included."""
    start, end = diagnostic.range
    return end.line - 1 if end.column == 1 and end.line > start.line else end.line


def from_root(diagnostics: Sequence[Diagnostic], root: str) -> list[Diagnostic]:
    """*diagnostics* with paths from *root* instead of from the current folder.

    Symbolic links are resolved, as GitHub knows a file by its own path only. A path that leads
    out of *root* stays as it is.
    """
    real = os.path.join(os.path.realpath(root), "")

    @cache
    def rebased(path: str) -> str:
        file = os.path.realpath(path)
        return file[len(real) :].replace(os.sep, "/") if file.startswith(real) else path

    return [
        each._replace(
            path=rebased(each.path),
            related=tuple(other._replace(path=rebased(other.path)) for other in each.related),
        )
        for each in diagnostics
    ]
