"""The report as text: a finding a line, and a line that counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from notelint.report.escape import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.finding import Diagnostic


def render(diagnostics: Sequence[Diagnostic], files: int, *, counts: bool = True) -> str:
    """``path:line:column: rule message`` for each finding, then the counts."""
    shown = "".join(line(each) + "\n" + comparison(each) for each in diagnostics)
    return shown + (totals(diagnostics, files) + "\n" if counts else "")


def line(diagnostic: Diagnostic) -> str:
    """A finding on one line, with nothing in it that a terminal would obey."""
    start = diagnostic.range.start
    where = f"{diagnostic.path}:{start.line}:{start.column}"
    return printable(f"{where}: {diagnostic.rule} {diagnostic.message}")


def comparison(diagnostic: Diagnostic) -> str:
    """How the text differs from that of a related place, a few indented lines; mostly none."""
    return "".join(
        f"    {printable(each)}\n"
        for related in diagnostic.related
        for each in related.message.split("\n")[1:]
    )


def totals(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """How many findings, how many of them fixable, in how many files."""
    read = count(files, "file")
    if not diagnostics:
        return f"Nothing found in {read}."
    fixable = Counter(each.fix.safe for each in diagnostics if each.fix)
    # What the network says is known to one command alone, and that reports nothing else.
    asked = any(each.rule == "moved-link" for each in diagnostics)
    command = "notelint links --fix" if asked else "notelint fix"
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
    """How often each rule fired, most first."""
    counts = Counter(each.rule for each in diagnostics)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{number:>6}  {rule}\n" for rule, number in rows)


def count(number: int, what: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {what}{'' if number == 1 else 's'}"
