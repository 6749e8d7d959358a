"""Places in a text as an editor counts them: lines from 0, columns in units of an encoding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from notelint.text.source import LineIndex, Position
from notelint.text.startup import NamedTuple

Encoding = Literal["utf-8", "utf-16", "utf-32"]
ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


class Point(NamedTuple):
    """A line, from 0, and the number of units before the place in it."""

    line: int
    character: int


# The start and the end of a range, and its new text; without a range, that of the whole.
Change = tuple["tuple[Point, Point] | None", str]


class Columns:
    """The lines of one text, counted in units of *encoding*; after a byte order mark, if *bom*."""

    def __init__(self, lines: LineIndex, encoding: Encoding, *, bom: bool = False) -> None:
        self.lines = lines
        self._encoding = encoding
        self._mark = units("\ufeff", encoding) if bom else 0

    def point(self, position: Position) -> Point:
        """*position* as the editor counts it."""
        number, column = position
        line = self.lines.line(number) if number <= len(self.lines.starts) else ""
        mark = self._mark if number == 1 else 0
        before = line[: column - 1]
        behind = max(column - 1 - len(line), 0)  # in a line end
        return Point(number - 1, mark + units(before, self._encoding) + behind)

    def offset(self, point: Point) -> int:
        """The offset of *point*; one after a line or the text is at its end."""
        starts = self.lines.starts
        if point.line >= len(starts):
            return len(self.lines.text)
        line = self.lines.line(point.line + 1)
        mark = self._mark if point.line == 0 else 0
        count = max(point.character - mark, 0)
        return starts[point.line] + length(line, count, self._encoding)


def units(text: str, encoding: Encoding) -> int:
    """The length of *text* in units of *encoding*."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(char > "\uffff" for char in text)


def length(line: str, count: int, encoding: Encoding) -> int:
    """The number of whole characters in the first *count* units of *line*."""
    if encoding == "utf-32" or line.isascii():
        return min(count, len(line))
    left = count
    for number, char in enumerate(line):
        left -= units(char, encoding)
        if left < 0:
            return number
    return len(line)


def changed(text: str, changes: Sequence[Change], encoding: Encoding) -> str:
    """*text* after *changes*, one after the other."""
    for where, new in changes:
        if where is None:
            text = new
            continue
        columns = Columns(LineIndex(text), encoding)
        start, end = sorted(map(columns.offset, where))
        text = text[:start] + new + text[end:]
    return text if text.isascii() else whole(text)


def whole(text: str) -> str:
    """*text* without halves of characters, as a message may have them; its length stays."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
