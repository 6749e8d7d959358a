"""JSON and JSON Lines: the same objects, whatever a note brings in."""

from __future__ import annotations

import json

import pytest

from diagnostics import HOSTILE, diagnostic, place, removal
from notelint.diagnostics import DiagnosticRelated, RunReport
from notelint.report.json import render, render_lines


def test_nothing_found_is_no_line() -> None:
    assert render_lines(RunReport([], 3)) == ""


def test_the_object_that_is_promised() -> None:
    found = diagnostic(
        path="notes/llm.md",
        line=16,
        column=5,
        end=(16, 38),
        fix=removal(16),
        related=(DiagnosticRelated("notes/llm.md", place(3, 1, 3, 9), "first linked here"),),
    )
    expected = {
        "path": "notes/llm.md",
        "line": 16,
        "column": 5,
        "end_line": 16,
        "end_column": 38,
        "rule": "empty-image",
        "category": "images",
        "severity": "error",
        "message": "image has no source",
        "fix": {
            "safety": "safe",
            "message": "remove the tag",
            "edits": [{"line": 16, "column": 1, "end_line": 17, "end_column": 1, "text": ""}],
        },
        "related": [
            {"path": "notes/llm.md", "line": 3, "column": 1, "message": "first linked here"}
        ],
    }
    assert json.loads(render_lines(RunReport([found], 1))) == expected
    assert json.loads(render(RunReport([found], 1))) == {
        "version": 1,
        "findings": [expected],
        "summary": {"files": 1, "findings": 1, "errors": 1, "warnings": 0, "fixable": 1},
    }
    unsafe = found._replace(fix=removal(16)._replace(safe=False))
    assert json.loads(render(RunReport([unsafe], 1)))["summary"]["fixable"] == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reads_back_and_commands_nothing(text: str) -> None:
    found = [diagnostic(text, path=text)] * 2
    lines = render_lines(RunReport(found, 1))
    assert [json.loads(line)["message"] for line in lines.split("\n")[:-1]] == [text, text]
    report = render(RunReport(found, 1))
    assert [each["path"] for each in json.loads(report)["findings"]] == [text, text]
    for shown in (lines, report):
        assert "##[" not in shown
        assert not set("\r\x1b\x9b\u202e\udcff") & set(shown)
        assert not any(line.lstrip().startswith("::") for line in shown.split("\n"))
