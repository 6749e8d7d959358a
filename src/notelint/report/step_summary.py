"""The step summary of GitHub Actions: all findings as a Markdown table.

GitHub renders a summary: it would fetch an image and notify a mentioned user. So text from notes
is in `<code>`, where GitHub ignores mentions and references, and every character that Markdown or
a bare URL needs is a character reference, which forms neither (CommonMark, 2.5).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from notelint.diagnostics import Diagnostic, RunReport, Severity
from notelint.report.escape import printable
from notelint.report.text import count, totals
from notelint.text.startup import lazy_regex

LIMIT = 1024 * 1024  # bytes that GitHub takes of a step; of a longer summary it shows nothing
_MAX_PROBLEMS = 20  # shown; of the others only the number

_MARK = lazy_regex(r"[!\"#$&'*+.:<=>@\[\\\]^_`{|}~]")
_HEAD = "\n| | where | rule | what |\n| --- | --- | --- | --- |\n"


def render(report: RunReport, limit: int = LIMIT) -> str:
    """A heading, the totals, the problems, and a row a finding, errors first, in *limit* bytes.

    Rows that do not fit are left out, and a last line says how many. The summary is empty if
    *limit* has no room for that line.
    """
    diagnostics = report.diagnostics
    title = f"## notelint\n\n{totals(report)}\n{_list(report.problems)}"
    cut = _cut(len(diagnostics))
    left = limit - len((title + _HEAD + cut).encode())
    if left < 0:
        return ""
    rows: list[str] = []
    for each in sorted(diagnostics, key=lambda each: each.severity is not Severity.ERROR):
        row = _row(each)
        left -= len(row.encode())
        if left < 0:
            break
        rows.append(row)
    if len(rows) == len(diagnostics):
        return title + (_HEAD if rows else "") + "".join(rows)
    return title + (_HEAD if rows else "") + "".join(rows) + _cut(len(diagnostics) - len(rows))


def _list(problems: Sequence[str]) -> str:
    if not problems:
        return ""
    more = count(len(problems) - _MAX_PROBLEMS, "more problem")
    lines = [_code(each) for each in problems[:_MAX_PROBLEMS]]
    lines += [f"{more}, see the log"] if len(problems) > _MAX_PROBLEMS else []
    return "\n" + "".join(f"- {line}\n" for line in lines)


def _cut(number: int) -> str:
    return f"\n{count(number, 'more finding')} left out: GitHub takes 1 MiB of a step's summary.\n"


def _row(diagnostic: Diagnostic) -> str:
    start = diagnostic.range.start
    where = f"{diagnostic.path}:{start.line}:{start.column}"
    what = _code(diagnostic.message)
    return f"| {diagnostic.severity.value} | {_code(where)} | {_code(diagnostic.rule)} | {what} |\n"


def _code(text: str) -> str:
    return f"<code>{_MARK.sub(_reference, printable(text))}</code>"


def _reference(mark: re.Match[str]) -> str:
    # the comment keeps `name@host` in two pieces: GitHub links an address even in <code>
    return f"&#{ord(mark[0])};" + ("<!-- -->" if mark[0] == "@" else "")
