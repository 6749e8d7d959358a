"""The entries of tables of contents that follow a renamed heading."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.document import Document
from notelint.markdown.elements import Heading, Link
from notelint.refactor.headings import RenamedHeading
from notelint.text.edits import Edit
from notelint.text.source import Span
from notelint.toc.entries import entry_texts
from notelint.toc.markers import find_blocks
from notelint.workspace.urls import unquote


def entry_edits(renamed: RenamedHeading) -> Iterator[Edit]:
    """The edits that give the entries of a *renamed* heading its new text.

    An entry whose text is not that of the heading was written by a person, and stays.
    """
    doc, number = renamed.old, renamed.number
    spans = [block.inner for block in find_blocks(doc)]
    old, new = doc.headings[number], renamed.new.headings[number]
    for link in doc.links if spans else ():
        if not any(span.covers(link.span) for span in spans) or link.destination[:1] != "#":
            continue
        part = renamed.old_anchors.part(unquote(link.destination[1:]))
        if part != ("heading", number) or _letters(link.text) not in (_letters(old.text), ""):
            continue
        at = _text_span(doc, link)
        if at and _letters(doc.slice(at)):
            yield Edit(at, _text(renamed.new, new, link))


def encoded_lists(renamed: RenamedHeading) -> list[Span]:
    """The spans of the tables in which anchors are percent-encoded, as `notelint toc` writes them.

    A table with another anchor beyond ASCII was written by a person, or by another tool.
    """
    doc = renamed.old
    plain = [link.span for link in doc.links if not link.destination.isascii()]
    return [
        block.inner
        for block in find_blocks(doc)
        if not any(block.inner.covers(each) for each in plain)
    ]


def _letters(text: str) -> str:
    """*text* without blanks and marks of emphasis, for comparison."""
    return "".join(text.split()).replace("*", "")


def _text(doc: Document, heading: Heading, link: Link) -> str:
    """The text of *heading* as that of *link*, its entry."""
    if link.kind == "html":
        from html import escape

        return escape(" ".join(heading.text.split()), quote=False)
    return entry_texts(doc, [heading], [heading.slug])[0]


def _text_span(doc: Document, link: Link) -> Span | None:
    """The span of the text of a link in Markdown or HTML."""
    text = doc.source.text
    if link.kind == "html":
        end = text.lower().find("</a", link.span.end)
        return Span(link.span.end, end) if end >= 0 else None
    if link.kind != "inline" or link.target == link.span:
        return None
    close = text.rfind("](", link.span.start, link.target.start)
    return Span(link.span.start + 1, close) if close > 0 else None


def own_lines(doc: Document, number: int) -> frozenset[int]:
    """The lines, from 1, of the heading with that *number*, and of the tables of contents."""
    first, last = doc.headings[number].lines
    found = {*range(first, last + 1)}
    for block in find_blocks(doc):
        where = doc.lines.range(block.inner)
        found.update(range(where.start.line, where.end.line + 1))
    return frozenset(found)
