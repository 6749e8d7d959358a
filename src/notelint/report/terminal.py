"""The report for a terminal: with colour, the line at fault, and a mark under the span."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from notelint.finding import Diagnostic, Severity
from notelint.report.escape import printable
from notelint.report.excerpt import excerpt
from notelint.report.text import comparison, totals
from notelint.text.lines import LineIndex

_BOLD, _RED, _YELLOW, _BLUE = "1", "1;31", "1;33", "34"
_SEVERITY = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW}

Lines = Callable[[str], "LineIndex | None"]
Page = Callable[[str], "str | None"]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the terminal can: how many columns, colour; ``page`` gives a rule's address to link."""

    width: int = 80
    colour: bool = False
    page: Page | None = None

    def paint(self, text: str, style: str) -> str:
        """*text*, which must be printable, in *style* if there is colour."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text else text

    def link(self, text: str, rule: str) -> str:
        """*text* linked to the page of *rule* (OSC 8) where it has one."""
        address = self.page(rule) if self.page else None
        return f"\x1b]8;;{printable(address)}\x1b\\{text}\x1b]8;;\x1b\\" if address else text


def render(
    diagnostics: Sequence[Diagnostic],
    files: int,
    screen: Screen,
    lines: Lines,
    *,
    counts: bool = True,
) -> str:
    """Each finding as in the text report, under it its line if *lines* has it; then the counts."""
    shown = "".join(
        _head(each, screen) + _body(each, screen, lines) + comparison(each) for each in diagnostics
    )
    return shown + (screen.paint(totals(diagnostics, files), _BOLD) + "\n" if counts else "")


def _head(diagnostic: Diagnostic, screen: Screen) -> str:
    start = diagnostic.range.start
    path = screen.paint(printable(diagnostic.path), _BOLD)
    rule = screen.paint(diagnostic.rule, _SEVERITY[diagnostic.severity])
    rule = screen.link(rule, diagnostic.rule)
    return f"{path}:{start.line}:{start.column}: {rule} {printable(diagnostic.message)}\n"


def _body(diagnostic: Diagnostic, screen: Screen, lines: Lines) -> str:
    index = lines(diagnostic.path)
    if index is None or not _is_there(diagnostic, index):
        return ""
    start, end = diagnostic.range
    line = index.line(start.line)
    last = end.column - 1 if end.line == start.line else len(line)
    number = f"{start.line:>5} "
    shown = excerpt(line, start.column - 1, last, max(20, screen.width - len(number) - 2))
    mark = screen.paint("^" * shown.width, _SEVERITY[diagnostic.severity])
    bar = screen.paint("|", _BLUE)
    return (
        f"{screen.paint(number, _BLUE)}{bar} {shown.text}\n"
        f"{' ' * len(number)}{bar} {' ' * shown.column}{mark}\n"
    )


def _is_there(diagnostic: Diagnostic, index: LineIndex) -> bool:
    """Is what was found still where it was? A file can change, or come from standard input."""
    start, end = diagnostic.range
    if end.line > len(index.starts):
        return False
    there = index.text[index.offset(start) : index.offset(end)]
    return there == diagnostic.text
