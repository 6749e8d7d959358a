"""Tables that GitHub shows as text, and rows of which it drops or cuts cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from notelint.markdown.prose import CONTAINERS, Prose
from notelint.markdown.table_rows import cells, cut_code, is_dashed, is_delimiter, is_row
from notelint.text.source import LineIndex, Span
from notelint.text.startup import NamedTuple, lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.document import Document

# A row that has only these beyond the width of the head loses nothing.
_MARKS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t、。，；：·（）—–")
_WIKI = lazy_regex(r"\[\[[^\[\]|\\]*\|[^\[\]]*\]\]")
_CODE = 4  # spaces that would make code of a row
_ROWS = 2  # if so many rows or more are all too wide, the head is at fault

Fault = tuple[Span, str, bool]
"""The span of a fault, a message, and whether it is a pipe in code."""


def broken_tables(doc: Document) -> Iterator[Fault]:
    """The faults in the tables of *doc*, and in text that is meant to be a table."""
    for first, last in doc.tables:
        table = doc.lines.line_span(first, last)
        for span, why, is_code in _in_table(doc.slice(table)):
            yield Span(table.start + span.start, table.start + span.end), why, is_code
    tables = {last: first for first, last in doc.tables}
    for prose in doc.prose:
        if "|" in prose.content and not prose.heading:
            for span, message in _in_text(doc, prose, tables):
                yield span, message, False


class _Row(NamedTuple):
    """A row: the offset and text of its line after the markers of lists and quotes, its cells."""

    start: int
    line: str
    cells: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """The span of ``line[start:end]``."""
        return Span(self.start + start, self.start + end)


@lru_cache(64)  # an edit leaves all tables but one unchanged
def _in_table(text: str) -> tuple[Fault, ...]:
    """The faults in the table *text*."""
    return tuple(_in_rows(LineIndex(text)))


def _in_rows(lines: LineIndex) -> Iterator[Fault]:
    head, *rows = (_row(lines, number) for number in (1, *range(3, len(lines) + 1)))
    width = len(head.cells)
    wide = [_is_too_wide(row, width) for row in rows]
    widths = {len(row.cells) for row in rows}
    all_wide = len(rows) >= _ROWS and all(wide) and len(widths) == 1
    if all_wide:
        span = head.span(head.cells[0][0], head.cells[-1][1])
        what = f"head has {width} cells and all rows {widths.pop()}: what is beyond is not shown"
        yield span, what, False
    for row, is_wide in ((head, False), *zip(rows, wide, strict=True)):
        if code := next(iter(cut_code(row.line)), None):
            yield row.span(*code), "a pipe cuts this code into two cells; write `\\|` for it", True
        elif is_wide and not all_wide:
            yield (
                row.span(row.cells[width][0], row.cells[-1][1]),
                f"row has {len(row.cells)} cells and the head {width}: this is not shown; "
                "write `\\|` for a pipe that ends no cell",
                False,
            )


def _is_too_wide(row: _Row, width: int) -> bool:
    """Whether a row has more than marks beyond its first *width* cells.

    False if it has a wiki link with a pipe, since programs for wiki links read it in their own way.
    """
    return not _WIKI.search(row.line) and any(
        set(row.line[start:end]) - _MARKS for start, end in row.cells[width:]
    )


def _row(lines: LineIndex, number: int) -> _Row:
    start = lines.line_span(number).start
    line = lines.line(number)
    mark = CONTAINERS.match(line)
    at = mark.end() if mark else 0
    return _Row(start + at, line[at:], cells(line[at:]))


def _in_text(doc: Document, prose: Prose, tables: dict[int, int]) -> Iterator[tuple[Span, str]]:
    lines = prose.content.split("\n")
    at = 0
    for number, line in enumerate(lines):
        if is_delimiter(line) and (message := _fault(lines, number)):
            yield prose.span(at, at + len(line)), message
            return
        at += len(line) + 1
    if not all(map(is_row, lines)):
        return
    if len(lines) == 1 and is_delimiter(lines[0]) and _has_head_above(doc, prose, tables):
        message = "table is shown as text: a blank line cuts its head off from this row"
        yield prose.span(0, len(lines[0])), message
        return
    widths = {len(cells(line)) for line in lines}
    span = prose.span(0, len(prose.content))
    if (above := _table_above(doc, span.start, tables)) is not None:
        if widths == {above}:
            yield span, "a blank line cuts this off from the table above"
    elif len(lines) > 1 and len(widths) == 1:
        first = prose.span(len(lines[0]) + 1, len(lines[0]) + 1 + len(lines[1]))
        if is_dashed(lines[1]):
            yield first, "table is shown as text: this row must have hyphens"
        elif any(any(map(str.isalnum, line)) for line in lines):
            what = "table is shown as text: no row of dashes is below its head"
            yield prose.span(0, len(lines[0])), what


def _fault(lines: list[str], number: int) -> str | None:
    """Why the delimiter row on this line of text makes no table; None if that is not certain."""
    width = len(cells(lines[number]))
    if number == 0:
        rows = lines[1:2]
        if rows and len(cells(rows[0])) == width > 1:
            return "table is shown as text: no head is above this row"
        return None
    head = lines[number - 1]
    if "|" not in head or (width == 1 and not is_row(head)) or len(cells(head)) == width:
        return None
    own = len(cells(head))
    return f"table is shown as text: its head has {own} cell{'s' * (own > 1)}, and this row {width}"


def _has_head_above(doc: Document, prose: Prose, tables: dict[int, int]) -> bool:
    """Whether nothing but blank lines separates the delimiter row *prose* from a row as wide."""
    start = _start_of(prose)
    number = _line_above(doc, start)
    if not number or number in tables or (number > 1 and doc.lines.line(number - 1).strip(" \t>")):
        return False
    at = bisect_right(doc.prose, start - 1, key=_start_of) - 1
    if at < 0 or not _are_together(doc, doc.prose[at], prose, number):
        return False
    head = _row(doc.lines, number)
    return is_row(head.line) and len(head.cells) == len(cells(prose.content)) > 1


def _are_together(doc: Document, head: Prose, row: Prose, number: int) -> bool:
    """Whether *head*, in that line, is text and would be in one paragraph with *row* below it."""
    start = _start_of(head)
    if head.heading or head.item != row.item or doc.lines.position(start).line != number:
        return False
    first, second = _before(doc, start), _before(doc, _start_of(row))
    return first.count(">") == second.count(">") and abs(len(first) - len(second)) < _CODE


def _before(doc: Document, start: int) -> str:
    """What is before the text at *start* in its line: indents, and markers of quotes and lists."""
    return doc.source.text[doc.lines.line_around(start).start : start].expandtabs(4)


def _start_of(prose: Prose) -> int:
    return prose.span(0, 1).start


def _table_above(doc: Document, start: int, tables: dict[int, int]) -> int | None:
    """The width of the table above the text at *start*, if only blank lines are between them."""
    first = tables.get(_line_above(doc, start))
    return len(_row(doc.lines, first).cells) if first else None


def _line_above(doc: Document, start: int) -> int:
    """The last line above *start* that is not blank; 0 if all are."""
    number = doc.lines.position(start).line - 1
    while number > 0 and not doc.lines.line(number).strip(" \t>"):
        number -= 1
    return number
