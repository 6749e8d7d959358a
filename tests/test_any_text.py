"""Whatever a note holds, or breaks off in: it is looked at, fixed, and told in its own columns."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import notelint.rules as rules
from notelint.diagnostics import RunReport
from notelint.engine.analyze import analyze
from notelint.engine.fix import fix_document
from notelint.engine.linter import Active, RuleFinding, RuleSet, in_document
from notelint.engine.offered_fixes import offered
from notelint.markdown.document import Document
from notelint.report.json import render
from notelint.text.edits import apply
from notelint.text.source import Source
from notelint.workspace.facts import facts_of
from strategies import documents

MESSY = (Path(__file__).parent / "notes" / "messy.md").read_bytes()
RULES = [Active(rule, rule.options()) for rule in map(rules.get, sorted(rules.CATALOG))]
ON = RuleSet(sorted(rules.CATALOG), lambda name: Active(rules.get(name), rules.get(name).options()))
LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)?")


def find(doc: Document) -> list[RuleFinding]:
    return in_document(doc, RULES)


def fixed(data: bytes, *, unsafe: bool = True) -> bytes:
    doc = Document(Source.decode(data))
    if doc.source.invalid is not None:
        return data
    return fix_document(doc, find, unsafe=unsafe).doc.source.encode()


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_every_prefix_of_a_note(ends: bytes) -> None:
    note = MESSY.replace(b"\n", ends)
    for end in range(len(note)):
        doc = Document(Source.decode(note[:end]))
        for found in analyze("a.md", doc, ON).diagnostics:
            start, stop = (doc.lines.offset(each) for each in found.range)
            assert doc.source.text[start:stop] == found.text
        assert facts_of("a.md", doc).path == "a.md"
    for end in range(0, len(note), 31):
        once = fixed(note[:end])
        assert fixed(once) == once


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=120) | documents.map(lambda text: text.encode()[1:]))
def test_any_bytes(data: bytes) -> None:
    once = fixed(data)
    assert fixed(once) == once


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """*text* with *edits* of a report, by nothing but their lines and columns."""
    lines = LINE.findall(text)
    for edit in sorted(edits, key=lambda each: (each["line"], each["column"]), reverse=True):
        first, last = edit["line"] - 1, edit["end_line"] - 1
        head, tail = lines[first][: edit["column"] - 1], lines[last][edit["end_column"] - 1 :]
        lines[first : last + 1] = [head + edit["text"] + tail]
    return "".join(lines)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_the_edits_of_a_report_are_those_of_the_fix(text: str) -> None:
    doc = Document.of(text)
    seen = analyze("a.md", doc, ON)
    told = json.loads(render(RunReport(seen.diagnostics, 1)))["findings"]
    by_report = [applied(doc.source.text, each["fix"]["edits"]) for each in told if each["fix"]]
    fixes = [found.finding.fix for found in offered(doc, find(doc)).accepted]
    by_rule = [apply(doc.source.text, [fix]) for fix in fixes if fix]
    if seen.directives or seen.stale_tocs:
        assert set(by_report) <= set(by_rule)
    else:
        assert sorted(by_report) == sorted(by_rule)
