from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.markdown.prose import CONTAINERS, Prose
from notelint.rules.base import rule
from notelint.rules.shared.table_rows import cells, cut_code, is_dashed, is_delimiter, is_row
from notelint.text.source import Span


@rule()
def broken_table(doc: Document) -> Iterator[Finding]:
    r"""A table that is shown as text, or that loses or cuts a cell.

    Why: GitHub makes a table only where the row of dashes stands right below the head and has as
    many cells. In a table, a pipe ends the cell, also in code; what stands in a row beyond the
    last cell of the head is not shown at all.

    Write `\|` for a pipe that belongs to the text, in code as well. Rows that a blank line
    separates from their table are not part of it.

    Bad:

    ```markdown
    | model | size |
    |-------|------|-----|
    | GLM   | 130B |
    ```

    ```markdown
    | operator | meaning |
    |----------|---------|
    | `a || b` | or      |
    ```

    Good:

    ```markdown
    | model | size |
    |-------|------|
    | GLM   | 130B |

    | operator   | meaning |
    |------------|---------|
    | `a \|\| b` | or      |
    ```
    """
    if "|" not in doc.source.text:
        return
    for table in doc.tables:
        yield from _in_table(doc, *table)
    ends = {last: _width(doc, first) for first, last in doc.tables}
    for prose in doc.prose:
        if "|" in prose.content and not prose.heading:
            yield from _in_text(doc, prose, ends)


def _in_table(doc: Document, first: int, last: int) -> Iterator[Finding]:
    width = _width(doc, first)
    for number in (first, *range(first + 2, last + 1)):
        start, line = _row(doc, number)
        if "|" not in line:
            continue
        found = cells(line)
        if code := next(iter(cut_code(line)), None):
            span = Span(start + code[0], start + code[1])
            yield Finding(span, "a pipe cuts this code into two cells; write `\\|` for it")
        elif any(begin < end for begin, end in found[width:]):
            span = Span(start + found[width][0], start + found[-1][1])
            yield Finding(
                span,
                f"row has {len(found)} cells and the head {width}: this is not shown; "
                "write `\\|` for a pipe that ends no cell",
            )


def _width(doc: Document, first: int) -> int:
    return len(cells(_row(doc, first)[1]))


def _row(doc: Document, number: int) -> tuple[int, str]:
    """Where the row in a line starts, behind the marks of lists and quotes, and its text."""
    start = doc.lines.line_span(number).start
    line = doc.lines.line(number)
    mark = CONTAINERS.match(line)
    at = mark.end() if mark else 0
    return start + at, line[at:]


def _in_text(doc: Document, prose: Prose, ends: dict[int, int]) -> Iterator[Finding]:
    lines = prose.content.split("\n")
    at = 0
    for number, line in enumerate(lines):
        if is_delimiter(line) and (message := _fault(lines, number)):
            yield Finding(prose.span(at, at + len(line)), message)
            return
        at += len(line) + 1
    if not all(map(is_row, lines)):
        return
    widths = {len(cells(line)) for line in lines}
    span = prose.span(0, len(prose.content))
    if (above := _table_above(doc, span.start, ends)) is not None:
        if widths == {above}:
            yield Finding(span, "a blank line cuts this off from the table above")
    elif len(lines) > 1 and len(widths) == 1:
        first = prose.span(len(lines[0]) + 1, len(lines[0]) + 1 + len(lines[1]))
        if is_dashed(lines[1]):
            yield Finding(first, "table is shown as text: this row must have hyphens")
        elif any(any(map(str.isalnum, line)) for line in lines):
            yield Finding(
                prose.span(0, len(lines[0])),
                "table is shown as text: no row of dashes is below its head",
            )


def _fault(lines: list[str], number: int) -> str | None:
    """Why the delimiter row in a line of text makes no table; None where that is not plain."""
    width = len(cells(lines[number]))
    if number == 0:
        rows = lines[1:2]
        if rows and len(cells(rows[0])) == width > 1:
            return "table is shown as text: no head is above this row"
        return None
    head = lines[number - 1]
    if "|" not in head or width == 1 or len(cells(head)) == width:
        return None
    return f"table is shown as text: its head has {len(cells(head))} cells, and this row {width}"


def _table_above(doc: Document, start: int, ends: dict[int, int]) -> int | None:
    """The width of the table that nothing but blank lines separates from the text at *start*."""
    number = doc.lines.position(start).line - 1
    while number > 0 and not doc.lines.line(number).strip(" \t>"):
        number -= 1
    return ends.get(number)
