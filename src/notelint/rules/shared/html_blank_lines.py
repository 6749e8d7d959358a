"""Edits that set Markdown free from an HTML block: blank lines in, needless ``<br>`` out."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.document import Document, alone
from notelint.markdown.elements import HtmlBlock
from notelint.markdown.html import Tag
from notelint.rules.shared.html_literal import Reading, Region
from notelint.rules.shared.html_names import WRAPPERS
from notelint.rules.shared.html_patterns import ITEM, breaks, unbroken
from notelint.rules.shared.indents import width
from notelint.text.edits import Edit, Fix, apply
from notelint.text.source import Span

# Elements that may hold paragraphs and lists; a `<p>` ends before them, and its `align` with it.
_HOLDERS = WRAPPERS | {"dd", "details", "li", "main", "td", "th"}


def separated(doc: Document, block: HtmlBlock, reading: Reading) -> Fix | None:
    """The fix for *block*, or None where it would not come out as it was meant."""
    mended = [region for region in reading.regions if _is_mendable(reading, region)]
    edits = [edit for region in mended for edit in _Mending(reading, region).edits()]
    if not edits or not _comes_out(reading, mended, edits):
        return None
    on_disk = _on_disk(doc, block, reading, edits)
    return Fix("put blank lines around it", on_disk, safe=False) if on_disk else None


def _is_mendable(reading: Reading, region: Region) -> bool:
    within = region.within
    holds = within is None or within.name in _HOLDERS
    if within is not None and within.name == "p" and not within.attributes:
        holds = True
    return holds and not region.stuck and reading.has_literal(region)


class _Mending:
    """The edits for one region, in offsets of the content of its block."""

    def __init__(self, reading: Reading, region: Region) -> None:
        self.reading = reading
        self.region = region
        self.items = set(region.items)
        self.last_item = max(region.items, default=-1)
        self.blank_after = {region.first - 1}
        self.in_list: set[int] = set()
        self.dropped: set[int] = set()
        columns = width(reading.line(region.first))
        self.shift = columns if columns > 3 else 0  # four columns would make it code

    def edits(self) -> Iterator[Edit]:
        """Blank lines, breaks and indents, in the order of the text."""
        reading, region = self.reading, self.region
        self._walk()
        yield from self._tail(region.first - 1)
        for number in range(region.first, region.last + 1):
            start = reading.extent(number).start
            if cut := _reach(reading.line(number), self.shift):
                yield Edit(Span(start, start + cut), "")
            closing = reading.closing(number) if number == region.last else None
            if closing is not None:
                text = reading.content[start:closing]
                yield Edit(Span(start + len(unbroken(text)), closing), "\n\n")
            elif number not in self.dropped and number < region.last:
                yield from self._tail(number)
        yield from self._after()

    def _walk(self) -> None:
        """Decide line by line what belongs to a list and where a blank line is needed."""
        region, reading = self.region, self.reading
        column = -1  # where the text of the item around starts; -1 outside lists
        for number in range(region.first, region.last + 1):
            if number in region.fenced:
                continue
            mark = ITEM.match(reading.line(number)) if number in self.items else None
            if mark:
                if column < 0 and number > region.first and not _interrupts(mark[2]):
                    self.blank_after.add(number - 1)
                column = mark.end()
            elif column >= 0 and self._is_break(number):
                self.dropped.add(number)
            elif column > reading.indent(number) and self._leaves_list(number):
                self.blank_after.add(number - 1)
                column = -1
            if column >= 0:
                self.in_list.add(number)

    def _is_break(self, number: int) -> bool:
        return number + 1 in self.items and not unbroken(self.reading.line(number)).strip()

    def _leaves_list(self, number: int) -> bool:
        """Whether a line that is not indented is text after the list, not part of its item."""
        line = unbroken(self.reading.line(number))
        if self.last_item > number:
            return line.endswith((":", "："))  # it announces the next list
        return breaks(self.reading.line(number - 1))

    def _tail(self, number: int) -> Iterator[Edit]:
        """An edit at the end of a line: its break is removed, a blank line is added."""
        start, end = self.reading.extent(number)
        stop = end
        after = number + 1
        while after in self.dropped:
            stop = self.reading.extent(after).end
            after += 1
        ends = after in self.items or after > self.region.last or number in self.blank_after
        if number in self.in_list and ends:
            line = self.reading.line(number)
            start = start + len(unbroken(line)) if breaks(line) else end
        else:
            start = end
        text = "\n" if number in self.blank_after else ""
        if text or stop > start:
            yield Edit(Span(start, stop), text)

    def _after(self) -> Iterator[Edit]:
        """A blank line after the region, and an indent that keeps the next line out of it."""
        reading, last = self.reading, self.region.last
        follows = last + 1 < len(reading.lines)
        if follows:
            start = reading.extent(last + 1).start
            if width(reading.line(last + 1)) >= self._outer_column():
                yield Edit(Span(start, start + reading.indent(last + 1)), "")
        if reading.closing(last) is None and (follows or last not in self.dropped):
            if follows:
                self.blank_after.add(last)
            yield from self._tail(last)

    def _outer_column(self) -> int:
        """The indent from which on a line would belong to the last item, or be code."""
        column = 4
        for item in self.region.items:
            mark = ITEM.match(self.reading.line(item))
            if mark and item in self.in_list:
                column = min(column, mark.end() - _reach(mark[0], self.shift))
        return column


def _reach(line: str, columns: int) -> int:
    """How many of the spaces and tabs that *line* starts with start in the first *columns*."""
    at = column = 0
    while at < len(line) and line[at] in " \t" and column < columns:
        column += 4 - column % 4 if line[at] == "\t" else 1
        at += 1
    return at


def _interrupts(marker: str) -> bool:
    """Whether a list may start with *marker* right after a paragraph (CommonMark, 5.3)."""
    return marker in "-*+" or marker[:-1] == "1"


def _comes_out(reading: Reading, mended: list[Region], edits: list[Edit]) -> bool:
    """Whether the Markdown of *mended* is Markdown after *edits*, and nothing else becomes it."""
    doc = alone(apply(reading.content, [Fix("", tuple(edits))]))
    rest = [Reading(block.source.content) for block in doc.html_blocks]
    return (
        len(doc.items) >= sum(len(region.items) for region in mended)
        and all(heading.html for heading in doc.headings)
        and all(code.fenced and code.closed for code in doc.codes)
        and not doc.definitions
        and _names(doc.tags) == _names(reading.tags)
        and not any(
            _is_mendable(each, region) for each in rest if each.is_plain for region in each.regions
        )
    )


def _names(tags: list[Tag]) -> list[str]:
    return [tag.name for tag in tags if tag.name != "br"]


def _on_disk(
    doc: Document, block: HtmlBlock, reading: Reading, edits: list[Edit]
) -> tuple[Edit, ...] | None:
    """*edits* in the text on disk; None where a tab reaches into the container's indent."""
    prefixes: list[str] = []  # the marks of quotes and the indents before the content of each line
    starts: list[int] = []  # of the content on disk
    ends: list[int] = []
    for number in range(len(reading.lines)):
        line, content = doc.lines.line(block.lines[0] + number), reading.line(number)
        if not line.endswith(content):
            content = content.lstrip(" ")  # of a tab that begins in the container
            if not line.endswith(content):
                return None
        prefixes.append(line[: len(line) - len(content)])
        starts.append(doc.lines.line_span(block.lines[0] + number).start + len(prefixes[-1]))
        ends.append(starts[-1] + len(content))
    found = []
    for edit in edits:
        first, last = (reading.number(offset) for offset in edit.span)
        start = ends[first] - (reading.extent(first).end - edit.span.start)
        end = ends[last] - (reading.extent(last).end - edit.span.end)
        if start < starts[first]:
            return None
        text = ""
        if edit.text:
            newline = doc.line_end(block.lines[0] + first)
            text = newline + prefixes[min(first + 1, len(prefixes) - 1)].rstrip()
            if edit.text == "\n\n":
                text += newline + prefixes[first]
        found.append(Edit(Span(start, end), text))
    return tuple(found)
