"""What differs from earlier runs: a history, an earlier report, a baseline."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from collection.test_report import SCHEMA, data
from conftest import Run, Write


def test_the_history(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", "# A\n\n[gone](gone.md)\n")
    history = str(tmp_path / "history.jsonl")
    assert data(notelint, "--history", history)["history"] == []
    (first,) = (tmp_path / "history.jsonl").read_text().splitlines()
    line_schema = {"$defs": SCHEMA["$defs"], "$ref": "#/$defs/run"}
    jsonschema.validate(json.loads(first), line_schema)
    assert data(notelint, "--history", history)["history"] == []
    assert (tmp_path / "history.jsonl").read_text().splitlines() == [first]
    write("a.md", "# A\n")
    second = notelint("report", "--history", history)
    assert "-1 error<" in second.out
    assert notelint("report", "--history", history) == second
    lines = (tmp_path / "history.jsonl").read_text().splitlines()
    assert [json.loads(line)["errors"] for line in lines] == [1, 0]


def test_a_history_whose_last_line_has_no_end(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", "# A\n\n[gone](gone.md)\n")
    notelint("report", "--history", "h.jsonl")
    file = tmp_path / "h.jsonl"
    file.write_text(file.read_text().rstrip("\n"))
    write("a.md", "# A\n")
    for _ in range(2):
        notelint("report", "--history", "h.jsonl")
        assert [json.loads(line)["errors"] for line in file.read_text().splitlines()] == [1, 0]


def test_nothing_is_written_where_no_path_exists(
    notelint: Run, write: Write, tmp_path: Path
) -> None:
    write("a.md", "# A\n")
    ran = notelint("report", "b.md", "--history", "h.jsonl", "--output-file", "page.html")
    assert (ran.status, ran.out, ran.err) == (2, "", "notelint: b.md: no such file or folder\n")
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


RUN: dict[str, object] = {
    "version": 1,
    "commit": "",
    "date": "",
    "rules": {},
    **dict.fromkeys(("notes", "errors", "warnings", "unreachable"), 0),
}
HOSTILE: list[dict[str, object]] = [
    {"date": "![x](https://e.org/x.png)"},
    {"date": "2026-01-01\n\n# X"},
    {"commit": "##[error]x"},
    {"notes": 10**4000},
]


@pytest.mark.parametrize(
    "line",
    [
        *("{}", "[]", "x", '{"version": 1, "notes": -1}', '"a"'),
        *(json.dumps(RUN | each) for each in HOSTILE),
    ],
    ids=range(9),
)
def test_a_wrong_history_is_refused(notelint: Run, write: Write, line: str) -> None:
    write("a.md", "# A\n")
    file = write("h.jsonl", line + "\n")
    ran = notelint("report", "--history", "h.jsonl")
    assert (ran.status, ran.out) == (2, "")
    assert "h.jsonl: not a history: line 1 is not a run of version 1" in ran.err
    assert file.read_text() == line + "\n"


def test_against_an_earlier_report_and_a_baseline(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n\n[gone](gone.md)\n\n[x]()\n")
    notelint("report", "--output-format", "json", "--output-file", "earlier.json")
    notelint("check", "--write-baseline", "base.json")
    write("a.md", "# A\n\nMore.\n\n[gone](gone.md)\n\n[y](away.md)\n")
    for earlier in ("earlier.json", "base.json"):
        found = data(notelint, "--baseline", earlier)["change"]
        assert [each["text"] for each in found["new"]] == ["away.md"]
        assert found["gone"] == [{"rule": "empty-link", "problems": 1}]
        assert (
            "1 new problem, 1 problem gone (empty-link 1)"
            in notelint("report", "--baseline", earlier).out
        )
    write("bad.json", "{}")
    assert notelint("report", "--baseline", "bad.json").status == 2
