"""SARIF 2.1.0: valid, placed exactly, and recognised again after lines have moved."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Schema

from diagnostics import HOSTILE, diagnostic, place, removal
from notelint.diagnostics import Diagnostic, DiagnosticRelated, RunReport
from notelint.report import sarif
from notelint.rules import CATALOG


def run_of(*diagnostics: Diagnostic) -> Any:
    """The one run of a report, which must be valid."""
    report = sarif.render(RunReport(diagnostics, 1))
    Schema.model_validate_json(report)
    [run] = json.loads(report)["runs"]
    return run


def marks(*diagnostics: Diagnostic) -> list[str]:
    """The fingerprints of the results."""
    return [each["partialFingerprints"]["notelint/v1"] for each in run_of(*diagnostics)["results"]]


def test_nothing_found() -> None:
    run = run_of()
    assert run["results"] == []
    assert run["tool"]["driver"]["name"] == "notelint"


def test_a_result_says_where_exactly() -> None:
    run = run_of(diagnostic(path="notes/深度 学习.md", line=3, column=5, text="![]()"))
    [result] = run["results"]
    where = result["locations"][0]["physicalLocation"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert where["artifactLocation"] == {
        "uri": "notes/%E6%B7%B1%E5%BA%A6%20%E5%AD%A6%E4%B9%A0.md",
        "uriBaseId": "%SRCROOT%",
    }
    assert where["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 10}
    assert result["level"] == "error"
    assert result["ruleId"] == "empty-image"


def test_a_path_with_a_colon_is_no_scheme() -> None:
    [result] = run_of(diagnostic(path="a:b.md"))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%3Ab.md"


def test_every_rule_brings_its_page() -> None:
    run = run_of(*(diagnostic(rule=name) for name in CATALOG))
    driver_rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = driver_rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert "Why:" in rule["help"]["markdown"]
        assert set(CATALOG[rule["id"]].categories.split()) == set(rule["properties"]["tags"])


def test_a_finding_that_is_of_no_rule_has_no_page() -> None:
    run = run_of(diagnostic(rule="another-check"))
    assert run["tool"]["driver"]["rules"] == [{"id": "another-check"}]


def test_a_fix_is_told() -> None:
    [result] = run_of(diagnostic(line=16, fix=removal(16)))["results"]
    [fix] = result["fixes"]
    [change] = fix["artifactChanges"]
    assert fix["description"] == {"text": "remove the tag"}
    assert change["artifactLocation"]["uri"] == "notes/a.md"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 16, "startColumn": 1, "endLine": 17, "endColumn": 1},
            "insertedContent": {"text": ""},
        }
    ]


def test_other_places_are_told() -> None:
    other = DiagnosticRelated("notes/b.md", place(3, 1, 3, 4), "first linked here")
    [result] = run_of(diagnostic(related=(other,)))["results"]
    [place_] = result["relatedLocations"]
    assert place_["message"] == {"text": "first linked here"}
    assert place_["physicalLocation"]["artifactLocation"]["uri"] == "notes/b.md"


def test_fingerprints_survive_moved_lines_and_new_words() -> None:
    before = diagnostic(line=3, text="![]()")
    after = before._replace(range=place(90, 7, 90, 12), message="said otherwise")
    assert marks(before) == marks(after)


def test_fingerprints_survive_another_line_end() -> None:
    before, after = diagnostic(text="one\ntwo"), diagnostic(text="one\r\ntwo")
    assert marks(before) == marks(after)


def test_no_two_fingerprints_are_the_same() -> None:
    one = diagnostic(line=3, text="![]()")
    found = marks(
        one,
        one._replace(range=place(4, 1, 4, 6)),
        one._replace(text="![ ]()"),
        one._replace(rule="image-alt"),
        one._replace(path="notes/b.md"),
    )
    assert len(set(found)) == 5


def test_more_results_than_github_takes() -> None:
    warnings = [
        diagnostic(line=line + 1, severity="warning", text="x") for line in range(sarif.MAX_RESULTS)
    ]
    report = sarif.render(RunReport([*warnings, diagnostic(line=sarif.MAX_RESULTS + 1)], 1))
    [run] = json.loads(report)["runs"]
    assert len(run["results"]) == sarif.MAX_RESULTS
    assert run["results"][-1]["level"] == "error"
    [told] = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == "1 more problem left out"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_valid_and_plain(text: str) -> None:
    report = sarif.render(RunReport([diagnostic(text, path=text, text=text)], 1))
    Schema.model_validate_json(report)
    assert "##[" not in report
    assert not set("\r\x1b\x9b\u202e") & set(report)
    message = json.loads(report)["runs"][0]["results"][0]["message"]["text"]
    assert "](" not in message
