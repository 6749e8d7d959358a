"""The step summary of GitHub Actions: all findings as a Markdown table.

A summary is rendered: an image in it would be fetched, a mention would call somebody. So text from
notes stands in `<code>`, where GitHub looks for no mentions and references, and every mark that
Markdown or a bare URL needs is a character reference, which forms neither (CommonMark, 2.5).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from notelint.finding import Diagnostic, Severity
from notelint.report.escape import printable
from notelint.report.text import count, totals
from notelint.text.late import late

LIMIT = 1024 * 1024  # bytes that GitHub takes of a step; of a longer summary it shows nothing
_PROBLEMS = 20  # shown of files that could not be read and the like

_MARK = late(r"[!\"#$&'*+.:<=>@\[\\\]^_`{|}~]")
_HEAD = "\n| | where | rule | what |\n| --- | --- | --- | --- |\n"


def render(
    diagnostics: Sequence[Diagnostic],
    files: int,
    limit: int = LIMIT,
    problems: Sequence[str] = (),
) -> str:
    """A heading, the counts, *problems*, and a row a finding, errors first, in *limit* bytes.

    Rows that do not fit are left out, and a last line says how many. With a *limit* that does not
    even hold that line the summary is empty.
    """
    title = f"## notelint\n\n{totals(diagnostics, files)}\n{_list(problems)}"
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
    more = count(len(problems) - _PROBLEMS, "more problem")
    lines = [_code(each) for each in problems[:_PROBLEMS]]
    lines += [f"{more}, see the log"] if len(problems) > _PROBLEMS else []
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
