"""GitLab's code quality report."""

from __future__ import annotations

import json
from typing import Any

import pytest

from diagnostics import HOSTILE, diagnostic
from notelint.diagnostics import Diagnostic, RunReport
from notelint.report.gitlab import render


def entries(*diagnostics: Diagnostic) -> Any:
    """The entries of the report."""
    return json.loads(render(RunReport(diagnostics, 1)))


def test_nothing_found() -> None:
    assert entries() == []


def test_all_that_gitlab_needs() -> None:
    [entry] = entries(diagnostic(line=3, column=5, text="![]()"))
    assert len(entry.pop("fingerprint")) == 64
    assert entry == {
        "description": "image has no source",
        "check_name": "empty-image",
        "severity": "major",
        "location": {"path": "notes/a.md", "lines": {"begin": 3, "end": 3}},
    }


def test_warnings_are_minor() -> None:
    assert entries(diagnostic(severity="warning"))[0]["severity"] == "minor"


def test_a_line_end_belongs_to_its_line() -> None:
    [entry] = entries(diagnostic(line=3, end=(5, 1)))
    assert entry["location"]["lines"] == {"begin": 3, "end": 4}


def test_fingerprints_differ_and_stay() -> None:
    before = [each["fingerprint"] for each in entries(*[diagnostic(text="![]()")] * 2)]
    after = [
        each["fingerprint"]
        for each in entries(*[diagnostic(text="![]()", line=line) for line in (7, 9)])
    ]
    assert before == after
    assert len(set(before)) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_data(text: str) -> None:
    report = render(RunReport([diagnostic(text, path=text)], 1))
    assert len(json.loads(report)) == 1
    assert "##[" not in report
    assert not set("\r\x1b\x9b\u202e") & set(report)
