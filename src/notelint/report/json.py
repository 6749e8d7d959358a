"""The report as JSON, in the documented form (version 1), and as JSON Lines."""

from __future__ import annotations

from typing import Any

from notelint.diagnostics import Diagnostic, DiagnosticEdit, DiagnosticFix, RunReport, Severity
from notelint.text.escape import to_json
from notelint.text.source import Range

VERSION = 1


def render(report: RunReport) -> str:
    """One JSON object, indented, with a line end after it."""
    found = {
        "version": VERSION,
        "findings": [as_object(each) for each in report.diagnostics],
        "summary": summary(report),
    }
    return to_json(found, indent=1) + "\n"


def summary(report: RunReport) -> dict[str, int]:
    """The numbers of files and findings."""
    diagnostics = report.diagnostics
    errors = sum(each.severity is Severity.ERROR for each in diagnostics)
    return {
        "files": report.files,
        "findings": len(diagnostics),
        "errors": errors,
        "warnings": len(diagnostics) - errors,
        "fixable": sum(each.fix is not None and each.fix.safe for each in diagnostics),
    }


def as_object(diagnostic: Diagnostic) -> dict[str, Any]:
    """A finding as an object of the report."""
    return {
        "path": diagnostic.path,
        **_range(diagnostic.range),
        "rule": diagnostic.rule,
        "category": diagnostic.category,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "fix": _fix(diagnostic.fix) if diagnostic.fix else None,
        "related": [
            {
                "path": each.path,
                "line": each.range.start.line,
                "column": each.range.start.column,
                "message": each.message,
            }
            for each in diagnostic.related
        ],
    }


def _range(where: Range) -> dict[str, int]:
    return {
        "line": where.start.line,
        "column": where.start.column,
        "end_line": where.end.line,
        "end_column": where.end.column,
    }


def _fix(fix: DiagnosticFix) -> dict[str, Any]:
    return {
        "safety": "safe" if fix.safe else "unsafe",
        "message": fix.message,
        "edits": [*map(edit_object, fix.edits)],
    }


def edit_object(edit: DiagnosticEdit) -> dict[str, Any]:
    """An edit as an object of the report."""
    return {**_range(edit.range), "text": edit.text}


def render_lines(report: RunReport) -> str:
    """JSON Lines: an object for each finding, on a line of its own; empty without findings."""
    return "".join(to_json(as_object(each)) + "\n" for each in report.diagnostics)
