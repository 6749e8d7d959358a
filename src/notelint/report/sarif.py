"""The report as SARIF 2.1.0 (OASIS Standard), for code scanning and editors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import notelint.rules as rules
from notelint import __version__
from notelint.diagnostics import Diagnostic, DiagnosticFix, RunReport, Severity
from notelint.project_urls import documentation, rule_page
from notelint.report.identity import fingerprints
from notelint.report.plain_text import count
from notelint.text.escape import printable, to_json
from notelint.text.source import Range

MAX_RESULTS = 25_000  # results in a run; GitHub takes no file with more (docs: SARIF support)
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def render(report: RunReport) -> str:
    """One run; paths must be relative to the root of the repository."""
    kept = _worst(report.diagnostics)
    names = sorted({each.rule for each in kept})
    marks = fingerprints(kept)
    run = {
        "tool": {
            "driver": {
                "name": "notelint",
                "version": __version__,
                **({"informationUri": home} if (home := documentation()) else {}),
                "rules": [_rule(name) for name in names],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(len(report.diagnostics) - len(kept))],
        "results": [
            {"ruleIndex": names.index(each.rule), **_result(each, mark)}
            for each, mark in zip(kept, marks, strict=True)
        ],
    }
    return to_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _worst(diagnostics: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """At most :data:`MAX_RESULTS` of *diagnostics*, errors before warnings, in their order."""
    if len(diagnostics) <= MAX_RESULTS:
        return diagnostics
    ranked = sorted(diagnostics, key=lambda each: each.severity is not Severity.ERROR)
    return sorted(ranked[:MAX_RESULTS], key=lambda each: each.sort_key)


def _invocation(left_out: int) -> dict[str, Any]:
    notifications = [
        {"level": "warning", "message": {"text": f"{count(left_out, 'more problem')} left out"}}
    ]
    return {
        "executionSuccessful": True,
        **({"toolExecutionNotifications": notifications} if left_out else {}),
    }


def _rule(name: str) -> dict[str, Any]:
    if name not in rules.CATALOG:  # reported by notelint itself, not by a rule
        return {"id": name}
    rule, page = rules.get(name), rule_page(name)
    return {
        "id": name,
        **({"helpUri": page} if page else {}),
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.doc, "markdown": rule.doc},
        "defaultConfiguration": {"enabled": rule.default, "level": rule.severity.value},
        "properties": {"tags": list(rule.categories), "problem.severity": rule.severity.value},
    }


def _result(diagnostic: Diagnostic, mark: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "level": diagnostic.severity.value,
        "message": _message(diagnostic.message),
        "locations": [_location(diagnostic.path, diagnostic.range)],
        "partialFingerprints": {"notelint/v1": mark},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {**_location(each.path, each.range), "message": _message(each.message)}
            for each in diagnostic.related
        ]
    if diagnostic.fix:
        result["fixes"] = [_fix(diagnostic.path, diagnostic.fix)]
    return result


def _message(text: str) -> dict[str, str]:
    # `[text](target)` would be a link (3.11.6)
    return {"text": printable(text).replace("](", "]\\(")}


def _location(path: str, where: Range) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": _region(where)}}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path.encode("utf-8", "surrogateescape")), "uriBaseId": "%SRCROOT%"}


def _region(where: Range) -> dict[str, int]:
    # an end column is exclusive in SARIF too (3.30.8)
    return {
        "startLine": where.start.line,
        "startColumn": where.start.column,
        "endLine": where.end.line,
        "endColumn": where.end.column,
    }


def _fix(path: str, fix: DiagnosticFix) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.range), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    changes = [{"artifactLocation": _artifact(path), "replacements": replacements}]
    return {"description": _message(fix.message), "artifactChanges": changes}
