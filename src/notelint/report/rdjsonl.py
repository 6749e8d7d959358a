"""The report for reviewdog: a ``Diagnostic`` of its format on each line.

Facts: ``proto/rdf/reviewdog.proto``. Columns count bytes of UTF-8 from 1; an end is exclusive. A
suggestion is one range: the edits of a fix are joined, with the text between them.
"""

from __future__ import annotations

from typing import Any

from notelint.diagnostics import Diagnostic, DiagnosticFix, RunReport
from notelint.project_urls import documentation, rule_page
from notelint.report.plain_text import with_places
from notelint.report.terminal import Lines, is_there
from notelint.text.edits import Edit, applied_in
from notelint.text.escape import printable, to_json
from notelint.text.source import LineIndex, Position, Range, Span


def render(report: RunReport, lines: Lines) -> str:
    """An object for each finding; *lines* has the text of a path, in which columns are counted."""
    return "".join(
        to_json(_diagnostic(each, lines(each.path))) + "\n" for each in report.diagnostics
    )


def _diagnostic(diagnostic: Diagnostic, index: LineIndex | None) -> dict[str, Any]:
    known = index if index is not None and is_there(diagnostic, index) else None
    # where columns are not known, an end would make it a range of lines
    line = {"start": {"line": diagnostic.range.start.line}}
    where = _range(diagnostic.range, known) if known else line
    found: dict[str, Any] = {
        "message": printable(with_places(diagnostic)),
        "location": {"path": diagnostic.path, "range": where},
        "severity": diagnostic.severity.value.upper(),
        "source": _with_url({"name": "notelint"}, documentation()),
        "code": _with_url({"value": diagnostic.rule}, rule_page(diagnostic.rule)),
    }
    if diagnostic.fix and known:
        found["suggestions"] = [_suggestion(diagnostic.fix, known)]
    return found


def _with_url(found: dict[str, str], address: str | None) -> dict[str, str]:
    return found if address is None else {**found, "url": address}


def _suggestion(fix: DiagnosticFix, index: LineIndex) -> dict[str, Any]:
    edits = [Edit(index.span(each.range), each.text) for each in fix.edits]
    start, end = min(each.span.start for each in edits), max(each.span.end for each in edits)
    span = Span(start, end)
    return {"range": _range(index.range(span), index), "text": applied_in(index.text, span, edits)}


def _range(where: Range, index: LineIndex) -> dict[str, Any]:
    return {"start": _position(where.start, index), "end": _position(where.end, index)}


def _position(position: Position, index: LineIndex) -> dict[str, int]:
    end = index.offset(position)
    before = index.text[index.starts[position.line - 1] : end]
    return {"line": position.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
