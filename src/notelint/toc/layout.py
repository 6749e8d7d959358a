"""The block as it should be, and the edit that makes it so. The layout is doctoc's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notelint.text.edits import Edit
from notelint.text.lines import LINE_END
from notelint.text.span import Span
from notelint.text.startup import lazy_regex
from notelint.toc.entries import TocEntry, entries
from notelint.toc.markers import END, START, TocBlock, find_markers, skipped
from notelint.toc.options import TocOptions

if TYPE_CHECKING:
    from notelint.markdown.document import Document

DEFAULT_TITLE = (
    "**Table of Contents**  *generated with [DocToc](https://github.com/thlorenz/doctoc)*"
)
_ITEM = lazy_regex(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]")
_DONT_EDIT = lazy_regex(r"<!-- DON'T EDIT .*?-->")


def refresh(doc: Document, options: TocOptions) -> Edit | None:
    """The edit that brings the table of contents of *doc* up to date, or that puts one in.

    None where there is nothing to change: up to date, skipped by a comment, no heading to list,
    a new one not wanted (``update_only``, ``min_headings``), or markers that do not pair up
    (see :func:`~notelint.toc.markers.marker_problems`), so that nobody knows what to replace.
    """
    found = find_markers(doc)
    if skipped(doc) or (found.problems and not found.blocks):
        return None
    if found.blocks:
        return _replace(doc, found.blocks[0], options)
    if options.update_only:
        return None
    if found.alone:
        return _replace(doc, found.alone[0], options)
    return _insert(doc, options)


def _replace(doc: Document, block: TocBlock, options: TocOptions) -> Edit | None:
    text = render(doc, block, options)
    return None if text == doc.slice(block.span) else Edit(block.span, text)


def _insert(doc: Document, options: TocOptions) -> Edit | None:
    listed = entries(doc, None, options)
    if len(listed) < max(options.min_headings, 1):
        return None
    newline = doc.source.newline
    at, before = _top(doc)
    return Edit(Span(at, at), f"{before}{render(doc, None, options)}{newline}{newline}")


def _top(doc: Document) -> tuple[int, str]:
    """Where a new block goes, and what must be put before it: behind the front matter."""
    if doc.front_matter is None:
        return 0, ""
    number = doc.front_matter[1] + 1
    first = number
    while number <= len(doc.lines) and not doc.lines.line(number).strip():
        number += 1
    return doc.lines.line_span(number).start, doc.source.newline if number == first else ""


def render(doc: Document, block: TocBlock | None, options: TocOptions) -> str:
    """The whole block, markers and all, for *block* or as a new one; no line end behind it."""
    listed = entries(doc, block, options)
    lines = list(_start(doc, block))
    if listed:
        title = _title(doc, block, options)
        lines += [title] if title else []
        lines += ["", *item_lines(listed, options), ""]
    lines.append(_end(doc, block))
    return doc.source.newline.join(lines)


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


def _title(doc: Document, block: TocBlock | None, options: TocOptions) -> str:
    if options.no_title:
        return ""
    if options.title is not None:
        return options.title
    return DEFAULT_TITLE if block is None else _existing_title(doc, block)


def _existing_title(doc: Document, block: TocBlock) -> str:
    """The last paragraph, heading or what else it is before the list of *block*."""
    title: list[str] = []
    paragraph: list[str] = []
    for line in LINE_END.split(_DONT_EDIT.sub("", doc.slice(block.inner))):
        if _ITEM.match(line):
            break
        if line.strip():
            paragraph.append(line)
        elif paragraph:
            title, paragraph = paragraph, []
    return doc.source.newline.join(paragraph or title)
