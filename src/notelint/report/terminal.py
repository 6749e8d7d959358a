"""The report for a terminal: with colour, the source line, and a mark under the span."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from notelint.diagnostics import Diagnostic, RunReport, Severity
from notelint.report.escape import printable
from notelint.report.excerpt import excerpt
from notelint.report.text import comparison
from notelint.text.lines import LineIndex

_BOLD, _RED, _YELLOW, _BLUE = "1", "1;31", "1;33", "34"
_SEVERITY = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW}

Lines = Callable[[str], "LineIndex | None"]
Page = Callable[[str], "str | None"]


@dataclass(frozen=True, slots=True)
class Screen:
    """The columns and colours of a terminal; ``page`` returns the address of a rule's page."""

    width: int = 80
    colour: bool = False
    page: Page | None = None

    def paint(self, text: str, style: str) -> str:
        """*text*, which must be printable, in *style* if there is colour."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text else text

    def strong(self, text: str) -> str:
        """*text*, which must be printable, in bold."""
        return self.paint(text, _BOLD)

    def link(self, text: str, rule: str) -> str:
        """*text* as a link to the page of *rule* (OSC 8), if it has one."""
        address = self.page(rule) if self.page else None
        return f"\x1b]8;;{printable(address)}\x1b\\{text}\x1b]8;;\x1b\\" if address else text


def render(report: RunReport, screen: Screen, lines: Lines) -> str:
    """Each finding as in the text report, with its source line under it if *lines* has it."""
    return "".join(
        _head(each, screen) + _body(each, screen, lines) + comparison(each)
        for each in report.diagnostics
    )


def _head(diagnostic: Diagnostic, screen: Screen) -> str:
    start = diagnostic.range.start
    path = screen.strong(printable(diagnostic.path))
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
    """Whether the text at fault is still there: a file can change, or be standard input."""
    start, end = diagnostic.range
    if end.line > len(index.starts):
        return False
    there = index.text[index.offset(start) : index.offset(end)]
    return there == diagnostic.text
