"""JUnit XML."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from diagnostics import HOSTILE, diagnostic
from notelint.diagnostics import Diagnostic, RunReport
from notelint.report.junit import render


def suites(*diagnostics: Diagnostic) -> ElementTree.Element:
    """The report, parsed."""
    return ElementTree.fromstring(render(RunReport(diagnostics, 1)).encode("utf-8"))


def test_nothing_found_is_one_test_that_passed() -> None:
    root = suites()
    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    assert len(root.findall("testsuite/testcase")) == 1
    assert root.findall(".//failure") == []


def test_a_suite_a_note_and_a_case_a_finding() -> None:
    root = suites(
        diagnostic(line=1), diagnostic(line=2), diagnostic(path="notes/b.md", rule="heading-skip")
    )
    assert [each.get("name") for each in root] == ["notes/a.md", "notes/b.md"]
    assert [each.get("tests") for each in root] == ["2", "1"]
    assert (root.get("tests"), root.get("failures")) == ("3", "3")


def test_a_case_says_where_and_what() -> None:
    [case] = suites(diagnostic(line=3, column=5)).iter("testcase")
    assert case.attrib == {
        "name": "empty-image at 3:5",
        "classname": "notes/a.md",
        "file": "notes/a.md",
        "line": "3",
    }
    [failure] = case
    assert failure.attrib == {"message": "image has no source", "type": "empty-image"}
    assert failure.text == "notes/a.md:3:5: error: image has no source [empty-image]"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_valid_xml(text: str) -> None:
    [case] = suites(diagnostic(text, path=text, text=text)).iter("testcase")
    assert len(case) == 1
    report = render(RunReport([diagnostic(text, path=text)], 1))
    assert "##[" not in report
    assert not set("\r\x1b\x9b\u202e\ufffe\uffff") & set(report)
    assert not any(line.lstrip().startswith("::") for line in report.split("\n"))
