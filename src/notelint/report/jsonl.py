"""The report as JSON Lines: a finding a line, each as in the JSON report."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.finding import Diagnostic
from notelint.report.escape import to_json
from notelint.report.json import as_object


def render(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """One object a line; nothing at all where there is no finding."""
    return "".join(to_json(as_object(each)) + "\n" for each in diagnostics)
