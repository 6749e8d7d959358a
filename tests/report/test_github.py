"""Annotations and the step summary: nothing of a note that the runner obeys or a browser fetches.

Annotations are at most ten of a kind, and a summary is never more than GitHub takes.
"""

from __future__ import annotations

import re
from html import unescape

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from diagnostics import HOSTILE, diagnostic
from notelint.diagnostics import Diagnostic, RunReport
from notelint.report.github import MAX_SUMMARY_BYTES, render, render_summary
from notelint.text.escape import printable
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


def page(markdown: str) -> str:
    """HTML as GitHub makes it of *markdown*, without the link from a rule to its page."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(gfm_autolink_plugin)
    html: str = parser.render(markdown)
    return re.sub(r'<td><a href="[^"]*">(<code>[\w-]+</code>)</a></td>', r"<td>\1</td>", html)


def cells(markdown: str) -> list[str]:
    """The text of the cells of the table's body."""
    body = page(markdown).partition("<tbody>")[2].partition("</tbody>")[0]
    texts = re.findall(r"<td>(.*?)</td>", body, re.S)
    return [re.sub(r"</?code>|<!-- -->", "", text) for text in texts]


def test_nothing_found() -> None:
    assert render_summary(RunReport([], 2)) == "## notelint\n\nNo problems in 2 files\n"


def test_a_row_a_finding_errors_first() -> None:
    found = [
        diagnostic("one", severity="warning", rule="heading-skip"),
        diagnostic("two", line=7, column=3),
    ]
    assert cells(render_summary(RunReport(found, 1))) == [
        *("error", "notes/a.md:7:3", "empty-image", "two"),
        *("warning", "notes/a.md:1:1", "heading-skip", "one"),
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    summary = render_summary(RunReport([diagnostic(text, path=text)], 1))
    html = page(summary)
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert tags <= {"h2", "p", "code", "table", "thead", "tbody", "tr", "th", "td"}
    shown = printable(text)
    assert list(map(unescape, cells(summary))) == ["error", f"{shown}:1:1", "empty-image", shown]


@pytest.mark.parametrize("text", HOSTILE)
def test_problems_are_listed_as_text(text: str) -> None:
    html = page(render_summary(RunReport([], 1, failures=[text, "second"])))
    items = re.findall(r"<li><code>(.*?)</code></li>", html, re.S)
    assert [unescape(item.replace("<!-- -->", "")) for item in items] == [printable(text), "second"]
    assert set(re.findall(r"<([a-z0-9]+)", html)) == {"h2", "p", "ul", "li", "code"}


def test_many_problems_are_counted() -> None:
    summary = render_summary(
        RunReport([], 1, failures=[f"problem {number}" for number in range(50)])
    )
    assert "problem 19" in summary
    assert "problem 20" not in summary
    assert "- 30 more failures, see the log\n" in summary


def test_text_of_notes_stands_in_code() -> None:
    row = render_summary(RunReport([diagnostic("@everyone #1")], 1)).splitlines()[-1]
    assert row.count("<code>") == 3
    assert "@" not in row
    assert row.endswith("<code>&#64;<!-- -->everyone &#35;1</code> |")


@pytest.mark.parametrize("number", [100, 20_000])
def test_it_is_cut_at_the_limit_and_says_so(number: int) -> None:
    found = [diagnostic("语言" * 30, line=line + 1) for line in range(number)]
    for limit in (MAX_SUMMARY_BYTES, 5_000):
        summary = render_summary(RunReport(found, 1), limit)
        assert len(summary.encode()) <= limit
        shown = summary.count("| error |")
        left_out = re.search(r"^(\d+) more problems? left out", summary, re.M)
        assert shown + (int(left_out[1]) if left_out else 0) == number


def test_what_is_cut_are_warnings() -> None:
    found = [diagnostic(severity="warning", line=line + 1) for line in range(50)]
    summary = render_summary(RunReport([*found, diagnostic(line=99)], 1), 700)
    assert "| error |" in summary
    assert "left out" in summary


def test_no_room_at_all() -> None:
    assert render_summary(RunReport([diagnostic()], 1), 100) == ""
    assert render_summary(RunReport([diagnostic()], 1), -1) == ""
