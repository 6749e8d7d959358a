"""The entries of tables of contents that a renamed heading takes along."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from notelint.markdown.document import Document
from notelint.markdown.elements import Heading, Link
from notelint.refactor.headings import Renamed
from notelint.text.edits import Edit
from notelint.text.source import Span
from notelint.toc.entries import entry_texts
from notelint.toc.markers import find_blocks
from notelint.workspace.urls import unquote


def entry_edits(renamed: Renamed) -> Iterator[Edit]:
    """The edits that give the entries of the headings *renamed* their new texts.

    An entry whose text is not that of its heading was written by a person, and stays.
    """
    doc, after = renamed.doc, renamed.new
    spans = [block.inner for block in find_blocks(doc)]
    for link in doc.links if spans else ():
        if not any(span.covers(link.span) for span in spans) or link.destination[:1] != "#":
            continue
        kind, number = renamed.before.place(unquote(link.destination[1:]))
        if kind != "heading" or not isinstance(number, int) or number not in renamed.texts:
            continue
        if _words(link.text) not in (_words(doc.headings[number].text), ""):
            continue
        at = _text_span(doc, link)
        if at and _words(doc.slice(at)):
            yield Edit(at, _text(after, after.headings[number], link))


def encoded_lists(renamed: Renamed) -> list[Span]:
    """The spans of the tables in which anchors are percent-encoded, as `notelint toc` writes them.

    A table with another anchor beyond ASCII was written by a person, or by another tool.
    """
    doc = renamed.doc
    plain = [link.span for link in doc.links if not link.destination.isascii()]
    return [
        block.inner
        for block in find_blocks(doc)
        if not any(block.inner.covers(each) for each in plain)
    ]


def _words(text: str) -> str:
    return "".join(text.split()).replace("*", "")


def _text(after: Document, heading: Heading, link: Link) -> str:
    if link.kind == "html":
        from html import escape

        return escape(" ".join(heading.text.split()), quote=False)
    return entry_texts(after, [heading], [heading.slug])[0]


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


def own_lines(doc: Document, numbers: Collection[int]) -> frozenset[int]:
    """The lines, from 1, of the headings with *numbers*, and of tables of contents with them."""
    if not numbers:
        return frozenset()
    found: set[int] = set()
    for number in numbers:
        first, last = doc.headings[number].lines
        found.update(range(first, last + 1))
    for block in find_blocks(doc):
        where = doc.lines.range(block.inner)
        found.update(range(where.start.line, where.end.line + 1))
    return frozenset(found)
