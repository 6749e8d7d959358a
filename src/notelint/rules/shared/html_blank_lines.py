"""Edits that set Markdown free from an HTML block: blank lines in, needless ``<br>`` out."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.document import Document, alone
from notelint.markdown.elements import HtmlBlock
from notelint.markdown.html import Tag
from notelint.rules.shared.html_literal import Reading, Region
from notelint.rules.shared.html_names import WRAPPERS
from notelint.rules.shared.html_patterns import ITEM, unbroken
from notelint.rules.shared.indents import width
from notelint.text.edits import Edit, Fix, apply
from notelint.text.source import Span

# Elements that may hold paragraphs and lists; a `<p>` ends before them, and its `align` with it.
_HOLDERS = WRAPPERS | {"dd", "details", "li", "main", "td", "th"}


def separated(doc: Document, block: HtmlBlock, reading: Reading) -> Fix | None:
    """The fix for *block*, or None where it would not come out as it was meant."""
    mended = [region for region in reading.regions if _is_mendable(reading, region)]
    edits = [edit for region in mended for edit in _edits(reading, region)]
    if not edits or not _comes_out(reading, mended, edits):
        return None
    on_disk = _on_disk(doc, block, reading, edits)
    return Fix("put blank lines around it", on_disk, safe=False) if on_disk else None


def _is_mendable(reading: Reading, region: Region) -> bool:
    within = region.within
    holds = within is None or within.name in _HOLDERS
    if within is not None and within.name == "p" and not within.attributes:
        holds = True
    return (
        holds
        and not region.stuck
        and reading.has_literal(region)
        and not _has_text_in_list(reading, region)
    )


def _has_text_in_list(reading: Reading, region: Region) -> bool:
    """Whether a line below a list item is no item and is not indented as the item's text is."""
    items, column = set(region.items), 0
    for number in range(region.first, region.last + 1):
        if number in items and (mark := ITEM.match(reading.line(number))):
            column = mark.end()
        elif number not in region.fenced and reading.indent(number) < column:
            return True
    return False


def _edits(reading: Reading, region: Region) -> Iterator[Edit]:
    """Blank lines around *region* and its list, and no break where an item ends.

    The line below is moved to the left where it would belong to the last item. Offsets are in the
    content of the block.
    """
    first, last, below = region.first, region.last, region.last + 1
    ends = {item - 1 for item in region.items[1:]} | ({last} if region.items else set())
    blank = {first - 1, *(item - 1 for item in region.items[:1])}
    blank |= {last} if below < len(reading.lines) else set()
    closing = reading.closing(last)
    for number in sorted(ends | blank | {last}):
        start, end = reading.extent(number)
        text = "\n" if number in blank else ""
        if number == last and closing is not None:
            end, text = closing, "\n\n"
        line = reading.content[start:end]
        kept = start + len(unbroken(line)) if text == "\n\n" or number in ends else end
        if text or kept < end:
            yield Edit(Span(kept, end), text)
    if below < len(reading.lines) and width(reading.line(below)) >= (2 if region.items else 4):
        start = reading.extent(below).start
        yield Edit(Span(start, start + reading.indent(below)), "")


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
