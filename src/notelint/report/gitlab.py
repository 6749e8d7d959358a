"""The report for GitLab's code quality widget.

Format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from notelint.diagnostics import RunReport, Severity
from notelint.report.identity import fingerprints
from notelint.report.plain_text import with_places
from notelint.text.escape import printable, to_json

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render(report: RunReport) -> str:
    """A JSON array; paths must be relative to the root of the repository."""
    found = [
        {
            "description": printable(with_places(each)),
            "check_name": each.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITY[each.severity],
            "location": {
                "path": each.path,
                "lines": {"begin": each.range.start.line, "end": each.last_line},
            },
        }
        for each, fingerprint in zip(
            report.diagnostics, fingerprints(report.diagnostics), strict=True
        )
    ]
    return to_json(found, indent=1) + "\n"
