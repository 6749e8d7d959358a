"""The report as JSON Lines: a finding a line, each as in the JSON report."""

from __future__ import annotations

from notelint.diagnostics import RunReport
from notelint.report.escape import to_json
from notelint.report.json import as_object


def render(report: RunReport) -> str:
    """One object a line; empty without findings."""
    return "".join(to_json(as_object(each)) + "\n" for each in report.diagnostics)
