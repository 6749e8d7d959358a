"""The report as text: a finding a line, and a line of totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from notelint.report.escape import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.diagnostics import Diagnostic, RunReport


def render(report: RunReport) -> str:
    """``path:line:column: rule message`` for each finding."""
    return "".join(line(each) + "\n" + comparison(each) for each in report.diagnostics)


def line(diagnostic: Diagnostic) -> str:
    """A finding on one line, without characters that a terminal would obey."""
    start = diagnostic.range.start
    where = f"{diagnostic.path}:{start.line}:{start.column}"
    return printable(f"{where}: {diagnostic.rule} {diagnostic.message}")


def comparison(diagnostic: Diagnostic) -> str:
    """How the text at a related place differs, in indented lines; empty for most findings."""
    return "".join(
        f"    {printable(each)}\n"
        for related in diagnostic.related
        for each in related.message.split("\n")[1:]
    )


def totals(report: RunReport) -> str:
    """The numbers of findings, of fixable ones and of files, in one line."""
    diagnostics, read = report.diagnostics, count(report.files, "file")
    if not diagnostics:
        return f"Nothing found in {read}."
    fixable = Counter(each.fix.safe for each in diagnostics if each.fix)
    # Only `notelint links` reports this rule, and it reports no other that has a fix.
    online = any(each.rule == "moved-link" for each in diagnostics)
    command = "notelint links --fix" if online else "notelint fix"
    with_fix = ", ".join(
        text
        for text in (
            f"{fixable[True]} fixable with `{command}`" if fixable[True] else "",
            f"{fixable[False]} more with `--unsafe`" if fixable[False] else "",
        )
        if text
    )
    found = count(len(diagnostics), "finding")
    return f"{found} in {read}" + (f": {with_fix}." if with_fix else ".")


def statistics(diagnostics: Sequence[Diagnostic]) -> str:
    """The number of findings of each rule, highest first."""
    counts = Counter(each.rule for each in diagnostics)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{number:>6}  {rule}\n" for rule, number in rows)


def count(number: int, what: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {what}{'' if number == 1 else 's'}"
