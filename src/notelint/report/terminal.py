"""The report in color, with the source lines and a mark under each span, or by file."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from notelint.diagnostics import Diagnostic, DiagnosticRelated, RunReport, Severity
from notelint.text.escape import printable
from notelint.text.source import LineIndex
from notelint.text.startup import NamedTuple

_BOLD, _RED, _YELLOW, _BLUE, _CYAN = "1", "1;31", "1;33", "34", "36"
_SEVERITY = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW}

Lines = Callable[[str], "LineIndex | None"]
Page = Callable[[str], "str | None"]


@dataclass(frozen=True, slots=True)
class Screen:
    """The columns and colors of a terminal; ``page`` returns the address of a rule's page."""

    width: int = 80
    color: bool = False
    page: Page | None = None

    def paint(self, text: str, style: str) -> str:
        """*text*, which must be printable, in *style* if there is color."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and text else text

    def strong(self, text: str) -> str:
        """*text*, which must be printable, in bold."""
        return self.paint(text, _BOLD)

    def link(self, text: str, rule: str) -> str:
        """*text* as a link to the page of *rule* (OSC 8), if it has one."""
        address = self.page(rule) if self.page else None
        return f"\x1b]8;;{printable(address)}\x1b\\{text}\x1b]8;;\x1b\\" if address else text


def render(report: RunReport, screen: Screen, lines: Lines) -> str:
    """Each finding with its source line, if *lines* has it, and the other places."""
    return "".join(
        _head(each, screen) + _body(each, screen, lines) + _places(each, screen) + "\n"
        for each in report.diagnostics
    )


def concise(report: RunReport, screen: Screen) -> str:
    """Each finding on one line."""
    return "".join(_head(each, screen) for each in report.diagnostics)


def grouped(report: RunReport, screen: Screen) -> str:
    """The findings of each file in indented lines under its path."""
    return "".join(
        f"{screen.strong(printable(path))}\n"
        + "".join(f"  {_position(each)}: {_rest(each, screen)}\n" for each in found)
        + "\n"
        for path, found in groupby(report.diagnostics, lambda each: each.path)
    )


def _head(diagnostic: Diagnostic, screen: Screen) -> str:
    path = screen.strong(printable(diagnostic.path))
    return f"{path}:{_position(diagnostic)}: {_rest(diagnostic, screen)}\n"


def _position(found: Diagnostic) -> str:
    return f"{found.range.start.line}:{found.range.start.column}"


def _rest(diagnostic: Diagnostic, screen: Screen) -> str:
    severity = screen.paint(diagnostic.severity.value, _SEVERITY[diagnostic.severity])
    rule = screen.link(diagnostic.rule, diagnostic.rule)
    fixable = screen.paint(diagnostic.mark, _CYAN)
    return f"{severity}: {printable(diagnostic.message)} [{rule}]{fixable}"


def _places(diagnostic: Diagnostic, screen: Screen) -> str:
    """The other places of a finding, a line each, and how their text differs.

    They are not written as ``path:line:column``, by which an editor knows a finding.
    """
    sign = screen.paint("=", _BLUE)
    messages = [each.message.split("\n") for each in diagnostic.related]
    lines = [
        f"      {sign} {_where(each, diagnostic)}: {printable(message[0])}\n"
        for each, message in zip(diagnostic.related, messages, strict=True)
    ]
    lines += [f"    {printable(each)}\n" for message in messages for each in message[1:]]
    return "".join(lines)


def _where(place: DiagnosticRelated, diagnostic: Diagnostic) -> str:
    line = f"line {place.range.start.line}"
    return line if place.path == diagnostic.path else f"{printable(place.path)}, {line}"


def _body(diagnostic: Diagnostic, screen: Screen, lines: Lines) -> str:
    index = lines(diagnostic.path)
    if index is None or not is_there(diagnostic, index):
        return ""
    start, end = diagnostic.range
    line = index.line(start.line)
    last = end.column - 1 if end.line == start.line else len(line)
    number = f"{start.line:>5} "
    shown = excerpt(line, start.column - 1, last, max(20, screen.width - len(number) - 2))
    carets = screen.paint("^" * shown.width, _SEVERITY[diagnostic.severity])
    bar = screen.paint("|", _BLUE)
    return (
        f"{screen.paint(number, _BLUE)}{bar} {shown.text}\n"
        f"{' ' * len(number)}{bar} {' ' * shown.column}{carets}\n"
    )


def is_there(diagnostic: Diagnostic, index: LineIndex) -> bool:
    """Whether the text at fault is still there: a file can change, or be standard input."""
    start, end = diagnostic.range
    if end.line > len(index.starts):
        return False
    there = index.text[index.offset(start) : index.offset(end)]
    return there == diagnostic.text


_TAB = 4
_CUT = "…"
_JOINER = "\u200d"  # holds emoji together


class Excerpt(NamedTuple):
    """The ``text`` to show, and the first ``column`` (from 0) and ``width`` of the span in it."""

    text: str
    column: int
    width: int


class _Cell(NamedTuple):
    text: str
    width: int


def excerpt(line: str, start: int, end: int, room: int) -> Excerpt:
    """*line* in at most *room* columns, with the span from *start* to *end* (code points) in it.

    Wide characters count as two columns, combining ones as none; tabs become spaces, and invisible
    characters are shown as escapes. A span that is empty, or at the end of the line, is one column
    wide; one that does not fit is cut at its end.
    """
    first = max(0, start - room)
    last = min(len(line), start + 2 * room)  # no more fits, however long the line is
    cells = _cells(line[first:last])
    low, high = start - first, min(max(end, start), last) - first
    left, right = _window(cells, low, high, room - 2 * len(_CUT))
    before = _CUT if left > 0 or first > 0 else ""
    after = _CUT if right < len(cells) or last < len(line) else ""
    text = before + "".join(cell.text for cell in cells[left:right]) + after
    column = len(before) + _width(cells[left:low])
    return Excerpt(text, column, max(1, _width(cells[low : min(high, right)])))


def _window(cells: list[_Cell], low: int, high: int, room: int) -> tuple[int, int]:
    """The range of *cells* to show in *room* columns: the span, and as much as fits around it."""
    left = right = low
    used = 0
    while right < high and used + cells[right].width <= room:
        used += cells[right].width
        right += 1
    side = (room - used) // 2
    taken = 0
    while left > 0 and taken + cells[left - 1].width <= side:
        left -= 1
        taken += cells[left].width
    used += taken
    while right < len(cells) and used + cells[right].width <= room:
        used += cells[right].width
        right += 1
    while left > 0 and used + cells[left - 1].width <= room:
        left -= 1
        used += cells[left].width
    return left, right


def _cells(line: str) -> list[_Cell]:
    cells: list[_Cell] = []
    column = 0
    for char in line:
        cell = _cell(char, column)
        cells.append(cell)
        column += cell.width
    return cells


def _cell(char: str, column: int) -> _Cell:
    if " " <= char <= "~":
        return _Cell(char, 1)
    if char == "\t":
        blanks = _TAB - column % _TAB
        return _Cell(" " * blanks, blanks)
    shown = printable(char)
    category = unicodedata.category(char)
    if category == "Cf" and char != _JOINER and shown == char:
        shown = f"\\u{ord(char):04x}"
    if shown != char:
        return _Cell(shown, len(shown))
    if category in ("Mn", "Me", "Cf"):
        return _Cell(char, 0)
    return _Cell(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1)


def _width(cells: list[_Cell]) -> int:
    return sum(cell.width for cell in cells)
