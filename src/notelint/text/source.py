"""The source of a note, and places in it: offsets, spans, lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, count
from operator import add

from notelint.text.startup import NamedTuple, lazy_regex


class Span(NamedTuple):
    """A half-open range of offsets, in code points of the text of a :class:`Source`."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether *other* lies inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character; spans that only touch do not."""
        return self.start < other.end and other.start < self.end

    def moved(self, by: int) -> Span:
        """The span moved *by* a number of characters, which may be negative."""
        return Span._make((self.start + by, self.end + by))


BOM = "\ufeff"


class Source(NamedTuple):
    """The text of a file, line endings and all, without its byte order mark.

    Offsets everywhere in notelint are code points of ``text``. ``invalid`` is the offset in bytes,
    from 0, of the first byte that is not UTF-8; such a source can be shown but not written back.
    """

    text: str
    bom: bool = False
    invalid: int | None = None

    @classmethod
    def decode(cls, data: bytes) -> Source:
        """The source in *data*, read as UTF-8; invalid bytes become U+FFFD."""
        invalid = None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            invalid, text = error.start, data.decode("utf-8", "replace")
        bom = text.startswith(BOM)
        return cls(text[1:] if bom else text, bom, invalid)

    @classmethod
    def of(cls, text: object) -> Source:
        """The source that *text* is, in str or bytes. Raises TypeError for anything else."""
        if isinstance(text, bytes):
            return cls.decode(text)
        if not isinstance(text, str):
            raise TypeError(f"text must be str or bytes, not {type(text).__name__}")
        return cls(text.removeprefix(BOM), text.startswith(BOM))

    @property
    def invalid_at(self) -> int | None:
        """The offset in ``text``, in code points, of the first invalid byte."""
        if self.invalid is None:
            return None
        before = ((BOM if self.bom else "") + self.text).encode("utf-8")[: self.invalid]
        return len(before.decode("utf-8")) - self.bom

    def encode(self) -> bytes:
        """The bytes that :meth:`decode` read. Raises ValueError for an invalid source."""
        if self.invalid is not None:
            raise ValueError("a source that is not UTF-8 cannot be written back")
        return ((BOM if self.bom else "") + self.text).encode("utf-8")

    @property
    def newline(self) -> str:
        """The line ending for new lines: that of the first line, else ``\\n``."""
        end = self.text.find("\n")
        carriage = self.text.find("\r", 0, end if end >= 0 else None)
        if carriage < 0:
            return "\n"
        return "\r\n" if carriage == end - 1 else "\r"


# `str.splitlines` would also break at form feeds, U+0085, U+2028 and others, which do not end a
# line in Markdown (CommonMark, 2.1).
LINE_END = lazy_regex(r"\r\n?|\n")


class Position(NamedTuple):
    """A line and a column.

    - ``line``: from 1
    - ``column``: from 1, in code points of the line as it is on disk
    """

    line: int
    column: int


class Range(NamedTuple):
    """The positions from ``start`` up to, not including, ``end`` (as in LSP).

    - ``start``: the position of the first character
    - ``end``: the position after the last one
    """

    start: Position
    end: Position

    @property
    def lines(self) -> range:
        """The lines of which it covers any character, line ends included."""
        start, end = self
        last = end.line - 1 if end.column == 1 and end.line > start.line else end.line
        return range(start.line, last + 1)

    def touches(self, lines: frozenset[int]) -> bool:
        """Whether it covers any character of one of *lines*."""
        return not lines.isdisjoint(self.lines)


def starts_of(lines: list[str]) -> list[int]:
    """The offset of each of *lines* in the text that they make with ``\\n`` between them."""
    return [0, *map(add, accumulate(map(len, lines[:-1])), count(1))]


class LineIndex:
    """The lines of one text, with numbers from 1 and offsets from 0.

    ``starts`` holds the offset of every line, ascending; the first is 0. ``exact``: offsets in the
    parser's text are those in this text (see :meth:`original`).
    """

    __slots__ = ("_filled", "_normal", "exact", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.exact = True
        self._filled = 0, Span(0, 0)  # the line of the last call, and its result
        if "\r" not in text:
            self.starts = starts_of(text.split("\n"))
            return
        self.starts = [0, *(match.end() for match in LINE_END.finditer(text))]
        if "\r\n" in text:
            # The parser turns CRLF into LF, so its offsets lag by one for every CRLF before them.
            self.exact, lag, self._normal = False, 0, [0]
            for match in LINE_END.finditer(text):
                lag += len(match[0]) - 1
                self._normal.append(match.end() - lag)

    def __len__(self) -> int:
        """The number of lines; an empty last line does not count."""
        return len(self.starts) - (self.starts[-1] == len(self.text))

    def position(self, offset: int) -> Position:
        """Line and column of *offset*."""
        line = bisect_right(self.starts, offset) - 1
        return Position._make((line + 1, offset - self.starts[line] + 1))

    def range(self, span: Span) -> Range:
        """Lines and columns of *span*."""
        return Range._make((self.position(span.start), self.position(span.end)))

    def offset(self, position: Position) -> int:
        """The offset of *position*, which must lie in the text."""
        return self.starts[position.line - 1] + position.column - 1

    def span(self, where: Range) -> Span:
        """The span of *where*, which must lie in the text."""
        return Span._make((self.offset(where.start), self.offset(where.end)))

    def line(self, number: int) -> str:
        """Line *number*, from 1, without its ending."""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")

    def line_span(self, first: int, last: int | None = None) -> Span:
        """The span from line *first* to line *last*, both from 1, with their line ends."""
        stop = last or first
        end = self.starts[stop] if stop < len(self.starts) else len(self.text)
        return Span._make((self.starts[first - 1], end))

    def line_around(self, offset: int) -> Span:
        """The span of the line that *offset* is in, with its line end."""
        return self.line_span(self.position(offset).line)

    def filled(self, number: int) -> Span:
        """The span of line *number* without the whitespace around it; empty for a blank line."""
        if self._filled[0] != number:
            start, end = self.line_span(number)
            line = self.text[start:end]
            first = start + len(line) - len(line.lstrip())
            self._filled = number, Span(first, max(start + len(line.rstrip()), first))
        return self._filled[1]

    def original(self, offset: int) -> int:
        """The offset in the text of *offset* in the parser's text, which has LF for CRLF."""
        if self.exact:
            return offset
        line = bisect_right(self._normal, offset) - 1
        return self.starts[line] + offset - self._normal[line]
