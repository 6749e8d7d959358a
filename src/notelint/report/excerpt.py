"""A source line as a terminal shows it, and the columns of a span in it."""

from __future__ import annotations

import unicodedata

from notelint.report.escape import printable
from notelint.text.startup import NamedTuple

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

    Wide characters count as two columns, combining ones as none; tabs become blanks, and invisible
    characters are shown by number. A span that is empty, or at the end of the line, is one column
    wide; one that does not fit is cut at its end.
    """
    first = max(0, start - room)
    last = min(len(line), start + 2 * room)  # more can't be shown, however long the line
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
