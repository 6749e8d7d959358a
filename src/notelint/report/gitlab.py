"""The report for GitLab's code quality widget.

Format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections.abc import Sequence

from notelint.finding import Diagnostic, Severity
from notelint.report.escape import printable, to_json
from notelint.report.identity import fingerprints
from notelint.report.place import last_line

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """A JSON array; paths must be relative to the root of the repository."""
    report = [
        {
            "description": printable(each.message),
            "check_name": each.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITY[each.severity],
            "location": {
                "path": each.path,
                "lines": {"begin": each.range.start.line, "end": last_line(each)},
            },
        }
        for each, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True)
    ]
    return to_json(report, indent=1) + "\n"
