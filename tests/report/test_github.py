"""Annotations: at most ten of a kind, and nothing of a note that the runner obeys."""

from __future__ import annotations

import pytest

from diagnostics import HOSTILE, diagnostic
from notelint.diagnostics import Diagnostic, RunReport
from notelint.report.github import render
from runner import MOST, obeyed


def many(number: int, severity: str) -> list[Diagnostic]:
    """As many findings, a line each."""
    return [diagnostic(severity, line=line + 1, severity=severity) for line in range(number)]


def test_nothing_to_annotate() -> None:
    assert render(RunReport([], 3)) == ""


def test_the_place_is_given_in_full() -> None:
    [command] = obeyed(render(RunReport([diagnostic(line=3, column=5, text="![]()")], 1)))
    assert command.name == "error"
    assert command.data == "image has no source"
    assert command.properties == {
        "file": "notes/a.md",
        "line": "3",
        "endLine": "3",
        "col": "5",
        "endColumn": "10",
        "title": "empty-image",
    }


def test_columns_only_within_a_line() -> None:
    [command] = obeyed(render(RunReport([diagnostic(line=3, column=2, end=(5, 1))], 1)))
    assert (command.properties["line"], command.properties["endLine"]) == ("3", "4")
    assert "col" not in command.properties
    assert "endColumn" not in command.properties


@pytest.mark.parametrize("number", [1, MOST - 1, MOST])
def test_all_that_a_step_shows(number: int) -> None:
    commands = obeyed(render(RunReport(many(number, "error"), 1)))
    assert [each.properties["line"] for each in commands] == [
        str(line + 1) for line in range(number)
    ]


def test_the_last_says_how_many_more() -> None:
    report = render(RunReport(many(40, "warning") + many(11, "error"), 1, in_step_summary=True))
    commands = obeyed(report)
    assert [each.name for each in commands] == ["error"] * MOST + ["warning"] * MOST
    assert commands[MOST - 1].data == "2 more errors; the summary of this step lists all"
    assert commands[-1].data == "31 more warnings; the summary of this step lists all"
    assert "file" not in commands[-1].properties


def test_without_another_place_it_names_none() -> None:
    assert obeyed(render(RunReport(many(11, "error"), 1)))[-1].data == "2 more errors"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_annotation(text: str) -> None:
    report = render(RunReport([diagnostic(text, path=text, rule="missing-file")], 1))
    [command] = obeyed(report)
    assert command.name == "error"
    assert command.properties["title"] == "missing-file"
    assert report.count("\n") == 1
    assert "##[" not in report
    assert not set("\r\x1b\x9b\u202e") & set(report)


def test_what_is_escaped_reads_back() -> None:
    text = "100% of a, b: c%0Ad"
    [command] = obeyed(render(RunReport([diagnostic(text, path="a,b:c%.md")], 1)))
    assert command.data == text
    assert command.properties["file"] == "a,b:c%.md"
