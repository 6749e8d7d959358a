"""The block of a table of contents as it should be, laid out like doctoc's, and the edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notelint.text.edits import Edit
from notelint.text.source import Span
from notelint.text.startup import NamedTuple
from notelint.toc.block import Title, html_end, read_block, title
from notelint.toc.entries import TocEntry, entries, number_of
from notelint.toc.markers import END, START, TocBlock, find_markers, skipped
from notelint.toc.options import TocOptions

if TYPE_CHECKING:
    from notelint.markdown.document import Document

DEFAULT_TITLE = (
    "**Table of Contents**  *generated with [DocToc](https://github.com/thlorenz/doctoc)*"
)
MAX_ENTRIES = 20_000  # each is parsed again, and makes the note longer than it was


class Plan(NamedTuple):
    """The edit for a table of contents, None if there is nothing to change.

    ``blocked_by`` says why a table that should be written is not, as the predicate of a sentence
    about the table; then there is no edit.
    """

    edit: Edit | None = None
    blocked_by: str | None = None


def plan(doc: Document, options: TocOptions) -> Plan:
    """The edit that refreshes the table of contents of *doc*, or inserts a new one.

    There is none if it is up to date, if a comment says to skip it, if there is no heading to list,
    if a new one is not wanted (``update_only``, ``min_headings``), if markers do not pair up (see
    :func:`~notelint.toc.markers.marker_problems`), or if a person wrote something between them.
    """
    found = find_markers(doc)
    if skipped(doc) or (found.problems and not found.blocks):
        return Plan()
    if found.blocks:
        return _replace(doc, found.blocks[0], options)
    if options.update_only:
        return Plan()
    if found.alone:
        return _replace(doc, found.alone[0], options)
    return _insert(doc, options)


def _replace(doc: Document, block: TocBlock, options: TocOptions) -> Plan:
    if many := _too_many(number_of(doc, block, options)):
        return Plan(None, many)
    text = render(doc, block, options)
    if text == doc.slice(block.span):
        return Plan()
    if foreign := read_block(doc, block).foreign:
        return Plan(None, f"holds {foreign} that is not part of it; move it out of the block")
    return Plan(Edit(block.span, text))


def _too_many(number: int) -> str | None:
    if number <= MAX_ENTRIES:
        return None
    return f"would have {number:,} entries, but at most {MAX_ENTRIES:,} are written"


def _insert(doc: Document, options: TocOptions) -> Plan:
    number = number_of(doc, None, options)
    if number < max(options.min_headings, 1):
        return Plan()
    if many := _too_many(number):
        return Plan(None, many)
    newline = doc.source.newline
    at, before = _top(doc)
    return Plan(Edit(Span(at, at), f"{before}{render(doc, None, options)}{newline}{newline}"))


def _top(doc: Document) -> tuple[int, str]:
    """The offset for a new block, after the front matter, and a line end if one is needed."""
    if doc.front_matter is None:
        return 0, ""
    number = doc.front_matter[1] + 1
    first = number
    while number <= len(doc.lines) and not doc.lines.line(number).strip():
        number += 1
    return doc.lines.line_span(number).start, doc.source.newline if number == first else ""


def render(doc: Document, block: TocBlock | None, options: TocOptions) -> str:
    """The text of *block* as it should be, or of a new one, without a line end after it."""
    listed = entries(doc, block, options)
    start = _start(doc, block)
    lines = list(start)
    existing = title(doc, block) if block else None
    above = _title(block, existing, options)
    if above and (listed or existing):
        lines += [above] if block is None or _joins(doc, block, above, existing) else ["", above]
    if listed:
        lines += ["", *item_lines(listed, options)]
    if len(lines) > len(start):
        lines.append("")
    lines.append(_end(doc, block))
    return doc.source.newline.join(lines)


def _joins(doc: Document, block: TocBlock, above: str, existing: Title | None) -> bool:
    """Whether the title may be directly below the marker, as in doctoc's tables.

    If the marker is part of an HTML block, a title below it would become part of that, too.
    """
    raw = existing is not None and existing.raw and existing.text == above
    return raw or not html_end(doc, block)


def item_lines(listed: Sequence[TocEntry], options: TocOptions) -> list[str]:
    """The lines of the list."""
    return [
        f"{' ' * (entry.depth * options.step)}{options.marker} [{entry.text}](#{entry.anchor})"
        for entry in listed
    ]


def _start(doc: Document, block: TocBlock | None) -> Sequence[str]:
    if block is None or (block.style.name == "doctoc" and not block.compact):
        return START
    return (doc.slice(block.start),)


def _end(doc: Document, block: TocBlock | None) -> str:
    if block is None:
        return END
    return doc.slice(block.end) if block.end else block.style.closing


def _title(block: TocBlock | None, existing: Title | None, options: TocOptions) -> str:
    if options.no_title:
        return ""
    if options.title is not None:
        return options.title
    if existing is not None:
        return existing.text
    return DEFAULT_TITLE if block is None else ""
