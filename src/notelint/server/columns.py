"""Places in a text as an editor counts them: lines from 0, columns in units of an encoding."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from itertools import accumulate, compress
from typing import Literal

from notelint.text.source import LineIndex, Position
from notelint.text.startup import NamedTuple

Encoding = Literal["utf-8", "utf-16", "utf-32"]
ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


class Point(NamedTuple):
    """A line, from 0, and the number of units before the place in it."""

    line: int
    character: int


# The start and the end of a range, and its new text; without a range, that of the whole document.
TextChange = tuple["tuple[Point, Point] | None", str]


class Columns:
    """The lines of one text, counted in units of *encoding*; after a byte order mark, if *bom*."""

    def __init__(self, lines: LineIndex, encoding: Encoding, *, bom: bool = False) -> None:
        self.lines = lines
        self._encoding = encoding
        self._mark = units("\ufeff", encoding) if bom else 0
        self._last: tuple[int, str, list[int] | None] = 0, "", None  # see `_before`

    def point(self, position: Position) -> Point:
        """*position* as the editor counts it."""
        number, column = position
        mark = self._mark if number == 1 else 0
        return Point(number - 1, mark + self._before(number, column - 1))

    def _before(self, number: int, count: int) -> int:
        """The units of the first *count* characters of line *number*, with its line end."""
        if self._last[0] != number:  # many places are in one line
            line = self.lines.line(number) if number <= len(self.lines.starts) else ""
            self._last = number, line, _sums(line, self._encoding)
        _, line, sums = self._last
        if sums is None:
            return count
        return sums[min(count, len(line))] + max(count - len(line), 0)  # in a line end

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
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


_STARTS = bytes(byte & 0xC0 != 0x80 for byte in range(256))  # 1 where a character starts in UTF-8


def _sums(line: str, encoding: Encoding) -> list[int] | None:
    """The units before each character of *line*, and in all of it; None if each has one unit."""
    if units(line, encoding) == len(line):
        return None
    if encoding == "utf-8":
        data = line.encode("utf-8", "surrogatepass")
        return [*compress(range(len(data)), data.translate(_STARTS)), len(data)]
    return [*accumulate([1 + (char > "\uffff") for char in line], initial=0)]


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


def changed(text: str, changes: Sequence[TextChange], encoding: Encoding) -> str:
    """*text* after *changes*, one after the other."""
    lines = split_lines(text)
    for where, new in changes:
        if where is None:
            lines = split_lines(joined(new))
            continue
        (a, start), (b, end) = sorted(_place(lines, each, encoding) for each in where)
        # a line end, or a half of a character, may join the one beside it
        first, last = max(a - 1, 0), b + 2
        before, after = lines[a][:start], lines[b][end:]
        piece = "".join((*lines[first:a], before, new, after, *lines[b + 1 : last]))
        made = split_lines(joined(piece))
        lines[first:last] = made if last >= len(lines) else made[:-1]
    return "".join(lines)


def _place(lines: Sequence[str], point: Point, encoding: Encoding) -> tuple[int, int]:
    """The number, from 0, of the line that *point* is in, and its offset there."""
    if point.line >= len(lines):
        return len(lines) - 1, len(lines[-1])
    return point.line, length(lines[point.line].rstrip("\r\n"), point.character, encoding)


def split_lines(text: str) -> list[str]:
    """The lines of *text* with their ends; the last one has none."""
    lines = [*StringIO(text, newline="")]
    return lines if lines and lines[-1][-1] not in "\r\n" else [*lines, ""]


def joined(text: str) -> str:
    """*text* with the two halves of a character, which may come in two messages, made one."""
    return text if _is_whole(text) else _decoded(text, "surrogatepass")


def whole(text: str) -> str:
    """*text* without halves of characters; its length stays."""
    return text if _is_whole(text) else _decoded(text, "replace")


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _decoded(text: str, errors: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", errors)
