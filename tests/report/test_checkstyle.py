"""The XML of Checkstyle."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema

from diagnostics import HOSTILE, diagnostic, place
from notelint.diagnostics import Diagnostic, DiagnosticRelated, RunReport
from notelint.report.checkstyle import render

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).with_name("checkstyle.xsd")))


def files(*diagnostics: Diagnostic) -> ElementTree.Element:
    """The report, which must be valid, parsed."""
    root = ElementTree.fromstring(render(RunReport(diagnostics, 1)).encode("utf-8"))
    SCHEMA.validate(root)
    return root


def test_nothing_found() -> None:
    assert list(files()) == []


def test_a_file_a_note_and_an_error_a_finding() -> None:
    root = files(diagnostic(line=1), diagnostic(line=2), diagnostic(path="notes/深度 学习.md"))
    assert [each.get("name") for each in root] == ["notes/a.md", "notes/深度 学习.md"]
    assert [len(each) for each in root] == [2, 1]


def test_an_error_says_where_and_what() -> None:
    related = (DiagnosticRelated("notes/b.md", place(3, 1, 3, 4), "first linked here"),)
    found = diagnostic(line=3, column=5, severity="warning", rule="duplicate-link", related=related)
    [error] = files(found).iter("error")
    assert error.attrib == {
        "line": "3",
        "column": "5",
        "severity": "warning",
        "message": "image has no source (notes/b.md:3)",
        "source": "notelint.duplicate-link",
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_valid_xml(text: str) -> None:
    [error] = files(diagnostic(text, path=text, text=text)).iter("error")
    assert len(error) == 0
    report = render(RunReport([diagnostic(text, path=text)], 1))
    assert "##[" not in report
    assert not set("\r\x1b\x9b\u202e\ufffe\uffff") & set(report)
    assert not any(line.lstrip().startswith("::") for line in report.split("\n"))
