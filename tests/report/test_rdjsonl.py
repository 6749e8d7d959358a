"""The format of reviewdog: valid, columns in bytes, and suggestions that are the fix."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import Run, Write
from diagnostics import HOSTILE, diagnostic, place
from notelint.diagnostics import Diagnostic, DiagnosticEdit, DiagnosticFix, RunReport
from notelint.report.rdjsonl import render
from notelint.text.source import LineIndex

SCHEMA = json.loads(Path(__file__).with_name("rdjsonl.schema.json").read_text("utf-8"))


def objects(text: str) -> list[Any]:
    """The objects of a report, which must be valid."""
    found = [json.loads(line) for line in text.splitlines()]
    for each in found:
        jsonschema.validate(each, SCHEMA)
    return found


def the_object(found: Diagnostic, text: str | None) -> Any:
    """The only object for *found* in a note with *text*, or in one that cannot be read."""
    index = None if text is None else LineIndex(text)
    [made] = objects(render(RunReport([found], 1), lambda path: index))
    return made


def applied(text: str, suggestion: Any) -> bytes:
    """The bytes of *text* as a reader of the format changes them."""
    lines = text.encode("utf-8").splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    at = [
        starts[each["line"] - 1] + each["column"] - 1
        for each in (suggestion["range"]["start"], suggestion["range"]["end"])
    ]
    data, new = text.encode("utf-8"), str(suggestion["text"])
    return data[: at[0]] + new.encode("utf-8") + data[at[1] :]


def test_nothing_found() -> None:
    assert render(RunReport([], 1), lambda path: None) == ""


def test_columns_count_bytes() -> None:
    made = the_object(diagnostic(line=2, column=3, text="𐐀语"), "\na语𐐀语b\n".replace("语𐐀", "c𐐀"))
    assert made["location"] == {
        "path": "notes/a.md",
        "range": {"start": {"line": 2, "column": 3}, "end": {"line": 2, "column": 10}},
    }
    assert made["severity"] == "ERROR"
    assert made["code"]["value"] == "empty-image"
    assert "suggestions" not in made


@pytest.mark.parametrize("text", [None, "", "a\n\n", "a\nother words\n"])
def test_a_note_that_has_changed_has_no_columns(text: str | None) -> None:
    fix = DiagnosticFix("remove", True, (DiagnosticEdit(place(2, 1, 2, 6), ""),))
    made = the_object(diagnostic(line=2, text="![]()", fix=fix), text)
    assert made["location"]["range"] == {"start": {"line": 2}}
    assert "suggestions" not in made


def test_edits_are_one_suggestion() -> None:
    text = "语 [a] (b)\r\nmore (c)\r\n"
    edits = (DiagnosticEdit(place(1, 3, 1, 6), "A"), DiagnosticEdit(place(2, 6, 2, 7), "<"))
    found = diagnostic(line=1, column=3, text="[a]", fix=DiagnosticFix("change", False, edits))
    [suggestion] = the_object(found, text)["suggestions"]
    assert applied(text, suggestion) == "语 A (b)\r\nmore <c)\r\n".encode()


NOTE = """\
# 笔记

- 语言 ![]() 模型
- ![]()

说明见 [约定](Conventions\\x.md) 和 <a href="data\\b.md">数据</a>，`x`。

要点：**注意：**请在周五前完成。
"""


def test_each_suggestion_is_the_fix(notelint: Run, write: Write) -> None:
    for target in ("Conventions/x.md", "data/b.md"):
        write(target, "# X\n")
    write("a.md", NOTE)
    found = objects(notelint("check", "--output-format", "rdjsonl", "a.md").out)
    suggested = [each for each in found if "suggestions" in each]
    assert len(suggested) == len(found) >= 4
    for number, each in enumerate(suggested):
        alone = applied(NOTE, each["suggestions"][0])
        write(f"b{number}.md", alone)
        left = notelint("check", "--output-format", "rdjsonl", f"b{number}.md").out
        assert len(objects(left)) == len(found) - 1, each


def test_a_second_run_reads_the_note_again(notelint: Run, write: Write) -> None:
    for text, column in (("![]()\n", 1), ("语 ![]()\n", 5)):
        write("a.md", text)
        [made] = objects(notelint("check", "--output-format", "rdjsonl", "a.md").out)
        assert made["location"]["range"]["start"] == {"line": 1, "column": column}


def test_standard_input_is_the_text(
    notelint: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    write("a.md", "# Other\n")
    given = io.TextIOWrapper(io.BytesIO("# A\n\n语 ![]()\n".encode()))
    monkeypatch.setattr(sys, "stdin", given)
    [made] = objects(
        notelint("check", "--output-format", "rdjsonl", "--stdin-filename", "a.md", "-").out
    )
    assert made["location"]["range"]["start"] == {"line": 3, "column": 5}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_valid_and_plain(text: str) -> None:
    found = diagnostic(text, path=text, text=text)
    report = render(RunReport([found], 1), lambda path: LineIndex(text))
    objects(report)
    assert "##[" not in report
    assert not set("\r\x1b\x9b\u202e") & set(report)
