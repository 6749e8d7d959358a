"""Paths of diagnostics from the root of a repository instead of the current folder."""

from __future__ import annotations

import os
from copy import copy
from functools import cache

from notelint.diagnostics import RunReport


def from_root(report: RunReport, root: str) -> RunReport:
    """A copy of *report* with paths from *root* instead of from the current folder.

    Symbolic links are resolved, since GitHub knows a file by its own path only. A path that leads
    out of *root* stays as it is.
    """
    real = os.path.join(os.path.realpath(root), "")

    @cache
    def rebased(path: str) -> str:
        file = os.path.realpath(path)
        return file[len(real) :].replace(os.sep, "/") if file.startswith(real) else path

    found = copy(report)
    found.diagnostics = [each.with_paths(rebased) for each in report.diagnostics]
    return found
